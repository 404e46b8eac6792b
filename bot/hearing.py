"""How updates come in: asked for by polling, or delivered to a webhook."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote

import orjson
from telegram.error import InvalidToken

from bot import logs, web
from bot.polling import Poller, Wire
from care.usecases.recover import GAP

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from telegram import Bot, WebhookInfo

    from bot.settings import Settings
    from bot.transport import AiohttpRequest

CHECK_EVERY_S = 60.0
PAUSE_S = 5.0
REFUSED_PAUSE_S = 60.0
CONNECTIONS = 40
"""How many updates Telegram may deliver at once."""


@dataclass(frozen=True, kw_only=True)
class Ears:
    """What hearing needs of its surroundings.

    `receive` stores a batch; `came_back` hears that a silence has ended, also the one before the
    first word; `may_poll` says whether this process holds the right to poll.
    """

    allowed_updates: Sequence[str]
    receive: Callable[[Sequence[dict[str, Any]]], Awaitable[None]]
    came_back: Callable[[], Awaitable[None]]
    may_poll: Callable[[], Awaitable[bool]]


class Hearing(Protocol):
    """Updates coming in, and what is known of that."""

    @property
    def heard(self) -> asyncio.Event:
        """Set once they come in."""
        ...

    @property
    def trouble(self) -> str:
        """What is in the way; nothing when empty."""
        ...

    @property
    def silence(self) -> timedelta | None:
        """How long ago updates surely came in; None before the first time."""
        ...

    async def begin(self) -> None:
        """Let updates come in from now on; raises SettingsError."""
        ...

    async def end(self) -> None:
        """Let no more come in; what was not stored stays with Telegram."""
        ...


class Polling:
    """Asking Telegram, over a connection of its own."""

    def __init__(self, bot: Bot, request: AiohttpRequest, ears: Ears) -> None:
        """Nothing asked yet."""
        self._bot = bot
        self._request = request
        self._wanted = quote(orjson.dumps(ears.allowed_updates).decode())
        self._is_ours = False
        self._task: asyncio.Task[None] | None = None
        self._poller = Poller(
            Wire(
                ask=self._ask,
                receive=ears.receive,
                rebuild=self._rebuild,
                came_back=ears.came_back,
                may_poll=ears.may_poll,
            )
        )

    @property
    def heard(self) -> asyncio.Event:
        """Set by the first answer."""
        return self._poller.heard

    @property
    def trouble(self) -> str:
        """What keeps it from polling."""
        return self._poller.trouble

    @property
    def silence(self) -> timedelta | None:
        """How long ago a poll was last answered; None before the first."""
        return self._poller.silence

    async def begin(self) -> None:
        """Poll from now on."""
        self._task = asyncio.create_task(self._poller.run())

    async def end(self) -> None:
        """Stop asking."""
        await _cancelled(self._task)

    async def _ask(self, offset: int | None, wait: timedelta) -> Sequence[dict[str, Any]]:
        """One long poll, in raw JSON."""
        if not self._is_ours:
            await self._end_webhook()
        start = "" if offset is None else f"&offset={offset}"
        asked = f"timeout={int(wait.total_seconds())}&allowed_updates={self._wanted}{start}"
        answer = await self._request.post(f"{self._bot.base_url}/getUpdates?{asked}")
        return answer if isinstance(answer, list) else []

    async def _end_webhook(self) -> None:
        """A webhook of former times forbids polling; what waits for it stays."""
        info = await self._bot.get_webhook_info()
        if info.url:
            await self._bot.delete_webhook(drop_pending_updates=False)
            logs.event("webhook_deleted")
        self._is_ours = True

    async def _rebuild(self) -> None:
        """A new connection in place of one that hangs."""
        logs.event("transport_rebuilt")
        await self._request.shutdown()
        await self._request.initialize()


class Listening:
    """A webhook: Telegram delivers; once a minute it is asked how that goes."""

    def __init__(self, bot: Bot, settings: Settings, ears: Ears) -> None:
        """Nothing listens yet; the settings name address and secret."""
        self._bot = bot
        self._url = f"{settings.webhook_url.rstrip('/')}{web.PATH}"
        self._secret = settings.webhook_secret.get_secret_value()
        self._ears = ears
        self._site = web.Site(
            web.webhook(secret=self._secret, receive=self._receive),
            address=settings.listen_address,
            port=settings.webhook_port,
        )
        self._task: asyncio.Task[None] | None = None
        self._good_at: float | None = None
        self._failed_at: object = None
        self.heard = asyncio.Event()
        self.trouble = ""

    @property
    def silence(self) -> timedelta | None:
        """How long ago deliveries surely arrived; None before the first time."""
        if self._good_at is None:
            return None
        return timedelta(seconds=asyncio.get_running_loop().time() - self._good_at)

    async def begin(self) -> None:
        """Listen, and have Telegram deliver here; raises SettingsError when the port is taken."""
        await self._site.start()
        self._task = asyncio.create_task(self._run())

    async def end(self) -> None:
        """Stop listening; Telegram keeps what it cannot deliver. The webhook stays set."""
        await _cancelled(self._task)
        await self._site.stop()

    async def _receive(self, updates: Sequence[dict[str, Any]]) -> None:
        await self._ears.receive(updates)
        if self.heard.is_set():
            await self._good()

    async def _run(self) -> None:
        while True:
            try:
                await self._once()
            except Exception as error:  # noqa: BLE001 - the watch outlives whatever happens
                self._in_trouble(type(error).__name__)
                is_refused = isinstance(error, InvalidToken)
                await asyncio.sleep(REFUSED_PAUSE_S if is_refused else PAUSE_S)
            else:
                await asyncio.sleep(CHECK_EVERY_S)

    async def _once(self) -> None:
        """Make sure that Telegram delivers to us, and that it succeeds."""
        info = await self._bot.get_webhook_info()
        if info.url != self._url or not self.heard.is_set():
            await self._set_webhook()
        elif self._is_failing(info):
            self._in_trouble("deliveries fail")
            return
        self._failed_at = info.last_error_date
        await self._good()

    def _is_failing(self, info: WebhookInfo) -> bool:
        """Whether something waits that could not be delivered since the last look."""
        return info.pending_update_count > 0 and info.last_error_date != self._failed_at

    async def _set_webhook(self) -> None:
        await self._bot.set_webhook(
            self._url,
            secret_token=self._secret,
            allowed_updates=self._ears.allowed_updates,
            max_connections=CONNECTIONS,
            drop_pending_updates=False,
        )
        logs.event("webhook_set")

    async def _good(self) -> None:
        """Updates come in: close the gap if there was one."""
        silence = self.silence
        if silence is None or silence > GAP:
            await self._ears.came_back()
        self._good_at = asyncio.get_running_loop().time()
        self.heard.set()
        if self.trouble:
            logs.event("hearing_recovered")
            self.trouble = ""

    def _in_trouble(self, name: str) -> None:
        if name != self.trouble:
            logs.event("hearing_failed", logging.WARNING, error=name)
        self.trouble = name


def hearing(bot: Bot, settings: Settings, ears: Ears, *, polling: AiohttpRequest) -> Hearing:
    """By webhook where the settings name one, else by polling."""
    return Listening(bot, settings, ears) if settings.webhook_url else Polling(bot, polling, ears)


async def _cancelled(task: asyncio.Task[None] | None) -> None:
    if task is not None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
