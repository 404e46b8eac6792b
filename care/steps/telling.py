"""What the patient hears of a report: fixed words first, then how far it has come (R-TRI-6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from care import triage
from care.promises import Kind, Promise
from care.triage import Tells, Tier

if TYPE_CHECKING:
    from datetime import datetime

    from care.escalation import Escalation
    from care.people import Patient
    from care.ports.unit_of_work import UnitOfWork


async def first_words(
    uow: UnitOfWork, escalation: Escalation, patient: Patient, *, now: datetime
) -> None:
    """The fixed text, before any other message; each new cause resends it (R-EMG-1, R-EMG-3).

    A crisis has its card instead, which names the emergency number too (R-SUI-1).
    """
    if triage.tells(escalation.rule) is Tells.CRISIS:
        await _owe(uow, Kind.CRISIS_CARD, escalation, patient, now=now, n=escalation.count)
    elif escalation.tier is Tier.EMERGENCY:
        await _owe(uow, Kind.EMERGENCY_TEXT, escalation, patient, now=now, n=escalation.count)


async def noted(
    uow: UnitOfWork, escalation: Escalation, patient: Patient, *, now: datetime
) -> None:
    """It waits for the clinic to open, or for the daily list: that is said at once (R-REP-1)."""
    if triage.tells(escalation.rule) is Tells.REPORT:
        await _owe(uow, Kind.REPORT_NOTED, escalation, patient, now=now)


async def unreached(
    uow: UnitOfWork, escalation: Escalation, patient: Patient, *, now: datetime
) -> None:
    """Nobody of the team can be reached: please call (R-TRI-6, R-TRI-7)."""
    await _owe(uow, Kind.TEAM_UNREACHABLE, escalation, patient, now=now)


async def progress(uow: UnitOfWork, kind: Kind, escalation: Escalation, *, now: datetime) -> None:
    """Told, seen, called back, closed: each once for an escalation and an owner."""
    patient = await uow.people.patient(escalation.patient_id)
    n = escalation.taken_by or 0 if kind is Kind.TEAM_CALLS else 0
    await _owe(uow, kind, escalation, patient, now=now, n=n)


async def _owe(
    uow: UnitOfWork,
    kind: Kind,
    escalation: Escalation,
    patient: Patient,
    *,
    now: datetime,
    n: int = 0,
) -> None:
    if patient.address is None or not triage.tells_patient(escalation.rule):
        return
    suffix = f":{n}" if n else ""
    await uow.outbox.put(
        Promise(
            kind=kind,
            recipient=patient.address,
            subject=escalation.id,
            key=f"{kind}:{escalation.id}{suffix}",
            due_at=now,
        )
    )
