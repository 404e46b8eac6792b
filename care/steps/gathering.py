"""Telling the care team's group about an escalation, and keeping what stands there true."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from care.promises import Kind, Promise
from care.triage import Tier

if TYPE_CHECKING:
    from datetime import datetime

    from care.escalation import Escalation
    from care.people import Address
    from care.ports.unit_of_work import UnitOfWork

_LOUD = frozenset({Tier.EMERGENCY, Tier.URGENT})
"""What is ROUTINE stands in the daily lists, not in the group."""

KINDS = frozenset({Kind.GROUP_PAGE, Kind.GROUP_REDRAW})


async def tell(uow: UnitOfWork, escalation: Escalation, *, now: datetime) -> None:
    """Owe the group a message about an escalation; one that stands there is edited instead."""
    group = await uow.groups.current()
    if group is None or group.lost_at is not None or escalation.step == 0:
        return
    copies = await uow.outbox.copies(Kind.GROUP_PAGE, escalation.id)
    here = [copy for copy in copies if copy.recipient == group.address]
    for copy in here:
        await uow.outbox.put(edit(escalation, group.address, copy.message_id, now=now))
    if not here and escalation.tier in _LOUD:
        await uow.outbox.put(
            Promise(
                kind=Kind.GROUP_PAGE,
                recipient=group.address,
                subject=escalation.id,
                key=f"group:{escalation.id}:{group.configured}",
                due_at=now,
            )
        )


def edit(escalation: Escalation, address: Address, message_id: int, *, now: datetime) -> Promise:
    """The edit that makes the group's message true again."""
    return Promise(
        kind=Kind.GROUP_REDRAW,
        recipient=address,
        subject=escalation.id,
        key=f"group:{escalation.id}:{message_id}:{face(escalation)}",
        due_at=now,
        data={"message_id": message_id},
    )


def face(escalation: Escalation) -> str:
    """What the group is shown of an escalation, in short."""
    return f"{escalation.face}:{escalation.step}"


async def moved(uow: UnitOfWork, old: Address, new: Address) -> None:
    """The group has another id from now on."""
    group = await uow.groups.current()
    if group is not None and group.address == old:
        await uow.groups.keep(replace(group, address=new))


async def lost(uow: UnitOfWork, address: Address, *, now: datetime) -> None:
    """The group does not take messages any more; nothing more is owed to it."""
    group = await uow.groups.current()
    if group is not None and group.address == address and group.lost_at is None:
        await uow.groups.keep(replace(group, lost_at=now))
        await uow.outbox.cancel(recipient=address, kinds=KINDS)
