"""What a clinic may set, with safe defaults."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from care import hours

if TYPE_CHECKING:
    from care.hours import Hours


class Definition(StrEnum):
    """Which migraine-day definition a clinic uses; every report names it.

    `LEIDEN` is the default (R-DAY-4), `IHS` the one for trials (R-DAY-6).
    """

    LEIDEN = "leiden"
    IHS = "ihs"


class Circle(StrEnum):
    """Who is told at a page; each holds the one before (R-TRI-2)."""

    ON_DUTY = "on_duty"
    BACKUP = "backup"
    EVERYONE = "everyone"
    LEAD = "lead"


WIDENING = tuple(Circle)
"""One more at each page: the default of every tier (R-TRI-2)."""


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """When an escalation that nobody took rings again (R-TRI-1).

    `pages_after` counts from the start of the escalation, the first page included;
    afterwards it rings every `then_every` until somebody takes it. `tells` says who is told at
    each page, the last of them from then on (R-TRI-2); `is_at_once` that it rings at any hour.
    """

    pages_after: tuple[timedelta, ...]
    then_every: timedelta
    tells: tuple[Circle, ...]
    is_at_once: bool = False


def _minutes(*values: int) -> tuple[timedelta, ...]:
    return tuple(timedelta(minutes=value) for value in values)


@dataclass(frozen=True, kw_only=True)
class Clinic:
    """One clinic's name, numbers and clinical limits.

    `zone` is an IANA name; `checkin_time`, `backfill_time` and `summary_time` are each patient's
    local time (R-REM-1); `pain_limit` is on the 0-10 scale, reached at or above it.
    `opening_hours` are words as in care/hours.py, on the clinic's clock. `crisis_line` is empty
    where there is none (R-SUI-1).
    """

    name: str
    phone: str
    zone: str
    emergency_number: str
    crisis_line: str = ""
    pain_limit: int = 9
    opening_hours: str = hours.WORKING_WEEK
    closed_on: frozenset[date] = frozenset()
    migraine_day: Definition = Definition.LEIDEN
    checkin_time: time = time(19, 30)
    reminder_after: timedelta = timedelta(hours=2)
    backfill_time: time = time(9)
    summary_time: time = time(20, 30)
    patient_invite_life: timedelta = timedelta(hours=72)
    coordinator_invite_life: timedelta = timedelta(hours=24)
    emergency_ladder: Ladder = Ladder(
        pages_after=_minutes(0, 5, 15, 30),
        then_every=timedelta(minutes=30),
        tells=WIDENING,
        is_at_once=True,
    )
    urgent_ladder: Ladder = Ladder(
        pages_after=_minutes(0, 60, 240), then_every=timedelta(minutes=240), tells=WIDENING
    )
    owner_reminded_after: timedelta = timedelta(minutes=60)

    @property
    def hours(self) -> Hours:
        """When somebody is there, on the clinic's clock."""
        return _hours(self.opening_hours, self.zone, self.closed_on)


@cache
def _hours(text: str, zone: str, closed_on: frozenset[date]) -> Hours:
    return hours.parse(text, zone=zone, closed_on=closed_on)
