"""What follows from new answers: escalations, the status question, word of medicine days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from care import status, timetable
from care.medication_days import DAYS, LIMITS, classes_of, medication_days, warns_from
from care.promises import Kind, Promise
from care.questions import Item
from care.steps import reporting, ringing
from care.triage import Tier, triage

if TYPE_CHECKING:
    from datetime import datetime

    from care.clinic import Clinic
    from care.escalation import Escalation
    from care.people import Patient
    from care.ports.unit_of_work import UnitOfWork
    from care.steps.reporting import Said

_OF_STATUS = frozenset({Item.HEADACHE, Item.PAIN, Item.DURATION, Item.FUNCTION})


async def judge(
    uow: UnitOfWork, patient: Patient, said_now: Said, *, clinic: Clinic, now: datetime
) -> tuple[Escalation, ...]:
    """Triage what was just written, and owe what it asks for; gives what was raised.

    On the day of an emergency nothing more is asked (R-EMG-2).
    """
    report = await reporting.report_of(uow, patient, said_now, clinic=clinic, now=now)
    flags = triage(report, clinic)
    raised = await ringing.raise_flags(uow, patient, flags, clinic=clinic, now=now)
    if any(one.tier is Tier.EMERGENCY for one in raised):
        return raised
    await _ask_status(uow, patient, said_now, now=now)
    if report.medicine is not None:
        await _tell_medicine_days(uow, patient, said_now, now=now)
    return raised


async def _ask_status(uow: UnitOfWork, patient: Patient, said_now: Said, *, now: datetime) -> None:
    """The two questions, where the gate is open; each date once (R-SM-1)."""
    if not _OF_STATUS & set(said_now.given) or patient.address is None:
        return
    on, has_long_attack = said_now.on, False
    if Item.HEADACHE in said_now.given:
        attack = await uow.attacks.running(patient.id)
        has_long_attack = attack is not None and attack.is_long(now=now)
    if not has_long_attack and not status.lasts_all_day(said_now.answers):
        return
    asked_on = await _asked_on(uow, patient)
    first = on - max(status.REARMS_AFTER, timedelta(days=status.DAYS))
    entries = dict(await uow.checkins.answers_between(patient.id, first, on))
    entries[on] = said_now.answers
    if status.is_gate_open(entries, on, has_long_attack=has_long_attack, asked_on=asked_on):
        await uow.outbox.put(
            Promise(
                kind=Kind.STATUS_QUESTION,
                recipient=patient.address,
                subject=patient.id,
                key=f"{Kind.STATUS_QUESTION}:{patient.id}:{on}",
                due_at=now,
                data={"on": on.isoformat()},
            )
        )


async def _asked_on(uow: UnitOfWork, patient: Patient) -> date | None:
    copies = await uow.outbox.copies(Kind.STATUS_QUESTION, patient.id)
    dates = [date.fromisoformat(str(one.data["on"])) for one in copies]
    return max(dates, default=None)


async def _tell_medicine_days(
    uow: UnitOfWork, patient: Patient, said_now: Said, *, now: datetime
) -> None:
    """Days of a class that have just come to 80 % of its limit, or to it (R-MOH-2, R-MOH-7)."""
    today = timetable.local_date_at(now, ZoneInfo(patient.zone))
    if patient.address is None or not today - timedelta(days=DAYS) < said_now.on <= today:
        return
    before = {**said_now.answers, Item.MEDICINES: said_now.before(Item.MEDICINES)}
    new = classes_of(said_now.answers, said_now.profile) - classes_of(before, said_now.profile)
    first = today - timedelta(days=DAYS)
    known = await uow.checkins.answers_between(patient.id, first, today)
    found = medication_days(known, said_now.profile, last=today)
    for drug_class in sorted(new):
        days = found.by_class.get(drug_class, 0)
        if days in {warns_from(drug_class), LIMITS.get(drug_class)}:
            await uow.outbox.put(
                Promise(
                    kind=Kind.MEDICINE_DAYS,
                    recipient=patient.address,
                    subject=patient.id,
                    key=f"{Kind.MEDICINE_DAYS}:{patient.id}:{drug_class}:{days}:{today}",
                    due_at=now,
                    data={
                        "class": drug_class,
                        "days": days,
                        "at_least": int(found.is_at_least),
                    },
                )
            )
