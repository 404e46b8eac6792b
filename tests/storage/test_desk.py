from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from care.lifecycle import Asked, CheckInState
from care.people import Address, PatientId
from care.questions import Item
from tests import builders
from tests.storage import samples
from tests.storage.conftest import NOW
from tests.storage.samples import TODAY

if TYPE_CHECKING:
    from tests.storage.conftest import Begin

DAY = timedelta(days=1)


async def test_the_check_ins_of_many_come_by_patient_and_date(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        ben = await samples.ann(uow, code="B2", address=Address(8))
        cleo = await samples.ann(uow, code="C3", address=Address(9))
        for back in (0, 2, 1, 3):
            await samples.checkin(uow, ann, local_date=TODAY - back * DAY)
        bens = await samples.checkin(uow, ben)
        await uow.checkins.save(replace(bens, state=CheckInState.MISSED))
        await samples.checkin(uow, cleo)

        found = await uow.desk.asked([ann.id, ben.id], TODAY - 2 * DAY, TODAY)

        assert found == {
            ann.id: [
                Asked(local_date=TODAY - back * DAY, state=CheckInState.DUE) for back in (2, 1, 0)
            ],
            ben.id: [Asked(local_date=TODAY, state=CheckInState.MISSED)],
        }


async def test_the_answers_of_many_come_by_patient_and_date(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        ben = await samples.ann(uow, code="B2", address=Address(8))
        cleo = await samples.ann(uow, code="C3", address=Address(9))
        yes, pain = (
            samples.change(Item.HEADACHE, None, "yes"),
            samples.change(Item.PAIN, None, "4"),
        )
        aura = samples.change(Item.AURA, None, "visual")
        for back in (0, 1, 2):
            await samples.write(uow, ann, yes, pain, aura, local_date=TODAY - back * DAY)
        await samples.write(uow, ann, samples.change(Item.PAIN, "4", "7"))
        await samples.write(uow, ann, samples.change(Item.PAIN, "4", None), local_date=TODAY - DAY)
        await samples.write(uow, ben, yes)
        await samples.write(uow, cleo, yes)

        found = await uow.desk.answers(
            [ann.id, ben.id], TODAY - DAY, TODAY, [Item.HEADACHE, Item.PAIN]
        )

        assert found == {
            ann.id: {
                TODAY - DAY: {Item.HEADACHE: ("yes",)},
                TODAY: {Item.HEADACHE: ("yes",), Item.PAIN: ("7",)},
            },
            ben.id: {TODAY: {Item.HEADACHE: ("yes",)}},
        }


async def test_of_nobody_there_is_nothing(begin: Begin) -> None:
    async with begin() as uow:
        assert await uow.desk.asked([], TODAY, TODAY) == {}
        assert await uow.desk.answers([], TODAY, TODAY, list(Item)) == {}


async def test_thousands_of_patients_are_one_question(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        await samples.checkin(uow, ann)
        everybody = [PatientId(number) for number in range(5000)]

        assert list(await uow.desk.asked(everybody, TODAY, TODAY)) == [ann.id]


async def test_escalations_are_counted_from_an_instant_on(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        for hours, rule in enumerate(("A", "B", "C")):
            at = NOW - timedelta(hours=hours)
            await uow.escalations.add(ann.id, builders.flag(rule=rule), now=at)

        assert await uow.desk.opened(since=NOW - timedelta(hours=1)) == 2


async def test_escalations_are_counted_by_tier_and_rule(begin: Begin) -> None:  # R-TRI-10
    async with begin() as uow:
        ann, ben = (
            await samples.ann(uow),
            await samples.ann(uow, code="B2", address=Address(7_000_000_008)),
        )
        for one, rule in ((ann, "A"), (ben, "A"), (ann, "B")):
            await uow.escalations.add(one.id, builders.flag(rule=rule), now=NOW)
        tier = builders.flag().tier

        assert await uow.desk.opened_by(since=NOW) == {(tier, "A"): 2, (tier, "B"): 1}
        assert await uow.desk.opened_by(since=NOW + timedelta(hours=1)) == {}
