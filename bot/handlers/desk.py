"""The coordinators' desk: the roster in one message, edited in place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.replies import Reply, Said, Tap
from bot.views import roster as views
from bot.views.wording.catalogue import wording
from care.errors import NotFound
from care.roster import Part
from care.usecases import desk

if TYPE_CHECKING:
    from bot import payloads
    from bot.views.screen import Screen
    from care.people import Address
    from care.ports.core import Core


@dataclass(frozen=True, kw_only=True)
class DeskHandlers:
    """What a coordinator looks up about patients."""

    core: Core

    async def said(self, said: Said) -> Reply:
        """The command."""
        return Reply(screen=await self._roster(said.by))

    async def opened(self, tap: Tap[payloads.RosterOpen]) -> Reply:
        """The button: a message of its own, so that what was there stays."""
        return Reply(screen=await self._roster(tap.by), is_new=True)

    async def page(self, tap: Tap[payloads.Roster]) -> Reply:
        """Another page, or another part, in the same message."""
        try:
            part = Part(tap.payload.part)
        except ValueError:
            raise NotFound from None
        return Reply(screen=await self._roster(tap.by, part=part, page=tap.payload.page))

    async def _roster(self, by: Address, *, part: Part = Part.ALL, page: int = 0) -> Screen:
        found = await desk.roster(self.core, by=by)
        say = wording(found.coordinator.language)
        return views.roster(say, found.entries, part, page, clinic=self.core.clinic)
