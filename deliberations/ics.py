"""A meeting as a calendar file (iCalendar). Pure.

Source: RFC 5545, sections 3.1 (lines and folding), 3.3.11 (text) and 3.6 (components).
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

LINE_OCTETS = 75
# The zones of Indonesia keep one offset all year.
OFFSETS = {"Asia/Jakarta": "+0700", "Asia/Makassar": "+0800", "Asia/Jayapura": "+0900"}


@dataclass(frozen=True)
class Event:
    """One meeting; `ends_at` may be unknown, `zone` is a name of OFFSETS.

    `uid` stays for the life of the meeting, `sequence` grows with every change.
    """

    uid: str
    sequence: int
    title: str
    day: datetime.date
    starts_at: datetime.time
    ends_at: datetime.time | None
    zone: str
    zone_word: str
    place: str
    text: str
    url: str
    cancelled: bool = False


def calendar_file(event: Event, *, made_at: datetime.datetime) -> bytes:
    """The file, lines parted by CRLF, in UTF-8; `made_at` is in UTC."""
    lines = [folded for line in _lines(event, made_at) for folded in _fold(line)]
    return "".join(f"{line}\r\n" for line in lines).encode()


def _lines(event: Event, made_at: datetime.datetime) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Portal LKM//ID")
    yield from ("CALSCALE:GREGORIAN", "METHOD:PUBLISH")
    yield from ("BEGIN:VTIMEZONE", f"TZID:{event.zone}", "BEGIN:STANDARD")
    yield "DTSTART:19700101T000000"
    yield f"TZOFFSETFROM:{OFFSETS[event.zone]}"
    yield f"TZOFFSETTO:{OFFSETS[event.zone]}"
    yield from (f"TZNAME:{event.zone_word}", "END:STANDARD", "END:VTIMEZONE")
    yield from ("BEGIN:VEVENT", f"UID:{event.uid}", f"SEQUENCE:{event.sequence}")
    yield f"DTSTAMP:{made_at:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;TZID={event.zone}:{_moment(event.day, event.starts_at)}"
    if event.ends_at is not None:
        yield f"DTEND;TZID={event.zone}:{_moment(event.day, event.ends_at)}"
    yield f"SUMMARY:{_text(event.title)}"
    yield f"LOCATION:{_text(event.place)}"
    yield f"DESCRIPTION:{_text(event.text)}"
    yield f"URL:{event.url}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    yield from ("END:VEVENT", "END:VCALENDAR")


def _moment(day: datetime.date, at: datetime.time) -> str:
    return f"{day:%Y%m%d}T{at:%H%M%S}"


def _text(words: str) -> str:
    r"""Text as a value: "a; b, c\n" becomes "a\; b\, c\n" in letters."""
    plain = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _fold(line: str) -> Iterator[str]:
    """A long line as several of at most 75 octets; a letter is never cut in two."""
    octets, part = 0, ""
    for letter in line:
        size = len(letter.encode())
        if octets + size > LINE_OCTETS:
            yield part
            part, octets = " ", 1
        part, octets = part + letter, octets + size
    yield part
