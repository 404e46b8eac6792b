"""The card for words of crisis: fixed, no counselling, no promise (R-SUI-1, R-SUI-3, R-SUI-4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import payloads
from bot.views.screen import Screen, button, lines
from care.safety import Safe

if TYPE_CHECKING:
    from bot.views.wording.catalogue import Wording
    from care.clinic import Clinic
    from care.escalation import Escalation


def numbers(say: Wording, clinic: Clinic) -> str:
    """Whom to call: the crisis line where there is one, and always the emergency number."""
    if clinic.crisis_line:
        return say.say(
            "<b>Please call {line} now, and in an emergency {number}.</b>",
            line=clinic.crisis_line,
            number=clinic.emergency_number,
        )
    return say.say("<b>In an emergency, call {number} now.</b>", number=clinic.emergency_number)


def not_watched(say: Wording) -> str:
    """Nobody reads along (R-SUI-1)."""
    return say.say("This bot and your clinic do not watch messages 24/7.")


def question(say: Wording) -> str:
    """The one fixed question (R-SUI-3)."""
    return say.say("Are you safe right now?")


def at_once(say: Wording, clinic: Clinic) -> Screen:
    """In place of a list that was tapped; the card with the question is a message of its own."""
    return Screen(text=lines(numbers(say, clinic), not_watched(say)))


def card(say: Wording, clinic: Clinic, escalation: Escalation, safe: Safe | None = None) -> Screen:
    """Whom to call, what happens now, and the question; or what was answered to it."""
    labels = {
        Safe.YES: say.say("Yes"),
        Safe.NO: say.say("No"),
        Safe.UNSURE: say.say("Not sure"),
    }
    buttons = tuple(
        button(label, payloads.SayingSafe(escalation.id, one)) for one, label in labels.items()
    )
    asks = f"<b>{question(say)}</b>"
    if safe is not None:
        asks = f"{asks} {labels[safe]}."
    return Screen(
        text=lines(
            numbers(say, clinic),
            not_watched(say),
            "",
            say.say(
                "Your care team is being told now. You can also call {phone}.",
                phone=clinic.phone,
            ),
            say.say("What you wrote is not passed on."),
            "",
            asks,
        ),
        keyboard=(buttons,),
    )
