"""A net for words of crisis: thoughts of harming oneself, a wish to be dead (R-SUI-1, R-SUI-2).

It is a net with holes. It knows phrases, not people: what is said between the lines, in other
languages, in pictures, or in words that nobody thought of falls through, and it takes a figure
of speech for the thing itself. Nothing it misses means that somebody is well; the alarm button,
the questions after an infusion and people who ask stand beside it. Where it is in doubt the card
is shown. It keeps nothing, logs nothing and quotes nothing: a text goes in, one word comes out.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from care.crisis_words import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from care.crisis_words import Words


class Crisis(StrEnum):
    """What words speak of: harm, or harm with a plan, intent, means or time (R-SUI-2)."""

    HARM = "harm"
    PLAN = "plan"


def stated(text: str) -> Crisis | None:
    """What a text speaks of, in any of the languages; None where nothing was caught.

    Negations count: "I do not want to kill myself" may be as near as somebody comes to saying it.
    """
    found = {_read(form) for form in _forms(text)}
    return next((crisis for crisis in (Crisis.PLAN, Crisis.HARM) if crisis in found), None)


def _read(text: str) -> Crisis | None:
    clean = _net("ordinary").sub(" -", text)
    if _net("plan").search(clean):
        return Crisis.PLAN
    harmed = [one for one in _sentences(clean) if _net("harm").search(one)]
    if any(_net("details").search(one) for one in harmed):
        return Crisis.PLAN
    return Crisis.HARM if harmed else None


def _sentences(text: str) -> Iterator[str]:
    return (f" {one.strip()} . " for one in text.split(" . ") if one.strip())


def _forms(text: str) -> Iterator[str]:
    """A text as it is compared, and once more for each way of writing that hides words."""
    plain = _folded(text)
    yield plain
    yield from (other for reveal in _DISGUISES if (other := reveal(plain)) != plain)


_APOSTROPHES = re.compile(r"['\u2019\u2018`\u00b4\u02bc]")
_ENDS = re.compile(r"[.!?;:\n\r]+")


def _folded(text: str) -> str:
    """Small letters without accents, single spaces between words, sentences ended by a dot."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(one for one in apart if unicodedata.category(one) not in {"Mn", "Cf"})
    ended = _ENDS.sub(" . ", _APOSTROPHES.sub("", f"{letters}\n"))
    words = "".join(one if one.isalnum() or one == "." else " " for one in ended)
    return f" {' '.join(words.split())} "


def _short(text: str) -> str:
    """Letters that are drawn out: "diiiie" is "die"."""
    return re.sub(r"([a-z])\1{2,}", r"\1", text)


def _double(text: str) -> str:
    """The same where the word has the letter twice: "killlll" is "kill"."""
    return re.sub(r"([a-z])\1{2,}", r"\1\1", text)


def _spelt(text: str) -> str:
    """Single letters put together: "s u i c i d e", also with dots between."""
    loose = r"(?<= )(?:[a-z] (?:\. )?){2,}[a-z](?= )"
    return re.sub(loose, lambda found: re.sub(r"[ .]", "", found[0]), text)


_DIGITS = str.maketrans("013457", "oieast")


def _digits(text: str) -> str:
    """Digits that stand for letters: "su1c1de"."""
    mixed = r"\b(?=\w*[a-z])(?=\w*\d)\w+\b"
    return re.sub(mixed, lambda found: found[0].translate(_DIGITS), text)


def _umlauts(text: str) -> str:
    """German without umlauts on the keyboard: "moechte", "toeten"."""
    return re.sub(r"([aou])e", r"\1", text)


_DISGUISES: tuple[Callable[[str], str], ...] = (_short, _double, _spelt, _digits, _umlauts)

_NOTATION = (
    (" ... ", r" (?:\w+ ){0,3}"),
    ("(?:.. )?", r"(?:\w+ )?"),
    (" .. ", r" (?:\w+ )?"),
    ("|.)", r"|\.)"),
    ("(?:.|", r"(?:\.|"),
    (" .", r" \."),
    ("*", r"\w*"),
)


@cache
def _net(part: str) -> re.Pattern[str]:
    """One part of the table in all languages, as one pattern."""
    lines = (_pattern(line, one) for one in WORDS.values() for line in getattr(one, part))
    return re.compile(" (?:" + "|".join(lines) + ")(?= )")


def _pattern(line: str, words: Words) -> str:
    """A line of the table as a regular expression; its notation is told there."""
    for name, family in words.families.items():
        line = line.replace(f"<{name}>", f"({family})")
    line = line.replace("(", "(?:")
    for sign, meaning in _NOTATION:
        line = line.replace(sign, meaning)
    return line
