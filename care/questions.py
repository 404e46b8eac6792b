"""What a question is, and how a raw tap becomes an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from care.errors import InvalidAnswer

NONE = "none"
"""The answer to a question of many options when none of them applies."""

SKIPPED = "skipped"
"""What stands for an item that was asked and left out: known as asked, not as answered."""


class Item(StrEnum):
    """The stable codes of the diary items (clinical rules, section 2)."""

    HEADACHE = "hd"
    PAIN = "pk"
    DURATION = "dur"
    MEDICINES = "med"
    RELIEF = "rel"
    FEATURES = "feat"
    AURA = "aura"
    AURA_MINUTES = "aura_min"
    FUNCTION = "fn"
    EXPOSURES = "exp"
    PRACTICE = "care"


Values = tuple[str, ...]
"""The codes of one answer: one for a question with one answer, sorted by option for many."""

Answers = Mapping[Item, Values]
"""What stands in an entry so far, by item."""


def said(answers: Answers, item: Item) -> Values:
    """What was answered to an item; empty when it was not asked, not answered or skipped."""
    values = answers.get(item, ())
    return () if values == (SKIPPED,) else values


@dataclass(frozen=True, kw_only=True)
class Question:
    """One item: its options by stable code, and whether several may be chosen."""

    item: Item
    options: tuple[str, ...]
    takes_many: bool = False


def one(question: Question, value: str) -> Values:
    """The answer that a tap on `value` gives; raises InvalidAnswer."""
    if value != NONE or not question.takes_many:
        _require(question, value)
    return (value,)


def toggled(question: Question, before: Values, value: str, *, chosen: bool) -> Values:
    """The answer after `value` was chosen or let go; raises InvalidAnswer.

    The tap names the state it asks for, so that a tap that arrives twice changes nothing more.
    """
    if not question.takes_many:
        raise InvalidAnswer
    _require(question, value)
    kept = set(before) - {NONE, SKIPPED, value}
    if chosen:
        kept.add(value)
    return tuple(code for code in question.options if code in kept)


def _require(question: Question, value: str) -> None:
    if value not in question.options:
        raise InvalidAnswer
