"""The care team's group: the one that is set, moved to another id, lost and found again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from care.groups import Group

if TYPE_CHECKING:
    from care.people import Address
    from care.ports.core import Core


async def adopt(core: Core, *, configured: Address | None) -> None:
    """Use the group that the operator set; where it has moved since, the id that it has now."""
    async with core.new_uow() as uow:
        current = await uow.groups.current()
        if configured is None:
            await uow.groups.forget()
        elif current is None or configured not in {current.configured, current.address}:
            await uow.groups.keep(Group(configured=configured, address=configured))
        await uow.commit()


async def is_ours(core: Core, *, chat_id: Address) -> bool:
    """Whether a chat is the care team's group, by the id that was set or the one it has now."""
    async with core.new_uow(is_reading=True) as uow:
        current = await uow.groups.current()
    return current is not None and chat_id in {current.configured, current.address}


async def move(core: Core, *, old: Address, new: Address) -> None:
    """A chat has got another id: it and all that is owed to it, at once."""
    async with core.new_uow() as uow:
        current = await uow.groups.current()
        if current is not None and current.address == old:
            await uow.groups.keep(replace(current, address=new))
        await uow.outbox.readdress(old, new)
        await uow.commit()


async def note_presence(core: Core, *, chat_id: Address, is_there: bool) -> None:
    """The bot was put out of the group, or into it again."""
    async with core.new_uow() as uow:
        current = await uow.groups.current()
        if current is None or chat_id != current.address:
            return
        lost_at = None if is_there else current.lost_at or core.clock.now()
        await uow.groups.keep(replace(current, lost_at=lost_at))
        await uow.commit()
