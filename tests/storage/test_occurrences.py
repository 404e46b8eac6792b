from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING

import pytest

from care.people import Address, PatientId
from care.ports.occurrences import DueKind, Occurrence
from tests.storage import samples
from tests.storage.conftest import NOW
from tests.storage.samples import TODAY

if TYPE_CHECKING:
    from tests.storage.conftest import Begin

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


async def test_what_is_due_is_claimed_once_and_oldest_first(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        due = [
            samples.occurrence(ann.id, local_date=TODAY + days * DAY, due_at=NOW + days * DAY)
            for days in (0, -2, -1)
        ]
        later = samples.occurrence(ann.id, local_date=TODAY + DAY, due_at=NOW + SECOND)
        other = samples.occurrence(ann.id, kind=DueKind.SUMMARY, subject=4, slot="x")
        for one in (*due, later, other):
            await uow.occurrences.put(one)

        claimed = await uow.occurrences.claim(DueKind.CHECKIN, now=NOW, limit=2)
        assert claimed == [due[1], due[2]]
        assert await uow.occurrences.claim(DueKind.CHECKIN, now=NOW, limit=9) == [due[0]]
        assert await uow.occurrences.claim(DueKind.CHECKIN, now=NOW, limit=9) == []
        assert await uow.occurrences.claim(DueKind.SUMMARY, now=NOW, limit=9) == [other]
        assert await uow.occurrences.waiting(ann.id) == [later]


async def test_nothing_is_due_a_microsecond_early(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        await uow.occurrences.put(samples.occurrence(ann.id))
        early = NOW - timedelta(microseconds=1)
        assert await uow.occurrences.claim(DueKind.CHECKIN, now=early, limit=9) == []
        assert len(await uow.occurrences.claim(DueKind.CHECKIN, now=NOW, limit=9)) == 1


async def test_what_waits_moves_to_its_new_instant(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        first = samples.occurrence(ann.id)
        moved = replace(first, due_at=NOW + DAY)
        await uow.occurrences.put(first)
        await uow.occurrences.put(moved)
        assert await uow.occurrences.waiting(ann.id) == [moved]


async def test_what_was_cancelled_may_be_put_again(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        first = samples.occurrence(ann.id)
        await uow.occurrences.put(first)
        await uow.occurrences.cancel(ann.id, [DueKind.CHECKIN])
        assert await uow.occurrences.waiting(ann.id) == []
        await uow.occurrences.put(first)
        assert await uow.occurrences.waiting(ann.id) == [first]


@pytest.mark.parametrize("is_dropped", [False, True])
async def test_what_is_done_or_dropped_does_not_come_back(
    begin: Begin, *, is_dropped: bool
) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        await uow.occurrences.put(samples.occurrence(ann.id))
        claimed = await uow.occurrences.claim(DueKind.CHECKIN, now=NOW, limit=9)
        await uow.occurrences.drop(claimed if is_dropped else [])
        await uow.occurrences.put(samples.occurrence(ann.id, due_at=NOW + DAY))
        await uow.occurrences.cancel(ann.id, [DueKind.CHECKIN])
        await uow.occurrences.put(samples.occurrence(ann.id))
        assert await uow.occurrences.waiting(ann.id) == []


async def test_dropping_touches_only_what_was_claimed(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        await uow.occurrences.put(samples.occurrence(ann.id))
        await uow.occurrences.drop([samples.occurrence(ann.id)])
        assert await uow.occurrences.waiting(ann.id) == [samples.occurrence(ann.id)]


async def test_cancelling_names_patient_kinds_and_subject(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        ben = await samples.ann(uow, code="B2", address=Address(8))

        def reminder(patient_id: PatientId, subject: int, slot: str) -> Occurrence:
            kind = DueKind.INFUSION_REMINDER
            return samples.occurrence(patient_id, kind=kind, subject=subject, slot=slot)

        kept = [reminder(ann.id, 2, "7d"), samples.occurrence(ann.id)]
        for one in (reminder(ann.id, 1, "7d"), reminder(ann.id, 1, "24h"), *kept):
            await uow.occurrences.put(one)
        await uow.occurrences.put(reminder(ben.id, 1, "7d"))

        await uow.occurrences.cancel(ann.id, [DueKind.INFUSION_REMINDER], subject=1)
        assert await uow.occurrences.waiting(ann.id) == kept
        await uow.occurrences.cancel(ann.id, [DueKind.INFUSION_REMINDER, DueKind.CHECKIN])
        assert await uow.occurrences.waiting(ann.id) == []
        assert await uow.occurrences.waiting(ben.id) == [reminder(ben.id, 1, "7d")]


async def test_the_next_instant_is_the_earliest_that_waits(begin: Begin) -> None:
    async with begin() as uow:
        assert await uow.occurrences.next_at() is None
        ann = await samples.ann(uow)
        await uow.occurrences.put(samples.occurrence(ann.id, due_at=NOW + DAY))
        soon = samples.occurrence(ann.id, kind=DueKind.SUMMARY, due_at=NOW + SECOND)
        await uow.occurrences.put(soon)
        assert await uow.occurrences.next_at() == NOW + SECOND
        await uow.occurrences.cancel(ann.id, [DueKind.SUMMARY])
        assert await uow.occurrences.next_at() == NOW + DAY


async def test_what_was_claimed_and_rolled_back_is_due_again(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        await uow.occurrences.put(samples.occurrence(ann.id))
        await uow.commit()
    for _ in range(2):
        async with begin() as uow:
            assert len(await uow.occurrences.claim(DueKind.CHECKIN, now=NOW, limit=9)) == 1


async def test_many_claim_at_once_and_nobody_gets_what_another_has(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        for subject in range(60):
            await uow.occurrences.put(samples.occurrence(ann.id, subject=subject))
        await uow.commit()

    async def work() -> list[int]:
        mine: list[int] = []
        while True:
            async with begin() as uow:
                got = await uow.occurrences.claim(DueKind.CHECKIN, now=NOW, limit=7)
                await uow.commit()
            if not got:
                return mine
            mine += [one.subject for one in got]

    claimed = await asyncio.gather(*(work() for _ in range(4)))
    assert sorted(chain.from_iterable(claimed)) == list(range(60))
