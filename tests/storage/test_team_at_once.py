"""The team changed by several at the same moment, each with a unit of work of their own."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from care.errors import LastLead, NotFound, NotYours
from care.people import Address
from care.ports.core import Core
from care.usecases import duty, staff
from tests import builders
from tests.storage import samples
from tests.storage.conftest import StandingClock

if TYPE_CHECKING:
    from care.people import Coordinator
    from tests.storage.conftest import Begin

LENA, MAX = Address(11), Address(12)
ROUNDS = 5


async def lead(begin: Begin, name: str, address: Address) -> Coordinator:
    async with begin() as uow:
        joined = replace(await samples.carol(uow, name=name, address=address), is_lead=True)
        await uow.people.save_coordinator(joined)
        await uow.commit()
    return joined


async def leads_left(begin: Begin) -> int:
    async with begin(is_reading=True) as uow:
        return sum(one.is_lead for one in await uow.people.coordinators())


def core_of(begin: Begin) -> Core:
    return Core(new_uow=begin, clock=StandingClock(), clinic=builders.clinic())


@pytest.mark.parametrize("is_each_other", [True, False], ids=["each other", "themselves"])
async def test_of_two_leads_who_leave_at_once_one_stays(
    begin: Begin, *, is_each_other: bool
) -> None:
    core = core_of(begin)
    for number in range(ROUNDS):
        one = await lead(begin, "Lena", Address(100 + number))
        two = await lead(begin, "Max", Address(200 + number))
        whom = (two, one) if is_each_other else (one, two)

        ends = await asyncio.gather(
            staff.remove(core, by=one.address, coordinator_id=whom[0].id),
            staff.remove(core, by=two.address, coordinator_id=whom[1].id),
            return_exceptions=True,
        )

        [refused] = [end for end in ends if isinstance(end, BaseException)]
        assert isinstance(refused, NotYours if is_each_other else LastLead)
        assert await leads_left(begin) == 1
        async with begin() as uow:
            for left in await uow.people.coordinators():
                await uow.people.save_coordinator(replace(left, is_active=False))
            await uow.commit()


async def test_what_was_read_before_a_removal_brings_nobody_back(begin: Begin) -> None:
    core = core_of(begin)
    await lead(begin, "Lena", LENA)
    async with begin() as uow:
        carol = await samples.carol(uow)
        await uow.commit()
    await staff.remove(core, by=LENA, coordinator_id=carol.id)

    async with begin() as uow:
        with pytest.raises(NotFound):
            await uow.people.save_coordinator(replace(carol, is_on_duty=False))
        assert await uow.people.note_coordinator(carol.address, is_reachable=False) is None
        await uow.commit()

    assert await leads_left(begin) == 1
    async with begin(is_reading=True) as uow:
        assert await uow.people.coordinator_at(samples.CAROL) is None


async def test_going_on_duty_while_being_removed_ends_outside_the_team(begin: Begin) -> None:
    core = core_of(begin)
    await lead(begin, "Lena", LENA)
    for number in range(ROUNDS):
        async with begin() as uow:
            carol = await samples.carol(uow, address=Address(300 + number))
            await uow.commit()

        ends = await asyncio.gather(
            duty.switch(core, by=carol.address, is_on_duty=False),
            staff.remove(core, by=LENA, coordinator_id=carol.id),
            return_exceptions=True,
        )

        assert not isinstance(ends[1], BaseException)
        async with begin(is_reading=True) as uow:
            assert await uow.people.coordinator_at(carol.address) is None


async def test_who_can_be_reached_is_noted_once_and_changes_nothing_else(begin: Begin) -> None:
    async with begin() as uow:
        ann, carol = await samples.ann(uow), await samples.carol(uow)
        assert await uow.people.note_patient(samples.ANN, is_reachable=True) is None
        gone = await uow.people.note_patient(samples.ANN, is_reachable=False)
        assert gone == replace(ann, is_reachable=False)
        assert await uow.people.note_patient(samples.ANN, is_reachable=False) is None
        away = await uow.people.note_coordinator(samples.CAROL, is_reachable=False)
        assert away == replace(carol, is_reachable=False)
        assert await uow.people.note_coordinator(samples.CAROL, is_reachable=False) is None
        assert await uow.people.note_coordinator(Address(99), is_reachable=False) is None
