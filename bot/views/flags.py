"""The red flags, as a patient taps them and a coordinator reads them (clinical rules, 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import payloads
from bot.views.screen import Row, Screen, Style, button, lines
from bot.views.wording.catalogue import msg

if TYPE_CHECKING:
    from bot.views.wording.catalogue import Wording
    from care.clinic import Clinic

_STATEMENTS = {
    1: msg("The worst pain ever, at its peak within 5 minutes"),
    2: msg(
        "New weakness, drooping face, numbness, trouble speaking, seeing double or losing sight, "
        "confusion, fainting or a seizure: not my usual aura"
    ),
    3: msg("Fever with a stiff neck, a rash, drowsiness or confusion"),
    4: msg(
        "Getting worse after a head injury in the last 48 hours, or with vomiting, drowsiness or "
        "blood thinners"
    ),
    5: msg("A red, painful eye with blurred sight or halos"),
    6: msg("Pregnant, or gave birth in the last 6 weeks, and a new or severe headache"),
    7: msg("Chest pain, trouble breathing, a swelling throat or face, or cannot be woken"),
    9: msg("A head injury within 3 months, and the headache is getting worse"),
    10: msg("Fever with headache, and no other signs"),
    11: msg("New: only when standing, or only when lying down"),
    12: msg("New: brought on by coughing, straining, exercise or sex"),
    13: msg("A new headache with jaw pain on chewing or a tender scalp"),
    15: msg("Cannot keep fluids down for 24 hours"),
    16: msg("Different from my usual, or steadily worse over weeks"),
    18: msg("A new medicine when the headaches changed"),
    19: msg("Thoughts of harming myself"),
}
LABELS = {
    1: msg("Worst pain ever, suddenly"),
    2: msg("Weak, numb, confused, fainted"),
    3: msg("Fever with stiff neck or rash"),
    4: msg("Worse after a head injury"),
    5: msg("Red, painful eye"),
    6: msg("Pregnant or just gave birth"),
    7: msg("Chest pain, breathing, swelling"),
    9: msg("Head injury within 3 months"),
    10: msg("Fever with headache"),
    11: msg("New: only standing or lying"),
    12: msg("New: with cough or exercise"),
    13: msg("New: jaw pain, tender scalp"),
    15: msg("Cannot keep fluids down"),
    16: msg("Different from my usual"),
    18: msg("A medicine that was new"),
    19: msg("Thoughts of harming myself"),
}
MORE = msg("Something else")
EMERGENCIES = (1, 2, 3, 4, 5, 6, 7)
OTHERS = (9, 10, 11, 12, 13, 15, 16, 18, 19)
"""The numbers of the rules; what is left out has no button of its own."""


def label(say: Wording, number: int) -> str:
    """A red flag in short, as it stands on its button."""
    return say.say(LABELS[number])


def statement(say: Wording, number: int) -> str:
    """A red flag in full."""
    return say.say(_STATEMENTS[number])


def menu(say: Wording, clinic: Clinic, *, is_more: bool = False) -> Screen:
    """What is alarming? The number to call stands beside the buttons, where a phone shows it."""
    numbers = OTHERS if is_more else EMERGENCIES
    turn = (
        button(say.say("‹ Back"), payloads.AlarmMore(is_more=False))
        if is_more
        else button(say.say(MORE), payloads.AlarmMore(is_more=True))
    )
    close = button(say.say("Nothing of this"), payloads.AlarmClose())
    return Screen(
        text=lines(
            *(f"<b>{place}</b> {statement(say, one)}" for place, one in enumerate(numbers, 1)),
            "",
            say.say("What is it? One tap tells your care team."),
            say.say(
                "<b>If this may be an emergency, call {number} now.</b>",
                number=clinic.emergency_number,
            ),
        ),
        keyboard=(*_emergency(say), *_flags(say, numbers), (turn, close)),
    )


def _emergency(say: Wording) -> tuple[Row, ...]:
    """For who cannot read a list now."""
    return ((button(say.say("It is an emergency"), payloads.AlarmNow(), Style.DANGER),),)


def _flags(say: Wording, numbers: tuple[int, ...]) -> tuple[Row, ...]:
    return tuple(
        (button(f"{place} · {say.say(LABELS[one])}", payloads.RedFlag(one)),)
        for place, one in enumerate(numbers, 1)
    )


def tapped(say: Wording, number: int) -> Screen:
    """What was tapped stands; what follows from it comes as a message."""
    return Screen(text=f"✓ {statement(say, number)}")


def resting(say: Wording, clinic: Clinic, number: int) -> Screen:
    """It was closed not long ago and can wait: nobody is told again, so that is said (R-TRI-4)."""
    return Screen(
        text=lines(
            tapped(say, number).text,
            "",
            say.say(
                "Your care team has closed your report of this not long ago. "
                "<b>This tap does not tell them again.</b>"
            ),
            say.say(
                "If it is different now, or cannot wait, call {phone} or {number}, or write with "
                "/team.",
                phone=clinic.phone,
                number=clinic.emergency_number,
            ),
        )
    )


def closed(say: Wording) -> Screen:
    """It was opened and nothing was tapped."""
    return Screen(text=say.say("Closed. Nothing was sent to your care team."))
