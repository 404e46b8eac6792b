"""Asking Telegram for updates, for ever: confirmed only once they are stored.

Our own loop, because the library's confirms before it handles, ends for good at the first 401,
and spins on what it cannot parse (telegram facts, 5).
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from telegram.error import Conflict, InvalidToken, RetryAfter

from bot import logs
from bot.transport import NotSent, OutcomeUnknown
from care.errors import StorageUnavailable
from care.usecases.recover import GAP

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

DEAD_AFTER_S = 90.0
"""A poll that has not come back by then is dead: the transport is built anew."""

LONG = timedelta(seconds=30)
"""How long one poll waits for updates; Telegram allows 50 seconds (telegram facts, 2)."""

SHORT = timedelta(0)
"""The first one does not wait: it shows at once whether we are heard."""

PAUSE_S = 1.0
CONFLICT_PAUSE_S = 10.0
REFUSED_PAUSE_S = 60.0
STANDBY_S = 5.0

STANDBY = "standby"
"""The trouble of a process that waits for its turn to poll: none at all."""

Update = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Wire:
    """What the poller needs of its surroundings.

    `ask` is one poll from an offset on (None: from the oldest), waiting so long for updates;
    `receive` stores a batch;
    `rebuild` makes the transport anew; `came_back` hears that a silence has ended, also the one
    before the first answer;
    `may_poll` says whether this process holds the right to poll.
    """

    ask: Callable[[int | None, timedelta], Awaitable[Sequence[Update]]]
    receive: Callable[[Sequence[Update]], Awaitable[None]]
    rebuild: Callable[[], Awaitable[None]]
    came_back: Callable[[], Awaitable[None]]
    may_poll: Callable[[], Awaitable[bool]]


class Poller:
    """The loop, and what is known of its health.

    `heard` is set by the first answer; `trouble` names what keeps it from polling.
    """

    def __init__(self, wire: Wire) -> None:
        """Nothing asked yet."""
        self._wire = wire
        self._offset: int | None = None
        self._good_at: float | None = None
        self.heard = asyncio.Event()
        self.trouble = ""

    @property
    def silence(self) -> timedelta | None:
        """How long ago a poll was last answered; None before the first."""
        if self._good_at is None:
            return None
        return timedelta(seconds=asyncio.get_running_loop().time() - self._good_at)

    async def run(self) -> None:
        """Ask, store, confirm with the next question; ends only by being cancelled."""
        while True:
            try:
                await self._once()
            except Exception as error:  # noqa: BLE001 - the loop outlives whatever happens
                await self._pause(error)

    async def _once(self) -> None:
        if not await self._wire.may_poll():
            self._in_trouble(STANDBY)
            await asyncio.sleep(STANDBY_S)
            return
        async with asyncio.timeout(DEAD_AFTER_S):
            updates = await self._wire.ask(self._offset, LONG if self.heard.is_set() else SHORT)
        await self._answered()
        if updates:
            await self._wire.receive(updates)
            self._offset = int(updates[-1]["update_id"]) + 1

    async def _answered(self) -> None:
        silence = self.silence
        if silence is None or silence > GAP:
            await self._wire.came_back()
        self._good_at = asyncio.get_running_loop().time()
        self.heard.set()
        if self.trouble:
            logs.event("poll_recovered")
            self.trouble = ""

    def _in_trouble(self, name: str) -> None:
        """Say what is wrong, once; what is not stored stays with Telegram."""
        if name != self.trouble:
            logs.event("poll_failed", logging.WARNING, error=name)
        self.trouble = name

    async def _pause(self, error: Exception) -> None:
        """Wait before asking again, by the cause."""
        self._in_trouble(type(error).__name__)
        match error:
            case RetryAfter():
                wait = error.retry_after
                seconds = wait.total_seconds() if isinstance(wait, timedelta) else wait
                await asyncio.sleep(seconds)
            case InvalidToken():
                await asyncio.sleep(REFUSED_PAUSE_S)
            case Conflict():
                await asyncio.sleep(CONFLICT_PAUSE_S)
            case TimeoutError():
                await self._wire.rebuild()
            case NotSent() | OutcomeUnknown() | StorageUnavailable() | _:
                await asyncio.sleep(PAUSE_S)
