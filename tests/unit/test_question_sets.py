from __future__ import annotations

import pytest

from care.errors import InvalidAnswer
from care.question_sets import (
    AURA,
    AURA_MINUTES,
    DAILY,
    EXPOSURES,
    HEADACHE,
    PAIN,
    applies,
    has_aura,
    item,
    next_item,
    previous_item,
    question,
)
from care.questions import NONE, Answers, Item
from tests.builders import answers

FREE = answers(hd="no")
ILL = answers(hd="too_ill")
YES = answers(hd="yes")
STILL = answers(hd="still")
WITH_AURA = answers(hd="yes", aura=("visual",))
NO_AURA = answers(hd="yes", aura=NONE)


def test_the_order_is_core_then_aura_then_the_day() -> None:  # R-ITEM-2
    assert DAILY == (HEADACHE, PAIN, AURA, AURA_MINUTES, EXPOSURES)


def test_codes_are_stored_not_labels() -> None:  # R-ITEM-2, section 2
    assert HEADACHE.options == ("no", "yes", "still", "too_ill")
    assert AURA.options == ("visual", "sensory", "speech", "weakness", "other")  # R-AURA-1
    assert AURA_MINUTES.options == ("lt5", "5to60", "gt60")
    assert EXPOSURES.options == (
        "sleep_short",
        "stress_high",
        "meal_skipped",
        "alcohol",
        "caffeine_more",
        "caffeine_less",
        "bleeding",
    )


@pytest.mark.parametrize("code", list(Item))
def test_every_item_has_its_question(code: Item) -> None:
    assert question(code).item is code
    assert item(code.value) is code


@pytest.mark.parametrize("code", ["", "mood", "HD"])
def test_an_unknown_item_is_refused(code: str) -> None:
    with pytest.raises(InvalidAnswer):
        item(code)


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ({}, "hd exp"),
        (FREE, "hd exp"),
        (YES, "hd pk aura exp"),
        (STILL, "hd pk aura exp"),
        (WITH_AURA, "hd pk aura aura_min exp"),
        (NO_AURA, "hd pk aura exp"),
        (ILL, "hd"),
    ],
)
def test_what_is_asked_follows_from_what_is_known(
    known: Answers, asked: str
) -> None:  # R-ITEM-1, F05
    found = [code.value for code in Item if applies(code, known, is_late=False)]

    assert found == asked.split()


@pytest.mark.parametrize("known", [{}, FREE, YES, ILL])
def test_exposures_are_never_asked_late(known: Answers) -> None:  # R-FILL-1
    assert not applies(Item.EXPOSURES, known, is_late=True)


def test_none_is_no_aura() -> None:
    assert has_aura(WITH_AURA)
    assert not has_aura(NO_AURA)
    assert not has_aura({})


def walk(known: Answers, *, is_late: bool = False) -> list[Item]:
    at, seen = next_item(None, known, is_late=is_late), []
    while at is not None:
        seen.append(at)
        at = next_item(at, known, is_late=is_late)
    return seen


def back(known: Answers, *, is_late: bool = False) -> list[Item]:
    at, seen = previous_item(None, known, is_late=is_late), []
    while at is not None:
        seen.append(at)
        at = previous_item(at, known, is_late=is_late)
    return seen


@pytest.mark.parametrize("known", [{}, FREE, YES, STILL, WITH_AURA, NO_AURA, ILL])
@pytest.mark.parametrize("is_late", [False, True])
def test_back_leads_the_same_way_as_forward(known: Answers, is_late: bool) -> None:
    assert back(known, is_late=is_late) == list(reversed(walk(known, is_late=is_late)))


def test_a_headache_free_day_takes_two_questions() -> None:  # R-ITEM-1: at most 3 taps
    assert walk(FREE) == [Item.HEADACHE, Item.EXPOSURES]


def test_too_ill_takes_one() -> None:  # R-ITEM-1
    assert walk(ILL) == [Item.HEADACHE]
