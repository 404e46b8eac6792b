from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import IntegrityError

from care import escalation as rules
from care.errors import NotFound
from care.escalation import Closing, Escalation, EscalationId, EscalationState, Taken
from care.people import Address
from care.triage import Flag, Tier
from tests.builders import clinic
from tests.storage import samples
from tests.storage.conftest import NOW

if TYPE_CHECKING:
    from tests.storage.conftest import Begin

MINUTE = timedelta(minutes=1)
URGENT = Flag(rule="PAIN-LIMIT", tier=Tier.URGENT, reason={"pain": 9, "limit": 9, "aura": "é"})
EMERGENCY = Flag(rule="ALARM", tier=Tier.EMERGENCY, reason={})


async def test_a_new_escalation_is_open_at_step_0(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        added = await uow.escalations.add(ann.id, URGENT, now=NOW)
        assert added == Escalation(
            id=added.id,
            patient_id=ann.id,
            rule="PAIN-LIMIT",
            tier=Tier.URGENT,
            state=EscalationState.OPEN,
            reason={"pain": 9, "limit": 9, "aura": "é"},
            opened_at=NOW,
        )
        assert await uow.escalations.get(added.id) == added
        with pytest.raises(NotFound):
            await uow.escalations.get(EscalationId(99))


async def test_an_escalation_is_saved_whole(begin: Begin) -> None:
    async with begin() as uow:
        ann, carol = await samples.ann(uow), await samples.carol(uow)
        added = await uow.escalations.add(ann.id, URGENT, now=NOW)
        changed = replace(
            rules.close(added, carol.id, Closing.SPOKEN, now=NOW + MINUTE),
            count=3,
            step=2,
            reason={"pain": 10},
            next_step_at=NOW + 2 * MINUTE,
            told_at=NOW + 3 * MINUTE,
            is_mistake=True,
        )
        await uow.escalations.save(changed)
        assert await uow.escalations.get(added.id) == changed
        with pytest.raises(NotFound):
            await uow.escalations.save(replace(changed, id=EscalationId(99)))


async def test_one_rule_has_one_open_escalation_of_a_patient(begin: Begin) -> None:  # R-TRI-4
    async with begin() as uow:
        ann, carol = await samples.ann(uow), await samples.carol(uow)
        assert await uow.escalations.open_for(ann.id, "PAIN-LIMIT") is None
        first = await uow.escalations.add(ann.id, URGENT, now=NOW)
        await uow.escalations.add(ann.id, EMERGENCY, now=NOW)
        assert await uow.escalations.open_for(ann.id, "PAIN-LIMIT") == first

        taken = rules.take(first, carol.id, clinic=clinic(), now=NOW)
        assert isinstance(taken, Taken)
        await uow.escalations.save(taken.escalation)
        assert await uow.escalations.open_for(ann.id, "PAIN-LIMIT") == taken.escalation

        await uow.escalations.save(rules.close(first, carol.id, Closing.ADVISED, now=NOW))
        assert await uow.escalations.open_for(ann.id, "PAIN-LIMIT") is None
        second = await uow.escalations.add(ann.id, URGENT, now=NOW)
        assert await uow.escalations.open_for(ann.id, "PAIN-LIMIT") == second
        with pytest.raises(IntegrityError):
            await uow.escalations.add(ann.id, URGENT, now=NOW)


async def test_due_are_those_not_closed_whose_step_has_come(begin: Begin) -> None:
    async with begin() as uow:
        ann, carol = await samples.ann(uow), await samples.carol(uow)
        found = []
        for number, minutes in enumerate((0, -2, 1, -1)):
            flag = replace(URGENT, rule=f"R{number}")
            added = await uow.escalations.add(ann.id, flag, now=NOW)
            found.append(replace(added, next_step_at=NOW + minutes * MINUTE))
            await uow.escalations.save(found[-1])
        closed = rules.close(found[3], carol.id, Closing.ADVISED, now=NOW)
        await uow.escalations.save(replace(closed, next_step_at=NOW - MINUTE))

        assert await uow.escalations.claim_due(now=NOW, limit=9) == [found[1], found[0]]
        assert await uow.escalations.claim_due(now=NOW, limit=1) == [found[1]]
        assert await uow.escalations.next_at() == NOW - 2 * MINUTE


async def test_nothing_rings_where_nothing_is_open(begin: Begin) -> None:
    async with begin(is_reading=True) as uow:
        assert await uow.escalations.next_at() is None
        assert await uow.escalations.unclosed() == []


async def test_unclosed_come_most_urgent_first_then_oldest(begin: Begin) -> None:
    async with begin() as uow:
        carol = await samples.carol(uow)
        patients = [
            await samples.ann(uow, code=f"P{number}", address=Address(number))
            for number in range(1, 4)
        ]
        urgent = [
            await uow.escalations.add(patient.id, URGENT, now=NOW - number * MINUTE)
            for number, patient in enumerate(patients)
        ]
        emergency = await uow.escalations.add(patients[0].id, EMERGENCY, now=NOW)
        await uow.escalations.save(rules.close(urgent[1], carol.id, Closing.SPOKEN, now=NOW))
        assert await uow.escalations.unclosed() == [emergency, urgent[2], urgent[0]]


async def test_of_many_who_take_at_once_one_has_it(begin: Begin) -> None:  # R-TRI-3
    async with begin() as uow:
        ann = await samples.ann(uow)
        opened = await uow.escalations.add(ann.id, EMERGENCY, now=NOW)
        team = [
            await samples.carol(uow, name=str(number), address=Address(number))
            for number in range(1, 6)
        ]
        await uow.commit()

    async def take(number: int) -> bool:
        async with begin() as uow:
            found = await uow.escalations.get(opened.id)
            outcome = rules.take(found, team[number].id, clinic=clinic(), now=NOW)
            if isinstance(outcome, Taken):
                await uow.escalations.save(outcome.escalation)
            await uow.commit()
            return isinstance(outcome, Taken)

    assert sorted(await asyncio.gather(*map(take, range(5)))) == [False] * 4 + [True]


async def test_a_due_escalation_is_stepped_by_one_of_many(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        added = await uow.escalations.add(ann.id, EMERGENCY, now=NOW)
        await uow.escalations.save(replace(added, next_step_at=NOW))
        await uow.commit()

    async def step() -> int:
        async with begin() as uow:
            due = await uow.escalations.claim_due(now=NOW, limit=9)
            for one in due:
                later = NOW + 5 * MINUTE
                await uow.escalations.save(replace(one, step=one.step + 1, next_step_at=later))
            await uow.commit()
            return len(due)

    assert sum(await asyncio.gather(*(step() for _ in range(4)))) == 1
    async with begin(is_reading=True) as uow:
        assert (await uow.escalations.get(added.id)).step == 1
