from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from care.errors import NotFound
from care.instruments import Entering, NewResult, ResultId
from care.people import Address
from care.ports.core import Core
from care.usecases import score
from care.usecases.score import Stored
from tests import builders
from tests.storage import samples
from tests.storage.conftest import NOW, StandingClock
from tests.storage.samples import TODAY

if TYPE_CHECKING:
    from care.people import Coordinator, Patient
    from tests.storage.conftest import Begin

DAY = timedelta(days=1)
ROUNDS = 5


def of(patient: Patient, by: Coordinator, *, total: int, instrument: str = "hit6") -> NewResult:
    return NewResult(
        patient_id=patient.id,
        instrument=instrument,
        local_date=TODAY,
        scores={"total": total},
        entered_by=by.id,
        entered_at=NOW,
    )


async def test_the_two_newest_of_each_are_read_by_date(begin: Begin) -> None:
    async with begin() as uow:
        ann, carol = await samples.ann(uow), await samples.carol(uow)
        ben = await samples.ann(uow, code="B2", address=Address(7_000_000_009))
        first = of(ann, carol, total=60)
        today = await uow.scores.add(first)
        for back in (28, 56, 84):
            await uow.scores.add(replace(first, local_date=TODAY - back * DAY))
        gad = await uow.scores.add(of(ann, carol, total=0, instrument="gad7"))
        await uow.scores.add(of(ben, carol, total=40))

        found = await uow.scores.latest(ann.id)

        assert found[:2] == [gad, today]
        assert [one.local_date for one in found[2:]] == [TODAY - 28 * DAY]
        assert await uow.scores.get(today.id) == today
        assert (today.scores, today.entered_at, today.ended_at) == ({"total": 60}, NOW, None)


async def test_the_same_date_again_replaces_and_keeps_what_stood(begin: Begin) -> None:
    async with begin() as uow:
        ann, carol = await samples.ann(uow), await samples.carol(uow)
        dave = await samples.carol(uow, name="Dave", address=Address(7_000_000_003))
        typo = await uow.scores.add(of(ann, carol, total=46))
        later = replace(of(ann, dave, total=64), entered_at=NOW + timedelta(minutes=5))
        right = await uow.scores.add(later)
        await uow.commit()
    async with begin(is_reading=True) as uow:
        assert await uow.scores.latest(ann.id) == [right]
        gone = replace(typo, ended_at=later.entered_at)
        assert await uow.scores.history(ann.id) == [gone, right]


async def test_what_is_withdrawn_stands_no_more_and_another_may(begin: Begin) -> None:
    async with begin() as uow:
        ann, carol = await samples.ann(uow), await samples.carol(uow)
        added = await uow.scores.add(of(ann, carol, total=46))
        await uow.scores.end(added.id, now=NOW)
        await uow.scores.end(added.id, now=NOW + DAY)

        assert await uow.scores.latest(ann.id) == []
        assert (await uow.scores.get(added.id)).ended_at == NOW
        assert await uow.scores.add(of(ann, carol, total=64)) in await uow.scores.latest(ann.id)
        with pytest.raises(NotFound):
            await uow.scores.get(ResultId(added.id + 9))


async def test_two_who_enter_at_once_take_turns(begin: Begin) -> None:
    core = Core(new_uow=begin, clock=StandingClock(), clinic=builders.clinic())
    for number in range(ROUNDS):
        async with begin() as uow:
            ann = await samples.ann(uow, code=f"A{number}", address=Address(100 + number))
            team = [
                await samples.carol(uow, address=Address(200 + 2 * number + which))
                for which in range(2)
            ]
            await uow.commit()
        entering = Entering(
            patient_id=ann.id, instrument="phq9", until=NOW + DAY, scores={"total": 5}
        )

        ends = await asyncio.gather(
            *(score.give(core, by=one.address, entering=entering, value=1) for one in team)
        )

        assert all(isinstance(end, Stored) for end in ends)
        async with begin(is_reading=True) as uow:
            (stands,) = await uow.scores.latest(ann.id)
            assert [one.ended_at for one in await uow.scores.history(ann.id)] == [NOW, None]
            raised = [one for one in await uow.escalations.unclosed() if one.patient_id == ann.id]
        assert stands.ended_at is None
        assert [one.count for one in raised] == [2]


async def test_one_number_is_expected_of_a_coordinator_at_a_time(begin: Begin) -> None:
    async with begin() as uow:
        ann, carol = await samples.ann(uow), await samples.carol(uow)
        dave = await samples.carol(uow, name="Dave", address=Address(7_000_000_003))
        entering = Entering(patient_id=ann.id, instrument="phq9", until=NOW)
        await uow.scores.expect(carol.id, entering)
        further = replace(entering, scores={"total": 3}, message_id=2**40, is_alone=True)
        await uow.scores.expect(carol.id, further)
        await uow.commit()
    async with begin() as uow:
        assert await uow.scores.entering(carol.id) == further
        assert await uow.scores.entering(dave.id) is None
        await uow.scores.expect_nothing(carol.id)
        await uow.scores.expect_nothing(dave.id)
        assert await uow.scores.entering(carol.id) is None
