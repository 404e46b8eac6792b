"""Rare red flags, planted by a seed: who, on which day, when and which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from random import Random
from typing import TYPE_CHECKING

from bot.views.flags import EMERGENCIES, LABELS, OTHERS
from care import question_sets as daily
from care.questions import NONE, Item
from care.triage import ALARM, CRISIS, Tier

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bench.cohort.people import Member
    from care.questions import Answers

ONE_IN_DAYS = 450
"""A planted event for so many patient-days, at least one."""

FIRST_DAY = 2
EVENING = time(19, 45)
HOURS = (time(3, 15), time(10, 30), time(14, 10), time(18, 30), time(22, 40))
AURA = "R-FLAG-8"
_AURAS = ("speech", "weakness")
_HARM = 19
_KINDS = {"flag": 0.35, "alarm": 0.2, "aura": 0.2, "urgent": 0.15, "crisis": 0.1}
_URGENT = tuple(number for number in OTHERS if number < 16)


@dataclass(kw_only=True)
class Planted:
    """One event of the key: its rule and tier, and the button (or None for an aura).

    `tapped_at` is when it was done on the phone.
    """

    member: int
    day: int
    at: time
    rule: str
    tier: Tier
    number: int | None = None
    tapped_at: datetime | None = None

    @property
    def words(self) -> str:
        """What stands on its button, behind a number."""
        return "" if self.number is None else LABELS[self.number]

    @property
    def is_aura(self) -> bool:
        """It is told in the evening's answers, not in the menu."""
        return self.rule == AURA


def planted(members: Sequence[Member], *, days: int, seed: int) -> list[Planted]:
    """The key; what is an aura is written into the answers of its day."""
    random = Random(f"{seed}:planted")  # noqa: S311 - a story
    wanted = max(1, round(len(members) * days / ONE_IN_DAYS))
    places = [
        (one, day)
        for one, member in enumerate(members)
        for day in range(FIRST_DAY, days - 1)
        if day in member.answers and not {day - 1, day, day + 1} & {*member.blocked}
    ]
    key = [_event(random, *place) for place in random.sample(places, min(wanted, len(places)))]
    for one in key:
        if one.is_aura:
            _aura(members[one.member].answers, one.day, random.choice(_AURAS))
    return sorted(key, key=lambda one: (one.day, one.at))


def _event(random: Random, member: int, day: int) -> Planted:
    kind = random.choices([*_KINDS], [*_KINDS.values()])[0]
    at = EVENING if kind == "aura" else random.choice(HOURS)
    if kind == "aura":
        return Planted(member=member, day=day, at=at, rule=AURA, tier=Tier.EMERGENCY)
    if kind == "alarm":
        return Planted(member=member, day=day, at=at, rule=ALARM, tier=Tier.EMERGENCY)
    if kind == "crisis":
        return Planted(
            member=member, day=day, at=at, rule=CRISIS, tier=Tier.EMERGENCY, number=_HARM
        )
    number = random.choice(_URGENT if kind == "urgent" else EMERGENCIES)
    tier = Tier.URGENT if kind == "urgent" else Tier.EMERGENCY
    rule = f"R-FLAG-{number}"
    return Planted(member=member, day=day, at=at, rule=rule, tier=tier, number=number)


def _aura(answers: dict[int, Answers], day: int, kind: str) -> None:
    """The day is a headache day with an aura that is not usual."""
    answers[day] = {
        Item.HEADACHE: (daily.YES,),
        Item.PAIN: ("6",),
        Item.DURATION: (daily.DURATION.options[1],),
        Item.MEDICINES: (NONE,),
        Item.FEATURES: (NONE,),
        Item.FUNCTION: (daily.FUNCTION.options[1],),
        Item.AURA: (kind,),
        Item.AURA_MINUTES: (daily.AURA_MINUTES.options[1],),
        Item.EXPOSURES: answers[day][Item.EXPOSURES],
    }
