"""Six weeks of a made-up clinic, lived through the running bot: nothing is written past it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.app import Respite, new_token
from bot.demo.phone import Thumb, labels_of
from care.people import Role
from care.usecases import invite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from bot.demo.passage import Passage
    from simulator.server import Simulator

WEEKS = 6
_SEED = 7
_ANSWERS_AT = time(21, 5)


@dataclass(frozen=True, kw_only=True)
class Sketch:
    """How a made-up patient lives: chances from 0 to 1, pain 1 to 10."""

    name: str
    headache: float
    pain: tuple[int, ...]
    aura: float
    answers: float


PATIENTS = (
    Sketch(name="Ann", headache=0.45, pain=(4, 5, 6, 7, 9), aura=0.4, answers=0.95),
    Sketch(name="Ben", headache=0.6, pain=(3, 4, 5, 6, 7), aura=0.0, answers=0.85),
    Sketch(name="Cleo", headache=0.3, pain=(2, 3, 5, 6), aura=0.2, answers=0.75),
)
COORDINATOR = "Carol"

_DURATIONS = ("30 min to 4 hours", "4 to 12 hours", "Over 12 h, all day")
_RELIEFS = ("No relief", "Some relief", "Pain-free")
_FEATURES = ("One side", "Pulsating", "Worse with movement", "Nausea")
_FUNCTIONS = ("As usual", "Half or less", "Nothing")
_DAYS = ("Under 6 h of sleep", "Much stress", "Skipped a meal", "Alcohol", "More caffeine")


class Life:
    """One made-up patient's days, with a phone."""

    def __init__(self, sketch: Sketch, thumb: Thumb, seed: int) -> None:
        """A life yet to be lived; the same seed tells the same story."""
        self.thumb = thumb
        self._sketch = sketch
        self._random = Random(seed)  # noqa: S311 - a story, not a secret
        self._had_headache = False

    def day(self) -> Iterator[str]:
        """The buttons to tap today, each to be tapped before the next is asked for."""
        sketch = self._sketch
        message = self.thumb.latest("No headache today", "Too ill")
        if message is None or self._random.random() > sketch.answers:
            return
        stays = 0.22 if self._had_headache else 0.0
        self._had_headache = self._random.random() < sketch.headache + stays
        if self._had_headache:
            yield "Yes, a headache"
            yield from self._headache(self._random.choice(sketch.pain))
        else:
            yield "No headache today"
        yield from self._rest()

    def _headache(self, pain: int) -> Iterator[str]:
        """Everything that is asked about a headache; the worse, the more there is to say."""
        yield str(pain)
        yield self._random.choice(_DURATIONS)
        if self._random.random() < pain / 10:
            yield from ("Another medicine", "Done", self._random.choice(_RELIEFS))
        else:
            yield "None of these"
        felt = (text for text in _FEATURES if self._random.random() < pain / 10)
        yield from (*felt, "Light hurts", "Done")
        yield from self._aura()
        yield _FUNCTIONS[min(2, pain // 4)]

    def _aura(self) -> Iterator[str]:
        if self._random.random() < self._sketch.aura:
            yield from ("Seeing", "Done", "5 to 60 minutes")
        else:
            yield "None of these"

    def _rest(self) -> Iterator[str]:
        message = self.thumb.latest("None of these")
        if message is None:
            return
        things = [text for text in labels_of(message) if text in _DAYS]
        chosen = [text for text in things if self._random.random() < 0.15]
        yield from (*chosen, "Done" if chosen else "None of these")


class Clinic:
    """The made-up clinic: who lives in it, and how their days go by."""

    def __init__(self, simulator: Simulator, respite: Respite, passage: Passage) -> None:
        """Nobody has joined yet."""
        self._simulator = simulator
        self._respite = respite
        self._passage = passage
        self._zone = ZoneInfo(respite.core.clinic.zone)

    async def live(self, *, tell: Callable[[str], None]) -> None:
        """Everybody joins, six weeks pass, an infusion is scheduled for next week."""
        self._simulator.state.floods.enabled = False  # six weeks in seconds are no flood
        carol = await self._coordinator()
        lives = [
            Life(sketch, await self._patient(carol, sketch), _SEED + number)
            for number, sketch in enumerate(PATIENTS)
        ]
        for day in self._days():
            tell(f"{day:%d %b}")
            await self._simulator.travel(until=day)
            await self._live_day(lives)
            await self._take(carol)
        await self._schedule(carol)
        self._simulator.state.floods.enabled = True

    def _days(self) -> Iterator[datetime]:
        start = self._simulator.clock.now().astimezone(self._zone)
        for number in range(WEEKS * 7):
            local = datetime.combine(start.date() + timedelta(days=number), _ANSWERS_AT)
            yield local.replace(tzinfo=self._zone)

    async def _coordinator(self) -> Thumb:
        """On duty like every coordinator, and a lead as well."""
        carol = Thumb(self._simulator.control, COORDINATOR)
        for role in (Role.COORDINATOR, Role.LEAD):
            token = new_token()
            await invite.invite_colleague(
                self._respite.core, token=token, language="en", role=role
            )
            carol.write(f"/start {token}")
            await self._passage.settle()
        return carol

    async def _patient(self, carol: Thumb, sketch: Sketch) -> Thumb:
        carol.write("/invite")
        await self._passage.settle()
        await self._tap(carol, "English")
        link = re.search(r"start=([\w-]+)", next(carol.messages())["text"])
        if link is None:
            raise LookupError("the invite has no link")
        thumb = Thumb(self._simulator.control, sketch.name)
        thumb.write(f"/start {link[1]}")
        await self._passage.settle()
        for label in ("Next", "Next", "I agree", "Yes", "19:30", "Ask me each time"):
            await self._tap(thumb, label)
        return thumb

    async def _live_day(self, lives: Iterable[Life]) -> None:
        """Everybody taps side by side, each the next button once the last tap is answered."""
        days = [(life.thumb, life.day()) for life in lives]
        while taps := [(thumb, label) for thumb, day in days if (label := next(day, None))]:
            for thumb, label in taps:
                _press(thumb, label)
            await self._passage.settle()

    async def _tap(self, thumb: Thumb, label: str) -> None:
        _press(thumb, label)
        await self._passage.settle()

    async def _take(self, carol: Thumb) -> None:
        """What rings is taken at once, what can wait is worked off from its list."""
        while (found := carol.latest("Take") or _list_of(carol)) is not None:
            if "Take" not in labels_of(found):
                _press(carol, labels_of(found)[0])
                await self._passage.settle()
            if carol.latest("Take") is not None:
                await self._tap(carol, "Take")
                await self._tap(carol, "Close")
                await self._tap(carol, "Spoke with the patient")
                if carol.latest("‹ List") is not None:
                    await self._tap(carol, "‹ List")

    async def _schedule(self, carol: Thumb) -> None:
        carol.write("/infusions")
        await self._passage.settle()
        await self._tap(carol, "New session")
        await self._tap(carol, "P-001")
        target = (self._simulator.clock.now() + timedelta(days=8)).astimezone(self._zone)
        target += timedelta(days=max(0, 7 - target.weekday()) if target.weekday() > 4 else 0)
        if target.month != self._simulator.clock.now().astimezone(self._zone).month:
            await self._tap(carol, "›")
        for label in (str(target.day), "13:00", "Schedule", "‹ Back"):
            await self._tap(carol, label)


def _list_of(carol: Thumb) -> dict[str, Any] | None:
    """The newest list of what can wait, while it still has something to open."""
    lists = (one for one in carol.messages() if one["text"].split("\n")[0].endswith("can wait"))
    return next(lists, None)


def _press(thumb: Thumb, label: str) -> None:
    message = thumb.latest(label)
    if message is None:
        raise LookupError(f"{thumb.name} sees no button “{label}”")
    thumb.tap(message, label)
