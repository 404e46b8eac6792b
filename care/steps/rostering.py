"""Everybody's line of the roster, read with as many questions as for one."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from care import roster, timetable
from care.people import PatientState
from care.roster import ITEMS, LOOKS_BACK, WEEK, Known

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from care.escalation import Escalation
    from care.infusions import Session
    from care.people import PatientId
    from care.ports.unit_of_work import UnitOfWork
    from care.roster import Entry

LISTED = frozenset({PatientState.ACTIVE, PatientState.STOPPED})
"""Who stands in the list: everybody who has joined."""


async def entries(uow: UnitOfWork, *, now: datetime) -> tuple[Entry, ...]:
    """The whole list, those first who need a look."""
    patients = [one for one in await uow.people.patients() if one.state in LISTED]
    if not patients:
        return ()
    ids = [one.id for one in patients]
    todays = {one.id: timetable.local_date_at(now, ZoneInfo(one.zone)) for one in patients}
    first, last = min(todays.values()) - LOOKS_BACK, max(todays.values())
    asked = await uow.desk.asked(ids, first, last)
    answers = await uow.desk.answers(ids, first, last, ITEMS)
    sessions = await this_week(uow, now=now)
    escalations = await _unclosed(uow)
    return roster.roster(
        Known(
            patient=one,
            today=todays[one.id],
            asked=tuple(asked.get(one.id, ())),
            answers=answers.get(one.id, {}),
            session=sessions.get(one.id),
            escalations=tuple(escalations.get(one.id, ())),
        )
        for one in patients
    )


async def this_week(uow: UnitOfWork, *, now: datetime) -> Mapping[PatientId, Session]:
    """Each patient's first infusion of today and the six days after, on the clinic's calendar."""
    found: dict[PatientId, Session] = {}
    for session in await uow.infusions.upcoming(after=now - timetable.ONE_DAY):
        zone = ZoneInfo(session.zone)
        today, on = (timetable.local_date_at(at, zone) for at in (now, session.starts_at))
        if today <= on < today + timedelta(days=WEEK):
            found.setdefault(session.patient_id, session)
    return found


async def _unclosed(uow: UnitOfWork) -> Mapping[PatientId, Sequence[Escalation]]:
    found: dict[PatientId, list[Escalation]] = defaultdict(list)
    for one in await uow.escalations.unclosed():
        found[one.patient_id].append(one)
    return found
