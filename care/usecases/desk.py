"""The coordinator's desk: everybody at a glance, and one patient closely (F51)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from care import days, medication_days, summaries, timetable
from care.audit import Action, AuditEvent
from care.errors import NotFound, NotYours
from care.people import PatientState, patient_code
from care.ports.heartbeats import DIGEST
from care.promises import Kind, Promise
from care.steps import digesting, profiles, rostering

if TYPE_CHECKING:
    from datetime import date, datetime

    from care.clinic import Clinic
    from care.days import Block
    from care.escalation import Escalation
    from care.infusions import Session
    from care.instruments import Result
    from care.medication_days import MedicationDays
    from care.people import Address, Coordinator, Patient, PatientId
    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork
    from care.profiles import Profile
    from care.roster import Entry
    from care.summaries import WeekDay


@dataclass(frozen=True, kw_only=True)
class Roster:
    """The list, and who reads it."""

    coordinator: Coordinator
    entries: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True)
class Card:
    """One patient closely.

    `days` are the patient's today and the 28 dates before it, oldest first, `infused_on` those
    with an infusion. `block` and `medication` end yesterday, the last day that is over.
    """

    patient: Patient
    profile: Profile
    now: datetime
    days: tuple[WeekDay, ...]
    infused_on: frozenset[date]
    block: Block
    medication: MedicationDays
    next_session: Session | None
    escalations: tuple[Escalation, ...]
    results: tuple[Result, ...] = ()


async def roster(core: Core, *, by: Address) -> Roster:
    """Everybody who has joined, those first who need a look. Raises NotYours."""
    async with core.new_uow(is_reading=True) as uow:
        coordinator = await _coordinator(uow, by)
        found = await rostering.entries(uow, now=core.clock.now())
    return Roster(coordinator=coordinator, entries=found)


async def card(core: Core, *, by: Address, patient_id: PatientId) -> tuple[Coordinator, Card]:
    """One patient; that it was looked at is written down (F61). Raises NotYours, NotFound."""
    async with core.new_uow() as uow:
        coordinator = await _coordinator(uow, by)
        patient = await uow.people.patient(patient_id)
        return coordinator, await _card(core, uow, patient, coordinator)


async def card_of(core: Core, *, by: Address, code: str) -> tuple[Coordinator, Card | None]:
    """The patient with this code; None when nobody who has joined has it.

    Raises NotYours, and InvalidCode for what no code looks like.
    """
    async with core.new_uow() as uow:
        coordinator = await _coordinator(uow, by)
        patient = await uow.people.patient_with_code(patient_code(code))
        if patient is None or patient.state not in rostering.LISTED:
            return coordinator, None
        return coordinator, await _card(core, uow, patient, coordinator)


async def digest_due(core: Core) -> int:
    """On Monday, once the clinic has opened, owe every coordinator the digest (F51).

    Decided once for each Monday, also after a restart; not any more once it is over.
    """
    now = core.clock.now()
    if digesting.opened_at(core.clinic, now=now) is None:
        return 0
    async with core.new_uow() as uow:
        if not await digesting.is_due(uow, core.clinic, now=now):
            return 0
        await uow.heartbeats.beat(DIGEST, at=now)
        readers = [one for one in await uow.people.coordinators() if one.is_reachable]
        if not any(one.state is PatientState.ACTIVE for one in await uow.people.patients()):
            readers = []
        for one in readers:
            await uow.outbox.put(_digest(core.clinic, one, now=now))
        await uow.commit()
    return len(readers)


def _digest(clinic: Clinic, reader: Coordinator, *, now: datetime) -> Promise:
    return Promise(
        kind=Kind.DIGEST,
        recipient=reader.address,
        subject=reader.id,
        key=f"digest:{reader.id}:{digesting.today(clinic, now=now)}",
        due_at=now,
        expires_at=digesting.ends_at(clinic, now=now),
    )


async def _card(core: Core, uow: UnitOfWork, patient: Patient, by: Coordinator) -> Card:
    if patient.state not in rostering.LISTED:
        raise NotFound
    now = core.clock.now()
    await uow.audit.add(
        AuditEvent(
            at=now,
            actor=f"coordinator:{by.id}",
            action=Action.PATIENT_VIEWED,
            subject=f"patient:{patient.id}",
        )
    )
    found = await _known(uow, patient, core.clinic, now=now)
    await uow.commit()
    return found


async def _known(uow: UnitOfWork, patient: Patient, clinic: Clinic, *, now: datetime) -> Card:
    zone = ZoneInfo(patient.zone)
    today = timetable.local_date_at(now, zone)
    yesterday = today - timedelta(days=1)
    first = today - timedelta(days=medication_days.DAYS)
    checkins = await uow.checkins.between(patient.id, first, today)
    answers = await uow.checkins.answers_between(patient.id, first, today)
    profile = await profiles.profile_of(uow, patient)
    begins_at = timetable.end_of_local_day(first, zone)
    sessions = await uow.infusions.upcoming(after=begins_at, patient_id=patient.id)
    escalations = await uow.escalations.unclosed()
    shown = summaries.span(today, days.BLOCK + 1, checkins=checkins, answers=answers, now=now)
    return Card(
        patient=patient,
        profile=profile,
        now=now,
        days=shown,
        infused_on=frozenset(
            timetable.local_date_at(one.starts_at, zone)
            for one in sessions
            if one.starts_at <= now
        ),
        block=days.block(answers, profile, clinic.migraine_day, last=yesterday),
        medication=medication_days.medication_days(answers, profile, last=yesterday),
        next_session=next((one for one in sessions if one.starts_at > now), None),
        escalations=tuple(one for one in escalations if one.patient_id == patient.id),
        results=tuple(await uow.scores.latest(patient.id)),
    )


async def _coordinator(uow: UnitOfWork, by: Address) -> Coordinator:
    coordinator = await uow.people.coordinator_at(by)
    if coordinator is None:
        raise NotYours
    return coordinator
