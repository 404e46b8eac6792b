from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from care.groups import Group
from care.people import Address
from tests.storage.conftest import NOW

if TYPE_CHECKING:
    from tests.storage.conftest import Begin

SET, MOVED = Address(-100), Address(-200)


async def test_a_group_is_kept_changed_and_forgotten(begin: Begin) -> None:
    for group in (
        Group(configured=SET, address=SET),
        Group(configured=SET, address=MOVED, lost_at=NOW),
        Group(configured=MOVED, address=MOVED),
    ):
        async with begin() as uow:
            await uow.groups.keep(group)
            await uow.commit()
        async with begin(is_reading=True) as uow:
            assert await uow.groups.current() == group
    async with begin() as uow:
        await uow.groups.forget()
        await uow.commit()
    async with begin(is_reading=True) as uow:
        assert await uow.groups.current() is None


async def test_two_who_change_it_at_the_same_time_see_each_other(begin: Begin) -> None:
    async with begin() as uow:
        await uow.groups.keep(Group(configured=SET, address=SET))
        await uow.commit()

    async def move() -> None:
        async with begin() as uow:
            current = await uow.groups.current()
            assert current is not None
            await uow.groups.keep(replace(current, address=MOVED))
            await uow.commit()

    async def lose() -> None:
        async with begin() as uow:
            current = await uow.groups.current()
            assert current is not None
            await uow.groups.keep(replace(current, lost_at=NOW))
            await uow.commit()

    await asyncio.gather(move(), lose())

    async with begin(is_reading=True) as uow:
        expected = Group(configured=SET, address=MOVED, lost_at=NOW)
        assert await uow.groups.current() == expected
