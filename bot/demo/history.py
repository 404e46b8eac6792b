"""Six weeks of a made-up clinic, lived through the running bot: nothing is written past it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.app import Respite, new_token
from bot.demo.phone import Thumb, labels_of
from care.usecases import invite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


class Clinic:
    """The made-up clinic: who lives in it, and how their days go by."""

    def __init__(self, simulator: Simulator, respite: Respite, passage: Passage) -> None:
        """Nobody has joined yet."""
        self._simulator = simulator
        self._respite = respite
        self._passage = passage
        self._random = Random(_SEED)  # noqa: S311 - a story, not a secret
        self._zone = ZoneInfo(respite.core.clinic.zone)

    async def live(self, *, tell: Callable[[str], None]) -> None:
        """Everybody joins, six weeks pass, an infusion is scheduled for next week."""
        self._simulator.state.floods.enabled = False  # six weeks in seconds are no flood
        carol = await self._coordinator()
        patients = [(sketch, await self._patient(carol, sketch)) for sketch in PATIENTS]
        headache = dict.fromkeys((sketch.name for sketch in PATIENTS), False)
        for day in self._days():
            tell(f"{day:%d %b}")
            await self._simulator.travel(until=day)
            for sketch, thumb in patients:
                await self._answer_day(sketch, thumb, headache)
            await self._take(carol)
        await self._schedule(carol)
        self._simulator.state.floods.enabled = True

    def _days(self) -> Iterator[datetime]:
        start = self._simulator.clock.now().astimezone(self._zone)
        for number in range(WEEKS * 7):
            local = datetime.combine(start.date() + timedelta(days=number), _ANSWERS_AT)
            yield local.replace(tzinfo=self._zone)

    async def _coordinator(self) -> Thumb:
        token = new_token()
        await invite.invite_colleague(self._respite.core, token=token, language="en")
        carol = Thumb(self._simulator.control, COORDINATOR)
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
        for label in ("Next", "Next", "I agree", "Yes", "19:30"):
            await self._tap(thumb, label)
        return thumb

    async def _tap(self, thumb: Thumb, label: str) -> None:
        message = thumb.latest(label)
        if message is None:
            raise LookupError(f"{thumb.name} sees no button “{label}”")
        thumb.tap(message, label)
        await self._passage.settle()

    async def _answer_day(self, sketch: Sketch, thumb: Thumb, headache: dict[str, bool]) -> None:
        message = thumb.latest("No headache today", "Too ill")
        if message is None or self._random.random() > sketch.answers:
            return
        stays = 0.22 if headache[sketch.name] else 0.0
        headache[sketch.name] = self._random.random() < sketch.headache + stays
        await self._tap(thumb, "Yes, a headache" if headache[sketch.name] else "No headache today")
        if headache[sketch.name]:
            await self._tap(thumb, str(self._random.choice(sketch.pain)))
            await self._aura(sketch, thumb)
        await self._day(thumb)

    async def _aura(self, sketch: Sketch, thumb: Thumb) -> None:
        if self._random.random() >= sketch.aura:
            await self._tap(thumb, "None of these")
            return
        await self._tap(thumb, "Seeing")
        await self._tap(thumb, "Done")
        await self._tap(thumb, "5 to 60 minutes")

    async def _day(self, thumb: Thumb) -> None:
        message = thumb.latest("None of these")
        if message is None:
            return
        things = [text for text in labels_of(message) if text[:1] not in "‹⚠N"]
        chosen = [text for text in things if self._random.random() < 0.15]
        for text in chosen:
            await self._tap(thumb, text)
        await self._tap(thumb, "Done" if chosen else "None of these")

    async def _take(self, carol: Thumb) -> None:
        while carol.latest("Take") is not None:
            await self._tap(carol, "Take")
            await self._tap(carol, "Close")
            await self._tap(carol, "Spoke with the patient")

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
