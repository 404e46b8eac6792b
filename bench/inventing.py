"""What the diaries do not say, made up: severity, aura, medicine and the day (section 14).

Seeded by the diary, so that every run tells the same. Of the data set come only the headache and
the kind of migraine.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from bench.phones import MEDICINE
from care import question_sets as daily
from care.questions import NONE, Answers, Item, Values

if TYPE_CHECKING:
    from bench.diaries import Diary

BANDS = (range(1, 4), range(4, 7), range(7, 11), range(1, 11))
SHARES = (0.13, 0.47, 0.10, 0.30)
"""A person's usual worst pain, mild, moderate, severe or varying, and how many people have it."""

ALWAYS_AURA = 0.5
"""Of the people with aura, so many have it on every attack; the others on half of them."""

KEEPS_ON = 0.8
"""P(an exposure today | the same yesterday)."""

PREVALENCE = 0.3

_EXPOSURES = tuple(code for code in daily.EXPOSURES.options if code != "bleeding")
"""Of these each person has one that plays a part in their life."""

_RELIEF = (daily.RELIEF_NONE, daily.RELIEF_SOME, daily.RELIEF_FREE)
OWN_MEDICINE = 0.8
"""How often what is taken stands in the own list."""

_SINGLE_AURA = 0.7
_SEED = 14


def invented(diary: Diary, *, seed: int = _SEED) -> dict[int, Answers]:
    """What the person answers on each recorded day, all of it, by the day's `time`."""
    person = _Person(diary, seed)
    return {time: person.day(has_headache=diary.headaches[time]) for time in diary.headaches}


class _Person:
    """One person's usual pain, aura and days."""

    def __init__(self, diary: Diary, seed: int) -> None:
        self._random = random = Random(seed * 1_000 + diary.id)  # noqa: S311 - a story
        self._pain = random.choices(BANDS, SHARES)[0]
        always = diary.aura_type == "Aura" and random.random() < ALWAYS_AURA
        self._aura = 0.0 if diary.aura_type == "No Aura" else 1.0 if always else 0.5
        self._exposed = {random.choice(_EXPOSURES): False}

    def day(self, *, has_headache: bool) -> Answers:
        answers: dict[Item, Values] = {Item.HEADACHE: (daily.YES if has_headache else daily.NO,)}
        if has_headache:
            answers |= self._severity_today()
            answers |= self._aura_today()
        answers[Item.EXPOSURES] = self._exposures_today()
        return answers

    def _severity_today(self) -> dict[Item, Values]:
        """Pain and what goes with it: the worse, the longer and the more often with a medicine."""
        choice = self._random.choice
        pain = choice(self._pain)
        worse = pain / 10
        answers: dict[Item, Values] = {
            Item.PAIN: (str(pain),),
            Item.DURATION: (choice(daily.DURATION.options),),
            Item.MEDICINES: self._taken(chance=worse),
            Item.FEATURES: self._some(daily.FEATURES.options, chance=worse),
            Item.FUNCTION: (daily.FUNCTION.options[min(2, pain // 4)],),
        }
        if answers[Item.MEDICINES] != (NONE,):
            answers[Item.RELIEF] = (choice(_RELIEF),)
        return answers

    def _taken(self, *, chance: float) -> Values:
        """What of their own list they took, or something else, or nothing."""
        if self._random.random() >= chance:
            return (NONE,)
        return (MEDICINE if self._random.random() < OWN_MEDICINE else daily.UNLISTED,)

    def _some(self, options: Values, *, chance: float) -> Values:
        return tuple(code for code in options if self._random.random() < chance) or (NONE,)

    def _aura_today(self) -> dict[Item, Values]:
        if self._random.random() >= self._aura:
            return {Item.AURA: (NONE,)}
        kinds = {"visual"} if self._random.random() < _SINGLE_AURA else {"visual", "sensory"}
        minutes = self._random.choice(daily.AURA_MINUTES.options)
        return {
            Item.AURA: tuple(code for code in daily.AURA.options if code in kinds),
            Item.AURA_MINUTES: (minutes,),
        }

    def _exposures_today(self) -> Values:
        begins = PREVALENCE * (1 - KEEPS_ON) / (1 - PREVALENCE)
        for code, was in self._exposed.items():
            self._exposed[code] = self._random.random() < (KEEPS_ON if was else begins)
        noted = tuple(code for code in daily.EXPOSURES.options if self._exposed.get(code))
        return noted or (NONE,)
