"""What a clinic may set, with safe defaults."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum


class Definition(StrEnum):
    """Which migraine-day definition a clinic uses; every report names it.

    `LEIDEN` is the default (R-DAY-4), `IHS` the one for trials (R-DAY-6).
    """

    LEIDEN = "leiden"
    IHS = "ihs"


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """When an escalation that nobody took rings again (R-TRI-1).

    `pages_after` counts from the start of the escalation, the first page included;
    afterwards it rings every `then_every` until somebody takes it.
    """

    pages_after: tuple[timedelta, ...]
    then_every: timedelta


def _minutes(*values: int) -> tuple[timedelta, ...]:
    return tuple(timedelta(minutes=value) for value in values)


@dataclass(frozen=True, kw_only=True)
class Clinic:
    """One clinic's name, numbers and clinical limits.

    `zone` is an IANA name; `checkin_time`, `backfill_time` and `summary_time` are each patient's
    local time (R-REM-1); `pain_limit` is on the 0-10 scale, reached at or above it.
    """

    name: str
    phone: str
    zone: str
    emergency_number: str
    pain_limit: int = 9
    migraine_day: Definition = Definition.LEIDEN
    checkin_time: time = time(19, 30)
    reminder_after: timedelta = timedelta(hours=2)
    backfill_time: time = time(9)
    summary_time: time = time(20, 30)
    patient_invite_life: timedelta = timedelta(hours=72)
    coordinator_invite_life: timedelta = timedelta(hours=24)
    emergency_ladder: Ladder = field(
        default=Ladder(pages_after=_minutes(0, 5, 15, 30), then_every=timedelta(minutes=30))
    )
    routine_ladder: Ladder = field(
        default=Ladder(pages_after=_minutes(0), then_every=timedelta(hours=24))
    )
    urgent_ladder: Ladder = field(
        default=Ladder(pages_after=_minutes(0, 60, 240), then_every=timedelta(minutes=240))
    )
