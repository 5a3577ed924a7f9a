"""Logs as data: what happened and where, never what a person typed.

An exception is kept by its type and the places in our code that it passed, without its message and
without local variables: both can hold a family's answers.
"""

from __future__ import annotations

import traceback
from typing import Any

import structlog

_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso"),
]


def without_what_was_typed(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Replace an exception by its type and the lines of code it passed."""
    error = event.pop("exc_info", None)
    if error is True or error is None:
        return event
    kind, value, frames = (
        error if isinstance(error, tuple) else (type(error), error, error.__traceback__)
    )
    if value is not None:
        event["error"] = kind.__name__
        event["passed"] = [
            f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(frames)
        ]
    return event


def without_paths(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Django writes the path of a refused request; a path can hold a number or a token."""
    record = event.get("_record")
    if record is not None and record.name.startswith("django."):
        status = getattr(record, "status_code", "")
        event["event"] = f"{record.name} {status}".strip()
    return event


def logging_settings(*, as_json: bool) -> dict[str, Any]:
    """Return Django's LOGGING: one line an event on standard output."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    render: Any = (
        structlog.processors.JSONRenderer() if as_json else structlog.processors.LogfmtRenderer()
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _SHARED,
                "processors": [
                    without_paths,
                    without_what_was_typed,
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    render,
                ],
            }
        },
        "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["out"], "level": "INFO"},
        "loggers": {"django": {"handlers": [], "propagate": True, "level": "INFO"}},
    }
