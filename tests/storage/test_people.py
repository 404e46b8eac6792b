from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import time, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import IntegrityError

from care.errors import CodeTaken, NotFound
from care.people import Address, CoordinatorId, Invite, Patient, PatientId, PatientState, Role
from tests.storage import samples
from tests.storage.conftest import NOW

if TYPE_CHECKING:
    from tests.storage.conftest import Begin

SECOND = timedelta(seconds=1)


def invite(token_hash: str, *, patient_id: PatientId | None = None) -> Invite:
    return Invite(
        token_hash=token_hash,
        role=Role.COORDINATOR if patient_id is None else Role.PATIENT,
        language="en",
        created_at=NOW,
        expires_at=NOW + timedelta(hours=72),
        patient_id=patient_id,
    )


async def test_a_new_patient_is_invited_and_has_no_address(begin: Begin) -> None:
    async with begin() as uow:
        added = await uow.people.add_patient(
            code="A1", language="de", zone="Asia/Kathmandu", checkin_time=time(19, 45)
        )
        assert added == Patient(
            id=added.id,
            code="A1",
            state=PatientState.INVITED,
            address=None,
            language="de",
            zone="Asia/Kathmandu",
            checkin_time=time(19, 45),
        )
        assert await uow.people.patient(added.id) == added


async def test_a_code_is_given_once(begin: Begin) -> None:
    async with begin() as uow:
        await samples.ann(uow)
        with pytest.raises(CodeTaken):
            await samples.ann(uow, address=Address(8))
        assert len(await uow.people.patients()) == 1


async def test_a_patient_is_found_by_address_and_by_code(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        await samples.ann(uow, code="B2", address=Address(8))
        assert await uow.people.patient_at(samples.ANN) == ann
        assert await uow.people.patient_with_code("A1") == ann
        assert await uow.people.patient_at(Address(9)) is None
        assert await uow.people.patient_with_code("C3") is None


async def test_patients_come_by_code(begin: Begin) -> None:
    async with begin() as uow:
        for address, code in enumerate(("B2", "C3", "A1"), start=1):
            await samples.ann(uow, code=code, address=Address(address))
        assert [one.code for one in await uow.people.patients()] == ["A1", "B2", "C3"]


async def test_a_patient_is_saved_whole(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        changed = replace(
            ann,
            code="Z9",
            state=PatientState.STOPPED,
            address=None,
            language="es",
            zone="America/Havana",
            checkin_time=time(0, 30),
            consented_at=NOW + SECOND,
            is_reachable=False,
        )
        await uow.people.save_patient(changed)
        assert await uow.people.patient(ann.id) == changed


async def test_nobody_is_saved_who_is_not_there(begin: Begin) -> None:
    async with begin() as uow:
        ann, carol = await samples.ann(uow), await samples.carol(uow)
        with pytest.raises(NotFound):
            await uow.people.patient(PatientId(99))
        with pytest.raises(NotFound):
            await uow.people.save_patient(replace(ann, id=PatientId(99)))
        with pytest.raises(NotFound):
            await uow.people.save_coordinator(replace(carol, id=CoordinatorId(99)))


async def test_an_address_belongs_to_one_patient(begin: Begin) -> None:
    async with begin() as uow:
        await samples.ann(uow)
        with pytest.raises(IntegrityError):
            await samples.ann(uow, code="B2")


async def test_coordinators_stand_in_the_order_in_which_they_joined(begin: Begin) -> None:
    async with begin() as uow:
        carol = await samples.carol(uow)
        dave = await samples.carol(uow, name="Dave", address=Address(3))
        assert [carol.position, dave.position] == [1, 2]
        assert await uow.people.coordinators() == [carol, dave]
        assert await uow.people.coordinator_at(Address(3)) == dave


async def test_a_coordinator_who_left_may_come_back(begin: Begin) -> None:
    async with begin() as uow:
        carol = await samples.carol(uow)
        await uow.people.save_coordinator(replace(carol, is_active=False))
        assert await uow.people.coordinator_at(samples.CAROL) is None
        assert await uow.people.coordinators() == []

        again = await samples.carol(uow)
        assert await uow.people.coordinator_at(samples.CAROL) == again


async def test_two_active_coordinators_do_not_share_an_address(begin: Begin) -> None:
    async with begin() as uow:
        await samples.carol(uow)
        with pytest.raises(IntegrityError):
            await samples.carol(uow, name="Dave")


async def test_an_invite_is_good_for_one_use_until_it_expires(begin: Begin) -> None:
    async with begin() as uow:
        spent = invite("hash")
        await uow.people.add_invite(spent)
        assert await uow.people.spend_invite("unknown", now=NOW) is None
        assert await uow.people.spend_invite("hash", now=spent.expires_at) is None
        assert await uow.people.spend_invite("hash", now=spent.expires_at - SECOND) == spent
        assert await uow.people.spend_invite("hash", now=NOW) is None


async def test_a_new_invite_ends_the_earlier_ones_of_the_same_patient(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        ben = await samples.ann(uow, code="B2", address=Address(8))
        await uow.people.add_invite(invite("first", patient_id=ann.id))
        await uow.people.add_invite(invite("other", patient_id=ben.id))
        await uow.people.add_invite(invite("team"))
        second = replace(invite("second", patient_id=ann.id), created_at=NOW + SECOND)
        await uow.people.add_invite(second)

        later = NOW + 2 * SECOND
        assert await uow.people.spend_invite("first", now=later) is None
        assert await uow.people.spend_invite("second", now=later) == second
        assert await uow.people.spend_invite("other", now=later) is not None
        assert await uow.people.spend_invite("team", now=later) is not None


async def test_of_many_who_open_an_invite_at_once_one_gets_in(begin: Begin) -> None:
    async with begin() as uow:
        await uow.people.add_invite(invite("hash"))
        await uow.commit()

    async def spend() -> bool:
        async with begin() as uow:
            spent = await uow.people.spend_invite("hash", now=NOW)
            await uow.commit()
            return spent is not None

    assert sorted(await asyncio.gather(*(spend() for _ in range(6)))) == [False] * 5 + [True]


async def test_an_invite_names_its_patient_and_only_a_patient(begin: Begin) -> None:
    async with begin() as uow:
        with pytest.raises(IntegrityError):
            await uow.people.add_invite(replace(invite("hash"), role=Role.PATIENT))


async def test_many_patients_are_read_at_once(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        ben = await samples.ann(uow, code="B1", address=Address(8))
        found = await uow.people.patients_by_id([ben.id, PatientId(99), ann.id])
        assert found == {ann.id: ann, ben.id: ben}
