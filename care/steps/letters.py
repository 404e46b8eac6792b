"""Promise to letter: everything a message speaks of, as it stands when it is sent."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from care import digests, happenings, infusions, summaries
from care.attacks import AttackId
from care.digests import Digest
from care.escalation import EscalationId, EscalationState
from care.infusions import SessionId, SessionState
from care.people import PatientId
from care.ports.messenger import (
    AttackLetter,
    BlockedLetter,
    CareLetter,
    CheckInLetter,
    DailyListLetter,
    DigestLetter,
    EscalationLetter,
    GroupLetter,
    JoinedLetter,
    Letter,
    MedicineLetter,
    SessionLetter,
    StatusLetter,
    SummaryLetter,
    TroubleLetter,
)
from care.promises import Delivery, Kind, Promise, Reminds
from care.questions import Item
from care.steps import filling, listing, profiles, reaching, relaying, rostering
from care.steps.bundling import AGAIN, CHECKINS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from care.ports.unit_of_work import UnitOfWork
    from care.steps.bundling import Bundle


async def letter_for(
    uow: UnitOfWork, delivery: Delivery, *, bundle: Bundle, now: datetime
) -> Letter | None:
    """What to send, or None when there is nothing to say any more.

    The bundle holds what letters about check-ins are made from. Neither it nor an escalation is
    locked: who changes them locks them first, then their promises, which are locked here already.
    """
    promise = delivery.promise
    if promise.kind in CHECKINS:
        return await _checkin(uow, promise, bundle, now=now)
    if promise.kind in _PAGES:
        return await _escalation(uow, promise, repeat=delivery.repeat, now=now)
    if promise.kind in _SESSIONS:
        return await _session(uow, promise, now=now)
    if promise.kind in _OF_NOW:
        return await _OF_NOW[promise.kind](uow, promise, now)
    if promise.kind in _RELAYED:
        return await relaying.letter(uow, delivery)
    return await _OTHERS[promise.kind](uow, promise)


async def _checkin(
    uow: UnitOfWork, promise: Promise, bundle: Bundle, *, now: datetime
) -> CheckInLetter | None:
    checkin = bundle.checkin(promise)
    answers = bundle.answers(checkin)
    is_redraw = promise.kind in {Kind.CHECKIN_REDRAW, Kind.CHECKIN_REFRESH}
    if is_redraw and checkin.message_id is None:
        return None
    if promise.kind is Kind.CHECKIN_REMINDER and Item.HEADACHE in answers:
        return None
    if promise.kind is Kind.CHECKIN_BACKFILL and checkin.completed_at is not None:
        return None
    patient = bundle.patients[checkin.patient_id]
    return CheckInLetter(
        kind=promise.kind,
        patient=patient,
        profile=bundle.profile(patient),
        checkin=checkin,
        answers=answers,
        now=now,
        attack=None if checkin.asking else await uow.attacks.running(patient.id),
        was_late=await filling.was_late(uow, checkin, now=now),
        notes=tuple(await uow.notes.on(patient.id, checkin.local_date)) if is_redraw else (),
        silent_days=bundle.silent_days(checkin) if promise.kind is Kind.CHECKIN else 0,
        edits=checkin.message_id if is_redraw else None,
        replaces=checkin.message_id if promise.kind in AGAIN else None,
    )


async def _attack(uow: UnitOfWork, promise: Promise, now: datetime) -> AttackLetter | None:
    attack = await uow.attacks.get(AttackId(promise.subject))
    if attack.asking is None or attack.asking.value != promise.data["asking"]:
        return None
    patient = await uow.people.patient(attack.patient_id)
    return AttackLetter(
        patient=patient,
        profile=await profiles.profile_of(uow, patient),
        attack=attack,
        now=now,
        replaces=attack.message_id,
    )


async def _summary(uow: UnitOfWork, promise: Promise, now: datetime) -> SummaryLetter | None:
    patient = await uow.people.patient(PatientId(promise.subject))
    if not patient.is_active:
        return None
    last = date.fromisoformat(str(promise.data["last"]))
    first = last - timedelta(days=2 * summaries.DAYS - 1)
    checkins = await uow.checkins.between(patient.id, first, last)
    answers = await uow.checkins.answers_between(patient.id, first, last)
    late = await uow.checkins.late_between(patient.id, first, last)
    return SummaryLetter(
        patient=patient,
        profile=await profiles.profile_of(uow, patient),
        last=last,
        week=summaries.week(last, checkins=checkins, answers=answers, late=late, now=now),
        before=summaries.week(
            last - timedelta(days=summaries.DAYS), checkins=checkins, answers=answers, now=now
        ),
    )


async def _escalation(
    uow: UnitOfWork, promise: Promise, *, repeat: int, now: datetime
) -> EscalationLetter | None:
    """A page that may have come before is marked as a repeat as well (telegram facts, 4)."""
    coordinator = await uow.people.coordinator_at(promise.recipient)
    found = await uow.escalations.seen(EscalationId(promise.subject))
    is_redraw = promise.kind is Kind.ESCALATION_REDRAW
    if coordinator is None or (found.state is EscalationState.CLOSED and not is_redraw):
        return None
    team = await uow.people.coordinators()
    return EscalationLetter(
        coordinator=coordinator,
        escalation=found,
        patient=await uow.people.patient(found.patient_id),
        owner=next((one for one in team if one.id == found.owner), None),
        now=now,
        page=int(promise.data.get("page", 1)) + (0 if is_redraw else repeat),
        reminds=Reminds(int(promise.data.get("reminds", 0))),
        said=happenings.so_far(await uow.escalations.history(found.id)),
        edits=int(promise.data["message_id"]) if is_redraw else None,
    )


async def _daily(uow: UnitOfWork, promise: Promise) -> DailyListLetter | None:
    """All that is ROUTINE and open, as it stands when the list is sent."""
    coordinator = await uow.people.coordinator_at(promise.recipient)
    found = await listing.waiting(uow)
    if coordinator is None or not found:
        return None
    return DailyListLetter(coordinator=coordinator, found=found)


async def _trouble(uow: UnitOfWork, promise: Promise) -> TroubleLetter | None:
    operator = await uow.people.operator_at(promise.recipient)
    reader = operator or await uow.people.coordinator_at(promise.recipient)
    trouble, about = str(promise.data["trouble"]), str(promise.data["about"])
    if trouble == reaching.COORDINATOR_LOST:
        about = await _name_of_lost(uow, promise.subject)
    if reader is None or (trouble == reaching.COORDINATOR_LOST and not about):
        return None
    return TroubleLetter(
        reader=reader,
        trouble=trouble,
        about=about,
        count=int(promise.data["n"]),
    )


async def _name_of_lost(uow: UnitOfWork, coordinator_id: int) -> str:
    """Who cannot be reached; nobody, once they are back or have left the team."""
    team = await uow.people.coordinators()
    found = [one.name for one in team if one.id == coordinator_id and not one.is_reachable]
    return "".join(found)


async def _joined(uow: UnitOfWork, promise: Promise) -> JoinedLetter | None:
    coordinator = await uow.people.coordinator_at(promise.recipient)
    if coordinator is None:
        return None
    patient = await uow.people.patient(PatientId(promise.subject))
    return JoinedLetter(coordinator=coordinator, patient=patient)


async def _blocked(uow: UnitOfWork, promise: Promise) -> BlockedLetter | None:
    """Nothing, once the patient has come back."""
    coordinator = await uow.people.coordinator_at(promise.recipient)
    patient = await uow.people.patient(PatientId(promise.subject))
    if coordinator is None or patient.is_reachable:
        return None
    return BlockedLetter(coordinator=coordinator, patient=patient)


async def _group(uow: UnitOfWork, promise: Promise) -> GroupLetter | None:
    """As it stands; what was closed before the group heard of it is not told any more."""
    found = await uow.escalations.seen(EscalationId(promise.subject))
    is_redraw = promise.kind is Kind.GROUP_REDRAW
    if found.state is EscalationState.CLOSED and not is_redraw:
        return None
    patient = await uow.people.patient(found.patient_id)
    team = await uow.people.coordinators()
    return GroupLetter(
        escalation=found,
        code=patient.code,
        language=team[0].language if team else "",
        edits=int(promise.data["message_id"]) if is_redraw else None,
    )


async def _session(uow: UnitOfWork, promise: Promise, *, now: datetime) -> SessionLetter | None:
    session = await uow.infusions.get(SessionId(promise.subject))
    is_off = session.state is SessionState.CANCELLED
    if is_off and promise.kind is not Kind.INFUSION_CANCELLED:
        return None
    patient = await uow.people.patient(session.patient_id)
    return SessionLetter(
        kind=promise.kind,
        patient=patient,
        session=session,
        now=now,
        ahead=infusions.ahead_at(session, reader_zone=ZoneInfo(patient.zone), now=now),
    )


async def _digest(uow: UnitOfWork, promise: Promise, now: datetime) -> DigestLetter | None:
    """As the clinic stands when it is sent; nothing where nobody has joined yet."""
    coordinator = await uow.people.coordinator_at(promise.recipient)
    entries = await rostering.entries(uow, now=now)
    if coordinator is None or not entries:
        return None
    opened = await uow.desk.opened(since=now - timedelta(days=digests.DAYS))
    return DigestLetter(coordinator=coordinator, digest=Digest(entries=entries, opened=opened))


async def _status(uow: UnitOfWork, promise: Promise) -> StatusLetter:
    patient = await uow.people.patient(PatientId(promise.subject))
    return StatusLetter(patient=patient, on=date.fromisoformat(str(promise.data["on"])))


async def _medicine(uow: UnitOfWork, promise: Promise) -> MedicineLetter:
    return MedicineLetter(
        patient=await uow.people.patient(PatientId(promise.subject)),
        drug_class=str(promise.data["class"]),
        days=int(promise.data["days"]),
        is_at_least=bool(promise.data["at_least"]),
    )


async def _care(uow: UnitOfWork, promise: Promise) -> CareLetter:
    found = await uow.escalations.seen(EscalationId(promise.subject))
    return CareLetter(
        kind=promise.kind,
        patient=await uow.people.patient(found.patient_id),
        escalation=found,
    )


_PAGES = frozenset({Kind.ESCALATION_PAGE, Kind.ESCALATION_REDRAW})
_RELAYED = frozenset(
    {Kind.RELAY_TO_TEAM, Kind.RELAY_REDRAW, Kind.RELAY_STATE, Kind.RELAY_TO_PATIENT}
)
_SESSIONS = frozenset(
    {
        Kind.INFUSION_BOOKED,
        Kind.INFUSION_MOVED,
        Kind.INFUSION_CANCELLED,
        Kind.INFUSION_REMINDER,
    }
)
_OF_NOW: Mapping[Kind, Callable[[UnitOfWork, Promise, datetime], Awaitable[Letter | None]]] = {
    Kind.ATTACK_QUESTION: _attack,
    Kind.DIGEST: _digest,
    Kind.SUMMARY: _summary,
}
_OTHERS: Mapping[Kind, Callable[[UnitOfWork, Promise], Awaitable[Letter | None]]] = {
    Kind.PATIENT_JOINED: _joined,
    Kind.PATIENT_BLOCKED: _blocked,
    Kind.GROUP_PAGE: _group,
    Kind.GROUP_REDRAW: _group,
    Kind.TROUBLE: _trouble,
    Kind.EMERGENCY_TEXT: _care,
    Kind.CRISIS_CARD: _care,
    Kind.TEAM_TOLD: _care,
    Kind.TEAM_TOOK: _care,
    Kind.TEAM_CALLS: _care,
    Kind.STATUS_QUESTION: _status,
    Kind.MEDICINE_DAYS: _medicine,
    Kind.REPORT_NOTED: _care,
    Kind.DAILY_LIST: _daily,
    Kind.TEAM_UNREACHABLE: _care,
    Kind.ESCALATION_CLOSED: _care,
}
"""Every kind has its letter; a test holds that none is missing."""
