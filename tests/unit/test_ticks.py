from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.ticks import Tick, Ticker


async def test_every_tick_runs_at_once_after_a_start_however_long_its_interval() -> None:
    ran: list[str] = []
    all_ran = asyncio.Event()

    def tick(name: str, every: timedelta) -> Tick:
        async def run() -> int:
            ran.append(name)
            if len(ran) == 2:
                all_ran.set()
            return 0

        return Tick(name=name, every=every, run=run)

    ticker = Ticker([tick("step", timedelta(minutes=5)), tick("tidy", timedelta(hours=1))])
    ticker.start()
    async with asyncio.timeout(5):
        await all_ran.wait()
    await ticker.stop()

    assert ran == ["step", "tidy"]
