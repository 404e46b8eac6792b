"""In which language the bot writes (F15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import payloads
from bot.views.screen import TICK, Screen, button, rows, ways
from bot.views.wording.catalogue import LANGUAGES
from care.people import Patient

if TYPE_CHECKING:
    from bot.views.wording.catalogue import Wording
    from care.people import Coordinator


def languages(say: Wording, person: Patient | Coordinator) -> Screen:
    """Every language by its own name; the one that stands is marked."""
    buttons = [
        button(f"{TICK} {name}" if code == say.language else name, payloads.Speak(code))
        for code, name in LANGUAGES.items()
    ]
    back = (ways(say, payloads.Settings()),) if isinstance(person, Patient) else ()
    return Screen(
        text=say.say("<b>Which language do you read?</b>"),
        keyboard=(*rows(buttons, width=2), *back),
    )
