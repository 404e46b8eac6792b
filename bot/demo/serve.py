"""Starts and stops the demo: simulator, movable clock and bot in one process."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from bot import logs
from bot.app import Respite, migrate_database, new_token
from bot.clinic_file import ClinicFile, clinic_of
from bot.clock import SystemClock
from bot.demo.history import WEEKS, Clinic
from bot.demo.passage import Passage
from bot.settings import Settings, SettingsError
from bot.stopping import told_to_stop
from bot.views.wording.catalogue import DEFAULT
from care.usecases import invite
from simulator.clock import VirtualClock
from simulator.server import Simulator

HOST = "127.0.0.1"


def demo_settings(simulator: Simulator, url: str, folder: Path) -> Settings:
    """A made-up clinic's settings: nothing is read from the environment."""
    return Settings.model_validate(
        {
            "bot_token": simulator.token,
            "bot_api_url": url,
            "database_url": f"sqlite+aiosqlite:///{folder / 'demo.db'}",
            "clinic_name": "Lindenhof Clinic",
            "clinic_phone": "030 5550 0123",
            "clinic_time_zone": "Europe/Berlin",
            "emergency_number": "112",
        }
    )


async def demo(*, port: int, is_empty: bool) -> None:
    """Serve the chat page until interrupted. Raises SettingsError when the port is taken."""
    logs.set_up(level="WARNING", style="text")
    source = SystemClock().now
    back = timedelta() if is_empty else timedelta(weeks=WEEKS)
    simulator = Simulator(clock=VirtualClock(lambda: source() - back), floods=True)
    url = await _start(simulator, port)
    with tempfile.TemporaryDirectory(prefix="respite-demo-") as folder:
        settings = demo_settings(simulator, url, Path(folder))
        await migrate_database(settings.database_url)
        respite = Respite(settings, clinic_of(ClinicFile(), settings), clock=simulator.clock)
        passage = Passage(simulator, respite)
        simulator.passenger = passage
        await respite.start()
        if is_empty:
            await _print_invite(respite)
        else:
            await _live(simulator, respite, passage)
        respite.begin_ticking()
        print(f"\nOpen {url}/ in a browser. Ctrl+C ends it; nothing is kept.", flush=True)
        await told_to_stop()
        await respite.stop()
    await simulator.stop()


async def simulate(*, port: int) -> None:
    """Serve the simulator alone, for a bot that runs elsewhere; prints what it needs."""
    simulator = Simulator(clock=VirtualClock(SystemClock().now))
    url = await _start(simulator, port)
    print(f"BOT_API_URL={url}")
    print(f"BOT_TOKEN={simulator.token}")
    print(f"\nOpen {url}/ in a browser. Ctrl+C ends it.", flush=True)
    await told_to_stop()
    await simulator.stop()


async def _start(simulator: Simulator, port: int) -> str:
    try:
        return await simulator.start(host=HOST, port=port)
    except OSError:
        raise SettingsError(
            f"Port {port} is in use; choose another with --port, or 0 for any free one."
        ) from None


async def _live(simulator: Simulator, respite: Respite, passage: Passage) -> None:
    """Six weeks go by in front of the bot, then it is today."""
    clinic = Clinic(simulator, respite, passage)
    await clinic.live(tell=lambda day: print(f"\rLiving six weeks: {day} ", end="", flush=True))
    await simulator.travel(until=max(SystemClock().now(), simulator.clock.now()))


async def _print_invite(respite: Respite) -> None:
    """An empty clinic begins with its first coordinator."""
    token = new_token()
    await invite.invite_colleague(respite.core, token=token, language=DEFAULT)
    print(f"The first coordinator joins by writing, on a new phone: /start {token}")
