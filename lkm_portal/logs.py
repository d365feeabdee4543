"""The application log: one JSON line each, with numbers of people masked."""

import contextvars
import json
import logging
import re
from datetime import UTC, datetime

request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request", default="")

# NIK and KK have 16 digits, also written in groups; phones begin 08, 628 or +628.
_CIVIL_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:\d[ .-]?){15}\d(?![0-9A-Za-z])")
_PHONE = re.compile(
    r"(?<![0-9A-Za-z])(?:\+?62[ -]?|0)8(?:[ -]?\d){7,11}(?![0-9A-Za-z])"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def mask(text: str) -> str:
    """Blot out 16-digit numbers, phone-like numbers and control characters."""
    text = _CONTROL.sub("?", text)
    return _PHONE.sub("[telepon]", _CIVIL_NUMBER.sub("[16 angka]", text))


class MaskFilter(logging.Filter):
    """Mask the message of every record before any handler writes it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace message and arguments by the masked text."""
        record.msg, record.args = mask(record.getMessage()), ()
        return True


class JsonLines(logging.Formatter):
    """A record as one line of JSON: time in UTC, level, logger, request, message."""

    def format(self, record: logging.LogRecord) -> str:
        """Render the record; a traceback goes masked into `error`."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(
                timespec="milliseconds"
            ),
            "level": record.levelname,
            "logger": record.name,
            "request": request_id.get(),
            "message": record.getMessage(),
        }
        # A JSON line breaks no line: \n inside `error` is written as two characters.
        if record.exc_info:
            line["error"] = mask(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)
