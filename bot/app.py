"""The composition root: the one module that knows both Telegram and SQL."""

from __future__ import annotations

import asyncio
import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import orjson
from telegram import (
    Bot,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, Defaults
from typing_extensions import override

from bot import logs, menus
from bot.delivery import ROUTINE, SAFETY, Sender, TelegramMessenger
from bot.drawing import Drawn
from bot.handlers.answering import AnsweringHandlers
from bot.handlers.coordinating import CoordinatingHandlers
from bot.handlers.enrolment import EnrolmentHandlers
from bot.handlers.general import GeneralHandlers
from bot.handlers.infusing import InfusingHandlers
from bot.intake import Intake, handling
from bot.limiter import Limiter
from bot.polling import LONG, Poller, Wire
from bot.routes import ALLOWED_UPDATES, Handlers, add_to
from bot.ticks import Tick, Ticker, all_ticks, is_anything_due, run_tick
from bot.transport import AiohttpRequest
from care.ports.core import Core
from care.usecases import recover, watch
from storage import engine as engines, migrate
from storage.locks import PollLock
from storage.unit_of_work import SqlUnitOfWork

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.settings import Settings
    from care.clinic import Clinic
    from care.ports.clock import Clock
    from care.ports.unit_of_work import UnitOfWork

STOP_WITHIN = timedelta(seconds=10)

START_PAUSE_S = 2.0

PtbApplication = Application[Any, Any, Any, Any, Any, Any]


@dataclass(frozen=True, kw_only=True)
class Storage:
    """An open database: its units of work, and how to close it."""

    new_uow: Callable[..., UnitOfWork]
    poll_lock: PollLock
    close: Callable[[], Awaitable[None]]


class _SettlingUnitOfWork(SqlUnitOfWork):
    """Its commit also ends the update in hand, and says so to the intake."""

    @override
    async def commit(self) -> None:
        await super().commit()
        current = handling.get()
        if current is not None:
            current.is_settled = True


def open_storage(database_url: str, clock: Clock) -> Storage:
    """Open the database; the schema is the business of `storage.migrate`."""
    engine = engines.create(database_url)

    def new_uow(*, is_reading: bool = False) -> UnitOfWork:
        current = handling.get()
        return _SettlingUnitOfWork(
            engine,
            clock=clock,
            is_reading=is_reading,
            settles=None if current is None or current.is_settled else current.update_id,
        )

    return Storage(new_uow=new_uow, poll_lock=PollLock(engine), close=engine.dispose)


def open_core(settings: Settings, clinic: Clinic, clock: Clock) -> tuple[Core, Storage]:
    """Memory, clock and rules, for commands that need no Telegram."""
    storage = open_storage(settings.database_url, clock)
    return Core(new_uow=storage.new_uow, clock=clock, clinic=clinic), storage


def telegram(settings: Settings, *, polling: AiohttpRequest) -> PtbApplication:
    """PTB with our transport, without its updater, job queue and limiter."""
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    api = settings.bot_api_url.rstrip("/")
    return (
        ApplicationBuilder()
        .token(settings.bot_token.get_secret_value())
        .base_url(f"{api}/bot")
        .base_file_url(f"{api}/file/bot")
        .request(AiohttpRequest(write_timeout=10.0))
        .get_updates_request(polling)
        .updater(None)
        .job_queue(None)
        .concurrent_updates(concurrent_updates=False)
        .defaults(
            Defaults(
                parse_mode=ParseMode.HTML,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        )
        .build()
    )


class Respite:
    """The whole bot: start it, let it run, stop it; `ticks` are what time asks."""

    def __init__(self, settings: Settings, clinic: Clinic, *, clock: Clock) -> None:
        """Build everything; nothing connects yet."""
        self._settings = settings
        self.core, self._storage = open_core(settings, clinic, clock)
        self._polling = AiohttpRequest(
            connections=8, read_timeout=LONG.total_seconds() + 10, write_timeout=10
        )
        self._application = telegram(settings, polling=self._polling)
        self.drawn = Drawn()
        self.intake = Intake(self.core, handle=self._handle, nudge=self._nudge)
        self.safety, self.routine = self._senders(clinic)
        self.ticks: Sequence[Tick] = all_ticks(
            self.core,
            intake=self.intake,
            safety=self.safety,
            routine=self.routine,
            drawn=self.drawn,
            is_hearing=self._is_hearing,
        )
        self._ticker: Ticker | None = None
        self._polling_task: asyncio.Task[None] | None = None
        self.poller = Poller(
            Wire(
                ask=self._ask,
                receive=self.intake.receive,
                rebuild=self._rebuild,
                came_back=self._came_back,
                may_poll=self._storage.poll_lock.take,
            )
        )
        add_to(self._application, self._handlers())

    @property
    def bot(self) -> Bot:
        """The bot's own connection to Telegram."""
        bot: Bot = self._application.bot
        return bot

    def _senders(self, clinic: Clinic) -> tuple[Sender, Sender]:
        gate = Limiter(per_second=self._settings.messages_per_second)
        messenger = TelegramMessenger(self._application.bot, clinic)
        return (
            Sender(self.core, messenger=messenger, gate=gate, lanes=SAFETY),
            Sender(self.core, messenger=messenger, gate=gate, lanes=ROUTINE),
        )

    def _handlers(self) -> Handlers:
        return Handlers(
            core=self.core,
            enrolment=EnrolmentHandlers(
                core=self.core, new_token=new_token, link=self.link, greet=menus.greet
            ),
            answering=AnsweringHandlers(core=self.core, drawn=self.drawn),
            coordinating=CoordinatingHandlers(core=self.core),
            infusing=InfusingHandlers(core=self.core),
            general=GeneralHandlers(core=self.core),
        )

    def link(self, token: str) -> str:
        """The deep link of an invite's token."""
        return invite_link(self.bot.username, token)

    async def start(self) -> None:
        """Connect, introduce ourselves, take up what was left, and poll; raises InvalidToken."""
        await self._connect()
        async with self.core.new_uow(is_reading=True) as uow:
            team = await uow.people.coordinators()
        await menus.introduce(self.bot, team)
        await self.intake.take_up()
        await self._close_gap()
        self._polling_task = asyncio.create_task(self.poller.run())
        logs.event("bot_started", bot=self.bot.id)

    def begin_ticking(self) -> None:
        """Let time ask by itself; without it `run_due` does, as in tests."""
        self._ticker = Ticker(self.ticks)
        self._ticker.start()

    async def _connect(self) -> None:
        """Ask Telegram who we are, patiently; a token that is refused ends it."""
        while True:
            try:
                await self._application.initialize()
            except InvalidToken:
                raise
            except TelegramError as error:
                logs.event("telegram_unreachable", error=type(error).__name__)
                await asyncio.sleep(START_PAUSE_S)
            else:
                return

    async def _ask(self, offset: int | None, wait: timedelta) -> Sequence[dict[str, Any]]:
        """One long poll, in raw JSON."""
        wanted = quote(orjson.dumps(ALLOWED_UPDATES).decode())
        start = "" if offset is None else f"&offset={offset}"
        asked = f"timeout={int(wait.total_seconds())}&allowed_updates={wanted}{start}"
        url = f"{self.bot.base_url}/getUpdates?{asked}"
        answer = await self._polling.post(url)
        return answer if isinstance(answer, list) else []

    async def _rebuild(self) -> None:
        """A new connection for polling, in place of one that hangs."""
        logs.event("transport_rebuilt")
        await self._polling.shutdown()
        await self._polling.initialize()

    def _is_hearing(self) -> bool:
        """Whether updates surely come in at present."""
        silence = self.poller.silence
        return silence is not None and silence < recover.GAP

    async def _close_gap(self) -> None:
        """Ask again wherever a tap may have been lost while no process ran."""
        since = await recover.last_beat(self.core)
        if since is not None:
            refreshed = await recover.after_gap(self.core, since=since)
            logs.event("gap_closed", checkins=refreshed)
        await recover.beat(self.core)

    async def _came_back(self, silence: timedelta) -> None:
        """Likewise after a silence in which this process could not ask."""
        if silence > recover.GAP:
            since = self.core.clock.now() - silence
            await recover.after_gap(self.core, since=since)

    async def _handle(self, payload: bytes) -> None:
        update = Update.de_json(orjson.loads(payload), self.bot)
        await self._application.process_update(update)

    def _nudge(self) -> None:
        if self._ticker is not None:
            self._ticker.nudge()

    async def run_due(self) -> int:
        """Run every tick once that may have work; returns how much there was to do."""
        is_due = await is_anything_due(self.core, self.drawn)
        return sum([await run_tick(tick) for tick in self.ticks if is_due or not tick.needs_due])

    async def next_due_at(self) -> datetime | None:
        """The next instant at which anything is due."""
        return await watch.next_due_at(self.core)

    async def stop(self) -> None:
        """Finish what is in hand within a bound; the rest stays as rows."""
        if self._polling_task is not None:
            self._polling_task.cancel()
            await asyncio.gather(self._polling_task, return_exceptions=True)
        await self.intake.stop(within=STOP_WITHIN)
        if self._ticker is not None:
            await self._ticker.stop()
        await self._application.shutdown()
        await self._polling.shutdown()
        await self._storage.poll_lock.release()
        await self._storage.close()
        logs.event("bot_stopped")


def new_token() -> str:
    """A fresh secret for an invite: 192 bits (telegram facts, 10)."""
    return secrets.token_urlsafe(24)


def invite_link(username: str, token: str) -> str:
    """The deep link that opens this bot with an invite."""
    return f"https://t.me/{username}?start={token}"


async def migrate_database(database_url: str) -> None:
    """Bring the database to the newest schema."""
    await migrate.upgrade(database_url)
