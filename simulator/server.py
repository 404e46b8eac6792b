"""The simulator as a whole: one server, its parts, and the way to start and stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from simulator import page
from simulator.control import Control
from simulator.delivery import Delivery
from simulator.gateway import Gateway
from simulator.panel import Panel
from simulator.state import State
from simulator.traffic import Traffic
from simulator.travel import Passenger, Traveller
from simulator.wire import LARGEST_BODY

if TYPE_CHECKING:
    from collections import deque
    from datetime import datetime

    from simulator.calls import Call
    from simulator.clock import VirtualClock

__all__ = ["TOKEN", "Passenger", "Simulator"]

TOKEN = "7000000001:AAE0simulator0simulator0simulator00"  # noqa: S105 - made up, opens nothing
LAST_WORDS_S = 0.2


class Simulator:
    """A Telegram with one bot. In process: `control`; over HTTP: what `start` serves."""

    def __init__(
        self,
        *,
        clock: VirtualClock,
        token: str = TOKEN,
        username: str = "RespiteDemoBot",
        first_name: str = "Respite",
        floods: bool = True,
    ) -> None:
        self.clock = clock
        self.state = State(
            clock=clock, token=token, username=username, first_name=first_name, floods=floods
        )
        self.control = Control(self.state)
        self._traffic = Traffic(self.state)
        self._traveller = Traveller(self.state)
        self._delivery: Delivery | None = None
        self._gateway: Gateway | None = None
        self._runner: web.AppRunner | None = None

    @property
    def token(self) -> str:
        """Give the bot's token."""
        return self.state.token

    @property
    def username(self) -> str:
        """Give the bot's user name."""
        return str(self.state.bot["username"])

    @property
    def calls(self) -> deque[Call]:
        """Give the latest Bot API calls, oldest first."""
        return self.state.calls.latest

    @property
    def defects(self) -> list[str]:
        """Give what calls did against the published description."""
        return self.state.calls.defects

    @property
    def passenger(self) -> Passenger | None:
        """Give who lives on this clock."""
        return self._traveller.passenger

    @passenger.setter
    def passenger(self, passenger: Passenger | None) -> None:
        self._traveller.passenger = passenger

    async def start(self, *, host: str = "127.0.0.1", port: int = 0) -> str:
        """Listen; give the base URL. Port 0 takes a free one."""
        self._gateway = Gateway(self.state, self._traffic)
        self._delivery = Delivery(self.state)
        self._traffic.webhook_rests = self._delivery.rests
        application = web.Application(client_max_size=LARGEST_BODY)
        self._gateway.add_to(application)
        Panel(self.state, self.control, self._traveller).add_to(application)
        page.add_to(application)
        self._runner = web.AppRunner(
            application, access_log=None, handler_cancellation=True, shutdown_timeout=LAST_WORDS_S
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        self._delivery.start()
        address = self._runner.addresses[0]
        return f"http://{host}:{address[1]}"

    async def stop(self) -> None:
        """End every waiting call and stream at once and stop listening."""
        if self._gateway is not None:
            self._gateway.close()
        self.state.events.close()
        if self._delivery is not None:
            await self._delivery.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def quiet(self) -> None:
        """Return when every update has been taken and no call is in flight."""
        await self._traffic.quiet()

    async def travel(
        self, *, until: datetime | None = None, next_message: bool = False
    ) -> datetime:
        """Move time to an instant, or until the bot has written to anyone; give the time then."""
        return await self._traveller.travel(until=until, next_message=next_message)
