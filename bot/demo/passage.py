"""The bot as a passenger of the simulator's clock: what is due next, and when it is at rest."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from typing_extensions import override

from simulator.server import Passenger, Simulator

if TYPE_CHECKING:
    from datetime import datetime

    from bot.app import Respite


class Passage(Passenger):
    """One bot that lives on one simulator's clock."""

    def __init__(self, simulator: Simulator, respite: Respite) -> None:
        """Travel together; the simulator asks, the bot does."""
        self._simulator = simulator
        self._respite = respite
        self._turn = asyncio.Lock()

    @override
    async def next_due_at(self) -> datetime | None:
        """The next instant at which the bot has something to do."""
        return await self._respite.next_due_at()

    @override
    async def settle(self) -> None:
        """Let the bot do everything that is due now, until neither has anything in hand."""
        async with self._turn:
            while True:
                await self._rest()
                if not await self._respite.run_due():
                    await self._rest()
                    return

    async def _rest(self) -> None:
        await self._respite.hearing.heard.wait()
        await self._simulator.quiet()
        await self._respite.intake.idle()
        await self._simulator.quiet()
