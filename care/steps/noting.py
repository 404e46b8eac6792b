"""Writing into a day's entry what was said outside its check-in, as if tapped there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from care import entries, taps
from care.promises import Kind, Promise
from care.steps import profiles, scheduling
from care.steps.reporting import Said

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from care.lifecycle import CheckIn
    from care.people import Patient
    from care.ports.unit_of_work import UnitOfWork
    from care.questions import Answers
    from care.taps import Tap


async def note(
    uow: UnitOfWork, patient: Patient, on: date, given: Iterable[Tap], *, now: datetime
) -> Said:
    """Apply taps to the entry of a date; returns what was written, to be triaged.

    A check-in of that date moves on with them and its screen is owed an edit. Raises
    InvalidAnswer, and DayLocked when the date takes no more answers.
    """
    profile = await profiles.profile_of(uow, patient)
    before = answers = await uow.checkins.answers(patient.id, on)
    found = checkin = await uow.checkins.on(patient.id, on)
    for tap in given:
        if checkin is None:
            answers = taps.answered(answers, tap, profile, is_late=False)
            continue
        recorded = taps.record(checkin, answers, tap, profile=profile, now=now)
        checkin, answers = recorded.checkin, recorded.answers
    is_late = False if checkin is None else checkin.is_late(now=now)
    changed = entries.changes(before, answers)
    author = f"patient:{patient.id}"
    await uow.checkins.write(patient.id, on, changed, now=now, is_late=is_late, author=author)
    await scheduling.keep_pace(uow, patient, changed, now=now)
    if checkin is not None and checkin != found:
        await uow.checkins.save(checkin)
        await _redraw(uow, patient, checkin, now=now)
    return Said(on=on, changes=changed, answers=answers, profile=profile)


async def forget(
    uow: UnitOfWork, patient: Patient, on: date, answers: Answers, *, now: datetime
) -> None:
    """Take back all that stands in an entry; what stood there is kept (R-FILL-2)."""
    author = f"patient:{patient.id}"
    changed = entries.changes(answers, {})
    await uow.checkins.write(patient.id, on, changed, now=now, is_late=False, author=author)


async def _redraw(uow: UnitOfWork, patient: Patient, checkin: CheckIn, *, now: datetime) -> None:
    if patient.address is None or checkin.message_id is None:
        return
    await uow.outbox.put(
        Promise(
            kind=Kind.CHECKIN_REDRAW,
            recipient=patient.address,
            subject=checkin.id,
            key=f"checkin_redraw:{checkin.id}:{checkin.revision}",
            due_at=now,
        )
    )
