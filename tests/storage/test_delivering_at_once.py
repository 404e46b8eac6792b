"""Several senders on one outbox, each with units of work of its own."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING

from care.people import Address
from care.promises import PromiseState
from storage import engine
from storage.unit_of_work import SqlUnitOfWork
from tests.storage import samples
from tests.storage.conftest import NOW, StandingClock
from tests.storage.samples import LEASE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from care.promises import Delivery
    from tests.databases import PostgreSQL
    from tests.storage.conftest import Begin

WORKERS = 4


async def fill(begin: Begin, *, promises: int, chats: int) -> None:
    async with begin() as uow:
        for number in range(promises):
            recipient = Address(number % chats)
            await uow.outbox.put(samples.promise(str(number), recipient=recipient))
        await uow.commit()


async def claim(begin: Begin) -> Sequence[Delivery]:
    async with begin() as uow:
        held = await samples.claim(uow, limit=5)
        await uow.commit()
    return held


async def test_no_promise_is_claimed_twice(begin: Begin) -> None:
    await fill(begin, promises=60, chats=60)
    claimed: Counter[str] = Counter()

    async def work() -> None:
        while held := await claim(begin):
            claimed.update(one.promise.key for one in held)

    await asyncio.gather(*(work() for _ in range(WORKERS)))
    assert claimed == Counter(str(number) for number in range(60))


async def test_a_chat_never_has_two_messages_of_a_lane_in_flight(begin: Begin) -> None:
    await fill(begin, promises=48, chats=6)
    in_flight: set[int] = set()
    delivered: list[tuple[int, int]] = []

    async def deliver(held: Sequence[Delivery]) -> None:
        async with begin() as uow:
            for one in held:
                assert await uow.outbox.settle(one, PromiseState.SENT, now=NOW, message_id=1)
            in_flight.difference_update(one.promise.recipient for one in held)
            await uow.commit()

    async def work() -> None:
        while len(delivered) < 48:
            held = await claim(begin)
            chats = {one.promise.recipient for one in held}
            assert len(chats) == len(held)
            assert chats.isdisjoint(in_flight)
            in_flight.update(chats)
            delivered.extend((one.promise.recipient, int(one.promise.key)) for one in held)
            await deliver(held)

    await asyncio.gather(*(work() for _ in range(WORKERS)))
    for chat in range(6):
        assert [key for to, key in delivered if to == chat] == list(range(chat, 48, 6))


async def test_a_claim_sees_what_another_is_just_claiming(server: PostgreSQL) -> None:
    opened = engine.create(await server.migrated())

    def begin(*, is_reading: bool = False, settles: int | None = None) -> SqlUnitOfWork:
        return SqlUnitOfWork(opened, clock=StandingClock())

    async def is_waiting() -> bool:
        async with opened.connect() as db:
            waits = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            return bool((await db.exec_driver_sql(waits)).scalar_one())

    await fill(begin, promises=1, chats=1)
    async with begin() as first:
        assert len(await samples.claim(first)) == 1
        async with begin() as other:
            older = samples.promise("older", recipient=Address(0), due_at=NOW - LEASE)
            await other.outbox.put(older)
            await other.commit()
        second = asyncio.create_task(claim(begin))
        while not second.done() and not await is_waiting():
            pass
        await first.commit()
    assert await second == []
    await opened.dispose()


async def test_one_of_many_sweeps_an_expired_lease(begin: Begin) -> None:
    await fill(begin, promises=5, chats=5)
    await claim(begin)

    async def sweep() -> int:
        async with begin() as uow:
            swept = await uow.outbox.sweep(now=NOW + LEASE)
            await uow.commit()
        return swept

    assert sorted(await asyncio.gather(*(sweep() for _ in range(WORKERS)))) == [0, 0, 0, 5]
