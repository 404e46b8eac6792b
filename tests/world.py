"""The whole bot against the simulator, in the person's words.

Nothing runs by itself: a person acts, the bot comes to rest, the test looks. Closing the world
fails on any message that nobody expected, on any handler's error, and on any call that the
published description of the Bot API does not know.
"""

from __future__ import annotations

import asyncio
import logging
import re
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from typing_extensions import override

from bot.app import Respite, new_token
from bot.clinic_file import ClinicFile, clinic_of
from bot.demo.passage import Passage
from bot.settings import Settings
from care.ports.clock import Clock
from care.usecases import invite
from simulator.clock import FrozenSource, VirtualClock
from simulator.server import Simulator
from tests.person import Person
from tests.simulator.description import check_calls

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from care.ports.unit_of_work import UnitOfWork

__all__ = ["BERLIN", "START", "Person", "World", "opened"]

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
BERLIN = "Europe/Berlin"
FAULTS = frozenset({"update_failed", "update_parked", "tick_failed", "reply_failed"})


class Complaints(logging.Handler):
    """Collects the events that mean that something of ours went wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        name = getattr(record, "event", record.name)
        if name in FAULTS or record.levelno >= logging.ERROR:
            self.found.append(f"{name} {getattr(record, 'facts', record.getMessage())}")


class WrongClock(Clock):
    """The bot's own clock: the world's, or wrong by so much."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self.wrong_by = timedelta()

    @override
    def now(self) -> datetime:
        return self._clock.now() + self.wrong_by


class WrongPassage(Passage):
    """A bot whose clock may be wrong wakes when its own clock says so."""

    def __init__(self, simulator: Simulator, respite: Respite, clock: WrongClock) -> None:
        super().__init__(simulator, respite)
        self._clock = clock

    @override
    async def next_due_at(self) -> datetime | None:
        at = await super().next_due_at()
        return None if at is None else at - self._clock.wrong_by


@asynccontextmanager
async def opened(database_url: str, **options: Any) -> AsyncIterator[World]:
    """A world until the end of the block, which fails on what nobody expected."""
    world = World(database_url, **options)
    await world.open()
    try:
        yield world
        world.expect_silence()
    finally:
        await world.close()


class World:
    """A simulator, a bot, and the people who use it."""

    def __init__(
        self,
        database_url: str,
        *,
        start: datetime = START,
        clinic: Mapping[str, Any] | None = None,
        floods: bool = False,
        **settings: Any,
    ) -> None:
        self.clock = VirtualClock(FrozenSource(start))
        self.bots_clock = WrongClock(self.clock)
        self.simulator = Simulator(clock=self.clock, floods=floods)
        self.control = self.simulator.control
        self.people: list[Person] = []
        self._database_url = database_url
        self._settings = settings
        self._clinic = ClinicFile.model_validate(clinic or {})
        self._complaints = Complaints()
        self.respite: Respite
        self.passage: Passage

    async def open(self) -> None:
        logging.getLogger("respite").addHandler(self._complaints)
        self._url = await self.simulator.start()
        await self.start_bot()

    async def start_bot(self) -> None:
        """Start the bot, also again after `stop_bot`: all it knows is in the database."""
        settings = self.settings()
        self.respite = Respite(settings, clinic_of(self._clinic, settings), clock=self.bots_clock)
        self.passage = WrongPassage(self.simulator, self.respite, self.bots_clock)
        self.simulator.passenger = self.passage
        await self.respite.start()

    async def stop_bot(self) -> None:
        self.simulator.passenger = None
        await self.respite.stop()

    async def restart(self, **settings: Any) -> None:
        """Stop the bot and start it again, on the same database, perhaps with other settings."""
        await self.stop_bot()
        self._settings.update(settings)
        await self.start_bot()

    def settings(self) -> Settings:
        values = {
            "bot_token": self.simulator.token,
            "bot_api_url": self._url,
            "database_url": self._database_url,
            "clinic_name": "Lindenhof Clinic",
            "clinic_phone": "030 5550 0123",
            "clinic_time_zone": BERLIN,
            "emergency_number": "112",
            **self._settings,
        }
        return Settings.model_validate(values)

    async def close(self) -> None:
        logging.getLogger("respite").removeHandler(self._complaints)
        await self.respite.stop()
        await self.simulator.stop()

    def expect_silence(self) -> None:
        """Fail on what nobody expected: messages, errors, calls that Telegram would not know."""
        for person in self.people:
            person.sees_nothing_more()
        assert not self._complaints.found, self._complaints.found
        assert self.simulator.defects == []
        assert check_calls(self.simulator.calls) == []

    def expect_complaint(self, name: str) -> None:
        """Something of ours was meant to go wrong in this test."""
        matching = [one for one in self._complaints.found if one.startswith(name)]
        assert matching, f"no {name} among {self._complaints.found}"
        self._complaints.found = [one for one in self._complaints.found if one not in matching]

    def uow(self, *, is_reading: bool = True) -> UnitOfWork:
        """A look into the rows, for what no phone shows."""
        return self.respite.core.new_uow(is_reading=is_reading)

    def now(self, zone: str = BERLIN) -> datetime:
        return self.clock.now().astimezone(ZoneInfo(zone))

    async def settle(self) -> None:
        await self.passage.settle()

    async def handle(self) -> None:
        """Let the bot handle what people have done; no tick runs, so no promise is kept yet."""
        await self.simulator.quiet()
        await self.respite.intake.idle()
        await self.simulator.quiet()

    async def dies_once_it_wrote_to(self, person: Person) -> None:
        """End the ticks when a message has come, before they note that it was sent."""
        events = self.simulator.state.events.listen()
        ticking = asyncio.create_task(self.settle())
        async with asyncio.timeout(10):
            while (event := await events.get()) is not None:
                if event["type"] == "message" and event["chat_id"] == person.id:
                    break
        ticking.cancel()
        with suppress(asyncio.CancelledError):
            await ticking
        await self.restart()

    async def set_clock_wrong(self, by: timedelta) -> None:
        """Somebody sets the clock of the bot's machine wrong, or right again."""
        self.bots_clock.wrong_by = by
        await self.settle()

    async def fast_forward(self, by: timedelta) -> None:
        """Let time pass, stopping wherever something is due."""
        await self.simulator.travel(until=self.clock.now() + by)

    async def fast_forward_to(self, at: str, *, days: int = 0, zone: str = BERLIN) -> None:
        """To the next time it is `HH:MM` in a zone, and so many days later."""
        local = self.now(zone)
        wanted = datetime.combine(local.date(), time.fromisoformat(at), ZoneInfo(zone))
        if wanted <= local:
            wanted += timedelta(days=1)
        await self.simulator.travel(until=wanted + timedelta(days=days))

    def stranger(self, name: str = "Sam", *, language: str = "en") -> Person:
        """Somebody with a phone whom the bot does not know."""
        person = Person(self, name, language=language)
        self.people.append(person)
        return person

    async def coordinator(self, name: str = "Carol", *, language: str = "en") -> Person:
        """A coordinator who has joined and seen the welcome."""
        token = new_token()
        await invite.invite_colleague(self.respite.core, token=token, language="en")
        person = self.stranger(name, language=language)
        await person.says(f"/start {token}")
        person.sees("You are a coordinator")
        return person

    async def invited(self, by: Person, *, code: str = "", language: str = "English") -> str:
        """The token of a fresh patient's link, made by a coordinator in the chat."""
        await by.says(f"/invite {code}".strip())
        by.sees("New patient")
        await by.taps(language)
        text = by.sees("Invite for")
        found = re.search(r"start=([\w-]+)", text)
        assert found
        return found[1]

    async def patient(
        self,
        name: str,
        *,
        by: Person,
        at: str = "19:30",
        zone: str | None = None,
        language: str = "en",
    ) -> Person:
        """A patient who has joined; the first check-in is on their screen, not yet answered."""
        token = await self.invited(by)
        person = self.stranger(name, language=language)
        await person.says(f"/start {token}")
        for label in ("Next", "Next", "I agree"):
            await person.taps(label)
        if zone is None:
            await person.taps("Yes")
        else:
            await person.chooses_zone(zone)
        await person.taps(at)
        await person.taps("Ask me each time")
        person.sees("You have joined")
        for other in self.people:
            other.sees_if_any("has joined")
        person.code = self._code_of(by)
        return person

    async def joined(self, *patients: str, coordinators: tuple[str, ...]) -> list[Person]:
        """Coordinators, then patients, all joined; each patient's first check-in is open."""
        team = [await self.coordinator(name) for name in coordinators]
        joined = [await self.patient(name, by=team[0]) for name in patients]
        for person in joined:
            person.sees("Time for your check-in")
        return [*team, *joined]

    @staticmethod
    def _code_of(by: Person) -> str:
        texts = [message["text"] for message in by.messages()]
        return [found[1] for text in texts if (found := re.search(r"Invite for (\S+)", text))][-1]
