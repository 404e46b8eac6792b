"""When the Monday digest is due: decided by the clock and one row, never by a timer."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from care import timetable
from care.ports.heartbeats import DIGEST

if TYPE_CHECKING:
    from datetime import date, datetime

    from care.clinic import Clinic
    from care.ports.unit_of_work import UnitOfWork

_WEEK = timedelta(days=7)


def opened_at(clinic: Clinic, *, now: datetime) -> datetime | None:
    """The first opening of the week, if that is today and the clinic has opened.

    It is a Monday's, unless the clinic is closed then.
    """
    at = _week_opens_at(clinic, _monday(clinic, now=now))
    return at if at <= now and clinic.hours.local_date(at) == today(clinic, now=now) else None


def ends_at(clinic: Clinic, *, now: datetime) -> datetime:
    """The end of today at the clinic: a digest is not sent later."""
    return timetable.end_of_local_day(today(clinic, now=now), ZoneInfo(clinic.zone))


def today(clinic: Clinic, *, now: datetime) -> date:
    """Today at the clinic."""
    return clinic.hours.local_date(now)


async def is_due(uow: UnitOfWork, clinic: Clinic, *, now: datetime) -> bool:
    """Whether the week has begun today, and nobody has decided about its digest since."""
    at = opened_at(clinic, now=now)
    if at is None:
        return False
    decided_at = await uow.heartbeats.last(DIGEST)
    return decided_at is None or decided_at < at


async def next_at(uow: UnitOfWork, clinic: Clinic, *, now: datetime) -> datetime:
    """The next instant at which a digest is due; now, if one is."""
    if await is_due(uow, clinic, now=now):
        return now
    monday = _monday(clinic, now=now)
    at = _week_opens_at(clinic, monday)
    return at if at > now else _week_opens_at(clinic, monday + _WEEK)


def _monday(clinic: Clinic, *, now: datetime) -> date:
    on = today(clinic, now=now)
    return on - timedelta(days=on.weekday())


def _week_opens_at(clinic: Clinic, monday: date) -> datetime:
    """The first opening of the week; of a later one where the clinic is closed all week."""
    begins_at = timetable.due_at(monday, time.min, ZoneInfo(clinic.zone))
    return clinic.hours.opens_after(begins_at - timedelta.resolution)
