"""Keeping promises: claim, and after the attempt write down what came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from care import lifecycle, timetable
from care.escalation import EscalationId, EscalationState
from care.lifecycle import CheckIn, CheckInId, CheckInState
from care.ports.messenger import (
    CheckInLetter,
    EscalationLetter,
    Flooded,
    Gate,
    Gone,
    Letter,
    Moved,
    NotSent,
    Rejected,
    Result,
    Sent,
    Unauthorized,
    Unknown,
)
from care.ports.occurrences import DueKind, Occurrence
from care.promises import Copy, Delivery, Kind, Lane, Policy, Promise, PromiseState, lane, policy
from care.steps import letters, ringing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from care.people import Address
    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork

LEASE = timedelta(seconds=60)
"""Longer than all timeouts of one call (telegram facts, 8)."""

LONGEST_WAIT = timedelta(seconds=300)
UNAUTHORIZED_WAIT = timedelta(seconds=60)

_EDITS = frozenset({Kind.CHECKIN_REDRAW, Kind.CHECKIN_REFRESH, Kind.ESCALATION_REDRAW})
_PROMPTS = frozenset({Kind.CHECKIN, Kind.CHECKIN_REMINDER})


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A claimed promise with its letter, admitted by the limiter: to be sent now."""

    delivery: Delivery
    letter: Letter


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """What came of sending."""

    prepared: Prepared
    result: Result


async def claim_due(
    core: Core, *, gate: Gate, lanes: Iterable[Lane], limit: int
) -> tuple[int, Sequence[Prepared]]:
    """Lease due promises and make their letters; returns how many were claimed, and these.

    What has expired or has nothing to say any more is cancelled; what the limiter holds back
    waits until then, without counting an attempt.
    """
    now = core.clock.now()
    async with core.new_uow() as uow:
        swept = await uow.outbox.sweep(now=now)
        claimed = await uow.outbox.claim(now=now, lanes=lanes, limit=limit, lease=LEASE)
        found = [await _prepare(uow, one, gate=gate, now=now) for one in claimed]
        if swept or claimed:
            await uow.commit()
    return len(claimed), [one for one in found if one is not None]


async def _prepare(
    uow: UnitOfWork, delivery: Delivery, *, gate: Gate, now: datetime
) -> Prepared | None:
    promise = delivery.promise
    is_expired = promise.expires_at is not None and promise.expires_at <= now
    letter = None if is_expired else await letters.letter_for(uow, delivery, now=now)
    if letter is None:
        await uow.outbox.settle(delivery, PromiseState.CANCELLED, now=now)
        if is_expired:
            await _undelivered(uow, promise)
        return None
    until = gate.admit(chat_id=promise.recipient, lane=lane(promise.kind), now=now)
    if until is not None:
        await uow.outbox.put_back(delivery, due_at=until, is_attempt=False)
        return None
    return Prepared(delivery=delivery, letter=letter)


async def record(core: Core, *, gate: Gate, attempts: Iterable[Attempt]) -> None:
    """Write down what came of each attempt, and what follows from it (telegram facts, 4)."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        for attempt in attempts:
            await _record(uow, attempt, core=core, gate=gate, now=now)
        await uow.commit()


async def _record(
    uow: UnitOfWork, attempt: Attempt, *, core: Core, gate: Gate, now: datetime
) -> None:
    delivery, result = attempt.prepared.delivery, attempt.result
    match result:
        case Sent():
            settled = await uow.outbox.settle(
                delivery, PromiseState.SENT, now=now, message_id=result.message_id
            )
            if settled:
                await _sent(uow, attempt.prepared, result, core=core, now=now)
        case Gone() | Rejected():
            await uow.outbox.settle(delivery, PromiseState.DEAD, now=now, error=result.error)
            await _failed(uow, delivery.promise, is_gone=isinstance(result, Gone), now=now)
        case Unknown():
            await _unknown(uow, delivery, result, now=now)
        case Flooded() | NotSent() | Moved() | Unauthorized():
            await _put_off(uow, delivery, result, gate=gate, now=now)


async def _put_off(
    uow: UnitOfWork,
    delivery: Delivery,
    result: Flooded | NotSent | Moved | Unauthorized,
    *,
    gate: Gate,
    now: datetime,
) -> None:
    chat_id = delivery.promise.recipient
    match result:
        case Flooded():
            gate.flooded(chat_id=chat_id, retry_after=result.retry_after, now=now)
            await _later(uow, delivery, result.retry_after, now=now)
        case NotSent():
            await _retry(uow, delivery, result.error, now=now)
        case Moved():
            await uow.outbox.readdress(chat_id, result.address)
            await _later(uow, delivery, timedelta(0), now=now)
        case Unauthorized():
            await _later(uow, delivery, UNAUTHORIZED_WAIT, now=now)


async def _later(uow: UnitOfWork, delivery: Delivery, after: timedelta, *, now: datetime) -> None:
    await uow.outbox.put_back(delivery, due_at=now + after, is_attempt=False)


async def _retry(
    uow: UnitOfWork, delivery: Delivery, error: str, *, now: datetime, is_repeat: bool = False
) -> None:
    wait = min(timedelta(seconds=2 ** min(delivery.attempt, 10)), LONGEST_WAIT)
    spread = timedelta(milliseconds=delivery.id % 10 * 100)
    await uow.outbox.put_back(
        delivery,
        due_at=now + wait + spread,
        is_attempt=True,
        is_repeat=is_repeat,
        error=error,
    )


async def _unknown(uow: UnitOfWork, delivery: Delivery, result: Unknown, *, now: datetime) -> None:
    """At most once: leave it; else send again, marked as a repeat."""
    if policy(delivery.promise.kind) is not Policy.AT_MOST_ONCE:
        await _retry(uow, delivery, result.error, now=now, is_repeat=True)
        return
    await uow.outbox.settle(delivery, PromiseState.UNCERTAIN, now=now, error=result.error)
    await _undelivered(uow, delivery.promise)


async def _sent(
    uow: UnitOfWork, prepared: Prepared, sent: Sent, *, core: Core, now: datetime
) -> None:
    letter, promise = prepared.letter, prepared.delivery.promise
    if isinstance(letter, CheckInLetter):
        await _checkin_sent(uow, promise, letter, sent, core=core, now=now)
    elif isinstance(letter, EscalationLetter) and promise.kind is Kind.ESCALATION_PAGE:
        await _page_sent(uow, promise, letter, sent, now=now)


async def _checkin_sent(
    uow: UnitOfWork,
    promise: Promise,
    letter: CheckInLetter,
    sent: Sent,
    *,
    core: Core,
    now: datetime,
) -> None:
    checkin = await uow.checkins.get(letter.checkin.id)
    drawn = max(checkin.drawn_revision, letter.checkin.revision)
    checkin = replace(checkin, drawn_revision=drawn)
    if promise.kind in _PROMPTS:
        checkin = lifecycle.shown(checkin, sent.message_id, now=now)
    await uow.checkins.save(checkin)
    if promise.kind is Kind.CHECKIN:
        await _plan_reminder(uow, checkin, core=core, now=now)
    if checkin.revision > drawn:
        await uow.outbox.put(_redraw(promise, checkin, now=now))


def _redraw(promise: Promise, checkin: CheckIn, *, now: datetime) -> Promise:
    return Promise(
        kind=Kind.CHECKIN_REDRAW,
        recipient=promise.recipient,
        subject=checkin.id,
        key=f"checkin_redraw:{checkin.id}:{checkin.revision}",
        due_at=now,
    )


async def _plan_reminder(uow: UnitOfWork, checkin: CheckIn, *, core: Core, now: datetime) -> None:
    """The second reminder, unless it would come in quiet hours or after the day (R-REM-1)."""
    zone = ZoneInfo(checkin.zone)
    at = now + core.clinic.reminder_after
    if timetable.out_of_quiet(at, zone) != at or checkin.is_late(now=at):
        return
    await uow.occurrences.put(
        Occurrence(
            patient_id=checkin.patient_id,
            kind=DueKind.CHECKIN_REMINDER,
            local_date=checkin.local_date,
            due_at=at,
            subject=checkin.id,
        )
    )


async def _page_sent(
    uow: UnitOfWork, promise: Promise, letter: EscalationLetter, sent: Sent, *, now: datetime
) -> None:
    """A coordinator has it: tell the patient, once; redraw it if it has changed meanwhile."""
    found = await uow.escalations.get(letter.escalation.id)
    if found.told_at is None:
        await uow.escalations.save(replace(found, told_at=now))
        if found.state is EscalationState.OPEN and letter.patient.address is not None:
            await uow.outbox.put(_told(letter.patient.address, found.id, now=now))
    if found.face != letter.escalation.face and sent.message_id is not None:
        copy = Copy(recipient=promise.recipient, message_id=sent.message_id, data=promise.data)
        await uow.outbox.put(ringing.edit(found, copy, now=now))


def _told(address: Address, escalation_id: EscalationId, *, now: datetime) -> Promise:
    return Promise(
        kind=Kind.TEAM_TOLD,
        recipient=address,
        subject=escalation_id,
        key=f"{Kind.TEAM_TOLD}:{escalation_id}",
        due_at=now,
    )


async def _failed(uow: UnitOfWork, promise: Promise, *, is_gone: bool, now: datetime) -> None:
    """The person cannot be reached: remember it; a page goes to the next at once."""
    if is_gone and promise.kind not in _EDITS:
        await _unreachable(uow, promise.recipient)
    if promise.kind is Kind.ESCALATION_PAGE:
        found = await uow.escalations.get(EscalationId(promise.subject))
        await ringing.missed(uow, found, is_gone=is_gone, now=now)
    await _undelivered(uow, promise)


async def _unreachable(uow: UnitOfWork, address: Address) -> None:
    patient = await uow.people.patient_at(address)
    if patient is not None:
        await uow.people.save_patient(replace(patient, is_reachable=False))
    coordinator = await uow.people.coordinator_at(address)
    if coordinator is not None:
        await uow.people.save_coordinator(replace(coordinator, is_reachable=False))


async def _undelivered(uow: UnitOfWork, promise: Promise) -> None:
    """A check-in that did not surely arrive counts as not delivered until a tap (R-OUT-1)."""
    if promise.kind is not Kind.CHECKIN:
        return
    checkin = await uow.checkins.get(CheckInId(promise.subject))
    if checkin.state is CheckInState.DUE:
        await uow.checkins.save(replace(checkin, state=CheckInState.UNDELIVERED))
