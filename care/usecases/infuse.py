"""Scheduling, moving and cancelling infusion sessions, and reminding of them (F30, F31)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from care.audit import Action, AuditEvent
from care.errors import InThePast, NotScheduled, NotYours
from care.infusions import Session, SessionId, SessionState
from care.ports.occurrences import DueKind, Occurrence
from care.promises import Kind, Promise
from care.steps import scheduling

if TYPE_CHECKING:
    from datetime import datetime

    from care.people import Address, Coordinator, Patient, PatientId
    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork

BATCH = 100

_OVERTAKEN = (Kind.INFUSION_REMINDER, Kind.INFUSION_MOVED)
"""What must not be sent any more, where it still waits, once the session has changed again."""


@dataclass(frozen=True, kw_only=True)
class Booking:
    """A session and whose it is."""

    session: Session
    patient: Patient


async def coordinator(core: Core, *, by: Address) -> Coordinator:
    """The coordinator at this address. Raises NotYours for anybody else."""
    async with core.new_uow(is_reading=True) as uow:
        return await _coordinator(uow, by)


async def patients(core: Core, *, by: Address) -> tuple[Patient, ...]:
    """Whom a coordinator can schedule for: everybody who has joined, by code."""
    async with core.new_uow(is_reading=True) as uow:
        await _coordinator(uow, by)
        return tuple(one for one in await uow.people.patients() if one.consented_at)


async def patient(core: Core, *, by: Address, patient_id: PatientId) -> Patient:
    """One patient, for a coordinator. Raises NotYours and NotFound."""
    async with core.new_uow(is_reading=True) as uow:
        await _coordinator(uow, by)
        return await uow.people.patient(patient_id)


async def upcoming(core: Core, *, by: Address) -> tuple[Booking, ...]:
    """The sessions ahead: all of them for a coordinator, their own for a patient."""
    now = core.clock.now()
    async with core.new_uow(is_reading=True) as uow:
        mine = await uow.people.patient_at(by)
        if mine is None or not mine.consented_at:
            await _coordinator(uow, by)
        sessions = await uow.infusions.upcoming(
            after=now, patient_id=None if mine is None else mine.id
        )
        return tuple(
            [
                Booking(session=one, patient=await uow.people.patient(one.patient_id))
                for one in sessions
            ]
        )


async def look(core: Core, *, by: Address, session_id: SessionId) -> Booking:
    """One session, for a coordinator. Raises NotYours and NotFound."""
    async with core.new_uow(is_reading=True) as uow:
        await _coordinator(uow, by)
        session = await uow.infusions.get(session_id)
        return Booking(session=session, patient=await uow.people.patient(session.patient_id))


async def schedule(
    core: Core, *, by: Address, patient_id: PatientId, starts_at: datetime
) -> Booking:
    """Enter a session; the patient is told at once and reminded (R-INF-2).

    The same patient and instant a second time is the same session. Raises InThePast.
    """
    now = core.clock.now()
    async with core.new_uow() as uow:
        coordinator = await _coordinator(uow, by)
        _require_ahead(starts_at, now=now)
        patient = await uow.people.patient(patient_id)
        known = await uow.infusions.upcoming(after=now, patient_id=patient.id)
        session = next((one for one in known if one.starts_at == starts_at), None)
        if session is None:
            session = await uow.infusions.add(
                patient_id=patient.id, starts_at=starts_at, zone=core.clinic.zone
            )
            await _follow(uow, session, patient, Kind.INFUSION_BOOKED, now=now)
            await _note(uow, Action.SESSION_SCHEDULED, coordinator, session, now=now)
        await uow.commit()
    return Booking(session=session, patient=patient)


async def move(core: Core, *, by: Address, session_id: SessionId, starts_at: datetime) -> Booking:
    """Give a session another time; its reminders follow. Raises InThePast, NotScheduled."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        coordinator = await _coordinator(uow, by)
        _require_ahead(starts_at, now=now)
        session = await _scheduled(uow, session_id)
        patient = await uow.people.patient(session.patient_id)
        if session.starts_at != starts_at:
            session = replace(session, starts_at=starts_at, revision=session.revision + 1)
            await uow.infusions.save(session)
            await _follow(uow, session, patient, Kind.INFUSION_MOVED, now=now)
            await _note(uow, Action.SESSION_MOVED, coordinator, session, now=now)
        await uow.commit()
    return Booking(session=session, patient=patient)


async def cancel(core: Core, *, by: Address, session_id: SessionId) -> Booking:
    """Take a session off; its reminders end and the patient is told."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        coordinator = await _coordinator(uow, by)
        session = await uow.infusions.get(session_id)
        patient = await uow.people.patient(session.patient_id)
        if session.state is SessionState.SCHEDULED:
            session = replace(session, state=SessionState.CANCELLED, revision=session.revision + 1)
            await uow.infusions.save(session)
            await _follow(uow, session, patient, Kind.INFUSION_CANCELLED, now=now)
            await _note(uow, Action.SESSION_CANCELLED, coordinator, session, now=now)
        await uow.commit()
    return Booking(session=session, patient=patient)


async def _follow(
    uow: UnitOfWork, session: Session, patient: Patient, kind: Kind, *, now: datetime
) -> None:
    """Everything that hangs on a session follows it: reminders, waiting messages, the patient."""
    await uow.outbox.cancel(kinds=_OVERTAKEN, subject=session.id)
    if session.state is SessionState.SCHEDULED:
        await scheduling.plan_session(uow, session, patient, now=now)
    else:
        await uow.occurrences.cancel(patient.id, [DueKind.INFUSION_REMINDER], subject=session.id)
    if patient.address is not None:
        await uow.outbox.put(
            Promise(
                kind=kind,
                recipient=patient.address,
                subject=session.id,
                key=f"{kind}:{session.id}:{session.revision}",
                due_at=now,
            )
        )


async def remind_due(core: Core) -> int:
    """Remind of sessions; of several reminders that are late only the latest is sent."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        due = await uow.occurrences.claim(DueKind.INFUSION_REMINDER, now=now, limit=BATCH)
        latest = {one.subject: one for one in sorted(due, key=lambda one: one.due_at)}
        for occurrence in due:
            if latest[occurrence.subject] is not occurrence or not await _remind(
                uow, occurrence, now=now
            ):
                await uow.occurrences.drop([occurrence])
        await uow.commit()
    return len(due)


async def _remind(uow: UnitOfWork, occurrence: Occurrence, *, now: datetime) -> bool:
    session = await uow.infusions.get(SessionId(occurrence.subject))
    patient = await uow.people.patient(occurrence.patient_id)
    is_ahead = session.state is SessionState.SCHEDULED and session.starts_at > now
    if not is_ahead or patient.address is None:
        return False
    await uow.outbox.cancel(kinds=[Kind.INFUSION_REMINDER], subject=session.id)
    return await uow.outbox.put(
        Promise(
            kind=Kind.INFUSION_REMINDER,
            recipient=patient.address,
            subject=session.id,
            key=f"infusion_reminder:{session.id}:{occurrence.slot}",
            due_at=now,
            expires_at=session.starts_at,
        )
    )


async def _scheduled(uow: UnitOfWork, session_id: SessionId) -> Session:
    session = await uow.infusions.get(session_id)
    if session.state is not SessionState.SCHEDULED:
        raise NotScheduled
    return session


def _require_ahead(starts_at: datetime, *, now: datetime) -> None:
    if starts_at <= now:
        raise InThePast


async def _coordinator(uow: UnitOfWork, by: Address) -> Coordinator:
    coordinator = await uow.people.coordinator_at(by)
    if coordinator is None:
        raise NotYours
    return coordinator


async def _note(
    uow: UnitOfWork, action: Action, by: Coordinator, session: Session, *, now: datetime
) -> None:
    await uow.audit.add(
        AuditEvent(
            at=now, actor=f"coordinator:{by.id}", action=action, subject=f"session:{session.id}"
        )
    )
