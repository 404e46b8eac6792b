"""The bot as `run` starts it, but with a limiter of so many messages a second, or none."""

from __future__ import annotations

import asyncio
import sys

from bot import logs
from bot.__main__ import loop_factory
from bot.app import Respite
from bot.clinic_file import load_clinic
from bot.clock import SystemClock
from bot.commands.run import spare_the_collector
from bot.settings import load_settings
from bot.stopping import told_to_stop

NO_LIMIT = 1_000_000.0


async def main(per_second: float) -> None:
    settings = load_settings()
    logs.set_up(level=settings.log_level, style=settings.log_format)
    limited = settings.model_copy(update={"messages_per_second": per_second})
    respite = Respite(limited, load_clinic(settings), clock=SystemClock())
    await respite.start()
    respite.begin_ticking()
    spare_the_collector()
    await told_to_stop()
    await respite.stop()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(main(float(sys.argv[1]) if len(sys.argv) > 1 else NO_LIMIT))
