"""Telegram's flood windows, on the virtual clock."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class _Bucket:
    """A bucket that holds `size` messages and fills at `rate` a second."""

    __slots__ = ("_at", "_left", "_rate", "_size")

    def __init__(self, size: float, rate: float, at: float) -> None:
        self._size = size
        self._rate = rate
        self._left = size
        self._at = at

    def wait(self, at: float) -> float:
        """Give the seconds until one more message fits; zero when it fits now."""
        self._left = min(self._size, self._left + (at - self._at) * self._rate)
        self._at = at
        return 0.0 if self._left >= 1.0 else (1.0 - self._left) / self._rate

    def take(self) -> None:
        """Count one message."""
        self._left -= 1.0


class FloodWindows:
    """30 messages a second in all, one a second in a chat (burst 5), 20 a minute in a group."""

    def __init__(self, *, enabled: bool = True) -> None:
        self.enabled = enabled
        self._all: _Bucket | None = None
        self._chats: dict[int, _Bucket] = {}

    def refuse_for(self, now: datetime, chat_id: int, *, group: bool, edit: bool) -> int:
        """Count a message and give 0, or count nothing and give the seconds to wait.

        Edits count in groups only; there as much as new messages.
        """
        if not self.enabled or (edit and not group):
            return 0
        at = now.timestamp()
        buckets = [self._chat(chat_id, at, group=group)]
        if not edit:
            buckets.append(self._global(at))
        wait = max(bucket.wait(at) for bucket in buckets)
        if wait > 0:
            return max(1, math.ceil(wait))
        for bucket in buckets:
            bucket.take()
        return 0

    def _chat(self, chat_id: int, at: float, *, group: bool) -> _Bucket:
        """Give a chat's bucket."""
        bucket = self._chats.get(chat_id)
        if bucket is None:
            bucket = _Bucket(20, 20 / 60, at) if group else _Bucket(5, 1, at)
            self._chats[chat_id] = bucket
        return bucket

    def _global(self, at: float) -> _Bucket:
        """Give the bucket of all chats."""
        if self._all is None:
            self._all = _Bucket(30, 30, at)
        return self._all
