"""Opening an escalation, paging for it, and keeping every copy of it true."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from care import escalation as escalations, happenings, ladders, safety, triage
from care.escalation import EscalationState
from care.happenings import EscalationEvent, Happening
from care.promises import Copy, Kind, Promise, Reminds
from care.steps import gathering, hushing, listing, telling
from care.triage import Tier

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from care.clinic import Clinic
    from care.escalation import Escalation
    from care.people import Coordinator, Patient
    from care.ports.unit_of_work import UnitOfWork
    from care.triage import Flag, Reason

PATIENT, LADDER = "patient", "ladder"
"""Who stands in the history beside `coordinator:2`."""


async def raise_flags(
    uow: UnitOfWork, patient: Patient, flags: Iterable[Flag], *, clinic: Clinic, now: datetime
) -> tuple[Escalation, ...]:
    """Open an escalation for each flag, or count up the one that is open (R-TRI-4).

    A ROUTINE one that was closed not long ago stays silent.
    """
    found = [await _raise(uow, patient, flag, clinic=clinic, now=now) for flag in flags]
    raised = tuple(one for one in found if one is not None)
    if any(one.tier is Tier.EMERGENCY for one in raised):
        await hushing.hush(uow, patient, now=now)
    return raised


async def _raise(
    uow: UnitOfWork, patient: Patient, flag: Flag, *, clinic: Clinic, now: datetime
) -> Escalation | None:
    current = await uow.escalations.open_for(patient.id, flag.rule)
    if current is not None:
        return await _again(uow, patient, current, flag, clinic=clinic, now=now)
    if flag.tier is Tier.ROUTINE:
        closed = await uow.escalations.last_closed(patient.id, flag.rule)
        if escalations.is_resting(flag, closed, now=now):
            return None
    return await _open(uow, patient, flag, clinic=clinic, now=now)


async def _again(
    uow: UnitOfWork,
    patient: Patient,
    current: Escalation,
    flag: Flag,
    *,
    clinic: Clinic,
    now: datetime,
) -> Escalation:
    bumped = escalations.bumped(current, flag, clinic=clinic, now=now)
    bumped = safety.asked(bumped, now=now)
    await uow.escalations.save(bumped)
    await note(uow, bumped, Happening.AGAIN, PATIENT, detail=flag.reason, now=now)
    await telling.first_words(uow, bumped, patient, now=now)
    await redraw(uow, bumped, now=now)
    return bumped


async def _open(
    uow: UnitOfWork, patient: Patient, flag: Flag, *, clinic: Clinic, now: datetime
) -> Escalation:
    opened = await uow.escalations.add(patient.id, flag, now=now)
    is_at_once = triage.is_at_once(flag.rule)
    at = ladders.starts_at(flag.tier, is_at_once=is_at_once, clinic=clinic, now=now)
    by = ladders.take_by(flag.tier, clinic=clinic, now=now)
    opened = replace(opened, climbs_since=at, next_step_at=at, take_by=by)
    opened = safety.asked(opened, now=now)
    by_whom = PATIENT if triage.tells_patient(flag.rule) else LADDER
    await note(uow, opened, Happening.RAISED, by_whom, detail=flag.reason, now=now)
    await telling.first_words(uow, opened, patient, now=now)
    if at <= now:
        return await ring(uow, opened, patient, clinic=clinic, now=now)
    await uow.escalations.save(opened)
    if any(one.is_reachable for one in await uow.people.coordinators()):
        await telling.noted(uow, opened, patient, now=now)
    else:
        await telling.unreached(uow, opened, patient, now=now)
    return opened


async def ring(
    uow: UnitOfWork, escalation: Escalation, patient: Patient, *, clinic: Clinic, now: datetime
) -> Escalation:
    """Write one more page and say when the next is due (R-TRI-1, R-TRI-2).

    A page that still waits gives way to it: they would ring one after the other. What is ROUTINE
    has no page of its own: it stands in the daily list. With nobody to page the patient is told
    so, once, and asked to call (R-TRI-6, R-TRI-7).
    """
    rung = escalations.stepped(escalation, clinic=clinic, now=now)
    await uow.escalations.save(rung)
    staff = await uow.people.coordinators()
    team = ladders.recipients(rung.step, staff, tier=rung.tier, clinic=clinic, now=now)
    if not team:
        await note(uow, rung, Happening.NOBODY, LADDER, now=now)
        await telling.unreached(uow, rung, patient, now=now)
        await gathering.tell(uow, rung, now=now)  # somebody there may look, or call the patient
        return rung
    if ladders.ladder(rung.tier, clinic) is None:
        team = ladders.readers(staff, clinic=clinic, now=now)
        await listing.owe(uow, team, clinic=clinic, now=now)
    else:
        await _page(uow, rung, team, now=now)
        await gathering.tell(uow, rung, now=now)
    told = ",".join(str(one.id) for one in team)
    await note(uow, rung, Happening.PAGED, LADDER, detail={"n": rung.step, "to": told}, now=now)
    return rung


async def _page(
    uow: UnitOfWork, rung: Escalation, team: Iterable[Coordinator], *, now: datetime
) -> None:
    for coordinator in team:
        await uow.outbox.cancel(
            recipient=coordinator.address, kinds=[Kind.ESCALATION_PAGE], subject=rung.id
        )
        await uow.outbox.put(page(rung, coordinator, now=now))


async def missed(
    uow: UnitOfWork, escalation: Escalation, *, is_gone: bool, clinic: Clinic, now: datetime
) -> None:
    """A page could not be delivered: the next is due at once (telegram facts, 4).

    Where Telegram refuses the pages of people who are there, the ladder keeps its pace once
    everyone was tried, and the patient is asked to call.
    """
    if escalation.state is not EscalationState.OPEN:
        return
    rungs = ladders.ladder(escalation.tier, clinic)
    is_climbing = rungs is not None and escalation.step < len(rungs.tells)
    if is_gone or is_climbing:
        await uow.escalations.save(replace(escalation, next_step_at=now))
    elif escalation.told_at is None:
        patient = await uow.people.patient(escalation.patient_id)
        await telling.unreached(uow, escalation, patient, now=now)


async def remind(
    uow: UnitOfWork, taken: Escalation, *, clinic: Clinic, now: datetime
) -> Escalation:
    """Taken and not closed: its owner hears of it, or everyone in the owner's place.

    So they do at once of what the patient has said since. With nobody to remind the patient is
    asked to call (R-TRI-7).
    """
    at = ladders.owner_reminded_at(taken.tier, clinic=clinic, now=now)
    again = replace(taken, step=taken.step + 1, next_step_at=at)
    await uow.escalations.save(again)
    is_news = happenings.has_news(await uow.escalations.history(taken.id))
    told = await _reminded(uow, again, is_news=is_news, clinic=clinic, now=now)
    if not told:
        patient = await uow.people.patient(taken.patient_id)
        await note(uow, again, Happening.NOBODY, LADDER, now=now)
        await telling.unreached(uow, again, patient, now=now)
        return again
    reminds = Reminds.NEWS if is_news else Reminds.FORGOTTEN
    for coordinator in told:
        await uow.outbox.put(page(again, coordinator, reminds=reminds, now=now))
    await note(uow, again, Happening.REMINDED, LADDER, now=now)
    return again


async def _reminded(
    uow: UnitOfWork, taken: Escalation, *, is_news: bool, clinic: Clinic, now: datetime
) -> tuple[Coordinator, ...]:
    """Its owner; also who is on duty, where an emergency has news and its owner is off."""
    team = await uow.people.coordinators()
    reachable = tuple(one for one in team if one.is_reachable)
    owner = tuple(one for one in reachable if one.id == taken.owner)
    is_pressing = taken.tier is Tier.EMERGENCY or triage.is_at_once(taken.rule)
    if not owner or owner[0].is_on_duty or not (is_news and is_pressing):
        return owner or reachable
    called = ladders.recipients(1, team, tier=taken.tier, clinic=clinic, now=now)
    return (*owner, *(one for one in called if one not in owner))


def page(
    escalation: Escalation,
    coordinator: Coordinator,
    *,
    reminds: Reminds = Reminds.NOTHING,
    now: datetime,
) -> Promise:
    """One page to one coordinator; the same page is never written twice."""
    return Promise(
        kind=Kind.ESCALATION_PAGE,
        recipient=coordinator.address,
        subject=escalation.id,
        key=f"page:{escalation.id}:{escalation.step}:{coordinator.id}",
        due_at=now,
        data={"page": escalation.step, "reminds": reminds.value},
    )


async def redraw(
    uow: UnitOfWork, escalation: Escalation, *, mark: str = "", now: datetime
) -> None:
    """Owe every copy of an escalation an edit (R-TRI-3: taking edits every copy).

    `mark` names what is shown beside the escalation itself. Edits still owed from before would
    show the same by now: they are not made any more.
    """
    await uow.outbox.cancel(kinds=[Kind.ESCALATION_REDRAW], subject=escalation.id)
    for copy in await uow.outbox.copies(Kind.ESCALATION_PAGE, escalation.id):
        await uow.outbox.put(edit(escalation, copy, mark=mark, now=now))
    await gathering.tell(uow, escalation, now=now)


def edit(escalation: Escalation, copy: Copy, *, mark: str = "", now: datetime) -> Promise:
    """The edit that makes one copy true again."""
    face = f"{escalation.face}:{mark}"
    return Promise(
        kind=Kind.ESCALATION_REDRAW,
        recipient=copy.recipient,
        subject=escalation.id,
        key=f"redraw:{escalation.id}:{copy.recipient}:{copy.message_id}:{escalation.step}:{face}",
        due_at=now,
        data={**copy.data, "message_id": copy.message_id},
    )


async def note(
    uow: UnitOfWork,
    escalation: Escalation,
    happening: Happening,
    actor: str,
    *,
    detail: Reason | None = None,
    now: datetime,
) -> None:
    """One more line in its history."""
    await uow.escalations.note(
        EscalationEvent(
            escalation_id=escalation.id,
            at=now,
            happening=happening,
            actor=actor,
            detail=detail or {},
        )
    )
