"""The coordinator's escalations: take, close, look."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot import payloads
from bot.replies import Reply, Said, Tap
from bot.views import escalating as views, operating, reported
from bot.views.wording.catalogue import Wording, wording
from care import happenings
from care.errors import NotFound, NotYours
from care.escalation import AlreadyClosed, AlreadyTaken, Closing, EscalationId, Taken
from care.people import CoordinatorId
from care.steps.listing import Listing
from care.usecases import audit, coordinate

if TYPE_CHECKING:
    from bot.views.screen import Screen
    from care.people import Address
    from care.ports.core import Core

    _Shown = (
        Tap[payloads.Take]
        | Tap[payloads.Close]
        | Tap[payloads.Look]
        | Tap[payloads.Closed]
        | Tap[payloads.Hand]
        | Tap[payloads.HandTo]
        | Tap[payloads.CallBack]
    )
    Looking = Tap[payloads.Close] | Tap[payloads.Look] | Tap[payloads.History] | Tap[payloads.Hand]


_REFERENCE = re.compile(r"\bE-([1-9]\d{0,17})\b")
"""What an escalation is called in the first line of its message."""

_LINKED = re.compile(r"e([1-9]\d{0,17})")
"""What a link to it says; an invite's token is longer."""


def _notice(
    say: Wording, board: coordinate.Board, result: Taken | AlreadyTaken | AlreadyClosed
) -> str:
    """What pops up after a Take: whose it is."""
    match result:
        case AlreadyTaken() if board.owner != board.coordinator:
            name = board.owner.name if board.owner else say.say("Somebody")
            return say.say("{name} has taken it already.", name=name)
        case Taken() | AlreadyTaken():
            return say.say("It is yours. The others see that.")
        case AlreadyClosed():
            return say.say("It is closed already.")


@dataclass(frozen=True, kw_only=True)
class CoordinatingHandlers:
    """What a coordinator does with an escalation."""

    core: Core

    async def take(self, tap: Tap[payloads.Take]) -> Reply:
        """Make it mine."""
        board, result = await coordinate.take(
            self.core, by=tap.by, escalation_id=EscalationId(tap.payload.escalation)
        )
        say = wording(board.coordinator.language)
        return Reply(screen=await self._page(board, tap), notice=_notice(say, board, result))

    async def ask_close(self, tap: Tap[payloads.Close]) -> Reply:
        """How did it end?"""
        board = await self._look(tap)
        say = wording(board.coordinator.language)
        return Reply(screen=views.ask_closing(await self._page(board, tap), say, board.escalation))

    async def look(self, tap: Tap[payloads.Look]) -> Reply:
        """Show it as it stands."""
        return Reply(screen=await self._page(await self._look(tap), tap))

    async def closed(self, tap: Tap[payloads.Closed]) -> Reply:
        """It ended so."""
        try:
            closing = Closing(tap.payload.closing)
        except ValueError:
            raise NotFound from None
        board = await coordinate.close(
            self.core,
            by=tap.by,
            escalation_id=EscalationId(tap.payload.escalation),
            closing=closing,
        )
        return Reply(screen=await self._page(board, tap))

    async def history(self, tap: Tap[payloads.History]) -> Reply:
        """What has happened to it."""
        board = await self._look(tap)
        shown = reported.history(
            wording(board.coordinator.language),
            board.escalation,
            board.patient,
            board.history,
            board.team,
            self.core.clinic,
        )
        return Reply(screen=shown)

    async def ask_hand(self, tap: Tap[payloads.Hand]) -> Reply:
        """To whom?"""
        board = await self._look(tap)
        say = wording(board.coordinator.language)
        others = [one for one in board.team if one.is_reachable and one != board.owner]
        return Reply(
            screen=views.ask_colleague(await self._page(board, tap), say, board.escalation, others)
        )

    async def hand_to(self, tap: Tap[payloads.HandTo]) -> Reply:
        """It is a colleague's now."""
        board = await coordinate.hand_over(
            self.core,
            by=tap.by,
            escalation_id=EscalationId(tap.payload.escalation),
            to=CoordinatorId(tap.payload.coordinator),
        )
        return Reply(screen=await self._page(board, tap))

    async def call_back(self, tap: Tap[payloads.CallBack]) -> Reply:
        """The patient hears that somebody calls."""
        board = await coordinate.call_back(
            self.core, by=tap.by, escalation_id=EscalationId(tap.payload.escalation)
        )
        say = wording(board.coordinator.language)
        if board.owner != board.coordinator:
            return Reply(screen=await self._page(board, tap), notice=say.say("Take it first."))
        return Reply(
            screen=await self._page(board, tap), notice=say.say("The patient knows that you call.")
        )

    async def words(self, said: Said) -> Reply | None:
        """A reply to an escalation becomes its note; None for all other words."""
        found = _REFERENCE.search(said.quotes) if said.text and said.reply_to else None
        if found is None:
            return None
        try:
            board = await coordinate.note(
                self.core, by=said.by, escalation_id=EscalationId(int(found[1])), text=said.text
            )
        except NotYours:
            return None
        say = wording(board.coordinator.language)
        return Reply(screen=reported.noted(say, board.escalation))

    async def opened(self, said: Said) -> Reply | None:
        """The report that a link in the team's group names; None for all other links."""
        found = _LINKED.fullmatch(said.args[0]) if said.args else None
        if found is None:
            return None
        board = await coordinate.look(
            self.core, by=said.by, escalation_id=EscalationId(int(found[1]))
        )
        return Reply(screen=self._drawn(board))

    async def list_open(self, said: Said) -> Reply:
        """All that nobody has closed."""
        return Reply(screen=await self._unclosed(said.by))

    async def list_again(self, tap: Tap[payloads.ListAgain]) -> Reply:
        """The list that a report was opened from, as it is now."""
        if not tap.payload.is_daily:
            return Reply(screen=await self._unclosed(tap.by))
        coordinator, found = await coordinate.waiting(self.core, by=tap.by)
        return Reply(screen=reported.daily(wording(coordinator.language), found))

    async def _unclosed(self, by: Address) -> Screen:
        coordinator, boards = await coordinate.unclosed(self.core, by=by)
        say = wording(coordinator.language)
        if not boards:
            return reported.nothing_open(say)
        found = tuple((board.escalation, board.patient, board.owner) for board in boards)
        return reported.unclosed(say, found, self.core.clinic)

    async def list_undelivered(self, said: Said) -> Reply:
        """What did not surely arrive."""
        coordinator, found = await audit.undelivered(self.core, by=said.by)
        return Reply(screen=operating.undelivered(wording(coordinator.language), found))

    async def send_again(self, tap: Tap[payloads.SendAgain]) -> Reply:
        """Send one of them again."""
        promise_id = tap.payload.promise
        coordinator = await audit.send_again(self.core, by=tap.by, promise_id=promise_id)
        _, found = await audit.undelivered(self.core, by=tap.by)
        say = wording(coordinator.language)
        return Reply(
            screen=operating.undelivered(say, found), notice=say.say("It is being sent again.")
        )

    async def _look(self, tap: Looking) -> coordinate.Board:
        return await coordinate.look(
            self.core, by=tap.by, escalation_id=EscalationId(tap.payload.escalation)
        )

    async def _page(self, board: coordinate.Board, tap: _Shown) -> Screen:
        """A report as it stands; one that was opened from a list has a way back to it."""
        listing = await coordinate.opened_in(
            self.core, by=tap.by, escalation_id=board.escalation.id, message_id=tap.message_id
        )
        back = payloads.ListAgain(listing is Listing.DAILY) if listing else None
        return self._drawn(board, back=back)

    def _drawn(self, board: coordinate.Board, *, back: payloads.ListAgain | None = None) -> Screen:
        case = views.Case(
            escalation=board.escalation,
            patient=board.patient,
            owner=board.owner,
            said=happenings.so_far(board.history),
        )
        say = wording(board.coordinator.language)
        return views.page(say, case, clinic=self.core.clinic, back=back)
