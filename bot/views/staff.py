"""A lead's list of the team (F61)."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from bot import payloads
from bot.views import duty
from bot.views.screen import Screen, Style, button, lines, rows, ways

if TYPE_CHECKING:
    from bot.views.wording.catalogue import Wording
    from care.people import Coordinator
    from care.usecases.staff import Staff

_LISTED = 30
_NAME = 20


def staff(say: Wording, of: Staff) -> Screen:
    """Everybody of the team, each with a button, and a way in for one more."""
    shown = of.team[:_LISTED]
    more = len(of.team) - len(shown)
    return Screen(
        text=lines(
            say.say("<b>The team</b>"),
            *(duty.line(say, one) for one in shown),
            say.count("and {n} more", "and {n} more", more) if more else "",
        ),
        keyboard=(
            *rows([button(one.name[:_NAME], payloads.Member(one.id)) for one in shown], width=2),
            (button(say.say("Invite a coordinator"), payloads.StaffInvite(), Style.PRIMARY),),
        ),
    )


def member(say: Wording, of: Staff, who: Coordinator) -> Screen:
    """One of the team, and the way out of it."""
    remove = button(say.say("Remove from the team"), payloads.Remove(who.id, is_sure=False))
    return Screen(
        text=lines(duty.line(say, who), _taken(say, of, who)),
        keyboard=((remove,), ways(say, payloads.StaffOpen())),
    )


def _taken(say: Wording, of: Staff, who: Coordinator) -> str:
    return say.count(
        "{n} report taken and not closed.",
        "{n} reports taken and not closed.",
        of.taken.get(who.id, 0),
    )


def sure(say: Wording, of: Staff, who: Coordinator) -> Screen:
    """What removing does."""
    yes = button(say.say("Yes, remove"), payloads.Remove(who.id, is_sure=True), Style.DANGER)
    return Screen(
        text=lines(
            say.say("<b>Remove {name} from the team?</b>", name=html.escape(who.name)),
            say.say(
                "It holds at once, also for buttons of old messages. What this coordinator has "
                "taken and not closed is open again and rings."
            ),
            _taken(say, of, who),
        ),
        keyboard=((yes,), ways(say, payloads.Member(who.id))),
    )


def removed(say: Wording, who: Coordinator) -> str:
    """What pops up when it is done."""
    return say.say("{name} is no longer in the team.", name=who.name[:_NAME])


def left(say: Wording) -> Screen:
    """A lead has removed themself."""
    return Screen(text=say.say("You are no longer in the team."))
