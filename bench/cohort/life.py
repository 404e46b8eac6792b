"""The cohort on one calendar: patients, three coordinators, what is planted, what goes wrong."""

from __future__ import annotations

from collections import defaultdict
from datetime import time, timedelta
from typing import TYPE_CHECKING

from typing_extensions import override

from bench.chaos.mishaps import Mishaps
from bench.cohort import weather
from bench.cohort.patients import Patient
from bench.cohort.planting import EVENING
from bench.cohort.staff import NAMES, Coordinator, Desk
from bench.lived import ANSWERS_AT, CLOSES_AFTER, JOINS_AT, PAUSE, STOPS_AT, Clinic, date_of
from bot.views.flags import MORE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from bench.cohort.people import Member
    from bench.cohort.planting import Planted
    from bench.lived import Progress
    from bot.app import Respite
    from simulator.server import Simulator

BEGINS_AT = time(1)
MOST_ROUNDS = 80
"""Rounds of taps in an evening, after which whoever is not through gives up."""

TRIES = 6
"""So often somebody with a red flag taps again where nothing comes."""

READS = timedelta(seconds=90)
"""Until an answer to a red flag has come and is read."""


class Cohort(Clinic):
    """Everybody, day after day."""

    def __init__(
        self,
        simulator: Simulator,
        respite: Respite,
        members: Sequence[Member],
        key: Sequence[Planted],
        *,
        seed: int,
    ) -> None:
        """Nobody has joined yet."""
        self.patients = [Patient(simulator.control, one, seed=seed) for one in members]
        super().__init__(simulator, respite, self.patients)
        self.staff = [Coordinator(simulator.control, name, seed=seed) for name in NAMES]
        self.team = self.staff[0]
        self.desk = Desk(team=self.staff, is_open=respite.core.clinic.hours.is_open)
        self.mishaps = Mishaps(simulator)
        self.began_at = self.ended_at = simulator.clock.now()
        self._seed = seed
        self._control = simulator.control
        self._key: dict[int, list[Planted]] = defaultdict(list)
        for one in key:
            self._key[one.day].append(one)

    def planted_of(self, patient: Patient) -> list[Planted]:
        """What of the key is this patient's."""
        key = (one for ones in self._key.values() for one in ones)
        return [one for one in key if self.patients[one.member] is patient]

    async def live_for(self, days: int, *, tell: Callable[[Progress], None]) -> None:
        """All join on day 0; then so many days, until every day is closed and every report."""
        await self.live_between(0, days - 1, tell=tell)
        self.mishaps.end()
        self.ended_at = self.simulator.clock.now()
        await self.be_at(date_of(days - 1) + CLOSES_AFTER + timedelta(days=4), STOPS_AT)

    @override
    async def team_joins(self) -> None:
        for one in self.staff:
            await self.coordinator_joins(one)

    @override
    async def live_day(self, day: int, on: date) -> None:
        if day == 0:
            await self._all_join(on)
        else:
            await self._weather(day, on)
        before = [one for one in self._key[day] if one.at < EVENING]
        await self._planted(before, on)
        await self.be_at(on, ANSWERS_AT)
        await self._evening(day)
        await self._planted([one for one in self._key[day] if one.at > EVENING], on)

    async def _all_join(self, on: date) -> None:
        await self.be_at(on, JOINS_AT)
        for patient in self.patients:
            patient.begin_day()
        await self.join(self.patients)
        self.began_at = self.simulator.clock.now()

    async def _weather(self, day: int, on: date) -> None:
        """Who blocks the bot, who is back, and what Telegram will do today."""
        await self.be_at(on, BEGINS_AT)
        self.mishaps.ask(weather.wishes(day, seed=self._seed))
        for patient in self.patients:
            patient.begin_day()
            blocked = patient.member.blocked
            if blocked and day in {blocked.start, blocked.stop}:
                self._control.block(patient.id, blocked=day == blocked.start)
        for one in self.staff:
            one.is_blocked = one.random.random() < weather.BLOCKS
            self._control.block(one.id, blocked=one.is_blocked)
        await self.wait(PAUSE)

    async def _evening(self, day: int) -> None:
        """Whoever speaks today answers; a planted aura is among the answers."""
        auras = [one for one in self._key[day] if one.is_aura]
        answering = [one for one in self.patients if day in one.answers]
        for _ in range(MOST_ROUNDS):
            taps = [tap for one in answering if (tap := one.next_tap(day))]
            if not taps:
                return
            self._note_auras(auras, taps)
            await self.tap(taps)

    def _note_auras(self, auras: Sequence[Planted], taps: Sequence[tuple[object, ...]]) -> None:
        """The moment at which the kind of a planted aura is tapped."""
        for one in auras:
            mine = (label for thumb, _, label in taps if thumb is self.patients[one.member])
            if one.tapped_at is None and any(label in {"Speech", "Weakness"} for label in mine):
                one.tapped_at = self.simulator.clock.now()

    async def _planted(self, key: Sequence[Planted], on: date) -> None:
        for one in key:
            await self.be_at(on, one.at)
            await self._raise_flag(one, self.patients[one.member])

    async def _raise_flag(self, one: Planted, patient: Patient) -> None:
        """By the menu; where it does not come, by the command, as people do."""
        opening = patient.opens_menu()
        if opening is None:
            patient.write("/alarm")
        await self.tap([opening] if opening else [])
        for _ in range(TRIES):
            await self.wait(PAUSE)
            tap = patient.alarm(one)
            if tap is None:
                patient.write("/alarm")
                continue
            if tap[2] != MORE:
                one.tapped_at = self.simulator.clock.now()
                await self.tap([tap])
                break
            await self.tap([tap])
        await self.wait(READS)
        await self.tap([said] if (said := patient.urgency()) else [])

    @override
    async def travel(self, until: datetime) -> None:
        """Time passes from message to message; the coordinators act in between.

        What was tapped is handled before time moves, so that no delay is the calendar's.
        """
        stop = self.simulator.clock.now()
        while True:
            now = await self.simulator.travel(until=stop, next_message=True)
            self.desk.looks_round()
            has_acted = self.desk.acts(now)
            if now >= until and not has_acted:
                return
            ahead = now if has_acted else min(until, self.desk.next_at or until)
            stop = max(now, ahead)
