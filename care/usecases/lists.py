"""A patient's own medicines and exposures: named, renamed, put away, in their own words (F14)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from care import profiles as rules
from care.errors import InvalidAnswer, NameTaken, NotFound
from care.profiles import Awaited, Awaits, DrugClass, Own, OwnId, OwnKind
from care.questions import Item
from care.steps import crisis, profiles, reaching

if TYPE_CHECKING:
    from care.people import Address, Patient
    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork
    from care.steps.profiles import Told

WAITS = timedelta(minutes=10)
"""How long the next words of a patient are taken for what they were asked for."""

_LISTED = {Item.MEDICINES, Item.EXPOSURES}


@dataclass(frozen=True, kw_only=True)
class Listed:
    """What a patient has told, and the one of it that this is about."""

    told: Told
    own: Own


@dataclass(frozen=True, kw_only=True)
class Taken(Listed):
    """The words that a patient was asked for, and what has become of them."""

    awaited: Awaited


async def open_list(core: Core, *, by: Address) -> Told:
    """What is on the lists; no words are expected any more. Raises NotYours."""
    async with core.new_uow() as uow:
        patient = await reaching.joined(uow, by)
        await uow.profiles.await_nothing(patient.id)
        found = await profiles.told(uow, patient)
        await uow.commit()
    return found


async def look(core: Core, *, by: Address, own_id: int) -> Listed:
    """One of this patient's; no words are expected any more. Raises NotYours and NotFound."""
    async with core.new_uow() as uow:
        patient = await reaching.joined(uow, by)
        await uow.profiles.await_nothing(patient.id)
        return await _kept(uow, patient, await _own(uow, patient, own_id))


async def expect_name(
    core: Core, *, by: Address, kind: OwnKind, message_id: int | None = None
) -> Told:
    """The next words name one more of a kind. Raises NotYours and ListFull."""
    async with core.new_uow() as uow:
        patient = await reaching.joined(uow, by)
        rules.require_room(await uow.profiles.own(patient.id), kind)
        until = core.clock.now() + WAITS
        awaited = Awaited(what=Awaits(kind), until=until, message_id=message_id)
        await uow.profiles.await_words(patient.id, awaited)
        found = await profiles.told(uow, patient)
        await uow.commit()
    return found


async def expect_words(
    core: Core, *, by: Address, own_id: int, what: Awaits, message_id: int
) -> Listed:
    """The next words are about one of this patient's. Raises NotYours and NotFound."""
    async with core.new_uow() as uow:
        patient = await reaching.joined(uow, by)
        own = await _own(uow, patient, own_id)
        if what is Awaits.USUAL and own.kind is not OwnKind.MEDICINE:
            raise InvalidAnswer
        until = core.clock.now() + WAITS
        awaited = Awaited(what=what, until=until, own_id=own.id, message_id=message_id)
        await uow.profiles.await_words(patient.id, awaited)
        return await _kept(uow, patient, own)


async def note_prompt(core: Core, *, by: Address, message_id: int) -> None:
    """This message asks for the words."""
    async with core.new_uow() as uow:
        patient = await reaching.joined(uow, by)
        awaited = await uow.profiles.awaited(patient.id)
        if awaited is not None:
            await uow.profiles.await_words(patient.id, replace(awaited, message_id=message_id))
        await uow.commit()


async def awaits_words(core: Core, *, by: Address) -> Awaited | None:
    """The words that a person is expected to write now, if any."""
    async with core.new_uow(is_reading=True) as uow:
        patient = await uow.people.patient_at(by)
        awaited = None if patient is None else await uow.profiles.awaited(patient.id)
    return awaited if awaited is not None and core.clock.now() < awaited.until else None


async def await_no_words(core: Core, *, by: Address) -> None:
    """Somebody does something else: what they write from now on is for nothing in particular."""
    async with core.new_uow(is_reading=True) as uow:
        patient = await uow.people.patient_at(by)
        awaited = None if patient is None else await uow.profiles.awaited(patient.id)
    if patient is None or awaited is None:
        return
    async with core.new_uow() as uow:
        await uow.profiles.await_nothing(patient.id)
        await uow.commit()


async def take_words(core: Core, *, by: Address, awaited: Awaited, text: str) -> Taken | None:
    """Keep the words that a patient was asked for; of words of crisis none (R-SUI-1).

    Raises WordsRefused where they cannot be kept, ListFull, NotFound, and NotYours; the patient
    may then write others.
    """
    now = core.clock.now()
    async with core.new_uow() as uow:
        patient = await reaching.joined(uow, by)
        if await crisis.listen(uow, patient, text, clinic=core.clinic, now=now) is not None:
            await uow.profiles.await_nothing(patient.id)
            await uow.commit()
            return None
        own = await _told(uow, patient, awaited, text)
        await uow.profiles.await_nothing(patient.id)
        await profiles.redraw_open(uow, patient, now=now, asking=_LISTED)
        listed = await _kept(uow, patient, own)
    return Taken(told=listed.told, own=own, awaited=awaited)


async def _told(uow: UnitOfWork, patient: Patient, awaited: Awaited, text: str) -> Own:
    if awaited.own_id is None:
        return await _named(uow, patient, OwnKind(awaited.what), rules.label(text))
    own = await _own(uow, patient, awaited.own_id)
    if awaited.what is Awaits.USUAL:
        return replace(own, usual=rules.usual(text))
    return rules.renamed(await uow.profiles.own(patient.id), own, rules.label(text))


async def _named(uow: UnitOfWork, patient: Patient, kind: OwnKind, name: str) -> Own:
    """One more; one that was put away comes back under its old code."""
    own = await uow.profiles.own(patient.id)
    before = rules.named_before(own, kind, name)
    if before is not None and before.is_active:
        raise NameTaken
    rules.require_room(own, kind)
    if before is not None:
        return replace(before, label=name, is_active=True)
    return await uow.profiles.add(patient.id, kind=kind, label=name)


async def leave_usual_empty(core: Core, *, by: Address, own_id: int) -> Listed:
    """Nothing is noted about how this medicine is usually taken."""
    async with core.new_uow() as uow:
        patient = await reaching.joined(uow, by)
        await uow.profiles.await_nothing(patient.id)
        own = await _own(uow, patient, own_id)
        return await _kept(uow, patient, replace(own, usual=""))


async def classify(core: Core, *, by: Address, own_id: int, drug_class: str) -> Listed:
    """The class of a medicine. Raises NotYours, NotFound and InvalidAnswer."""
    async with core.new_uow() as uow:
        patient = await reaching.joined(uow, by)
        own = await _own(uow, patient, own_id)
        if drug_class not in set(DrugClass) or own.kind is not OwnKind.MEDICINE:
            raise InvalidAnswer
        return await _kept(uow, patient, replace(own, drug_class=DrugClass(drug_class)))


async def put_away(core: Core, *, by: Address, own_id: int) -> Listed:
    """One is offered no longer; answers that name it keep their meaning."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        patient = await reaching.joined(uow, by)
        own = await _own(uow, patient, own_id)
        await profiles.redraw_open(uow, patient, now=now, asking=_LISTED)
        return await _kept(uow, patient, replace(own, is_active=False))


async def put_back(core: Core, *, by: Address, own_id: int) -> Listed:
    """One that was put away is offered again. Raises NotYours, NotFound and ListFull."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        patient = await reaching.joined(uow, by)
        own = await uow.profiles.get(patient.id, OwnId(own_id))
        if not own.is_active:
            everything = await uow.profiles.own(patient.id)
            rules.require_room(everything, own.kind)
            own = replace(rules.renamed(everything, own, own.label), is_active=True)
        await profiles.redraw_open(uow, patient, now=now, asking=_LISTED)
        return await _kept(uow, patient, own)


async def _own(uow: UnitOfWork, patient: Patient, own_id: int) -> Own:
    own = await uow.profiles.get(patient.id, OwnId(own_id))
    if not own.is_active:
        raise NotFound
    return own


async def _kept(uow: UnitOfWork, patient: Patient, own: Own) -> Listed:
    """Store one, and commit."""
    await uow.profiles.save(own)
    known = await profiles.told(uow, patient)
    await uow.commit()
    return Listed(told=known, own=own)
