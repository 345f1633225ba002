"""Logs as fields, without personal data.

Only the fields named in ALLOWED reach a line: identifiers, counts, durations. A name, a text, an address or a query
string cannot slip in, because a field that is not on the list is dropped, and the list is short enough to review.
"""

from __future__ import annotations

import logging
import logging.config
from collections.abc import MutableMapping
from typing import Any

import structlog

ALLOWED = frozenset({
    "event", "level", "timestamp", "logger",
    "batch", "item", "report", "version", "agency_id", "user_id", "task", "code", "state", "engine",
    "count", "seconds", "bytes", "attempt", "error", "address", "path", "status",
})


def only_allowed(_logger: object, _method: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every field that is not on the list."""
    return {key: value for key, value in fields.items() if key in ALLOWED}


def configure(level: str) -> None:
    """Set up structlog and the standard library's logging on standard error. Raises ValueError for a bad level."""
    if level.upper() not in logging.getLevelNamesMapping():
        raise ValueError(f"GONGKAI_LOG_LEVEL={level!r} is not a level; use DEBUG, INFO, WARNING or ERROR.")
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=False),
            only_allowed,
            structlog.processors.LogfmtRenderer(sort_keys=False),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig({
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"format": "%(message)s"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "gongkai": {"level": level.upper()},
            # Django quotes the path of a bad request; a path may carry what somebody typed.
            "django.request": {"level": "ERROR"},
            # At DEBUG it writes down the whole context of a page in which a variable is missing: names, codes.
            "django.template": {"level": "INFO"},
            "django_tasks": {"level": "WARNING"},
            "django_tasks_db": {"level": "ERROR"},
        },
    })
