"""An infusion session, and the instants that are counted from it (R-INF-2, R-INF-3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NewType
from zoneinfo import ZoneInfo

from care import timetable

if TYPE_CHECKING:
    from care.people import PatientId

SessionId = NewType("SessionId", int)


class SessionState(StrEnum):
    """Whether it will take place."""

    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"


class Ahead(StrEnum):
    """How long before the session a reminder is due."""

    DAYS_7 = "7d"
    HOURS_72 = "72h"
    HOURS_24 = "24h"
    HOURS_2 = "2h"


@dataclass(frozen=True, kw_only=True)
class Session:
    """One infusion: `starts_at` in UTC, `zone` the clinic's; `revision` counts its moves."""

    id: SessionId
    patient_id: PatientId
    starts_at: datetime
    zone: str
    state: SessionState
    revision: int


DIARY_RESTS = timedelta(hours=24)
"""From the beginning of a session the diary asks nothing for so long (R-INF-7)."""


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """One reminder and its instant (UTC)."""

    ahead: Ahead
    due_at: datetime


_DAYS = {Ahead.DAYS_7: 7, Ahead.HOURS_72: 3, Ahead.HOURS_24: 1}
_NAMED = {days: ahead for ahead, days in _DAYS.items()} | {0: Ahead.HOURS_2}


def reminders(session: Session, *, reader_zone: ZoneInfo, now: datetime) -> tuple[Reminder, ...]:
    """The reminders still ahead: 7 d, 72 h and 24 h at the session's clock time, 2 h elapsed.

    One that would come in the reader's quiet hours moves to the evening before (R-INF-3).
    """
    found = (_reminder(session, ahead, reader_zone) for ahead in Ahead)
    return tuple(reminder for reminder in found if reminder.due_at > now)


def _reminder(session: Session, ahead: Ahead, reader_zone: ZoneInfo) -> Reminder:
    if ahead is Ahead.HOURS_2:
        at = session.starts_at - timedelta(hours=2)
    else:
        local = session.starts_at.astimezone(ZoneInfo(session.zone))
        on = local.date() - timedelta(days=_DAYS[ahead])
        at = timetable.due_at(on, local.time(), ZoneInfo(session.zone))
    return Reminder(ahead=ahead, due_at=timetable.out_of_quiet(at, reader_zone))


def ahead_at(session: Session, *, reader_zone: ZoneInfo, now: datetime) -> Ahead | None:
    """How far ahead it is by the reader's calendar, None for a number of days without a name.

    A reminder may be sent the evening before its time, or late: it says what is true then.
    """
    starts_on = timetable.local_date_at(session.starts_at, reader_zone)
    return _NAMED.get((starts_on - timetable.local_date_at(now, reader_zone)).days)


def rests(session: Session, *, at: datetime) -> bool:
    """Whether the diary asks nothing at an instant, because of this session (R-INF-7)."""
    is_on = session.state is SessionState.SCHEDULED
    return is_on and session.starts_at <= at < session.starts_at + DIARY_RESTS
