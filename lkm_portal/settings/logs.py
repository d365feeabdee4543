"""Log lines: JSON on standard error, personal numbers masked."""

from typing import Any


def log_settings(level: str) -> dict[str, Any]:
    """What Django takes as LOGGING; `level` is that of our own lines."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"mask": {"()": "lkm_portal.logs.MaskFilter"}},
        "formatters": {"json": {"()": "lkm_portal.logs.JsonLines"}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "filters": ["mask"],
                "formatter": "json",
            }
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            # Server errors are told once, by django.request; no second trace.
            "django.server": {"handlers": [], "level": "ERROR", "propagate": False},
            "fontTools": {"level": "ERROR"},
            "weasyprint": {"level": "ERROR"},
        },
    }
