"""Who is on duty, and when a coordinator is left in peace (F42)."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from bot import payloads
from bot.views.screen import TICK, Button, Row, Screen, Style, button, lines, rows

if TYPE_CHECKING:
    from bot.views.wording.catalogue import Wording
    from care.people import Coordinator
    from care.usecases.duty import Duty

NEVER = (0, 0)
HOURS = (NEVER, (20, 7), (21, 8), (22, 7))
"""The quiet hours that can be chosen, from and until, on the clinic's clock."""

_LISTED = 30
_NAME = 24


def duty(say: Wording, of: Duty) -> Screen:
    """The team in the order in which pages go out, my switch, and my quiet hours."""
    me = of.coordinator
    shown = [line(say, one) for one in of.team[:_LISTED]]
    more = len(of.team) - len(shown)
    return Screen(
        text=lines(
            say.say("<b>On duty</b>"),
            *shown,
            say.count("and {n} more", "and {n} more", more) if more else "",
            "",
            "" if of.is_anybody_on_duty else nobody(say),
            "",
            _mine(say, me),
            _quiet(say, me),
        ),
        keyboard=((_switch(say, me),), *rows([_hours(say, me, *one) for one in HOURS], width=2)),
    )


def nobody(say: Wording) -> str:
    """What happens then."""
    return say.say(
        "<b>Nobody is on duty.</b> Pages go at once to every coordinator who can be reached."
    )


def line(say: Wording, one: Coordinator) -> str:
    """One coordinator: the sign, the name, and what holds of them."""
    parts = [
        say.say("on duty") if one.is_on_duty else say.say("off duty"),
        say.say("lead") if one.is_lead else "",
        "" if one.is_reachable else say.say("cannot be reached"),
    ]
    sign = "●" if one.is_on_duty and one.is_reachable else "○"
    return f"{sign} {_label(one)}: {', '.join(part for part in parts if part)}"


def _label(one: Coordinator) -> str:
    return html.escape(one.name[:_NAME])


def _mine(say: Wording, me: Coordinator) -> str:
    if me.is_on_duty:
        return say.say(
            "You are on duty: pages reach you first, and what can wait comes as a list when the "
            "clinic opens."
        )
    return say.say("You are off duty: pages reach you when nobody on duty takes them.")


def _quiet(say: Wording, me: Coordinator) -> str:
    if me.quiet_from is None or me.quiet_until is None:
        return say.say("You have no quiet hours.")
    return say.say(
        "Your quiet hours: {start} to {end}, clinic time. Then others are called before you, "
        "except in an emergency.",
        start=say.clock(me.quiet_from),
        end=say.clock(me.quiet_until),
    )


def _switch(say: Wording, me: Coordinator) -> Button:
    if me.is_on_duty:
        return button(say.say("Go off duty"), payloads.OnDuty(is_on=False))
    return button(say.say("Go on duty"), payloads.OnDuty(is_on=True), Style.PRIMARY)


def _hours(say: Wording, me: Coordinator, start: int, end: int) -> Button:
    chosen = (
        NEVER
        if me.quiet_from is None or me.quiet_until is None
        else (me.quiet_from.hour, me.quiet_until.hour)
    )
    label = say.say("No quiet hours") if (start, end) == NEVER else f"{start}:00 – {end}:00"
    mark = f"{TICK} " if chosen == (start, end) else ""
    return button(mark + label, payloads.QuietHours(start, end))


def ask_hand_all(say: Wording, of: Duty) -> Screen:
    """Off duty with reports in hand: whose shall they be?"""
    buttons = [button(one.name[:_NAME], payloads.HandAll(one.id)) for one in of.successors]
    keep: Row = (button(say.say("Keep them"), payloads.DutyOpen()),)
    return Screen(
        text=lines(
            say.say("You are off duty now."),
            "" if of.is_anybody_on_duty else nobody(say),
            "",
            say.count(
                "You have {n} report that is not closed: hand it over?",
                "You have {n} reports that are not closed: hand them over?",
                len(of.taken),
            ),
            "" if buttons else say.say("No colleague on duty can be reached."),
        ),
        keyboard=(*rows(buttons[:_LISTED], width=2), keep),
    )


def handed(say: Wording, count: int) -> str:
    """What pops up when all is handed over."""
    return say.count("{n} report handed over.", "{n} reports handed over.", count)
