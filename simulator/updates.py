"""The updates Telegram keeps for the bot: offsets, conflict, time to live."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from simulator.errors import conflict, other_poller

if TYPE_CHECKING:
    from collections.abc import Callable, ValuesView
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
        self._queue: OrderedDict[int, Update] = OrderedDict()
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
        body = {"update_id": update_id, kind: body}
        self._queue[update_id] = Update(update_id, queue, expires_at, body)
        if self._first_expiry is None or expires_at < self._first_expiry:
            self._first_expiry = expires_at
        self._wake()
        self.tell()
        return update_id

    def allow(self, kinds: list[object] | None) -> None:
        """Change which updates are made from now on; an empty list means the usual ones."""
        if kinds is not None:
            self.allowed = frozenset(map(str, kinds)) if kinds else None

    def pending(self) -> ValuesView[Update]:
        """Give what is kept and not yet confirmed, without what has expired."""
        now = self._clock.now()
        if self._first_expiry is not None and now >= self._first_expiry:
            for update in tuple(self._queue.values()):
                if update.expires_at <= now:
                    del self._queue[update.update_id]
            self._first_expiry = min((u.expires_at for u in self._queue.values()), default=None)
        return self._queue.values()

    def discard(self, update: Update) -> None:
        """Forget one update: the webhook has taken it."""
        if self._queue.pop(update.update_id, None) is not None:
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
        return [update.body for update in islice(self.pending(), limit)]

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
        self.pending()
        if offset < 0:
            while len(self._queue) > -offset:
                self._queue.popitem(last=False)
        elif offset <= self._next_id:
            while self._queue and next(iter(self._queue)) < offset:
                self._queue.popitem(last=False)
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
