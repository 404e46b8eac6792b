"""Moving time while somebody lives on it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    from simulator.state import State

FARTHEST = timedelta(days=40)
SMALLEST_STEP = timedelta(seconds=1)
MOST_STALLS = 1_000


class Passenger(Protocol):
    """Whoever lives on this clock: the bot, in the demo and in tests."""

    async def next_due_at(self) -> datetime | None:
        """Give the next instant at which it has something to do."""
        ...

    async def settle(self) -> None:
        """Do what is due now; return when at rest."""
        ...


class TravelStalledError(RuntimeError):
    """The passenger says again and again that something is due and does not do it."""


class Traveller:
    """Moves the clock from one due instant to the next, the passenger settling at each."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._clock = state.clock
        self._lock = asyncio.Lock()
        self.passenger: Passenger | None = None

    async def travel(
        self, *, until: datetime | None = None, next_message: bool = False
    ) -> datetime:
        """Move to an instant, or until the bot has sent a new message; give the time then."""
        async with self._lock:
            self._tell(travelling=True)
            try:
                await self._go(until, next_message=next_message)
            finally:
                self._tell(travelling=False)
            return self._clock.now()

    async def _go(self, until: datetime | None, *, next_message: bool) -> None:
        """Visit what is due; arrive at `until` unless a message came first."""
        limit = until or self._clock.now() + FARTHEST
        sent = self._state.sent_by_bot
        if self.passenger is not None:
            async for _ in self._stops(self.passenger, limit):
                if next_message and self._state.sent_by_bot > sent:
                    return
        if until is not None:
            await self._arrive(until)

    async def _stops(self, passenger: Passenger, limit: datetime) -> AsyncIterator[datetime]:
        """Stop at every due instant up to the limit; time goes forward at each."""
        settled_at: datetime | None = None
        stalls = 0
        while (due := await passenger.next_due_at()) is not None and due <= limit:
            stop = max(due, self._clock.now())
            if settled_at is not None and due <= settled_at:
                stop, stalls = max(stop, settled_at + SMALLEST_STEP), stalls + 1
            else:
                stalls = 0
            if stalls > MOST_STALLS:
                raise TravelStalledError(f"something has been due since {due.isoformat()}")
            if stop > limit:
                return
            await self._arrive(stop)
            settled_at = stop
            yield stop

    async def _arrive(self, at: datetime) -> None:
        """Be at an instant, with everything done that is due there."""
        self._clock.reach(at)
        self._tell(travelling=True)
        if self.passenger is not None:
            await self.passenger.settle()

    def _tell(self, *, travelling: bool) -> None:
        """Tell the page what time it is."""
        self._state.travelling = travelling
        now = self._clock.now().isoformat()
        self._state.events.publish({"type": "clock", "now": now, "travelling": travelling})
