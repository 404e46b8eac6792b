"""Opening an escalation, paging for it, and keeping every copy of it true."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from care import escalation as ladders
from care.escalation import EscalationState
from care.promises import Copy, Kind, Promise
from care.steps import gathering
from care.triage import Tier, tells_patient

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from care.clinic import Clinic
    from care.escalation import Escalation
    from care.people import Coordinator, Patient
    from care.ports.unit_of_work import UnitOfWork
    from care.triage import Flag


async def raise_flags(
    uow: UnitOfWork, patient: Patient, flags: Iterable[Flag], *, clinic: Clinic, now: datetime
) -> tuple[Escalation, ...]:
    """Open an escalation for each flag, or count up the one that is open (R-TRI-4)."""
    return tuple([await _raise(uow, patient, flag, clinic=clinic, now=now) for flag in flags])


async def _raise(
    uow: UnitOfWork, patient: Patient, flag: Flag, *, clinic: Clinic, now: datetime
) -> Escalation:
    current = await uow.escalations.open_for(patient.id, flag.rule)
    if current is not None:
        current = ladders.bumped(current, flag, now=now)
        await uow.escalations.save(current)
        await _say_emergency(uow, current, patient, now=now)
        await redraw(uow, current, now=now)
        return current
    opened = await uow.escalations.add(patient.id, flag, now=now)
    await _say_emergency(uow, opened, patient, now=now)
    return await ring(uow, opened, patient, clinic=clinic, now=now)


async def _say_emergency(
    uow: UnitOfWork, escalation: Escalation, patient: Patient, *, now: datetime
) -> None:
    """The fixed text, before any other message; each new cause resends it (R-EMG-1, R-EMG-3)."""
    if escalation.tier is not Tier.EMERGENCY or patient.address is None:
        return
    await uow.outbox.put(
        Promise(
            kind=Kind.EMERGENCY_TEXT,
            recipient=patient.address,
            subject=escalation.id,
            key=f"{Kind.EMERGENCY_TEXT}:{escalation.id}:{escalation.count}",
            due_at=now,
        )
    )


async def ring(
    uow: UnitOfWork, escalation: Escalation, patient: Patient, *, clinic: Clinic, now: datetime
) -> Escalation:
    """Write one more page and say when the next is due (R-TRI-1, R-TRI-2).

    A page that still waits gives way to it: they would ring one after the other.
    With nobody to page the patient is told so, once, and asked to call (R-TRI-6, R-TRI-7).
    """
    rung = ladders.stepped(escalation, ladders.ladder(escalation.tier, clinic), now=now)
    team = ladders.recipients(rung.step, await uow.people.coordinators())
    for coordinator in team:
        await uow.outbox.cancel(
            recipient=coordinator.address, kinds=[Kind.ESCALATION_PAGE], subject=rung.id
        )
        await uow.outbox.put(page(rung, coordinator, now=now))
    if not team:
        await _tell_unreached(uow, rung, patient, now=now)
    await uow.escalations.save(rung)
    await gathering.tell(uow, rung, now=now)
    return rung


async def _tell_unreached(
    uow: UnitOfWork, escalation: Escalation, patient: Patient, *, now: datetime
) -> None:
    if patient.address is None or not tells_patient(escalation.rule):
        return
    await uow.outbox.put(
        Promise(
            kind=Kind.TEAM_UNREACHABLE,
            recipient=patient.address,
            subject=escalation.id,
            key=f"unreachable:{escalation.id}",
            due_at=now,
        )
    )


async def missed(uow: UnitOfWork, escalation: Escalation, *, is_gone: bool, now: datetime) -> None:
    """A page could not be delivered: the next is due at once (telegram facts, 4).

    Where Telegram refuses the pages of people who are there, the ladder keeps its pace once
    everyone was tried, and the patient is asked to call.
    """
    if escalation.state is not EscalationState.OPEN:
        return
    if is_gone or escalation.step < ladders.EVERYONE_FROM:
        await uow.escalations.save(replace(escalation, next_step_at=now))
    elif escalation.told_at is None:
        patient = await uow.people.patient(escalation.patient_id)
        await _tell_unreached(uow, escalation, patient, now=now)


def page(escalation: Escalation, coordinator: Coordinator, *, now: datetime) -> Promise:
    """One page to one coordinator; the same page is never written twice."""
    return Promise(
        kind=Kind.ESCALATION_PAGE,
        recipient=coordinator.address,
        subject=escalation.id,
        key=f"page:{escalation.id}:{escalation.step}:{coordinator.id}",
        due_at=now,
        data={"page": escalation.step},
    )


async def redraw(uow: UnitOfWork, escalation: Escalation, *, now: datetime) -> None:
    """Owe every copy of an escalation an edit (R-TRI-3: taking edits every copy).

    Edits still owed from before would show the same by now: they are not made any more.
    """
    await uow.outbox.cancel(kinds=[Kind.ESCALATION_REDRAW], subject=escalation.id)
    for copy in await uow.outbox.copies(Kind.ESCALATION_PAGE, escalation.id):
        await uow.outbox.put(edit(escalation, copy, now=now))
    await gathering.tell(uow, escalation, now=now)


def edit(escalation: Escalation, copy: Copy, *, now: datetime) -> Promise:
    """The edit that makes one copy true again."""
    return Promise(
        kind=Kind.ESCALATION_REDRAW,
        recipient=copy.recipient,
        subject=escalation.id,
        key=f"redraw:{escalation.id}:{copy.recipient}:{copy.message_id}:{escalation.face}",
        due_at=now,
        data={**copy.data, "message_id": copy.message_id},
    )
