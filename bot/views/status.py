"""The two questions of the status gate, and word of medicine days (R-SM-1, R-MOH-7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import payloads
from bot.views import reasons
from bot.views.screen import Screen, button, lines

if TYPE_CHECKING:
    from datetime import date

    from bot.views.wording.catalogue import Wording


def away(say: Wording, on: date) -> Screen:
    """Has it gone away in between?"""
    return Screen(
        text=lines(
            say.say("Two short questions about the last 3 days."),
            "",
            say.say("<b>Has the headache gone away for more than 12 hours at any time?</b>"),
        ),
        keyboard=(
            (
                button(say.say("Yes"), payloads.StatusAway(on, was_away=True)),
                button(say.say("No"), payloads.StatusAway(on, was_away=False)),
            ),
        ),
    )


def worse(say: Wording, on: date) -> Screen:
    """Is it more than usual?"""
    return Screen(
        text=say.say("<b>Is this longer or worse than your usual headache?</b>"),
        keyboard=(
            (
                button(say.say("Yes"), payloads.StatusWorse(on, is_worse=True)),
                button(say.say("No"), payloads.StatusWorse(on, is_worse=False)),
            ),
        ),
    )


def noted(say: Wording) -> Screen:
    """Nothing to report."""
    return Screen(text=say.say("Noted. Thank you; that is all."))


def reported(say: Wording) -> Screen:
    """The team hears of it; what follows comes as a message."""
    return Screen(text=say.say("<b>Your answer goes to your care team.</b>"))


def medicine_days(say: Wording, drug_class: str, days: int, *, is_at_least: bool) -> Screen:
    """On how many days a class was taken: said to the patient and seen by the team."""
    name = reasons.drug_class(say, drug_class)
    count = say.say("at least {n}", n=days) if is_at_least else str(days)
    return Screen(
        text=lines(
            say.say("You recorded {name} on {count} of the last 30 days.", name=name, count=count),
            say.say("Your care team will see this."),
            advice(say),
        )
    )


def advice(say: Wording) -> str:
    """The words of R-MOH-7 that no other text may use."""
    return say.say("Please do not change medicines without them.")
