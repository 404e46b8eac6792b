"""Made-up patients from a seed: their days, silences, medicine (clinical rules, section 14)."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from bench.diaries import Diary
from bench.inventing import invented

if TYPE_CHECKING:
    from collections.abc import Iterator

    from care.questions import Answers

MEAN, SPREAD, LEAST, MOST = 0.64, 0.27, 0.03, 0.98
"""A person's share of headache days."""

KEEPS_ON = 0.22
"""How much a day is like the one before, beyond that share."""

ANSWERED, ANSWERED_SPREAD, ANSWERED_LEAST = 0.875, 0.13, 0.23
SILENT_RUN = 3
"""Days that a silence lasts, in the mean."""

WITH_AURA = 0.51
BLOCKING, BLOCKED_DAYS = 0.03, 4
"""So many block the bot once, for so many days."""

MEDICINES = (
    ("Sumatriptan", "Triptan, like sumatriptan"),
    ("Ibuprofen", "Ibuprofen, aspirin, naproxen"),
    ("Paracetamol", "Paracetamol alone"),
    ("Excedrin", "With caffeine or codeine in it"),
    ("Rimegepant", "Gepant, like rimegepant"),
)
_MEDICINE_SHARES = (0.45, 0.3, 0.1, 0.08, 0.07)


@dataclass(frozen=True, kw_only=True)
class Member:
    """One of the cohort: the days they answer and how, their medicine, when they block."""

    diary: Diary
    answers: dict[int, Answers]
    own: tuple[str, str]
    blocked: range


def made_up(*, patients: int, days: int, seed: int) -> list[Member]:
    """Everybody; the same for the same seed. Day 0 is the day on which all join and answer."""
    return [_member(Random(f"{seed}:{one}"), one, days, seed) for one in range(1, patients + 1)]  # noqa: S311 - a story


def _member(random: Random, number: int, days: int, seed: int) -> Member:
    is_hurting = tuple(_headaches(random, days))
    begins = random.randrange(5, max(6, days - BLOCKED_DAYS))
    blocks = random.random() < BLOCKING and begins + BLOCKED_DAYS < days
    blocked = range(begins, begins + BLOCKED_DAYS) if blocks else range(0)
    answered = {day for day, speaks in enumerate(_speaks(random, days)) if speaks} - {*blocked}
    diary = Diary(
        id=number,
        aura_type="Aura" if random.random() < WITH_AURA else "No Aura",
        headaches={day: is_hurting[day] for day in sorted(answered | {0})},
    )
    own = random.choices(MEDICINES, _MEDICINE_SHARES)[0]
    return Member(diary=diary, answers=invented(diary, seed=seed), own=own, blocked=blocked)


def _share(random: Random, mean: float, spread: float, least: float, most: float) -> float:
    """One person's share, beta-distributed by mean and standard deviation."""
    weight = mean * (1 - mean) / spread**2 - 1
    return min(most, max(least, random.betavariate(mean * weight, (1 - mean) * weight)))


def _headaches(random: Random, days: int) -> Iterator[bool]:
    share = _share(random, MEAN, SPREAD, LEAST, MOST)
    hurts = random.random() < share
    for _ in range(days):
        yield hurts
        same = share + KEEPS_ON * (1 - share) if hurts else share * (1 - KEEPS_ON)
        hurts = random.random() < same


def _speaks(random: Random, days: int) -> Iterator[bool]:
    """Who falls silent stays so for some days."""
    share = _share(random, ANSWERED, ANSWERED_SPREAD, ANSWERED_LEAST, 1)
    speaks = True
    for _ in range(days):
        yield speaks
        begins = min(1.0, (1 - share) / share / SILENT_RUN)
        speaks = random.random() >= (begins if speaks else 1 - 1 / SILENT_RUN)
