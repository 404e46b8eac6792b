"""What follows once a message has been sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from care import lifecycle, timetable
from care.escalation import EscalationState
from care.ports.messenger import AttackLetter, CheckInLetter, EscalationLetter, GroupLetter, Letter
from care.ports.occurrences import DueKind, Occurrence
from care.ports.relay_letters import AnswerLetter, RelayLetter, RelayStateLetter
from care.promises import Copy, Kind, Promise
from care.steps import gathering, relaying, ringing, telling

if TYPE_CHECKING:
    from datetime import datetime

    from care.clinic import Clinic
    from care.lifecycle import CheckIn
    from care.ports.unit_of_work import UnitOfWork

_PROMPTS = frozenset({Kind.CHECKIN, Kind.CHECKIN_REMINDER, Kind.CHECKIN_BACKFILL})


async def sent(
    uow: UnitOfWork,
    promise: Promise,
    letter: Letter,
    message_id: int | None,
    *,
    clinic: Clinic,
    now: datetime,
) -> None:
    """Telegram has taken it, as this message."""
    if isinstance(letter, RelayLetter | RelayStateLetter | AnswerLetter):
        await _relayed(uow, promise, letter, message_id, now=now)
    elif isinstance(letter, AttackLetter):
        attack = await uow.attacks.get(letter.attack.id)
        await uow.attacks.save(replace(attack, message_id=message_id))
    elif isinstance(letter, CheckInLetter):
        await _checkin_sent(uow, promise, letter, message_id, clinic=clinic, now=now)
    elif isinstance(letter, EscalationLetter) and promise.kind is Kind.ESCALATION_PAGE:
        await _page_sent(uow, promise, letter, message_id, now=now)
    elif isinstance(letter, GroupLetter) and message_id is not None:
        await _group_sent(uow, promise, letter, message_id, now=now)
    elif isinstance(letter, EscalationLetter) and message_id != letter.edits:
        await _redrawn_anew(uow, promise, letter.edits, message_id)


async def _relayed(
    uow: UnitOfWork,
    promise: Promise,
    letter: RelayLetter | RelayStateLetter | AnswerLetter,
    message_id: int | None,
    *,
    now: datetime,
) -> None:
    match letter:
        case RelayLetter():
            if letter.edits is None and message_id is not None:
                await relaying.arrived(uow, letter, promise.recipient, message_id, now=now)
        case RelayStateLetter():
            await relaying.stands(uow, letter.message.id, message_id, now=now)
        case AnswerLetter():
            await relaying.stands(uow, letter.answer.id, message_id, now=now)


async def _checkin_sent(
    uow: UnitOfWork,
    promise: Promise,
    letter: CheckInLetter,
    message_id: int | None,
    *,
    clinic: Clinic,
    now: datetime,
) -> None:
    checkin = await uow.checkins.get(letter.checkin.id)
    drawn = max(checkin.drawn_revision, letter.checkin.revision)
    checkin = replace(checkin, drawn_revision=drawn)
    if promise.kind in _PROMPTS or message_id != letter.edits:
        checkin = lifecycle.shown(checkin, message_id, now=now)
    await uow.checkins.save(checkin)
    if promise.kind is Kind.CHECKIN:
        await _plan_reminder(uow, checkin, clinic=clinic, now=now)
        await _plan_offer(uow, checkin, clinic=clinic)
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


async def _plan_reminder(
    uow: UnitOfWork, checkin: CheckIn, *, clinic: Clinic, now: datetime
) -> None:
    """The second reminder, unless it would come in quiet hours or after the day (R-REM-1)."""
    zone = ZoneInfo(checkin.zone)
    at = now + clinic.reminder_after
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


async def _plan_offer(uow: UnitOfWork, checkin: CheckIn, *, clinic: Clinic) -> None:
    """The next morning, once, in case the day is not finished by then (R-REM-1)."""
    zone = ZoneInfo(checkin.zone)
    morning = checkin.local_date + timedelta(days=1)
    await uow.occurrences.put(
        Occurrence(
            patient_id=checkin.patient_id,
            kind=DueKind.CHECKIN_BACKFILL,
            local_date=checkin.local_date,
            due_at=timetable.due_at(morning, clinic.backfill_time, zone),
            subject=checkin.id,
        )
    )


async def _page_sent(
    uow: UnitOfWork,
    promise: Promise,
    letter: EscalationLetter,
    message_id: int | None,
    *,
    now: datetime,
) -> None:
    """A coordinator has it: tell the patient, once; redraw it if it has changed meanwhile."""
    found = await uow.escalations.get(letter.escalation.id)
    if found.told_at is None:
        await uow.escalations.save(replace(found, told_at=now))
        if found.state is EscalationState.OPEN:
            await telling.progress(uow, Kind.TEAM_TOLD, found, now=now)
    if found.face != letter.escalation.face and message_id is not None:
        copy = Copy(recipient=promise.recipient, message_id=message_id, data=promise.data)
        await uow.outbox.put(ringing.edit(found, copy, now=now))


async def _group_sent(
    uow: UnitOfWork, promise: Promise, letter: GroupLetter, message_id: int, *, now: datetime
) -> None:
    """It stands in the group: redraw it if the escalation has gone on meanwhile."""
    if letter.edits not in {None, message_id}:
        await _redrawn_anew(uow, promise, letter.edits, message_id)
    found = await uow.escalations.get(letter.escalation.id)
    if gathering.face(found) != gathering.face(letter.escalation):
        await uow.outbox.put(gathering.edit(found, promise.recipient, message_id, now=now))


async def _redrawn_anew(
    uow: UnitOfWork, promise: Promise, old: int | None, new: int | None
) -> None:
    """The copy had been deleted: later edits go to the one that was sent in its place."""
    if old is not None and new is not None:
        await uow.outbox.replace_copy(promise.recipient, old=old, new=new)
