"""The coordinators' desk: the roster in one message, edited in place, and cards beside it.

A card has a picture, and no message turns from a text into one: it is a message of its own, which
its last button takes away again.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.replies import Reply, Said, Tap
from bot.views import card as cards, roster as views
from bot.views.wording.catalogue import Wording, wording
from care.errors import NotFound
from care.people import PatientId
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
        """The command: everybody, or with a code the card of one."""
        if not said.args:
            return Reply(screen=await self._roster(said.by))
        code = said.args[0]
        coordinator, found = await desk.card_of(self.core, by=said.by, code=code)
        say = wording(coordinator.language)
        if found is None:
            return Reply(screen=cards.unknown(say, code))
        return Reply(screen=await self._drawn(say, found, is_alone=True))

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

    async def card(self, tap: Tap[payloads.Card]) -> Reply:
        """One patient, below the list."""
        patient_id = PatientId(tap.payload.patient)
        coordinator, found = await desk.card(self.core, by=tap.by, patient_id=patient_id)
        say = wording(coordinator.language)
        return Reply(screen=await self._drawn(say, found), is_new=True)

    async def card_again(self, tap: Tap[payloads.LimitsDone]) -> Reply:
        """The card in place of the limits, as it is with them."""
        patient_id, is_alone = PatientId(tap.payload.patient), tap.payload.is_alone
        coordinator, found = await desk.card(self.core, by=tap.by, patient_id=patient_id)
        screen = await self._drawn(wording(coordinator.language), found, is_alone=is_alone)
        return Reply(screen=screen, is_new=True, puts_away=True)

    async def put_away(self, tap: Tap[payloads.CardClose]) -> Reply:
        """Back to the list, which stands above, or comes now."""
        roster = await self._roster(tap.by)
        screen = roster if tap.payload.is_alone else None
        return Reply(screen=screen, is_new=True, puts_away=True)

    async def _drawn(self, say: Wording, found: desk.Card, *, is_alone: bool = False) -> Screen:
        """Apart from the loop: a picture takes a tenth of a second."""
        clinic = self.core.clinic
        return await asyncio.to_thread(cards.card, say, found, clinic=clinic, is_alone=is_alone)

    async def _roster(self, by: Address, *, part: Part = Part.ALL, page: int = 0) -> Screen:
        found = await desk.roster(self.core, by=by)
        say = wording(found.coordinator.language)
        return views.roster(say, found.entries, part, page, clinic=self.core.clinic)
