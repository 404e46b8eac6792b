"""The updates Telegram keeps for the bot: offsets, conflict, time to live."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from simulator.errors import conflict, other_poller

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from simulator.clock import VirtualClock

TAP_KEPT_FOR = timedelta(seconds=150)
KEPT_FOR = timedelta(hours=24)
SILENCE_BEFORE_NEW_IDS = timedelta(days=7)
FIRST_ID = 318_000_001
LONGEST_POLL_S = 50
REPEAT_WINDOW_S = 0.5
MOST_AT_ONCE = 100
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class PollClosedError(Exception):
    """The server stops while somebody polls."""


@dataclass(frozen=True, slots=True)
class Update:
    """One update, the queue it keeps its order in, and when Telegram forgets it."""

    update_id: int
    queue: str
    expires_at: datetime
    body: dict[str, Any]


class Updates:
    """One bot's queue of updates."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self._queue: deque[Update] = deque()
        self._next_id = FIRST_ID
        self._last_at: datetime | None = None
        self._first_expiry: datetime | None = None
        self._poll: asyncio.Future[None] | None = None
        self._last_offset: int | None = None
        self._last_answer_at = float("-inf")
        self.allowed: frozenset[str] | None = None
        self.changed: list[Callable[[], None]] = []

    @property
    def waiting(self) -> bool:
        """Say whether somebody waits in `getUpdates`."""
        return self._poll is not None

    def add(self, kind: str, body: dict[str, Any], *, queue: str) -> int | None:
        """Keep an update, unless the bot did not ask for its kind; give its id."""
        if kind in NOT_BY_DEFAULT if self.allowed is None else kind not in self.allowed:
            return None
        now = self._clock.now()
        self._restart_ids_after_silence(now)
        update_id = self._next_id
        self._next_id += 1
        expires_at = now + (TAP_KEPT_FOR if kind == "callback_query" else KEPT_FOR)
        self._queue.append(
            Update(update_id, queue, expires_at, {"update_id": update_id, kind: body})
        )
        if self._first_expiry is None or expires_at < self._first_expiry:
            self._first_expiry = expires_at
        self._wake()
        self.tell()
        return update_id

    def allow(self, kinds: list[str] | None) -> None:
        """Change which updates are made from now on; an empty list means the usual ones."""
        if kinds is not None:
            self.allowed = frozenset(kinds) if kinds else None

    def pending(self) -> deque[Update]:
        """Give what is kept and not yet confirmed, without what has expired."""
        now = self._clock.now()
        if self._first_expiry is not None and now >= self._first_expiry:
            self._queue = deque(update for update in self._queue if update.expires_at > now)
            self._first_expiry = min((u.expires_at for u in self._queue), default=None)
        return self._queue

    def discard(self, update: Update) -> None:
        """Forget one update: the webhook has taken it."""
        if update in self._queue:
            self._queue.remove(update)
            self.tell()

    def drop_all(self) -> None:
        """Forget every update."""
        self._queue.clear()
        self.tell()

    async def poll(self, *, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        """Answer `getUpdates`: confirm what is below the offset, wait when nothing is there."""
        self.end_poll(other_poller())
        now = asyncio.get_running_loop().time()
        if offset == self._last_offset and now < self._last_answer_at + REPEAT_WINDOW_S:
            limit = 1
        self._last_offset = offset
        self._confirm(offset)
        if not self.pending() and seconds > 0:
            await self._wait(min(seconds, LONGEST_POLL_S))
        self._last_answer_at = asyncio.get_running_loop().time()
        limit = min(max(limit, 1), MOST_AT_ONCE)
        pending = self.pending()
        return [pending[place].body for place in range(min(limit, len(pending)))]

    def end_poll(self, reason: Exception) -> None:
        """End the waiting `getUpdates`, if any, with an error."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(reason)
        self._poll = None

    def end_poll_for_webhook(self) -> None:
        """End the waiting `getUpdates` because a webhook is set."""
        self.end_poll(conflict("terminated by setWebhook request"))

    async def _wait(self, seconds: float) -> None:
        """Hold the poll until an update comes or the time is over."""
        poll = self._poll = asyncio.get_running_loop().create_future()
        self.tell()
        try:
            async with asyncio.timeout(seconds):
                await poll
        except TimeoutError:
            return
        finally:
            if self._poll is poll:
                self._poll = None

    def _confirm(self, offset: int) -> None:
        """Forget what is below the offset; a negative one keeps only the newest."""
        queue = self.pending()
        if offset < 0:
            while len(queue) > -offset:
                queue.popleft()
        elif offset <= self._next_id:
            while queue and queue[0].update_id < offset:
                queue.popleft()
        self.tell()

    def _restart_ids_after_silence(self, now: datetime) -> None:
        """Begin somewhere else after a silent week, as Telegram does."""
        last, self._last_at = self._last_at, now
        if last is not None and now - last > SILENCE_BEFORE_NEW_IDS and not self._queue:
            self._next_id = self._next_id * 48_271 % 900_000_000 + 1

    def _wake(self) -> None:
        """Let the waiting poll answer."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def tell(self) -> None:
        """Say that something has changed."""
        for listener in self.changed:
            listener()
