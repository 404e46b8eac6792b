"""When the Monday digest is due: decided by the clock and one row, never by a timer."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from care import timetable
from care.ports.heartbeats import DIGEST

if TYPE_CHECKING:
    from datetime import date, datetime

    from care.clinic import Clinic
    from care.ports.unit_of_work import UnitOfWork

MONDAY = 0

OPENS_TIME = time(8)
"""The clinic's opening, on its own clock."""


def opened_at(clinic: Clinic, *, now: datetime) -> datetime | None:
    """The opening of today, if today is a Monday and the clinic has opened."""
    zone = ZoneInfo(clinic.zone)
    today = timetable.local_date_at(now, zone)
    at = timetable.due_at(today, OPENS_TIME, zone)
    return at if today.weekday() == MONDAY and at <= now else None


def ends_at(clinic: Clinic, *, now: datetime) -> datetime:
    """The end of today at the clinic: a digest is not sent later."""
    zone = ZoneInfo(clinic.zone)
    return timetable.end_of_local_day(timetable.local_date_at(now, zone), zone)


def monday(clinic: Clinic, *, now: datetime) -> date:
    """Today at the clinic."""
    return timetable.local_date_at(now, ZoneInfo(clinic.zone))


async def is_due(uow: UnitOfWork, clinic: Clinic, *, now: datetime) -> bool:
    """Whether it is Monday, the clinic has opened, and nobody has decided about it since."""
    at = opened_at(clinic, now=now)
    if at is None:
        return False
    decided_at = await uow.heartbeats.last(DIGEST)
    return decided_at is None or decided_at < at


async def next_at(uow: UnitOfWork, clinic: Clinic, *, now: datetime) -> datetime:
    """The next instant at which a digest is due; now, if one is."""
    if await is_due(uow, clinic, now=now):
        return now
    return timetable.next_weekly_due(
        after=now, weekday=MONDAY, local_time=OPENS_TIME, zone=ZoneInfo(clinic.zone)
    ).due_at
