"""What a lead does about the team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot import menus
from bot.replies import Reply, Said, Tap
from bot.views import enrolment, oversight as looks, staff as views
from bot.views.wording.catalogue import wording
from care.people import CoordinatorId
from care.usecases import oversight, staff
from reports.qr import qr_png

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Bot

    from bot import payloads
    from care.people import Address
    from care.ports.core import Core

LAST = 10_000
"""The last page of the log that is looked for."""


@dataclass(frozen=True, kw_only=True)
class StaffHandlers:
    """The team; `new_token` gives an invite's secret, `link` makes its address of it."""

    core: Core
    new_token: Callable[[], str]
    link: Callable[[str], str]

    async def said(self, said: Said) -> Reply:
        """The command."""
        found = await staff.look(self.core, by=said.by)
        return Reply(screen=views.staff(wording(found.lead.language), found))

    async def opened(self, tap: Tap[payloads.StaffOpen]) -> Reply:
        """Back to the list."""
        found = await staff.look(self.core, by=tap.by)
        return Reply(screen=views.staff(wording(found.lead.language), found))

    async def invite(self, tap: Tap[payloads.StaffInvite]) -> Reply:
        """A link for one more coordinator, in a message of its own."""
        token = self.new_token()
        lead, _made = await staff.invite(self.core, token=token, by=tap.by)
        link = self.link(token)
        hours = self.core.clinic.coordinator_invite_life // timedelta(hours=1)
        screen = enrolment.colleague_invited(
            wording(lead.language), link, qr=qr_png(link), hours=hours
        )
        return Reply(screen=screen, is_new=True)

    async def member(self, tap: Tap[payloads.Member]) -> Reply:
        """One of the team."""
        found = await staff.look(self.core, by=tap.by)
        who = found.member(CoordinatorId(tap.payload.coordinator))
        return Reply(screen=views.member(wording(found.lead.language), found, who))

    async def remove(self, tap: Tap[payloads.Remove]) -> Reply:
        """Sure? Then out, and nothing of the team's in their menu any more."""
        coordinator_id = CoordinatorId(tap.payload.coordinator)
        if not tap.payload.is_sure:
            found = await staff.look(self.core, by=tap.by)
            say = wording(found.lead.language)
            return Reply(screen=views.sure(say, found, found.member(coordinator_id)))
        found, gone = await staff.remove(self.core, by=tap.by, coordinator_id=coordinator_id)
        say = wording(found.lead.language)

        async def forget(bot: Bot, _message_id: int) -> None:
            await menus.forget(bot, gone)

        screen = views.left(say) if gone.id == found.lead.id else views.staff(say, found)
        return Reply(screen=screen, notice=views.removed(say, gone), then=forget)

    async def audit_said(self, said: Said) -> Reply:
        """Who did what."""
        return await self._log(said.by, 0)

    async def audit_page(self, tap: Tap[payloads.AuditPage]) -> Reply:
        """Another page of it."""
        return await self._log(tap.by, tap.payload.page)

    async def _log(self, by: Address, page: int) -> Reply:
        found = await oversight.log(self.core, by=by, page=min(page, LAST))
        say = wording(found.lead.language)
        return Reply(screen=looks.audit(say, found, self.core.clinic))

    async def noise(self, said: Said) -> Reply:
        """How often the rules ring."""
        found = await oversight.noise(self.core, by=said.by)
        return Reply(screen=looks.noise(wording(found.lead.language), found))
