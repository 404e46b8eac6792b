"""Finding out who of the team cannot be reached, before anything must be told (F44)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from care.ports.heartbeats import LOOKED_FOR_TEAM, STARTED
from care.ports.messenger import Gone, Moved, Sent
from care.steps import gathering, presence, reaching

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from care.clinic import Clinic
    from care.groups import Group
    from care.people import Address
    from care.ports.core import Core
    from care.ports.messenger import Result
    from care.ports.presence import Presence
    from care.ports.unit_of_work import UnitOfWork


async def begin(core: Core) -> None:
    """The bot has started: what was known of the team may be old."""
    async with core.new_uow() as uow:
        await uow.heartbeats.beat(STARTED, at=core.clock.now())
        await uow.commit()


async def team_due(core: Core, *, ask: Presence) -> int:
    """Look for everybody on the team and its group, one after the other, if it is time to.

    Who is gone is marked as a message that failed would mark them, and told of; who is there
    again is marked so. What Telegram does not answer changes nothing. Returns how often it looked.
    """
    now = core.clock.now()
    async with core.new_uow(is_reading=True) as uow:
        if not await presence.is_due(uow, core.clinic, now=now):
            return 0
        team, group = await uow.people.coordinators(), await uow.groups.current()
    found = {one.address: await ask.of_person(one.address) for one in team}
    of_group = None if group is None else await ask.of_group(group.address)
    async with core.new_uow() as uow:
        await _note_team(uow, found, clinic=core.clinic, now=now)
        if group is not None and of_group is not None:
            await _note_group(uow, group, of_group, now=now)
        await uow.heartbeats.beat(LOOKED_FOR_TEAM, at=now)
        await uow.commit()
    return 1


async def _note_team(
    uow: UnitOfWork, found: Mapping[Address, Result], *, clinic: Clinic, now: datetime
) -> None:
    """Who is there comes first: they are told of who is not."""
    for address, result in found.items():
        if isinstance(result, Sent):
            await uow.people.note_coordinator(address, is_reachable=True)
    for address, result in found.items():
        if isinstance(result, Gone):
            await reaching.unreachable(uow, address, clinic=clinic, now=now)


async def _note_group(uow: UnitOfWork, group: Group, result: Result, *, now: datetime) -> None:
    match result:
        case Gone():
            await gathering.lost(uow, group.address, now=now)
        case Moved():
            await gathering.moved(uow, group.address, result.address)
            await uow.outbox.readdress(group.address, result.address)
        case Sent() if group.lost_at is not None:
            await uow.groups.keep(replace(group, lost_at=None))
        case _:
            pass
