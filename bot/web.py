"""The servers of a running bot: where Telegram delivers updates, and where its health is asked.

An update is acknowledged only once it is stored; until then Telegram delivers it again
(telegram facts, 2 and 6).
"""

from __future__ import annotations

import hmac
import logging
from typing import TYPE_CHECKING, Any

import aiohttp
import orjson
from aiohttp import web

from bot import logs
from bot.settings import SettingsError
from bot.vitals import CONTENT_TYPE
from care.errors import StorageUnavailable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
LARGEST_BODY = 1 << 20
LARGEST_ID = (1 << 63) - 1
FINISH_WITHIN_S = 5.0
CALL_WITHIN_S = 10.0

Update = dict[str, Any]


class Site:
    """One server on one port, until it is stopped."""

    def __init__(self, application: web.Application, *, address: str, port: int) -> None:
        """Nothing listens yet."""
        self._runner = web.AppRunner(
            application, access_log=None, shutdown_timeout=FINISH_WITHIN_S
        )
        self._address = address
        self._port = port

    async def start(self) -> None:
        """Listen; raises SettingsError when the port is taken."""
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._address, self._port).start()
        except OSError:
            await self._runner.cleanup()
            raise SettingsError(
                f"Nothing can listen on port {self._port} of {self._address}; choose another."
            ) from None

    async def stop(self) -> None:
        """Answer what has been asked, within a bound, and close."""
        await self._runner.cleanup()


def webhook(
    *, secret: str, receive: Callable[[Sequence[Update]], Awaitable[None]]
) -> web.Application:
    """What Telegram posts updates to; only whoever knows the secret is heard."""

    async def take(request: web.Request) -> web.Response:
        if not _is_telegram(request, secret):
            logs.event("webhook_refused", logging.WARNING)
            return web.Response(status=401)
        update = _update(await request.read())
        if update is None:
            logs.event("webhook_not_understood", logging.WARNING)
            return web.Response(status=400)
        try:
            await receive([update])
        except StorageUnavailable:
            logs.event("inbox_unavailable", logging.WARNING, update=update["update_id"])
            return web.Response(status=503)
        return web.Response()

    application = web.Application(client_max_size=LARGEST_BODY)
    application.router.add_post(PATH, take)
    return application


def health(
    *, wrong: Callable[[], Awaitable[Sequence[str]]], page: Callable[[], Awaitable[bytes]]
) -> web.Application:
    """What a monitor asks: alive, ready or what is wrong, and counts for Prometheus."""

    async def live(_request: web.Request) -> web.Response:
        return web.json_response({"live": True})

    async def ready(_request: web.Request) -> web.Response:
        found = await wrong()
        return web.json_response(
            {"ready": not found, "wrong": list(found)}, status=503 if found else 200
        )

    async def metrics(_request: web.Request) -> web.Response:
        return web.Response(body=await page(), headers={"Content-Type": CONTENT_TYPE})

    application = web.Application()
    application.router.add_get("/healthz/live", live)
    application.router.add_get("/healthz/ready", ready)
    application.router.add_get("/metrics", metrics)
    return application


async def call(url: str) -> bool:
    """Fetch an address, whatever it says; False when nobody answered well in time."""
    limit = aiohttp.ClientTimeout(total=CALL_WITHIN_S)
    try:
        async with aiohttp.request("GET", url, timeout=limit, allow_redirects=False) as answer:
            is_good = answer.status < 400
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        logs.event("heartbeat_failed", logging.WARNING, error=type(error).__name__)
        return False
    if not is_good:
        logs.event("heartbeat_failed", logging.WARNING, error=f"HTTP {answer.status}")
    return is_good


def _is_telegram(request: web.Request, secret: str) -> bool:
    given = request.headers.get(SECRET_HEADER, "")
    return hmac.compare_digest(given.encode(errors="surrogateescape"), secret.encode())


def _update(body: bytes) -> Update | None:
    """The update in a body, as far as storing it needs; None for anything else."""
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    return found if isinstance(found, dict) and _is_id(found.get("update_id")) else None


def _is_id(found: object) -> bool:
    return isinstance(found, int) and not isinstance(found, bool) and 0 <= found <= LARGEST_ID
