"""What a patient tells about themselves once: the aura that is usual, the self-care they keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import payloads
from bot.views import labels
from bot.views.screen import TICK, Button, Row, Screen, Style, button, lines, rows, ways
from care import question_sets as daily
from care.people import PatientState
from care.questions import NONE, Item

if TYPE_CHECKING:
    from bot.views.wording.catalogue import Wording
    from care.people import Patient


def aura(say: Wording, patient: Patient) -> Screen:
    """Which kinds are usual? Asked once while joining, and in the settings (R-AURA-1)."""
    known = patient.usual_aura or ()
    return Screen(
        text=lines(
            say.say("<b>Which aura is usual for you?</b>"),
            say.say("Signs that come before or with a headache. Tap all that you know."),
        ),
        keyboard=(
            *rows([_kind(say, kind, is_known=kind in known) for kind in _KINDS], width=2),
            (_finish(say, patient),),
            (_open(say, patient),),
            ways(say, _before(patient)),
        ),
    )


_KINDS = daily.AURA.options


def _before(patient: Patient) -> payloads.Payload:
    return payloads.Times() if patient.state is PatientState.JOINING else payloads.Settings()


def _kind(say: Wording, kind: str, *, is_known: bool) -> Button:
    label = labels.title(labels.answer(say, Item.AURA, kind))
    return button(
        f"{TICK} {label}" if is_known else label,
        payloads.Aura(kind, not is_known),
        Style.PRIMARY if is_known else None,
    )


def _finish(say: Wording, patient: Patient) -> Button:
    if patient.usual_aura:
        return button(say.say("Done"), payloads.AuraDone(), Style.SUCCESS)
    label = say.say("None of these")
    if patient.usual_aura is not None:
        label = f"{TICK} {label}"
    return button(label, payloads.NoAura(), Style.SUCCESS)


def _open(say: Wording, patient: Patient) -> Button:
    label = say.say("Ask me each time")
    is_settled = patient.usual_aura is None and patient.state is not PatientState.JOINING
    return button(f"{TICK} {label}" if is_settled else label, payloads.AuraOpen())


def aura_length(say: Wording, patient: Patient) -> Screen:
    """Does it sometimes last longer than an hour? (R-AURA-1)"""
    return Screen(
        text=lines(
            say.say("<b>Does your usual aura sometimes last longer than an hour?</b>"),
            _kinds(say, patient),
        ),
        keyboard=(
            (
                button(say.say("Yes, sometimes"), payloads.AuraLong(is_over_60=True)),
                button(say.say("No"), payloads.AuraLong(is_over_60=False)),
            ),
            ways(say, payloads.Auras()),
        ),
    )


def _kinds(say: Wording, patient: Patient) -> str:
    return ", ".join(labels.answer(say, Item.AURA, kind) for kind in patient.usual_aura or ())


def aura_line(say: Wording, patient: Patient) -> str:
    """The usual aura in one line, as the patient told it."""
    if patient.usual_aura is None:
        return say.say("Usual aura: asked each time")
    if not patient.usual_aura:
        return say.say("Usual aura: none")
    kinds = _kinds(say, patient)
    if patient.is_usual_over_60:
        return say.say("Usual aura: {kinds}; sometimes over an hour", kinds=kinds)
    return say.say("Usual aura: {kinds}", kinds=kinds)


def practices(say: Wording, patient: Patient) -> Screen:
    """Which self-care would the patient like to keep up? (F16)"""
    options = [code for code in daily.PRACTICE.options if code != NONE]
    stands = patient.practice
    return Screen(
        text=lines(
            say.say("<b>What would you like to keep up?</b>"),
            say.say("One thing, if you like. The check-in then asks about it with one tap."),
        ),
        keyboard=(
            *rows([_practice(say, code, stands=code == stands) for code in options], width=2),
            (_no_practice(say, stands=stands is None),),
            keep_row(say),
        ),
    )


def _practice(say: Wording, code: str, *, stands: bool) -> Button:
    label = labels.title(labels.answer(say, Item.PRACTICE, code))
    return button(f"{TICK} {label}" if stands else label, payloads.Practice(code))


def _no_practice(say: Wording, *, stands: bool) -> Button:
    label = say.say("Nothing of this")
    return button(f"{TICK} {label}" if stands else label, payloads.Practice(NONE))


def keep_row(say: Wording) -> Row:
    """Back to the settings; what stands stays."""
    return ways(say, payloads.Settings(), keep=payloads.Settings())


def practice_line(say: Wording, patient: Patient) -> str:
    """The self-care in one line."""
    if patient.practice is None:
        return say.say("Self-care: none")
    kept = labels.answer(say, Item.PRACTICE, patient.practice)
    return say.say("Self-care: {practice}", practice=kept)
