"""The whole bot against the simulator, in the person's words.

Nothing runs by itself: a person acts, the bot comes to rest, the test looks. Closing the world
fails on any message that nobody expected, on any handler's error, and on any call that the
published description of the Bot API does not know.
"""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from typing_extensions import override

from bot.app import Respite, new_token
from bot.demo.passage import Passage
from bot.settings import ClinicFile, Settings, clinic_of
from care.usecases import invite
from simulator.clock import FrozenSource, VirtualClock
from simulator.server import Simulator
from tests.simulator.description import check_calls

if TYPE_CHECKING:
    from collections.abc import Mapping

    from care.ports.unit_of_work import UnitOfWork

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
        self.respite = Respite(settings, clinic_of(self._clinic, settings), clock=self.clock)
        self.passage = Passage(self.simulator, self.respite)
        self.simulator.passenger = self.passage
        await self.respite.start()

    async def stop_bot(self) -> None:
        self.simulator.passenger = None
        await self.respite.stop()

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
        assert self._complaints.found == []
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
        await invite.invite_coordinator(self.respite.core, token=token, language="en")
        person = self.stranger(name, language=language)
        await person.says(f"/start {token}")
        person.sees("coordinator of Lindenhof Clinic")
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
        person.sees("You have joined")
        for other in self.people:
            other.sees_if_any("has joined")
        person.code = self._code_of(by)
        return person

    @staticmethod
    def _code_of(by: Person) -> str:
        texts = [message["text"] for message in by.messages()]
        return [found[1] for text in texts if (found := re.search(r"Invite for (\S+)", text))][-1]


class Person:
    """One phone: what its owner does, and what they see."""

    def __init__(self, world: World, name: str, *, language: str) -> None:
        self._world = world
        self.name = name
        self.code = ""
        self.id = world.control.create_user(name, language)
        self._seen: set[int] = set()
        self._known_edits: dict[int, int] = {}

    async def says(self, text: str = "", *, kind: str = "text") -> None:
        """Write a message, or send a sticker, a photo, a voice message."""
        self._remember_edits()
        self._world.control.send(self.id, text, kind=kind)
        await self._world.settle()

    async def taps(self, label: str, *, on: int | None = None, settle: bool = True) -> str:
        """Tap the newest button with these words (or that of one message); gives the query id."""
        self._remember_edits()
        message_id = on if on is not None else self._holder(label)["message_id"]
        query = self._world.control.tap(self.id, message_id, label=label)
        if settle:
            await self._world.settle()
        return query

    async def forges(self, data: str, *, on: int | None = None) -> str:
        """Send a tap with a payload of one's own making; gives the query id."""
        self._remember_edits()
        message_id = on if on is not None else self.messages()[-1]["message_id"]
        query = self._world.control.tap(self.id, message_id, data=data)
        await self._world.settle()
        return query

    async def chooses_zone(self, zone: str) -> None:
        """Find a zone by region and page, as a person does."""
        region, _, place = zone.partition("/")
        await self.taps("No, choose another")
        await self.taps(region)
        label = place.replace("_", " ").replace("/", ", ")
        while label not in self.labels():
            await self.taps(" ›")
        await self.taps(label)

    async def blocks(self, *, blocked: bool = True) -> None:
        """Block or unblock the bot."""
        self._world.control.block(self.id, blocked=blocked)
        await self._world.settle()

    def notice(self, query: str) -> str:
        """What popped up over the chat after a tap."""
        return str(self._world.control.answer_to(query).get("text") or "")

    def messages(self) -> list[dict[str, Any]]:
        """All that the bot has written and not taken back, oldest first."""
        found = self._world.control.transcript(self.id)["messages"]
        return [one for one in found if one["from"]["is_bot"] and not one["deleted"]]

    def labels(self) -> list[str]:
        """The words on the buttons of the newest message that has any."""
        holders = [one for one in self.messages() if one["keyboard"]]
        return _labels(holders[-1]) if holders else []

    def message(self, *texts: str) -> dict[str, Any]:
        """The newest message with these words, as it stands now."""
        found = [one for one in self.messages() if _has(one, texts)]
        assert found, f"{self.name} has no message with {texts}; {self._chat()}"
        return found[-1]

    def sees(self, *texts: str) -> str:
        """Consume a new message, or a changed one, that has these words; gives its text."""
        for message in self.messages():
            if message["message_id"] not in self._seen and _has(message, texts):
                self._seen.add(message["message_id"])
                self._known_edits[message["message_id"]] = len(message["versions"])
                return str(message["text"])
        for message in reversed(self.messages()):
            edits = len(message["versions"])
            if edits != self._known_edits.get(message["message_id"], 0) and _has(message, texts):
                return str(message["text"])
        raise AssertionError(f"{self.name} does not see {texts}; {self._chat()}")

    def sees_if_any(self, *texts: str) -> None:
        """Consume new messages with these words, if there are."""
        for message in self.messages():
            if _has(message, texts):
                self._seen.add(message["message_id"])

    def sees_nothing_more(self) -> None:
        """Fail on a message that was not consumed."""
        unseen = [one for one in self.messages() if one["message_id"] not in self._seen]
        texts = [one["text"] for one in unseen]
        assert not texts, f"{self.name} did not expect {texts}"

    def _remember_edits(self) -> None:
        for message in self.messages():
            self._known_edits[message["message_id"]] = len(message["versions"])

    def _holder(self, label: str) -> dict[str, Any]:
        message: dict[str, Any]
        for message in reversed(self.messages()):
            if any(label in text for text in _labels(message)):
                self._seen.add(message["message_id"])
                return message
        raise AssertionError(f"{self.name} sees no button {label!r}; {self._chat()}")

    def _chat(self) -> str:
        lines = [f"{one['text']!r} {_labels(one)}" for one in self.messages()[-6:]]
        return "the chat ends with:\n  " + "\n  ".join(lines)


def _labels(message: dict[str, Any]) -> list[str]:
    return [button["text"] for row in message["keyboard"] or [] for button in row]


def _has(message: dict[str, Any], texts: tuple[str, ...]) -> bool:
    return all(text in message["text"] for text in texts)
