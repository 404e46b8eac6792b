"""Joining, stopping and returning (F01, F60)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from care import timetable
from care.audit import Action, AuditEvent
from care.errors import AlreadyJoined, NotFound, NotYours, TooManyTries, UnknownInvite
from care.people import (
    Address,
    Coordinator,
    Invite,
    Operator,
    Patient,
    PatientState,
    Role,
    token_hash,
)
from care.ports.occurrences import DueKind
from care.promises import Kind
from care.steps import opening, scheduling

if TYPE_CHECKING:
    from datetime import datetime, time

    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork

_PROMPTS = (
    Kind.CHECKIN,
    Kind.CHECKIN_REMINDER,
    Kind.CHECKIN_BACKFILL,
    Kind.CHECKIN_REDRAW,
    Kind.ATTACK_QUESTION,
    Kind.SUMMARY,
)
_RECURRING = (
    DueKind.CHECKIN,
    DueKind.CHECKIN_REMINDER,
    DueKind.CHECKIN_BACKFILL,
    DueKind.ATTACK_QUESTION,
    DueKind.SUMMARY,
)


GUESSES = 5
GUESSES_WITHIN = timedelta(hours=1)
"""After so many links that open nothing a chat has to wait (telegram facts, 10)."""


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """Who opens an invite."""

    address: Address
    name: str
    language: str


async def open_invite(
    core: Core, *, token: str, newcomer: Newcomer
) -> Patient | Coordinator | Operator:
    """Spend an invite: a coordinator is in, a patient starts to read and consent.

    A lead's makes a lead also of who is a coordinator already.

    Raises UnknownInvite alike for unknown, used and expired ones, TooManyTries after too many of
    them, AlreadyJoined for somebody who is in.
    """
    now = core.clock.now()
    async with core.new_uow() as uow:
        if await uow.people.patient_at(newcomer.address) is not None:
            raise AlreadyJoined
        colleague = await uow.people.coordinator_at(newcomer.address)
        await _require_patience(uow, newcomer.address, now=now)
        invite = await uow.people.spend_invite(token_hash(token), now=now)
        if colleague is not None:
            return await _promote(uow, colleague, invite, now=now)
        if invite is None:
            await _note_guess(uow, newcomer.address, now=now)
            raise UnknownInvite
        joined = await _join(uow, invite, newcomer, now=now)
        await uow.commit()
    return joined


async def _require_patience(uow: UnitOfWork, address: Address, *, now: datetime) -> None:
    """No more tries from a chat that has guessed too often, not even with a good link."""
    tries = await uow.audit.recent(
        Action.INVITE_REFUSED, actor=f"chat:{address}", since=now - GUESSES_WITHIN
    )
    if tries >= GUESSES:
        raise TooManyTries


async def _note_guess(uow: UnitOfWork, address: Address, *, now: datetime) -> None:
    await uow.audit.add(
        AuditEvent(at=now, actor=f"chat:{address}", action=Action.INVITE_REFUSED, subject="invite")
    )
    await uow.commit()


async def _promote(
    uow: UnitOfWork, colleague: Coordinator, invite: Invite | None, *, now: datetime
) -> Coordinator:
    if invite is None or invite.role is not Role.LEAD or colleague.is_lead:
        raise AlreadyJoined
    lead = replace(colleague, is_lead=True, is_reachable=True)
    await uow.people.save_coordinator(lead)
    await _note_colleague(uow, lead, Action.LEAD_JOINED, now=now)
    await uow.commit()
    return lead


async def _note_colleague(
    uow: UnitOfWork, colleague: Coordinator, action: Action, *, now: datetime
) -> None:
    name = f"coordinator:{colleague.id}"
    await uow.audit.add(AuditEvent(at=now, actor=name, action=action, subject=name))


async def _join(
    uow: UnitOfWork, invite: Invite, newcomer: Newcomer, *, now: datetime
) -> Patient | Coordinator | Operator:
    if invite.role is Role.OPERATOR:
        return await _join_operator(uow, newcomer, now=now)
    if invite.patient_id is None:
        return await _join_colleague(uow, newcomer, is_lead=invite.role is Role.LEAD, now=now)
    patient = replace(
        await uow.people.patient(invite.patient_id),
        state=PatientState.JOINING,
        address=newcomer.address,
        language=invite.language,
        is_reachable=True,
    )
    await uow.people.save_patient(patient)
    return patient


async def _join_colleague(
    uow: UnitOfWork, newcomer: Newcomer, *, is_lead: bool, now: datetime
) -> Coordinator:
    """A lead is off duty at the start: rung last, after everybody else."""
    coordinator = await uow.people.add_coordinator(
        name=newcomer.name, address=newcomer.address, language=newcomer.language
    )
    if is_lead:
        coordinator = replace(coordinator, is_lead=True, is_on_duty=False)
        await uow.people.save_coordinator(coordinator)
    action = Action.LEAD_JOINED if is_lead else Action.COORDINATOR_JOINED
    await _note_colleague(uow, coordinator, action, now=now)
    return coordinator


async def _join_operator(uow: UnitOfWork, newcomer: Newcomer, *, now: datetime) -> Operator:
    operator = await uow.people.add_operator(address=newcomer.address, language=newcomer.language)
    name = f"operator:{operator.id}"
    await uow.audit.add(
        AuditEvent(at=now, actor=name, action=Action.OPERATOR_JOINED, subject=name)
    )
    return operator


async def consent(core: Core, *, by: Address) -> Patient:
    """Note that the patient agrees; the first consent stays."""
    async with core.new_uow() as uow:
        patient = await _patient(uow, by)
        if patient.consented_at is None:
            patient = replace(patient, consented_at=core.clock.now())
            await uow.people.save_patient(patient)
        await uow.commit()
    return patient


async def decline(core: Core, *, by: Address) -> Patient:
    """Forget who opened the invite; the code is free for a new one.

    Raises AlreadyJoined once it is too late for that, as on an old screen.
    """
    async with core.new_uow() as uow:
        patient = await _patient(uow, by)
        if patient.state is not PatientState.JOINING:
            raise AlreadyJoined
        patient = replace(
            patient,
            state=PatientState.INVITED,
            address=None,
            consented_at=None,
            zone=core.clinic.zone,
            checkin_time=core.clinic.checkin_time,
        )
        await uow.people.save_patient(patient)
        now = core.clock.now()
        await _note(uow, Action.PATIENT_DECLINED, actor=None, subject=patient, now=now)
        await uow.commit()
    return patient


async def choose_zone(core: Core, *, by: Address, zone: str) -> Patient:
    """Keep the patient's zone; what is due is computed anew.

    Raises UnknownZone, and NotYours before the consent.
    """
    timetable.zone(zone)
    return await _change(core, by, zone=zone)


async def choose_time(core: Core, *, by: Address, at: time) -> Patient:
    """Keep the time of the check-in. Raises NotYours before the consent."""
    return await _change(core, by, checkin_time=at)


async def _change(
    core: Core,
    by: Address,
    *,
    zone: str | None = None,
    checkin_time: time | None = None,
) -> Patient:
    now = core.clock.now()
    async with core.new_uow() as uow:
        before = await _patient(uow, by)
        if before.consented_at is None:
            raise NotYours
        if before.is_active:
            await opening.open_missed(uow, before, clinic=core.clinic, now=now)
        patient = replace(
            before, zone=zone or before.zone, checkin_time=checkin_time or before.checkin_time
        )
        if patient.is_active:
            await scheduling.plan_patient(uow, patient, core.clinic, now=now)
            await scheduling.catch_up(uow, patient, now=now)
        else:
            await scheduling.plan_sessions(uow, patient, now=now)
        await uow.people.save_patient(patient)
        await uow.commit()
    return patient


async def stop(core: Core, *, by: Address) -> Patient:
    """End check-ins and summaries at the patient's wish; answers stay, infusions stay."""
    async with core.new_uow() as uow:
        patient = await _patient(uow, by)
        if patient.state is PatientState.ACTIVE:
            patient = replace(patient, state=PatientState.STOPPED)
            await uow.people.save_patient(patient)
            await uow.occurrences.cancel(patient.id, _RECURRING)
            await uow.outbox.cancel(recipient=by, kinds=_PROMPTS)
            now = core.clock.now()
            await _note(uow, Action.PATIENT_STOPPED, actor=None, subject=patient, now=now)
        await uow.commit()
    return patient


async def resume(core: Core, *, by: Address) -> Patient:
    """Begin check-ins again after a stop; a break that was chosen before is over."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        patient = await _patient(uow, by)
        if patient.state is PatientState.STOPPED:
            patient = replace(
                patient, state=PatientState.ACTIVE, is_reachable=True, paused_until=None
            )
            await uow.people.save_patient(patient)
            await scheduling.plan_patient(uow, patient, core.clinic, now=now)
            await _note(uow, Action.PATIENT_RESUMED, actor=None, subject=patient, now=now)
        await uow.commit()
    return patient


async def _patient(uow: UnitOfWork, address: Address) -> Patient:
    patient = await uow.people.patient_at(address)
    if patient is None:
        raise NotFound
    return patient


async def _note(
    uow: UnitOfWork, action: Action, *, actor: str | None, subject: Patient, now: datetime
) -> None:
    name = f"patient:{subject.id}"
    await uow.audit.add(AuditEvent(at=now, actor=actor or name, action=action, subject=name))
