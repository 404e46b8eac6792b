"""R-SAY-1: what is never said to a patient (clinical rules, section 12), in every language."""

from __future__ import annotations

import re

import pytest

from bot.views import crisis, flags, safety, status
from bot.views.wording.catalogue import LANGUAGES, wording
from simulator.markup import parse_html
from tests.builders import clinic
from tests.unit.forbidden import NEVER
from tests.unit.screens import patient_screens
from tests.unit.sentences import said_to_patients


def emergency(language: str) -> str:
    """The exact string of R-EMG-1, which alone may speak of watching."""
    return parse_html(safety.emergency(wording(language), clinic())).text


def hits(text: str, language: str = "en") -> list[str]:
    """The words of the list that a text breaks, the exact strings of rules left out.

    Those are R-EMG-1, R-SUI-1, R-SUI-3, R-MOH-7 and the red flag R-FLAG-18, which a
    patient says of themselves.
    """
    rest = text.replace(emergency(language), "")
    rest = rest.replace(flags.statement(wording(language), 18), "")
    for exact in (crisis.not_watched, crisis.question, status.advice):
        rest = rest.replace(exact(wording(language)), "")
    words = NEVER[language]
    return [word for word, pattern in words.items() if re.search(pattern, rest, re.IGNORECASE)]


SAMPLES = [
    ("en", "Take 400 mg now.", "W-DOSE"),
    ("en", "Two puffs, then a second dose.", "W-DOSE"),
    ("en", "Please stop your medicine today.", "W-CHANGE"),
    ("en", "Your infusions should be repeated.", "W-CHANGE"),
    ("en", "Never stop on your own.", "W-CHANGE"),
    ("en", "You are ready for your session.", "W-FIT"),
    ("en", "You may have a migraine.", "W-DX"),
    ("en", "This works.", "W-EFF"),
    ("en", "A great success.", "W-EFF"),
    ("en", "It is safe; do not worry.", "W-SAFE"),
    ("en", "You should avoid alcohol.", "W-AVOID"),
    ("en", "Short sleep is a trigger.", "W-CAUSE"),
    ("en", "We monitor this chat.", "W-WATCH"),
    ("en", "That is normal.", "W-CALM"),
    ("en", "Ketamine helps 60 % of people.", "W-KET"),
    ("de", "Nehmen Sie jetzt 400 mg.", "W-DOSE"),
    ("de", "Zwei Hübe, dann die zweite Dosis.", "W-DOSE"),
    ("de", "Bitte setzen Sie Ihr Medikament heute ab.", "W-CHANGE"),
    ("de", "Die Infusion muss man wiederholen.", "W-CHANGE"),
    ("de", "Hören Sie nie auf eigene Faust auf.", "W-CHANGE"),
    ("de", "Sie sind bereit für Ihren Termin.", "W-FIT"),
    ("de", "Für die Infusion sind Sie geeignet.", "W-FIT"),
    ("de", "Sie könnten eine Migräne haben.", "W-DX"),
    ("de", "Vermutlich haben Sie Migräne.", "W-DX"),
    ("de", "Das wirkt.", "W-EFF"),
    ("de", "Ein großer Erfolg.", "W-EFF"),
    ("de", "Das ist sicher; machen Sie sich keine Sorgen.", "W-SAFE"),
    ("de", "Sie sollten Alkohol meiden.", "W-AVOID"),
    ("de", "Wenig Schlaf ist ein Auslöser.", "W-CAUSE"),
    ("de", "Wir überwachen diesen Chat.", "W-WATCH"),
    ("de", "Das ist normal.", "W-CALM"),
    ("de", "Ketamin hilft 60 % der Menschen.", "W-KET"),
    ("es", "Tome 400 mg ahora.", "W-DOSE"),
    ("es", "Dos inhalaciones y una segunda dosis.", "W-DOSE"),
    ("es", "Deje hoy su medicamento.", "W-CHANGE"),
    ("es", "La infusión se debe repetir.", "W-CHANGE"),
    ("es", "Nunca pare por su cuenta.", "W-CHANGE"),
    ("es", "Está preparada para su cita.", "W-FIT"),
    ("es", "Usted puede tener migraña.", "W-DX"),
    ("es", "Esto funciona.", "W-EFF"),
    ("es", "Un gran éxito.", "W-EFF"),
    ("es", "Es seguro; no se preocupe.", "W-SAFE"),
    ("es", "Debería evitar el alcohol.", "W-AVOID"),
    ("es", "Dormir poco desencadena crisis.", "W-CAUSE"),
    ("es", "Vigilamos este chat.", "W-WATCH"),
    ("es", "Eso es normal.", "W-CALM"),
    ("es", "La ketamina ayuda al 60 % de las personas.", "W-KET"),
]

HARMLESS = [
    ("en", "You can stop at any time with /stop."),
    ("en", "You have joined already."),
    ("en", "If this gets worse, or you are worried, call 112."),
    ("en", "Change an answer. One two three four five six. Medicine."),
    ("de", "Mit /stop können Sie jederzeit aufhören."),
    ("de", "Sie sind schon dabei."),
    ("de", "Wenn es schlimmer wird oder Sie beunruhigt sind, rufen Sie 112 an."),
    ("de", "Antwort ändern. Eins zwei drei vier fünf sechs. Medikament."),
    ("es", "Puede dejarlo en cualquier momento con /stop."),
    ("es", "Usted ya participa."),
    ("es", "Si esto empeora, o si le preocupa, llame al 112."),
    ("es", "Cambiar una respuesta. Uno dos tres cuatro cinco seis. Medicamento."),
]


@pytest.mark.parametrize(("language", "text", "word"), SAMPLES)
def test_the_lint_finds_what_it_should(language: str, text: str, word: str) -> None:
    assert word in hits(text, language)


@pytest.mark.parametrize(("language", "text"), HARMLESS)
def test_the_lint_lets_harmless_sentences_through(language: str, text: str) -> None:
    assert hits(text, language) == []


def test_every_language_has_every_word_and_a_sample_of_it() -> None:
    assert set(LANGUAGES) <= set(NEVER)
    for language, words in NEVER.items():
        assert list(words) == list(NEVER["en"])
        assert {word for of, _text, word in SAMPLES if of == language} == set(words), language


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_says_it(language: str) -> None:
    number = clinic().emergency_number
    plain = [
        parse_html(form.replace("{number}", number)).text for form in said_to_patients(language)
    ]

    assert [(hits(text, language), text) for text in plain if hits(text, language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_screen_that_a_patient_can_reach_says_it(language: str) -> None:
    for name, screen in patient_screens(wording(language)):
        labels = [button.text for row in screen.keyboard for button in row]
        for line in [*parse_html(screen.text).text.split("\n"), *labels]:
            assert hits(line, language) == [], (name, line)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_emergency_text_needs_its_exception(language: str) -> None:  # R-EMG-1
    text = emergency(language)

    assert re.search(NEVER[language]["W-WATCH"], text, re.IGNORECASE)
    assert text in {
        parse_html(form.replace("{number}", clinic().emergency_number)).text
        for form in said_to_patients(language)
    }
    assert 0 < text.index(clinic().emergency_number) < text.index(".", text.index(".") + 1)
