"""Waiting for the word to stop."""

from __future__ import annotations

import asyncio
import signal


async def told_to_stop() -> None:
    """Return on SIGTERM or SIGINT, which then no longer end the process by themselves."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()
