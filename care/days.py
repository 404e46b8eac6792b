"""Headache and migraine days of 28 days, with what is missing from them (R-BLK-1, R-BLK-2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from care.classification import classify

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from care.clinic import Definition
    from care.profiles import Profile
    from care.questions import Answers

BLOCK = 28
"""Days of a block (R-BLK-1)."""

HALF = 14
"""Known days with which a count is scaled; with fewer it is not reported (R-BLK-2)."""


@dataclass(frozen=True, kw_only=True)
class Count:
    """So many days of those that are known."""

    days: int
    known: int

    @property
    def is_scaled(self) -> bool:
        """Whether days are missing, so that the number is a projection."""
        return self.known < BLOCK

    @property
    def in_block(self) -> Fraction | None:
        """As is of 28 known days, scaled to 28 from 14; None with fewer (R-BLK-2)."""
        if self.known < HALF:
            return None
        return Fraction(self.days * BLOCK, self.known)


@dataclass(frozen=True, kw_only=True)
class Block:
    """The 28 days that end with `last`.

    `unknown` are completed days of which nobody can say whether they were migraine days; those
    that can be said are what `migraine` is measured against (R-DAY-5).
    """

    last: date
    definition: Definition
    headache: Count
    migraine: Count
    unknown: int


def block(
    answers: Mapping[date, Answers], profile: Profile, definition: Definition, *, last: date
) -> Block:
    """Count the days of [last-27, last] (R-BLK-1)."""
    dates = [last - timedelta(days=back) for back in range(BLOCK)]
    classes = [classify(answers.get(on, {}), profile, definition) for on in dates]
    found = [one for one in classes if one is not None]
    migraine = [one.is_migraine for one in found if one.is_migraine is not None]
    return Block(
        last=last,
        definition=definition,
        headache=Count(days=sum(one.is_headache for one in found), known=len(found)),
        migraine=Count(days=sum(migraine), known=len(migraine)),
        unknown=len(found) - len(migraine),
    )
