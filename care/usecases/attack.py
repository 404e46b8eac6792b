"""Attack now: begun by one tap, asked about two hours later, ended by one tap (F11)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from care import attacks, question_sets as daily, timetable
from care.attacks import Asking, AttackId, NewAttack
from care.errors import NotYours
from care.ports.occurrences import DueKind, Occurrence
from care.promises import Kind, Promise
from care.questions import Item, said
from care.steps import judging, noting, profiles, reaching
from care.taps import Choose, Tap, Toggle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from care.attacks import Attack
    from care.people import Address, Patient
    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork
    from care.profiles import Profile

BATCH = 100

ASK_WITHIN = attacks.ASKS_AFTER
"""A question about an attack that is later than this is dropped."""


@dataclass(frozen=True, kw_only=True)
class ShownAttack:
    """What the patient's screen has to show of an attack."""

    patient: Patient
    profile: Profile
    attack: Attack


async def start(core: Core, *, by: Address) -> ShownAttack:
    """Note that an attack begins now, or show the one that runs. Raises NotYours."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        patient = await _patient(uow, by)
        attack = await uow.attacks.running(patient.id)
        if attack is None:
            new = NewAttack(patient_id=patient.id, zone=patient.zone, started_at=now)
            attack = await uow.attacks.add(new)
            await _note_headache(uow, patient, attack, core=core)
            await _plan(uow, attack)
            await uow.occurrences.put(_lapse(attack))
        shown = await _shown(uow, patient, attack)
        await uow.commit()
    return shown


async def _patient(uow: UnitOfWork, by: Address) -> Patient:
    patient = await uow.people.patient_at(by)
    if patient is None or not patient.is_active:
        raise NotYours
    return await reaching.heard(uow, patient)


async def _shown(uow: UnitOfWork, patient: Patient, attack: Attack) -> ShownAttack:
    profile = await profiles.profile_of(uow, patient)
    return ShownAttack(patient=patient, profile=profile, attack=attack)


async def _change(
    core: Core,
    by: Address,
    attack_id: AttackId,
    decide: Callable[[Attack, Profile, datetime], Attack],
) -> ShownAttack:
    """What a tap makes of an attack, with what it means for the day's entry."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        patient = await _patient(uow, by)
        before = await uow.attacks.get(attack_id)
        if before.patient_id != patient.id:
            raise NotYours
        shown = await _shown(uow, patient, before)
        after = decide(before, shown.profile, now)
        if after != before:
            await uow.attacks.save(after)
            await _enter(uow, patient, before, after, core=core)
            await _plan(uow, after)
        await uow.commit()
    return replace(shown, attack=after)


async def ask_medicine(core: Core, *, by: Address, attack_id: AttackId) -> ShownAttack:
    """Which medicine was it? Raises NotYours and NotFound, as all of these do."""
    return await _change(core, by, attack_id, lambda one, _, _now: attacks.asked_medicine(one))


async def took(
    core: Core, *, by: Address, attack_id: AttackId, code: str, chosen: bool
) -> ShownAttack:
    """One medicine, chosen or let go. Raises InvalidAnswer."""

    def decide(one: Attack, profile: Profile, _now: datetime) -> Attack:
        return attacks.took(one, profile, code, chosen=chosen)

    return await _change(core, by, attack_id, decide)


async def taken(core: Core, *, by: Address, attack_id: AttackId) -> ShownAttack:
    """That was all of it."""
    return await _change(core, by, attack_id, lambda one, _, now: attacks.taken(one, now=now))


async def relieved(core: Core, *, by: Address, attack_id: AttackId, relief: str) -> ShownAttack:
    """What the medicine did, two hours after it. Raises InvalidAnswer."""
    daily.check(Item.RELIEF, relief)
    return await _change(core, by, attack_id, lambda one, _, _now: attacks.relieved(one, relief))


async def still(core: Core, *, by: Address, attack_id: AttackId) -> ShownAttack:
    """It goes on."""
    return await _change(core, by, attack_id, lambda one, _, _now: attacks.still(one))


async def over(core: Core, *, by: Address, attack_id: AttackId) -> ShownAttack:
    """It is over."""
    return await _change(core, by, attack_id, lambda one, _, now: attacks.over(one, now=now))


async def take_back(core: Core, *, by: Address, attack_id: AttackId) -> ShownAttack:
    """There was no attack: what it wrote into the entry goes, if nothing else was said there."""
    return await _change(core, by, attack_id, lambda one, _, _now: attacks.taken_back(one))


async def note_shown(core: Core, *, attack_id: AttackId, message_id: int) -> None:
    """This message shows it from now on."""
    async with core.new_uow() as uow:
        attack = await uow.attacks.get(attack_id)
        if attack.message_id != message_id:
            await uow.attacks.save(replace(attack, message_id=message_id))
            await uow.commit()


async def _enter(
    uow: UnitOfWork, patient: Patient, before: Attack, after: Attack, *, core: Core
) -> None:
    """What is said about an attack stands in the entry of its day (F03: saved once)."""
    now = core.clock.now()
    if after.state is attacks.AttackState.MISTAKE:
        await _unsay_headache(uow, patient, _day_of(after.started_at, patient), now=now)
    elif after.taken_at != before.taken_at:
        on = await _note_headache(uow, patient, after, core=core)
        chosen = [Toggle(item=Item.MEDICINES, value=c, chosen=True) for c in after.medicines]
        await _note(uow, patient, on, chosen, core=core)
    elif after.relief != before.relief and after.taken_at and after.relief:
        on = _day_of(after.taken_at, patient)
        await _note(uow, patient, on, [_relief(after.relief)], core=core)
    elif after.was_asked and after.is_running:
        await _note_headache(uow, patient, after, core=core)


def _day_of(at: datetime, patient: Patient) -> date:
    return timetable.local_date_at(at, ZoneInfo(patient.zone))


def _relief(value: str) -> Tap:
    return Choose(item=Item.RELIEF, value=value)


async def _note(
    uow: UnitOfWork, patient: Patient, on: date, given: Iterable[Tap], *, core: Core
) -> None:
    """Write it into the entry of a date, and triage it like any answer."""
    now = core.clock.now()
    said_now = await noting.note(uow, patient, on, given, now=now)
    await judging.judge(uow, patient, said_now, clinic=core.clinic, now=now)


async def _note_headache(uow: UnitOfWork, patient: Patient, attack: Attack, *, core: Core) -> date:
    """A headache on the local date of now: "still" where it began on an earlier one."""
    on = _day_of(core.clock.now(), patient)
    answers = await uow.checkins.answers(patient.id, on)
    if not (daily.has_headache(answers) or daily.is_too_ill(answers)):
        is_new = _day_of(attack.started_at, patient) == on
        tap = Choose(item=Item.HEADACHE, value=daily.YES if is_new else daily.STILL)
        await _note(uow, patient, on, [tap], core=core)
    return on


async def _unsay_headache(uow: UnitOfWork, patient: Patient, on: date, *, now: datetime) -> None:
    answers = await uow.checkins.answers(patient.id, on)
    checkin = await uow.checkins.on(patient.id, on)
    if checkin is None and set(answers) == {Item.HEADACHE} and said(answers, Item.HEADACHE):
        await noting.forget(uow, patient, on, answers, now=now)


async def _plan(uow: UnitOfWork, attack: Attack) -> None:
    """Put down the next question, in place of any other."""
    await uow.occurrences.cancel(attack.patient_id, [DueKind.ATTACK_QUESTION], subject=attack.id)
    if attack.next_question is None:
        return
    asking, at = attack.next_question
    slot = f"{asking}#{at:%d%H%M%S}"
    await uow.occurrences.put(_due(attack, DueKind.ATTACK_QUESTION, at, slot=slot))


def _lapse(attack: Attack) -> Occurrence:
    return _due(attack, DueKind.ATTACK_LAPSE, attack.started_at + attacks.LAPSES_AFTER)


def _due(attack: Attack, kind: DueKind, at: datetime, *, slot: str = "") -> Occurrence:
    return Occurrence(
        patient_id=attack.patient_id,
        kind=kind,
        local_date=attack.day_of(at),
        due_at=at,
        subject=attack.id,
        slot=slot,
    )


async def ask_due(core: Core) -> int:
    """Ask what has come due, each question once; let lapse what nobody ended."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        due = await uow.occurrences.claim(DueKind.ATTACK_QUESTION, now=now, limit=BATCH)
        for occurrence in due:
            if not await _ask(uow, occurrence, now=now):
                await uow.occurrences.drop([occurrence])
        ended = await uow.occurrences.claim(DueKind.ATTACK_LAPSE, now=now, limit=BATCH)
        for occurrence in ended:
            attack = await uow.attacks.get(AttackId(occurrence.subject))
            if attack.is_running:
                await uow.attacks.save(attacks.lapsed(attack))
        await uow.commit()
    return len(due) + len(ended)


async def _ask(uow: UnitOfWork, occurrence: Occurrence, *, now: datetime) -> bool:
    attack = await uow.attacks.get(AttackId(occurrence.subject))
    patient = await uow.people.patient(attack.patient_id)
    is_too_late = now - occurrence.due_at > ASK_WITHIN
    if attack.next_question is None or is_too_late or not patient.is_active:
        return False
    if patient.address is None or not patient.is_reachable:
        return False
    asking = attack.next_question[0]
    await uow.attacks.save(attacks.asked(attack, asking))
    return await uow.outbox.put(
        Promise(
            kind=Kind.ATTACK_QUESTION,
            recipient=patient.address,
            subject=attack.id,
            key=f"attack:{attack.id}:{occurrence.slot}",
            due_at=now,
            expires_at=occurrence.due_at + ASK_WITHIN,
            data={"asking": Asking(asking).value},
        )
    )
