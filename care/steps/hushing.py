"""On the day of an emergency no question follows (R-EMG-2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from care import timetable
from care.ports.occurrences import DueKind
from care.promises import Kind
from care.triage import Tier

if TYPE_CHECKING:
    from datetime import datetime

    from care.people import Patient
    from care.ports.unit_of_work import UnitOfWork

_ASKED = (DueKind.CHECKIN_REMINDER, DueKind.ATTACK_QUESTION)
_PROMPTS = (
    Kind.CHECKIN,
    Kind.CHECKIN_REMINDER,
    Kind.CHECKIN_BACKFILL,
    Kind.ATTACK_QUESTION,
    Kind.STATUS_QUESTION,
    Kind.SUMMARY,
)


async def hush(uow: UnitOfWork, patient: Patient, *, now: datetime) -> None:
    """End today's questions; what was answered stays, and more can be added by who wants to."""
    if patient.address is None:
        return
    await uow.occurrences.cancel(patient.id, _ASKED)
    await uow.outbox.cancel(recipient=patient.address, kinds=_PROMPTS)
    today = timetable.local_date_at(now, ZoneInfo(patient.zone))
    checkin = await uow.checkins.on(patient.id, today)
    if checkin is not None and checkin.asking is not None:
        quiet = replace(checkin, asking=None, revision=checkin.revision + 1)
        await uow.checkins.save(quiet)


async def is_hushed(uow: UnitOfWork, patient: Patient, *, at: datetime) -> bool:
    """Whether there was an emergency on the local day of an instant, and not by mistake.

    One that was open before and is reported again counts as well.
    """
    zone = ZoneInfo(patient.zone)
    day = timetable.local_date_at(at, zone)
    began_at = timetable.end_of_local_day(day - timedelta(days=1), zone)
    ended_at = timetable.end_of_local_day(day, zone)
    raised = await uow.escalations.caused(patient.id, since=began_at, until=ended_at)
    return any(one.tier is Tier.EMERGENCY for one in raised)
