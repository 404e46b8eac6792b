"""The one place that reads a clock: the machine's own, or the simulator's in development."""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from time import monotonic, sleep
from urllib.parse import urlsplit

_EVERY_S = 0.1
_PATIENCE_S = 2.0


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)


class FollowingClock:
    """The time that another process keeps and may move: only for the simulator.

    A thread asks for it ten times a second; in between, and while nobody answers, it goes on at
    the machine's pace. It never runs backwards.
    """

    def __init__(self, url: str) -> None:
        """Follow the `now` (ISO 8601) in the JSON at an `http://` address."""
        parts = urlsplit(url)
        self._wire = HTTPConnection(parts.hostname or "", parts.port, timeout=_PATIENCE_S)
        self._path = parts.path or "/"
        self._latest = datetime.min.replace(tzinfo=UTC)
        self._lock = threading.Lock()
        self._told: datetime | None = None
        self._told_at = 0.0

    def now(self) -> datetime:
        """The present instant, aware, in UTC; `learn` comes first."""
        with self._lock:
            if self._told is None:
                raise RuntimeError("nobody has told the time yet")
            passed = timedelta(seconds=monotonic() - self._told_at)
            self._latest = max(self._latest, self._told + passed)
            return self._latest

    def learn(self) -> None:
        """Ask until somebody tells the time, then follow it in a thread; blocks until then."""
        while not self.ask():
            sleep(_EVERY_S)
        threading.Thread(target=self._follow, name="following-clock", daemon=True).start()

    def _follow(self) -> None:
        while True:
            sleep(_EVERY_S)
            self.ask()

    def ask(self) -> bool:
        """One question; False, and time goes on as before, when it has no answer."""
        with suppress(OSError, HTTPException, ValueError, KeyError, TypeError):
            self._wire.request("GET", self._path)
            told = datetime.fromisoformat(json.loads(self._wire.getresponse().read())["now"])
            with self._lock:
                self._told, self._told_at = told.astimezone(UTC), monotonic()
            return True
        self._wire.close()
        return False
