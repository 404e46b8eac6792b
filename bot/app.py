"""The composition root: the one module that knows both Telegram and SQL."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import orjson
from telegram import Bot, Update
from typing_extensions import override

from bot import logs, menus, web
from bot.buttons import all_handlers, taps
from bot.connection import connect, disconnect, telegram
from bot.delivery import ROUTINE, SAFETY, CountingMessenger, Sender, TelegramMessenger
from bot.drawing import Drawn, deep_link
from bot.first_aid import FirstAid
from bot.health import Health
from bot.hearing import Ears, Hearing, hearing
from bot.intake import Intake, handling
from bot.limiter import Limiter
from bot.pending import PendingReplies
from bot.polling import LONG
from bot.presence import TelegramPresence
from bot.queries import query
from bot.replies import Taps
from bot.routes import ALLOWED_UPDATES, add_to
from bot.settings import SettingsError
from bot.ticks import Outside, Tick, Ticker, all_ticks, note_drawn, run_tick, what_is_due
from bot.transport import AiohttpRequest
from bot.vitals import Vitals
from care.errors import StorageUnavailable
from care.people import Address
from care.ports.core import Core
from care.usecases import find, gather, recover, watch
from storage import engine as engines, migrate
from storage.locks import ChatTurns, PollLock
from storage.unit_of_work import SqlUnitOfWork

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.settings import Settings
    from care.clinic import Clinic
    from care.ports.clock import Clock
    from care.ports.unit_of_work import UnitOfWork

STOP_WITHIN = timedelta(seconds=10)


@dataclass(frozen=True, kw_only=True)
class Storage:
    """An open database: its units of work, and how to close it."""

    new_uow: Callable[..., UnitOfWork]
    poll_lock: PollLock
    chat_turns: ChatTurns
    close: Callable[[], Awaitable[None]]


class _SettlingUnitOfWork(SqlUnitOfWork):
    """Its commit also ends the update in hand, and tells the intake what it has kept."""

    @override
    async def commit(self) -> None:
        await super().commit()
        current = handling.get()
        if current is not None:
            current.is_settled = True
            current.is_promising = current.is_promising or self.is_promising


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

    poll_lock = PollLock(engine)
    chat_turns = ChatTurns(engine, poll_lock)

    async def close() -> None:
        await chat_turns.release()
        await poll_lock.release()
        await engine.dispose()

    return Storage(new_uow=new_uow, poll_lock=poll_lock, chat_turns=chat_turns, close=close)


def open_core(settings: Settings, clinic: Clinic, clock: Clock) -> tuple[Core, Storage]:
    """Memory, clock and rules, for commands that need no Telegram."""
    storage = open_storage(settings.database_url, clock)
    return Core(new_uow=storage.new_uow, clock=clock, clinic=clinic), storage


class Respite:
    """The whole bot: start it, let it run, stop it; `ticks` are what time asks."""

    def __init__(self, settings: Settings, clinic: Clinic, *, clock: Clock) -> None:
        """Build everything; nothing connects yet."""
        self._settings = settings
        self.vitals = Vitals()
        self.core, self._storage = open_core(settings, clinic, clock)
        self._polling = AiohttpRequest(
            connections=8, read_timeout=LONG.total_seconds() + 10, write_timeout=10
        )
        self._application = telegram(settings, polling=self._polling)
        self.drawn = Drawn()
        self.pending = PendingReplies(self._application.bot, clock=clock)
        self.intake = Intake(
            self.core,
            turns=self._storage.chat_turns,
            handle=self._handle,
            nudge=self._nudge,
            tell=lambda: note_drawn(self.core, self.drawn),
            unstored=FirstAid(self._application.bot, clinic, pending=self.pending).give,
        )
        self.safety, self.routine = self._senders(clinic)
        self.ticks: Sequence[Tick] = all_ticks(
            self.core,
            intake=self.intake,
            senders=(self.safety, self.routine),
            screens=(self.drawn, self.pending),
            outside=Outside(
                silence=lambda: self.hearing.silence,
                all_is_well=self._say_all_is_well,
                presence=TelegramPresence(self._application.bot),
            ),
        )
        self._ticker: Ticker | None = None
        self.hearing = self._hearing()
        self.health = Health(
            self.core,
            hearing=self.hearing,
            vitals=self.vitals,
            intervals={tick.name: tick.every for tick in self.ticks},
        )
        self._health_site = self._site()
        handlers = all_handlers(
            self.core,
            drawn=self.drawn,
            pending=self.pending,
            new_token=new_token,
            link=self.link,
        )
        add_to(self._application, handlers)
        self.taps = Taps(taps(handlers), handlers.manners, bot=self.bot)

    @property
    def bot(self) -> Bot:
        """The bot's own connection to Telegram."""
        bot: Bot = self._application.bot
        return bot

    def _senders(self, clinic: Clinic) -> tuple[Sender, Sender]:
        gate = Limiter(per_second=self._settings.messages_per_second)
        messenger = CountingMessenger(
            TelegramMessenger(self._application.bot, clinic), self.vitals
        )
        return (
            Sender(self.core, messenger=messenger, gate=gate, lanes=SAFETY),
            Sender(self.core, messenger=messenger, gate=gate, lanes=ROUTINE),
        )

    def _hearing(self) -> Hearing:
        ears = Ears(
            allowed_updates=ALLOWED_UPDATES,
            receive=self.intake.receive,
            came_back=self._came_back,
            may_poll=self._storage.poll_lock.take,
        )
        return hearing(self.bot, self._settings, ears, polling=self._polling)

    def _site(self) -> web.Site | None:
        """Where health is asked, if the settings name a port."""
        if self._settings.health_port is None:
            return None
        return web.Site(
            web.health(wrong=self.health.wrong, page=self.health.page),
            address=self._settings.listen_address,
            port=self._settings.health_port,
        )

    async def _say_all_is_well(self) -> int:
        """Call the monitor outside, which notices when nobody does."""
        url = self._settings.heartbeat_url
        if url and await self.health.is_all_well():
            await web.call(url)
        return 0

    def link(self, token: str) -> str:
        """The deep link of an invite's token."""
        return deep_link(self.bot.username, token)

    async def start(self) -> None:
        """Connect, introduce ourselves, take up what was left, and hear what is new.

        Raises InvalidToken, and SettingsError when a port is taken.
        """
        if self._health_site is not None:
            await self._health_site.start()
        await connect(self._application)
        async with self.core.new_uow(is_reading=True) as uow:
            team = await uow.people.coordinators()
        await menus.introduce(self.bot, team)
        group = self._settings.care_team_chat_id
        await gather.adopt(self.core, configured=None if group is None else Address(group))
        await find.begin(self.core)
        await self.intake.take_up()
        await self.hearing.begin()
        logs.event("bot_started", bot=self.bot.id)

    def begin_ticking(self) -> None:
        """Let time ask by itself; without it `run_due` does, as in tests."""
        for sender in (self.safety, self.routine):
            sender.wait_for_room()
        self._ticker = Ticker(self.ticks, vitals=self.vitals)
        self._ticker.start()

    async def _came_back(self) -> None:
        """Ask again wherever a tap may have been lost while nobody heard."""
        refreshed = await recover.after_gap(self.core)
        if refreshed is not None:
            logs.event("gap_closed", checkins=refreshed)

    async def _handle(self, payload: bytes) -> None:
        update = orjson.loads(payload)
        tapped = update.get("callback_query")
        if tapped is not None:
            await self.taps.answer(query(tapped))
        else:
            await self._application.process_update(Update.de_json(update, self.bot))
        self.vitals.handled("other" if tapped is None else "tap")

    def _nudge(self) -> None:
        if self._ticker is not None:
            self._ticker.nudge()

    async def run_due(self) -> int:
        """Run every tick once that may have work; returns how much there was to do."""
        due = await what_is_due(self.core, self.drawn)
        wanted = [tick for tick in self.ticks if tick.area is None or tick.area in due]
        return sum([await run_tick(tick, self.vitals) for tick in wanted])

    async def next_due_at(self) -> datetime | None:
        """The next instant at which anything is due."""
        found = (await watch.next_due_at(self.core), self.pending.next_at())
        return min((at for at in found if at is not None), default=None)

    async def stop(self) -> None:
        """Finish what is in hand within a bound; the rest stays as rows."""
        for sender in (self.safety, self.routine):
            sender.end()
        await self.hearing.end()
        await self.intake.stop(within=STOP_WITHIN)
        if self._ticker is not None:
            await self._ticker.stop(within=STOP_WITHIN)
        await disconnect(self._application)
        await self._polling.shutdown()
        if self._health_site is not None:
            await self._health_site.stop()
        await self._storage.close()
        logs.event("bot_stopped")


def new_token() -> str:
    """A fresh secret for an invite: 192 bits (telegram facts, 10)."""
    return secrets.token_urlsafe(24)


async def migrate_database(database_url: str) -> None:
    """Bring the database to the newest schema; raises SettingsError if it cannot be opened."""
    try:
        await migrate.upgrade(database_url)
    except (OSError, StorageUnavailable):
        raise SettingsError(
            "DATABASE_URL names a database that cannot be opened; check the path or the server."
        ) from None
