"""Days with an acute medicine in the last 30, by class, beside the limits (R-MOH-1 to R-MOH-6).

What is counted is the date on which anything was taken, however often. Nothing is ever scaled.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from care.profiles import DrugClass
from care.questions import NONE, Item, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from care.profiles import Profile
    from care.questions import Answers

DAYS = 30
"""The window [t-29, t] (R-MOH-1)."""

ENOUGH = 20
"""With fewer completed days of the window a count is "at least" (R-MOH-6)."""

LIMITS: Mapping[DrugClass, int] = {
    DrugClass.ERGOT: 10,
    DrugClass.TRIPTAN: 10,
    DrugClass.PARACETAMOL: 15,
    DrugClass.NSAID: 15,
    DrugClass.NONOPIOID_OTHER: 15,
    DrugClass.OPIOID: 10,
    DrugClass.COMBINATION: 10,
    DrugClass.OTHER: 10,
}
"""Days in the window at which a class reaches its limit; gepants have none (ICHD-3 8.2)."""

WARN = Fraction(80, 100)
"""The share of a limit from which it is spoken of (R-MOH-2)."""

POOL_LIMIT = 10
"""Distinct days of several pool classes at which they count together (R-MOH-4)."""

_COUNTED_AS = {DrugClass.DITAN: DrugClass.OTHER}
_NON_OPIOID = "non-opioid"
_POOL: Mapping[DrugClass, str] = {
    DrugClass.ERGOT: DrugClass.ERGOT,
    DrugClass.TRIPTAN: DrugClass.TRIPTAN,
    DrugClass.PARACETAMOL: _NON_OPIOID,
    DrugClass.NSAID: _NON_OPIOID,
    DrugClass.NONOPIOID_OTHER: _NON_OPIOID,
    DrugClass.OPIOID: DrugClass.OPIOID,
    DrugClass.COMBINATION: DrugClass.COMBINATION,
}


@dataclass(frozen=True, kw_only=True)
class MedicationDays:
    """What was taken in the window that ends with `last`.

    `by_class` names only what was taken, in the order of DrugClass; ditans count as OTHER.
    `pooled` are the distinct days with any class of the pool, `pool_classes` how many of its
    classes were taken, the three non-opioid ones as one (R-MOH-4).
    """

    last: date
    by_class: Mapping[DrugClass, int]
    completed: int
    pooled: int
    pool_classes: int

    @property
    def is_at_least(self) -> bool:
        """Whether so many days are missing that a count is a lower bound (R-MOH-6)."""
        return self.completed < ENOUGH


def medication_days(
    answers: Mapping[date, Answers], profile: Profile, *, last: date
) -> MedicationDays:
    """Count the dates of [last-29, last] with any intake, by class (R-MOH-1).

    A medicine that stands in no list, or in no class, counts as OTHER.
    """
    dates = [last - timedelta(days=back) for back in range(DAYS)]
    entries = {on: answers[on] for on in dates if on in answers}
    taken = {on: classes_of(entry, profile) for on, entry in entries.items()}
    counted = {one: sum(one in classes for classes in taken.values()) for one in DrugClass}
    pool = [{_POOL[one] for one in classes if one in _POOL} for classes in taken.values()]
    return MedicationDays(
        last=last,
        by_class={one: days for one, days in counted.items() if days},
        completed=sum(Item.HEADACHE in entry for entry in entries.values()),
        pooled=sum(bool(classes) for classes in pool),
        pool_classes=len(set().union(*pool)),
    )


def warns_from(drug_class: DrugClass) -> int | None:
    """The days from which a class is spoken of: 8 or 12; None without a limit (R-MOH-2)."""
    limit = LIMITS.get(drug_class)
    return None if limit is None else ceil(limit * WARN)


def classes_of(entry: Answers, profile: Profile) -> frozenset[DrugClass]:
    """The classes that were taken on a day."""
    return frozenset(_taken(entry, profile))


def _taken(entry: Answers, profile: Profile) -> Iterator[DrugClass]:
    for code in said(entry, Item.MEDICINES):
        if code == NONE:
            continue
        own = profile.named(code)
        found = DrugClass.OTHER if own is None else own.drug_class or DrugClass.OTHER
        yield _COUNTED_AS.get(found, found)
