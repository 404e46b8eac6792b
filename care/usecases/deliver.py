"""Keeping promises: claim, and after the attempt write down what came of it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from care import timetable
from care.errors import OUR_FAULTS, NotFound
from care.ports.messenger import (
    Flooded,
    Gate,
    Gone,
    Letter,
    Moved,
    NotSent,
    Rejected,
    Result,
    Sent,
    SummaryLetter,
    Unauthorized,
    Unknown,
)
from care.promises import Delivery, Lane, Policy, PromiseState, lane, policy
from care.steps import arriving, bundling, failing, gathering, letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from care.clinic import Clinic
    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork
    from care.steps.bundling import Bundle

LEASE = timedelta(seconds=60)
"""Longer than all timeouts of one call (telegram facts, 8)."""

LONGEST_WAIT = timedelta(seconds=300)
UNAUTHORIZED_WAIT = timedelta(seconds=60)


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
        found = await _prepared(uow, claimed, core=core, gate=gate, now=now)
        if swept or claimed:
            await uow.commit()
    return len(claimed), found


async def _prepared(
    uow: UnitOfWork, claimed: Sequence[Delivery], *, core: Core, gate: Gate, now: datetime
) -> Sequence[Prepared]:
    """Those that are to be sent now; what follows from others comes before what letters read.

    A letter that cannot be made is dead, as one that Telegram rejects: it holds up no other.
    """
    due = []
    for one in claimed:
        if one.promise.expires_at is not None and one.promise.expires_at <= now:
            await uow.outbox.settle(one, PromiseState.CANCELLED, now=now)
            await failing.undelivered(uow, one.promise)
        else:
            due.append(one)
    bundle = await bundling.bundled(uow, [one.promise for one in due])
    found = []
    for one in due:
        try:
            found.append(await _prepare(uow, one, bundle, gate=gate, now=now))
        except OUR_FAULTS as error:
            await _rejected(uow, one, type(error).__name__, clinic=core.clinic, now=now)
    return [one for one in found if one is not None]


async def _rejected(
    uow: UnitOfWork, delivery: Delivery, error: str, *, clinic: Clinic, now: datetime
) -> None:
    await uow.outbox.settle(delivery, PromiseState.DEAD, now=now, error=error)
    with suppress(NotFound):
        await failing.failed(uow, delivery.promise, is_gone=False, clinic=clinic, now=now)


async def _prepare(
    uow: UnitOfWork, delivery: Delivery, bundle: Bundle, *, gate: Gate, now: datetime
) -> Prepared | None:
    promise = delivery.promise
    letter = await letters.letter_for(uow, delivery, bundle=bundle, now=now)
    if letter is None:
        await uow.outbox.settle(delivery, PromiseState.CANCELLED, now=now)
        return None
    until = _rests_until(letter, now=now)
    if until is None:
        until = gate.admit(chat_id=promise.recipient, lane=lane(promise.kind), now=now)
    if until is not None:
        await uow.outbox.put_back(delivery, due_at=until, is_attempt=False)
        return None
    return Prepared(delivery=delivery, letter=letter)


def _rests_until(letter: Letter, *, now: datetime) -> datetime | None:
    """A summary held up into the quiet hours waits for the morning."""
    if not isinstance(letter, SummaryLetter):
        return None
    morning_at = timetable.end_of_quiet(now, ZoneInfo(letter.patient.zone))
    return morning_at if morning_at > now else None


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
                await arriving.sent(
                    uow,
                    delivery.promise,
                    attempt.prepared.letter,
                    result.message_id,
                    clinic=core.clinic,
                    now=now,
                )
        case Gone() | Rejected():
            await uow.outbox.settle(delivery, PromiseState.DEAD, now=now, error=result.error)
            await failing.failed(
                uow,
                delivery.promise,
                is_gone=isinstance(result, Gone),
                clinic=core.clinic,
                now=now,
            )
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
            await gathering.moved(uow, chat_id, result.address)
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
    await failing.undelivered(uow, delivery.promise)
