"""Totals of questionnaires, which staff enter in their own chat (R-INS-2, R-SUI-1)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from care import instruments, timetable
from care.audit import Action, AuditEvent
from care.errors import NotFound, NotYours
from care.instruments import Entering, NewResult
from care.steps import reaching, ringing, rostering
from care.triage import Report, triage

if TYPE_CHECKING:
    from datetime import date, datetime

    from care.instruments import Result, ResultId
    from care.people import Address, Coordinator, Patient, PatientId
    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork

WAITS = timedelta(minutes=10)
"""How long the next words of a coordinator are taken for the number they were asked for."""


@dataclass(frozen=True, kw_only=True)
class Board:
    """What stands for a patient, the newest first; `today` is the patient's own date."""

    coordinator: Coordinator
    patient: Patient
    results: tuple[Result, ...]
    today: date


@dataclass(frozen=True, kw_only=True)
class Asking:
    """A number is expected; `is_refused` when the last one was none that it can be."""

    coordinator: Coordinator
    patient: Patient
    entering: Entering
    is_refused: bool = False


@dataclass(frozen=True, kw_only=True)
class Stored:
    """All numbers are there, and stored; `is_paged` when the team is told (R-SUI-1)."""

    board: Board
    result: Result
    is_replacing: bool
    is_paged: bool


@dataclass(frozen=True, kw_only=True)
class TooLate:
    """It took too long: nothing was stored."""

    board: Board


async def look(core: Core, *, by: Address, patient_id: PatientId) -> Board:
    """What stands; no number is expected any more. Raises NotYours and NotFound."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        coordinator, patient = await _known(uow, by, patient_id)
        await uow.scores.expect_nothing(coordinator.id)
        await _note(uow, coordinator, Action.SCORES_VIEWED, patient, now=now)
        found = await _board(uow, coordinator, patient, now=now)
        await uow.commit()
    return found


async def ask(core: Core, *, by: Address, entering: Entering) -> Asking:
    """The next words are the first number of this. Raises NotYours and NotFound."""
    async with core.new_uow() as uow:
        coordinator, patient = await _known(uow, by, entering.patient_id)
        if entering.asks is None:
            raise NotFound
        await uow.scores.expect(coordinator.id, entering)
        await uow.commit()
    return Asking(coordinator=coordinator, patient=patient, entering=entering)


async def asked(core: Core, *, by: Address) -> Entering | None:
    """What a person is expected to give a number for, even if it comes too late."""
    async with core.new_uow(is_reading=True) as uow:
        coordinator = await uow.people.coordinator_at(by)
        return None if coordinator is None else await uow.scores.entering(coordinator.id)


async def give(
    core: Core, *, by: Address, entering: Entering, value: int | None
) -> Asking | Stored | TooLate:
    """The number that was asked for, or None for what is no number.

    With the last one all are stored at once, and the team is paged where the rule says so, in
    the same transaction. Raises NotYours and NotFound.
    """
    now = core.clock.now()
    async with core.new_uow() as uow:
        coordinator, patient = await _known(uow, by, entering.patient_id)
        asking = Asking(coordinator=coordinator, patient=patient, entering=entering)
        found = await _given(core, uow, asking, value, now=now)
        await uow.commit()
    return found


async def give_tapped(
    core: Core, *, by: Address, patient_id: PatientId, code: str, value: int
) -> Asking | Stored | TooLate | Board:
    """The same by a button; one that asks for nothing any more shows what stands.

    So a second tap of one button stores nothing more. Raises NotYours and NotFound.
    """
    entering = await asked(core, by=by)
    if entering is None or (entering.patient_id, entering.instrument) != (patient_id, code):
        return await look(core, by=by, patient_id=patient_id)
    if entering.asks is None or not entering.asks.is_tapped:
        return await look(core, by=by, patient_id=patient_id)
    return await give(core, by=by, entering=entering, value=value)


async def _given(
    core: Core, uow: UnitOfWork, asking: Asking, value: int | None, *, now: datetime
) -> Asking | Stored | TooLate:
    entering, by = asking.entering, asking.coordinator
    scale = entering.asks
    if scale is None or now >= entering.until:
        await uow.scores.expect_nothing(by.id)
        board = await _board(uow, by, asking.patient, now=now)
        return TooLate(board=board)
    is_refused = value is None or value not in scale.values
    given = {} if value is None or is_refused else {scale.code: value}
    scores = {**entering.scores, **given}
    following = replace(entering, scores=scores, until=now + WAITS)
    if following.asks is not None:
        await uow.scores.expect(by.id, following)
        return replace(asking, entering=following, is_refused=is_refused)
    await uow.scores.expect_nothing(by.id)
    return await _stored(core, uow, replace(asking, entering=following), now=now)


async def _stored(core: Core, uow: UnitOfWork, whole: Asking, *, now: datetime) -> Stored:
    by, patient, entering = whole.coordinator, whole.patient, whole.entering
    before = await _board(uow, by, patient, now=now)
    result = await uow.scores.add(
        NewResult(
            patient_id=patient.id,
            instrument=entering.instrument,
            local_date=before.today,
            scores=entering.scores,
            entered_by=by.id,
            entered_at=now,
        )
    )
    await _note(uow, by, Action.SCORES_ENTERED, patient, now=now)
    flags = triage(Report(harm_score=instruments.harm(result)), core.clinic)
    raised = await ringing.raise_flags(uow, patient, flags, clinic=core.clinic, now=now)
    return Stored(
        board=await _board(uow, by, patient, now=now),
        result=result,
        is_replacing=any(
            (one.instrument, one.local_date) == (result.instrument, result.local_date)
            for one in before.results
        ),
        is_paged=bool(raised),
    )


async def withdraw(core: Core, *, by: Address, result_id: ResultId) -> Board:
    """A result stands no more; only who entered it can do that, and on the same day.

    What it raised stays open. Raises NotYours and NotFound.
    """
    now = core.clock.now()
    async with core.new_uow() as uow:
        coordinator = await reaching.colleague(uow, by)
        found = await uow.scores.get(result_id)
        patient = await _patient(uow, found.patient_id)
        if found.entered_by != coordinator.id:
            raise NotYours
        if found.local_date != _today(patient, now=now):
            raise NotFound
        if found.ended_at is None:
            await uow.scores.end(found.id, now=now)
            await _note(uow, coordinator, Action.SCORES_WITHDRAWN, patient, now=now)
        board = await _board(uow, coordinator, patient, now=now)
        await uow.commit()
    return board


async def note_prompt(core: Core, *, by: Address, message_id: int) -> None:
    """This message asks for the number."""
    async with core.new_uow() as uow:
        coordinator = await reaching.colleague(uow, by)
        entering = await uow.scores.entering(coordinator.id)
        if entering is not None:
            await uow.scores.expect(coordinator.id, replace(entering, message_id=message_id))
        await uow.commit()


async def leave(core: Core, *, by: Address) -> None:
    """A person went on to something else: no number is expected any more."""
    if await asked(core, by=by) is None:
        return
    async with core.new_uow() as uow:
        coordinator = await reaching.colleague(uow, by)
        await uow.scores.expect_nothing(coordinator.id)
        await uow.commit()


async def _known(
    uow: UnitOfWork, by: Address, patient_id: PatientId
) -> tuple[Coordinator, Patient]:
    return await reaching.colleague(uow, by), await _patient(uow, patient_id)


async def _patient(uow: UnitOfWork, patient_id: PatientId) -> Patient:
    found = await uow.people.patient(patient_id)
    if found.state not in rostering.LISTED:
        raise NotFound
    return found


async def _board(
    uow: UnitOfWork, coordinator: Coordinator, patient: Patient, *, now: datetime
) -> Board:
    return Board(
        coordinator=coordinator,
        patient=patient,
        results=tuple(await uow.scores.latest(patient.id)),
        today=_today(patient, now=now),
    )


def _today(patient: Patient, *, now: datetime) -> date:
    return timetable.local_date_at(now, ZoneInfo(patient.zone))


async def _note(
    uow: UnitOfWork, by: Coordinator, action: Action, patient: Patient, *, now: datetime
) -> None:
    await uow.audit.add(
        AuditEvent(
            at=now, actor=f"coordinator:{by.id}", action=action, subject=f"patient:{patient.id}"
        )
    )
