"""Who is on duty, and when a coordinator is left in peace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

from bot.replies import Reply, Said, Tap
from bot.views import duty as views
from bot.views.wording.catalogue import wording
from care.errors import NotFound
from care.people import CoordinatorId
from care.usecases import duty

if TYPE_CHECKING:
    from bot import payloads
    from bot.views.screen import Screen
    from care.ports.core import Core


@dataclass(frozen=True, kw_only=True)
class DutyHandlers:
    """A coordinator's own switch and quiet hours."""

    core: Core

    async def said(self, said: Said) -> Reply:
        """The command."""
        return Reply(screen=self._screen(await duty.look(self.core, by=said.by)))

    async def opened(self, tap: Tap[payloads.DutyOpen]) -> Reply:
        """As it stands."""
        return Reply(screen=self._screen(await duty.look(self.core, by=tap.by)))

    async def switch(self, tap: Tap[payloads.OnDuty]) -> Reply:
        """On or off; who goes with reports in hand is asked about them."""
        is_on = tap.payload.is_on
        found = await duty.switch(self.core, by=tap.by, is_on_duty=is_on)
        if is_on or not found.taken:
            return Reply(screen=self._screen(found))
        return Reply(screen=views.ask_hand_all(wording(found.coordinator.language), found))

    async def quiet(self, tap: Tap[payloads.QuietHours]) -> Reply:
        """Between these hours, or at none."""
        start, end = hours = (tap.payload.start, tap.payload.end)
        if hours not in views.HOURS:
            raise NotFound
        is_quiet = hours != views.NEVER
        found = await duty.set_quiet(
            self.core,
            by=tap.by,
            quiet_from=time(start) if is_quiet else None,
            quiet_until=time(end) if is_quiet else None,
        )
        return Reply(screen=self._screen(found))

    async def hand_all(self, tap: Tap[payloads.HandAll]) -> Reply:
        """All to one colleague."""
        to = CoordinatorId(tap.payload.coordinator)
        found, count = await duty.hand_all(self.core, by=tap.by, to=to)
        say = wording(found.coordinator.language)
        return Reply(screen=self._screen(found), notice=views.handed(say, count))

    def _screen(self, found: duty.Duty) -> Screen:
        return views.duty(wording(found.coordinator.language), found)
