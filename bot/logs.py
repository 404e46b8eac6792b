"""Named events with ids; never an answer, a name or a token."""

from __future__ import annotations

import json
import logging
import re
from typing import Literal

from typing_extensions import override

TOKEN = re.compile(r"\d{6,}:[A-Za-z0-9_-]{30,}")
"""What a bot token looks like (telegram facts, 10)."""

_QUIET = ("httpx", "httpcore", "telegram", "apscheduler", "aiosqlite", "alembic", "matplotlib")

_log = logging.getLogger("respite")


def event(name: str, level: int = logging.INFO, /, **facts: object) -> None:
    """Log that something has happened: a name in the past tense, and ids."""
    _log.log(level, name, extra={"event": name, "facts": facts})


class _Redacting(logging.Filter):
    """Takes tokens out of every record, whoever wrote it, and drops tracebacks' texts."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = TOKEN.sub("[token]", record.getMessage())
        record.args = ()
        return True


class _Stamped(logging.Formatter):
    """A formatter whose time of day is written once a second."""

    def __init__(self) -> None:
        super().__init__()
        self._second = 0
        self._stamp = ""

    def stamp(self, record: logging.LogRecord) -> str:
        """When it happened, by the clock on the wall."""
        second = int(record.created)
        if second != self._second:
            self._second, self._stamp = second, self.formatTime(record, "%Y-%m-%dT%H:%M:%S")
        return self._stamp


class _Line(_Stamped):
    """One readable line: time, level, event, facts."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        facts = getattr(record, "facts", {})
        tail = "".join(f" {key}={value}" for key, value in facts.items())
        return TOKEN.sub(
            "[token]", f"{self.stamp(record)} {record.levelname:7} {record.msg}{tail}"
        )


class _Json(_Stamped):
    """One JSON object a line, for a log collector."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.stamp(record),
            "level": record.levelname.lower(),
            "event": record.msg,
            **getattr(record, "facts", {}),
        }
        return TOKEN.sub("[token]", json.dumps(line, default=str))


def set_up(*, level: str, style: Literal["text", "json"]) -> None:
    """Send all logging to standard error, redacted; libraries speak from WARNING on."""
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False  # not shown
    handler = logging.StreamHandler()
    handler.addFilter(_Redacting())
    handler.setFormatter(_Json() if style == "json" else _Line())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
