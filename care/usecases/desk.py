"""The coordinator's desk: everybody at a glance (F51)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from care.errors import NotYours
from care.steps import rostering

if TYPE_CHECKING:
    from care.people import Address, Coordinator
    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork
    from care.roster import Entry


@dataclass(frozen=True, kw_only=True)
class Roster:
    """The list, and who reads it."""

    coordinator: Coordinator
    entries: tuple[Entry, ...]


async def roster(core: Core, *, by: Address) -> Roster:
    """Everybody who has joined, those first who need a look. Raises NotYours."""
    async with core.new_uow(is_reading=True) as uow:
        coordinator = await _coordinator(uow, by)
        found = await rostering.entries(uow, core.clinic, now=core.clock.now())
    return Roster(coordinator=coordinator, entries=found)


async def _coordinator(uow: UnitOfWork, by: Address) -> Coordinator:
    coordinator = await uow.people.coordinator_at(by)
    if coordinator is None:
        raise NotYours
    return coordinator
