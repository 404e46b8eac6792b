"""R-SAY-1: what is never said to a patient (clinical rules, section 12), in English."""

from __future__ import annotations

import re

import pytest

from bot.views import safety
from bot.views.wording.catalogue import wording
from simulator.markup import parse_html
from tests.builders import clinic
from tests.unit.screens import patient_screens
from tests.unit.sentences import for_patients, sentences

EN = wording("en")

_VERB = (
    r"\b(start|stop|skip|restart|increase|decrease|reduce|double|switch|change|repeat|taper)\w*"
)
_NOUN = r"\b\w*(medicin|medicat|drug|treatment|spray|infusion)\w*"
_UP_TO_4_WORDS = r"\W+(?:\S+\W+){0,4}?"

NEVER = {
    "W-DOSE": r"\d+([.,]\d+)?\s?(mg|mcg|µg|ml|puffs?|tablets?)\b|\bdos(e|es|age|ing)\b",
    "W-CHANGE": (
        f"{_VERB}{_UP_TO_4_WORDS}{_NOUN}|{_NOUN}{_UP_TO_4_WORDS}{_VERB}|stop on your own"
    ),
    "W-FIT": r"\b(fit|cleared|ready|okay?|eligible)\s+(for|to)\b",
    "W-DX": (
        r"diagnos|\byou (may )?(have|had|are having)\b.*(migraine|aura|overuse|stroke|depress)"
    ),
    "W-EFF": (
        r"\b(effective|works?|cure[sd]?|proven|will (help|improve)|responder)\b|guarantee|success"
    ),
    "W-SAFE": r"\bsafe(ly|ty)?\b|harmless|worry",
    "W-AVOID": r"\bavoid|\byou should|must not",
    "W-CAUSE": r"\bcaus|\btrigger|because of|due to|\bleads? to\b|\bprevents?\b",
    "W-WATCH": r"monitor|watch|24/7",
    "W-CALM": r"\b(normal|fine|benign|nothing serious)\b",
    "W-KET": r"ketamine.*(suicid|depress|%)",
}

EMERGENCY = parse_html(safety.emergency(EN, clinic())).text
"""The exact string of R-EMG-1, which alone may speak of watching."""


def hits(text: str) -> list[str]:
    """The words of the list that a text breaks, the exact strings of rules left out."""
    rest = text.replace(EMERGENCY, "")
    return [word for word, pattern in NEVER.items() if re.search(pattern, rest, re.IGNORECASE)]


SAMPLES = [
    ("Take 400 mg now.", "W-DOSE"),
    ("Two puffs, then a second dose.", "W-DOSE"),
    ("Please stop your medicine today.", "W-CHANGE"),
    ("Your infusions should be repeated.", "W-CHANGE"),
    ("Never stop on your own.", "W-CHANGE"),
    ("You are ready for your session.", "W-FIT"),
    ("You may have a migraine.", "W-DX"),
    ("This works.", "W-EFF"),
    ("A great success.", "W-EFF"),
    ("It is safe; do not worry.", "W-SAFE"),
    ("You should avoid alcohol.", "W-AVOID"),
    ("Short sleep is a trigger.", "W-CAUSE"),
    ("We monitor this chat.", "W-WATCH"),
    ("That is normal.", "W-CALM"),
    ("Ketamine helps 60 % of people.", "W-KET"),
]


@pytest.mark.parametrize(("text", "word"), SAMPLES)
def test_the_lint_finds_what_it_should(text: str, word: str) -> None:
    assert word in hits(text)


@pytest.mark.parametrize(
    "text",
    [
        "You can stop at any time with /stop.",
        "You have joined already.",
        "If this gets worse, or you are worried, call 112.",
        "Change an answer. One two three four five six. Medicine.",
    ],
)
def test_the_lint_lets_harmless_sentences_through(text: str) -> None:
    assert hits(text) == []


def test_no_sentence_of_the_source_says_it() -> None:
    found = [
        f"{one.path}:{one.line} {hits(plain)} {plain}"
        for one in for_patients()
        for form in one.forms
        for plain in [parse_html(form.replace("{number}", clinic().emergency_number)).text]
        if hits(plain)
    ]

    assert found == []


def test_no_screen_that_a_patient_can_reach_says_it() -> None:
    for name, screen in patient_screens(EN):
        labels = [button.text for row in screen.keyboard for button in row]
        for line in [*parse_html(screen.text).text.split("\n"), *labels]:
            assert hits(line) == [], (name, line)


def test_the_emergency_text_needs_its_exception() -> None:  # R-EMG-1
    assert re.search(NEVER["W-WATCH"], EMERGENCY)
    assert EMERGENCY in {
        parse_html(form.replace("{number}", clinic().emergency_number)).text
        for one in sentences()
        for form in one.forms
    }
