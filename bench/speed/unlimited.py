"""The bot as `run` starts it, but with a limiter that never holds a message back."""

from __future__ import annotations

import asyncio
import gc

from bot import logs
from bot.app import Respite
from bot.clock import SystemClock
from bot.settings import load_clinic, load_settings
from bot.stopping import told_to_stop

NO_LIMIT = 1_000_000.0


async def main() -> None:
    settings = load_settings()
    logs.set_up(level=settings.log_level, style=settings.log_format)
    unlimited = settings.model_copy(update={"messages_per_second": NO_LIMIT})
    respite = Respite(unlimited, load_clinic(settings), clock=SystemClock())
    await respite.start()
    respite.begin_ticking()
    gc.freeze()
    await told_to_stop()
    await respite.stop()


if __name__ == "__main__":
    asyncio.run(main())
