"""A load balancer as small as can be, which also delivers everything twice."""

from __future__ import annotations

import asyncio
from itertools import count
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import web

from bot.web import PATH, SECRET_HEADER

if TYPE_CHECKING:
    from collections.abc import Callable


class Front:
    """Hands updates to one replica after the other, and a copy of each to the next at once."""

    def __init__(self, ports: list[int]) -> None:
        self._ports = ports
        self._turns = count()
        self._session: aiohttp.ClientSession | None = None
        self._runner: web.AppRunner | None = None
        self.taken = [0] * len(ports)
        self.when_taken: Callable[[int], None] = lambda place: None
        self.refused = 0

    async def start(self) -> str:
        """Listens; gives the address for WEBHOOK_URL."""
        self._session = aiohttp.ClientSession()
        application = web.Application()
        application.router.add_post(PATH, self._hand_on)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
        if self._session is not None:
            await self._session.close()

    async def _hand_on(self, request: web.Request) -> web.Response:
        body, secret = await request.read(), request.headers[SECRET_HEADER]
        turn = next(self._turns)
        first, _copy = await asyncio.gather(
            self._post(turn, body, secret), self._post(turn + 1, body, secret)
        )
        return web.Response(status=first)

    async def _post(self, turn: int, body: bytes, secret: str) -> int:
        assert self._session is not None
        place = turn % len(self._ports)
        url = f"http://127.0.0.1:{self._ports[place]}{PATH}"
        try:
            async with self._session.post(
                url, data=body, headers={SECRET_HEADER: secret}
            ) as answer:
                if answer.status == 200:
                    self.taken[place] += 1
                    self.when_taken(place)
                else:
                    self.refused += 1
                return answer.status
        except aiohttp.ClientError:
            self.refused += 1
            return 502
