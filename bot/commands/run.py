"""`run`: the bot against Telegram, until it is told to stop."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING

from telegram.error import InvalidToken

from bot import logs
from bot.app import Respite, migrate_database
from bot.clinic_file import load_clinic
from bot.clock import FollowingClock, SystemClock
from bot.settings import SettingsError, load_settings
from bot.stopping import told_to_stop

COLLECT_AFTER = (20_000, 10, 10)
"""How many more values than were freed make a collection, and how many of these a thorough one."""

if TYPE_CHECKING:
    from bot.settings import Settings
    from care.ports.clock import Clock


async def run() -> None:
    """Migrate, start, wait for SIGTERM or SIGINT, stop in order. Raises SettingsError."""
    settings = load_settings()
    clinic = load_clinic(settings)
    logs.set_up(level=settings.log_level, style=settings.log_format)
    await migrate_database(settings.database_url)
    respite = Respite(settings, clinic, clock=await _clock(settings))
    try:
        await respite.start()
        respite.begin_ticking()
    except (InvalidToken, SettingsError) as error:
        await respite.stop()
        raise _named(error) from None
    spare_the_collector()
    await told_to_stop()
    await respite.stop()


def spare_the_collector() -> None:
    """Collect garbage seldom, and never look at what is loaded by now: it stays for good.

    A tap makes thousands of values and hardly a cycle: what nobody needs is freed at once.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


def _named(error: InvalidToken | SettingsError) -> SettingsError:
    if isinstance(error, SettingsError):
        return error
    return SettingsError("BOT_TOKEN is not accepted by Telegram; @BotFather shows the right one.")


async def _clock(settings: Settings) -> Clock:
    """The machine's clock; in development the simulator's, which can be moved."""
    if not settings.clock_url:
        return SystemClock()
    clock = FollowingClock(settings.clock_url)
    await asyncio.to_thread(clock.learn)
    return clock
