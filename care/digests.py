"""The Monday digest: the week of a whole clinic in a few numbers (F51)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from care import timetable
from care.triage import Tier

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from care.roster import Entry

DAYS = 28
"""Days over which escalations are counted."""

MONTH = Fraction(365, 12)
"""Days of a month."""

BUDGET = Fraction(9, 10)
"""Escalations per patient and month beside which ours are shown (R-TRI-10)."""


@dataclass(frozen=True, kw_only=True)
class Digest:
    """The roster of a Monday, and how many escalations were `opened` in the 28 days before."""

    entries: tuple[Entry, ...]
    opened: int

    @property
    def patients(self) -> int:
        """Those who are asked."""
        return sum(not one.is_stopped for one in self.entries)

    @property
    def due(self) -> int:
        """Check-ins of the seven days before."""
        return sum(one.due for one in self.entries)

    @property
    def answered(self) -> int:
        """Those of them with an answer."""
        return sum(one.answered for one in self.entries)

    @property
    def worse(self) -> tuple[Entry, ...]:
        """Whose week was worse than the one before."""
        return tuple(one for one in self.entries if one.worse is not None)

    @property
    def silent(self) -> tuple[Entry, ...]:
        """Who is silent, the longest first."""
        found = (one for one in self.entries if one.is_silent)
        return tuple(sorted(found, key=lambda one: (-one.silent_days, one.patient.code)))

    @property
    def unreachable(self) -> tuple[Entry, ...]:
        """Who has blocked the bot."""
        return tuple(one for one in self.entries if one.is_unreachable)

    @property
    def infused(self) -> tuple[Entry, ...]:
        """Who has an infusion this week, the soonest first."""
        found = [(one.session.starts_at, one) for one in self.entries if one.session is not None]
        return tuple(one for _at, one in sorted(found, key=lambda pair: pair[0]))

    @property
    def tiers(self) -> Mapping[Tier, int]:
        """How many reports are open of each tier, the most urgent first."""
        counts = {tier: sum(one.tiers.get(tier, 0) for one in self.entries) for tier in Tier}
        return {tier: count for tier, count in counts.items() if count}

    @property
    def rate(self) -> Fraction | None:
        """Escalations per patient and month over the 28 days; None without patients (R-TRI-10)."""
        return rate(self.opened, patient_days(self.entries))


def patient_days(entries: Iterable[Entry]) -> int:
    """How many days of the 28 patients were with us, all together."""
    return sum(map(_enrolled, entries))


def rate(opened: int, days: int) -> Fraction | None:
    """Escalations per patient and month over so many days of patients; None without any."""
    return Fraction(opened) * MONTH / days if days else None


def _enrolled(one: Entry) -> int:
    """How many of the 28 days a patient was with us."""
    if one.is_stopped or one.patient.consented_at is None:
        return 0
    joined_on = timetable.local_date_at(one.patient.consented_at, ZoneInfo(one.patient.zone))
    return min(DAYS, (one.today - joined_on).days + 1)
