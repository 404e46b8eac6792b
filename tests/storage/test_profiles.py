from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from care.errors import NotFound
from care.people import Address, Pace
from care.profiles import Awaited, Awaits, DrugClass, OwnId, OwnKind
from tests.storage import samples
from tests.storage.conftest import NOW

if TYPE_CHECKING:
    from tests.storage.conftest import Begin


async def test_what_is_named_is_kept_in_order_and_per_patient(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        ben = await samples.ann(uow, code="B1", address=Address(8))
        suma = await uow.profiles.add(
            ann.id, kind=OwnKind.MEDICINE, label="Suma", drug_class=DrugClass.TRIPTAN
        )
        travel = await uow.profiles.add(ann.id, kind=OwnKind.EXPOSURE, label="Travel")
        ibu = await uow.profiles.add(ben.id, kind=OwnKind.MEDICINE, label="Ibu")
        await uow.commit()
        of_both = await uow.profiles.own_of([ben.id, ann.id])
        assert of_both == {ann.id: [suma, travel], ben.id: [ibu]}
    async with begin(is_reading=True) as uow:
        assert await uow.profiles.own_of([ben.id]) == {ben.id: [ibu]}
        assert list(await uow.profiles.own(ann.id)) == [suma, travel]
        assert list(await uow.profiles.own(ben.id)) == [ibu]
        assert await uow.profiles.get(ann.id, suma.id) == suma
    assert (suma.is_active, suma.usual, travel.drug_class) == (True, "", None)


async def test_one_of_another_patient_is_not_found(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        ben = await samples.ann(uow, code="B1", address=Address(8))
        ibu = await uow.profiles.add(ben.id, kind=OwnKind.MEDICINE, label="Ibu")
        for patient, own_id in ((ann, ibu.id), (ben, OwnId(ibu.id + 1))):
            with pytest.raises(NotFound):
                await uow.profiles.get(patient.id, own_id)
        with pytest.raises(NotFound):
            await uow.profiles.save(replace(ibu, id=OwnId(ibu.id + 1)))


async def test_every_change_of_one_is_kept(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        suma = await uow.profiles.add(ann.id, kind=OwnKind.MEDICINE, label="Suma")
        changed = replace(
            suma,
            label="<b>Ü</b> \N{PILL}",
            drug_class=DrugClass.COMBINATION,
            usual="1 early, 1 after two hours",
            is_active=False,
        )
        await uow.profiles.save(changed)
        await uow.commit()
    async with begin(is_reading=True) as uow:
        assert await uow.profiles.get(ann.id, suma.id) == changed


async def test_one_patient_is_asked_for_one_thing_at_a_time(begin: Begin) -> None:
    name = Awaited(what=Awaits.MEDICINE, until=NOW + timedelta(minutes=10), message_id=2**40)
    usual = Awaited(what=Awaits.USUAL, until=NOW + timedelta(minutes=20), own_id=OwnId(2**40))
    async with begin() as uow:
        ann = await samples.ann(uow)
        ben = await samples.ann(uow, code="B1", address=Address(8))
        assert await uow.profiles.awaited(ann.id) is None
        await uow.profiles.await_words(ann.id, name)
        await uow.profiles.await_words(ben.id, name)
        await uow.profiles.await_words(ann.id, usual)
        await uow.commit()
    async with begin() as uow:
        assert await uow.profiles.awaited(ann.id) == usual
        await uow.profiles.await_nothing(ann.id)
        await uow.profiles.await_nothing(ann.id)
        assert await uow.profiles.awaited(ann.id) is None
        assert await uow.profiles.awaited(ben.id) == name


async def test_what_a_patient_told_once_is_kept(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        told = replace(
            ann,
            usual_aura=("visual", "other"),
            is_usual_over_60=True,
            practice="cbt",
            pace=Pace.EVERY_OTHER_DAY,
            paused_until=date(9000, 1, 1),
        )
        await uow.people.save_patient(told)
        await uow.commit()
    async with begin() as uow:
        assert await uow.people.patient(ann.id) == told
        for kinds in ((), None):
            await uow.people.save_patient(replace(told, usual_aura=kinds))
            assert (await uow.people.patient(ann.id)).usual_aura == kinds
