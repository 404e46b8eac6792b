from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from care.ports.heartbeats import INTAKE
from storage.locks import PollLock
from tests.storage.conftest import NOW

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from tests.storage.conftest import Begin


async def test_a_heartbeat_is_remembered_and_never_goes_back(begin: Begin) -> None:
    async with begin(is_reading=True) as uow:
        assert await uow.heartbeats.last(INTAKE) is None
    for at in (NOW, NOW + timedelta(seconds=10), NOW - timedelta(hours=1)):
        async with begin() as uow:
            await uow.heartbeats.beat(INTAKE, at=at)
            await uow.commit()
    async with begin(is_reading=True) as uow:
        assert await uow.heartbeats.last(INTAKE) == NOW + timedelta(seconds=10)


async def test_only_one_holds_the_right_to_poll(opened: AsyncEngine) -> None:
    first, second = PollLock(opened), PollLock(opened)
    assert await first.take()
    assert await first.take()
    assert not await second.take()
    await first.release()
    assert await second.take()
    await second.release()
