"""The diaries lived through: everybody's days on one virtual calendar, all of it by taps."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bench.inventing import invented
from bench.phones import JOINING, LISTING, Life, Team
from bot.app import new_token
from care.usecases import invite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from bench.diaries import Diary
    from bench.phones import Tap
    from bot.app import Respite
    from simulator.control import Control
    from simulator.server import Simulator

ZONE = ZoneInfo("Europe/Berlin")
TREATMENT_ON = date(2026, 3, 9)
"""Day 0 of every diary: a Monday; the clocks go forward three weeks later."""

JOINS_AT = time(18)
ANSWERS_AT = time(19, 45)
STOPS_AT = time(21)
CLOSES_AFTER = timedelta(days=3)
"""By then the last day takes no more answers (R-FILL-1)."""

TAP_TAKES = timedelta(seconds=3)
PAUSE = timedelta(seconds=2)
AT_ONCE = 8
"""So many people join or stop side by side."""


def date_of(day: int) -> date:
    """The date of a diary's `time` on the calendar that all share."""
    return TREATMENT_ON + timedelta(days=day)


def starts_at(diaries: Sequence[Diary]) -> datetime:
    """The morning of the first recorded day of all."""
    return starting(date_of(min(diary.first for diary in diaries)))


def starting(on: date) -> datetime:
    """The morning of a date."""
    return datetime.combine(on, time(8), ZONE).astimezone(UTC)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far it has come."""

    on: date
    day: int
    days: int
    taps: int


def lives_of(control: Control, diaries: Iterable[Diary]) -> list[Life]:
    """Somebody for each diary."""
    return [Life(control, diary, invented(diary)) for diary in diaries]


class Clinic:
    """One coordinator and a patient for each diary."""

    def __init__(self, simulator: Simulator, respite: Respite, lives: Sequence[Life]) -> None:
        """Nobody has joined yet."""
        self.simulator = simulator
        self._respite = respite
        self.team = Team(simulator.control)
        self.lives = lives
        self.taps = 0

    async def live(self, *, tell: Callable[[Progress], None]) -> None:
        """The coordinator joins; then day after day, until every day is closed."""
        first = min(life.diary.first for life in self.lives)
        last = max(life.diary.last for life in self.lives)
        await self.live_between(first, last, tell=tell)
        await self.be_at(date_of(last) + CLOSES_AFTER, STOPS_AT)

    async def live_between(
        self, first: int, last: int, *, tell: Callable[[Progress], None]
    ) -> None:
        """The team joins; then day after day."""
        await self.team_joins()
        for day in range(first, last + 1):
            on = date_of(day)
            tell(Progress(on=on, day=day - first + 1, days=last - first + 1, taps=self.taps))
            await self.live_day(day, on)

    async def live_day(self, day: int, on: date) -> None:
        """Who begins joins, all answer, who ends stops."""
        await self.be_at(on, JOINS_AT)
        for life in self.lives:
            life.begin_day()
        await self.join([life for life in self.lives if life.diary.first == day])
        await self.be_at(on, ANSWERS_AT)
        await self.answer(day)
        await self.be_at(on, STOPS_AT)
        await self._stop([life for life in self.lives if life.diary.last == day])

    async def be_at(self, on: date, at: time) -> None:
        """Let time pass; the bot does by itself what comes due on the way."""
        until = datetime.combine(on, at, ZONE)
        await self.travel(max(until, self.simulator.clock.now()))

    async def wait(self, by: timedelta) -> None:
        """Let a moment pass."""
        await self.travel(self.simulator.clock.now() + by)

    async def travel(self, until: datetime) -> None:
        """Move time to an instant that is not past."""
        await self.simulator.travel(until=until)

    async def team_joins(self) -> None:
        """The coordinator comes by a link of the operator's."""
        await self.coordinator_joins(self.team)

    async def coordinator_joins(self, one: Team) -> None:
        """One of the team opens their link."""
        token = new_token()
        await invite.invite_colleague(self._respite.core, token=token, language="en")
        one.write(f"/start {token}")
        await self.wait(PAUSE)

    async def join(self, joining: Sequence[Life]) -> None:
        """Each gets an invite of their own; then some at a time read, agree and choose."""
        rest = iter(joining)
        while some := list(islice(rest, AT_ONCE)):
            tokens = [await self._invite(life) for life in some]
            for life, token in zip(some, tokens, strict=True):
                life.write(f"/start {token}")
            await self.wait(PAUSE)
            for label in JOINING:
                await self.tap([button_of(life, label) for life in some])
            await self._list_medicine(some)

    async def _list_medicine(self, some: Sequence[Life]) -> None:
        """Each adds what they take to their own list."""
        for life in some:
            life.write("/settings")
        await self.wait(PAUSE)
        for label in LISTING:
            await self.tap([button_of(life, label) for life in some])
        for life in some:
            life.write(life.medicine)
        await self.wait(PAUSE)
        await self.tap([button_of(life, life.kind) for life in some])

    async def _invite(self, life: Life) -> str:
        self.team.write(f"/invite {life.code}")
        await self.wait(PAUSE)
        await self.tap([button_of(self.team, "English")])
        return self.team.link_token(life.code)

    async def answer(self, day: int) -> None:
        """Everybody who has a row for this day answers; the coordinator sees to what rings."""
        answering = [life for life in self.lives if day in life.answers]
        while taps := [tap for life in answering if (tap := life.next_tap(day))]:
            await self.tap(taps)
        while taps := self.team.next_taps():
            await self.tap(taps)

    async def _stop(self, stopping: Sequence[Life]) -> None:
        rest = iter(stopping)
        while some := list(islice(rest, AT_ONCE)):
            for life in some:
                life.write("/stop")
            await self.wait(PAUSE)
            await self.tap([button_of(life, "Yes, end them") for life in some])

    async def tap(self, taps: Sequence[Tap]) -> None:
        """One tap of each; then the bot comes to rest and a moment passes."""
        for thumb, message, label in taps:
            thumb.tap(message, label)
        self.taps += len(taps)
        if taps:
            await self.wait(TAP_TAKES)


def button_of(thumb: Life | Team, label: str) -> Tap:
    """A tap on the newest button with this label. Raises LookupError."""
    message = thumb.latest(label)
    if message is None:
        raise LookupError(f"{thumb.name} sees no button “{label}”")
    return thumb, message, label


def sundays(life: Life) -> Iterator[date]:
    """The dates on which this patient should get a summary: every Sunday while enrolled."""
    days = range(life.diary.first, life.diary.last + 1)
    return (on for day in days if (on := date_of(day)).weekday() == 6)


def summaries(life: Life) -> dict[date, int]:
    """How many summaries came on each local date."""
    found: dict[date, int] = defaultdict(int)
    for at in life.summaries():
        found[datetime.fromisoformat(at).astimezone(ZONE).date()] += 1
    return dict(found)
