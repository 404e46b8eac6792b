from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from care.ports.inbox import Received, Waiting
from tests.storage.conftest import NOW

if TYPE_CHECKING:
    from tests.storage.conftest import Begin

SECOND = timedelta(seconds=1)


def received(update_id: int, *, chat_key: int = 7) -> Received:
    payload = b'{"update_id": %d, "text": "\xc3\xa9\x00"}' % update_id
    return Received(update_id=update_id, chat_key=chat_key, payload=payload)


async def test_updates_wait_in_order_of_arrival_not_of_their_ids(begin: Begin) -> None:
    async with begin() as uow:
        assert await uow.inbox.put([received(9), received(3)], now=NOW) == [9, 3]
        assert await uow.inbox.put([received(5)], now=NOW) == [5]
        assert await uow.inbox.put([], now=NOW) == []
        assert await uow.inbox.unfinished() == [
            Waiting(received=received(update_id), attempts=0, retry_at=None)
            for update_id in (9, 3, 5)
        ]


async def test_an_update_that_came_before_is_not_stored_again(begin: Begin) -> None:
    async with begin() as uow:
        await uow.inbox.put([received(1), received(2)], now=NOW)
        await uow.inbox.done(2, now=NOW)
        assert await uow.inbox.put([received(2), received(3), received(1)], now=NOW) == [3]
        assert [one.received.update_id for one in await uow.inbox.unfinished()] == [1, 3]


async def test_a_batch_of_a_hundred_keeps_its_order(begin: Begin) -> None:
    ids = [(37 * number) % 101 for number in range(1, 101)]
    async with begin() as uow:
        assert await uow.inbox.put([received(one) for one in ids], now=NOW) == ids
        assert [one.received.update_id for one in await uow.inbox.unfinished()] == ids


async def test_an_update_is_done_once(begin: Begin) -> None:
    async with begin() as uow:
        await uow.inbox.put([received(1)], now=NOW)
        assert await uow.inbox.done(1, now=NOW)
        assert not await uow.inbox.done(1, now=NOW)
        assert not await uow.inbox.done(2, now=NOW)
        assert await uow.inbox.unfinished() == []


async def test_a_failed_update_waits_for_its_next_attempt(begin: Begin) -> None:
    async with begin() as uow:
        await uow.inbox.put([received(1)], now=NOW)
        for seconds in (5, 30):
            retry_at = NOW + seconds * SECOND
            await uow.inbox.failed(1, error="KeyError", retry_at=retry_at)
        assert await uow.inbox.unfinished() == [
            Waiting(received=received(1), attempts=2, retry_at=NOW + 30 * SECOND)
        ]
        assert await uow.inbox.parked() == []


async def test_an_update_without_another_attempt_is_parked(begin: Begin) -> None:
    async with begin() as uow:
        await uow.inbox.put([received(1), received(2)], now=NOW)
        await uow.inbox.failed(1, error="KeyError", retry_at=None)
        assert await uow.inbox.parked() == [(1, "KeyError")]
        assert [one.received.update_id for one in await uow.inbox.unfinished()] == [2]


async def test_what_is_done_cannot_fail_any_more(begin: Begin) -> None:
    async with begin() as uow:
        await uow.inbox.put([received(1)], now=NOW)
        await uow.inbox.done(1, now=NOW)
        await uow.inbox.failed(1, error="late", retry_at=NOW)
        assert await uow.inbox.unfinished() == []
        assert await uow.inbox.parked() == []


async def test_only_ids_handled_long_ago_are_forgotten(begin: Begin) -> None:
    async with begin() as uow:
        await uow.inbox.put([received(number) for number in range(1, 5)], now=NOW)
        await uow.inbox.done(1, now=NOW)
        await uow.inbox.done(2, now=NOW + SECOND)
        await uow.inbox.failed(3, error="KeyError", retry_at=None)
        assert await uow.inbox.forget(before=NOW + SECOND) == 1
        ids = [received(number) for number in range(1, 5)]
        assert await uow.inbox.put(ids, now=NOW) == [1]


async def test_what_waits_and_what_is_parked_is_counted(begin: Begin) -> None:
    async with begin() as uow:
        assert await uow.inbox.counts() == (0, 0)
        await uow.inbox.put([received(number) for number in range(1, 6)], now=NOW)
        await uow.inbox.done(1, now=NOW)
        await uow.inbox.failed(2, error="KeyError", retry_at=None)
        await uow.inbox.failed(3, error="KeyError", retry_at=NOW)
        assert await uow.inbox.counts() == (3, 1)


async def test_the_updates_of_one_chat_are_found_alone(begin: Begin) -> None:
    async with begin() as uow:
        await uow.inbox.put([received(1), received(2, chat_key=8), received(3)], now=NOW)
        found = await uow.inbox.unfinished(chat_key=7)
        assert [one.received.update_id for one in found] == [1, 3]
