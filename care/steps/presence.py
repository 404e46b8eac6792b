"""When the team is looked for: after each start, and each morning before the clinic opens."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from care import timetable
from care.ports.heartbeats import LOOKED_FOR_TEAM, STARTED

if TYPE_CHECKING:
    from datetime import datetime

    from care.clinic import Clinic
    from care.ports.unit_of_work import UnitOfWork

LOOK_TIME = time(7)
"""On the clinic's clock, every day: whoever is missing can be told of before it opens."""

_DAY = timedelta(days=1)


def wanted_at(clinic: Clinic, *, now: datetime) -> datetime:
    """The latest morning look that should have been, by now."""
    zone = ZoneInfo(clinic.zone)
    today = timetable.local_date_at(now, zone)
    at = timetable.due_at(today, LOOK_TIME, zone)
    return at if at <= now else timetable.due_at(today - _DAY, LOOK_TIME, zone)


async def is_due(uow: UnitOfWork, clinic: Clinic, *, now: datetime) -> bool:
    """Whether nobody has looked since the last start, or since this morning."""
    looked_at = await uow.heartbeats.last(LOOKED_FOR_TEAM)
    if looked_at is None or looked_at < wanted_at(clinic, now=now):
        return True
    started_at = await uow.heartbeats.last(STARTED)
    return started_at is not None and looked_at < started_at


async def next_at(uow: UnitOfWork, clinic: Clinic, *, now: datetime) -> datetime:
    """The next instant at which somebody is to look; now, if it is due."""
    if await is_due(uow, clinic, now=now):
        return now
    zone = ZoneInfo(clinic.zone)
    return timetable.next_due(after=now, local_time=LOOK_TIME, zone=zone).due_at
