from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from care.status import is_gate_open
from tests.builders import answers

if TYPE_CHECKING:
    from care.questions import Answers

TODAY = date(2026, 3, 9)


def days(*newest_first: Answers) -> dict[date, Answers]:
    return {TODAY - timedelta(days=back): entry for back, entry in enumerate(newest_first)}


def whole(pain: str, **more: str) -> Answers:
    return answers(hd="yes", dur="gt12h", pk=pain, **more)


def is_open(
    *entries: Answers, has_long_attack: bool = False, asked_on: date | None = None
) -> bool:
    return is_gate_open(days(*entries), TODAY, has_long_attack=has_long_attack, asked_on=asked_on)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((whole("7"), whole("6"), whole("5")), True),
        ((whole("6", fn="reduced"), whole("6"), whole("5")), False),
        ((whole("6", fn="could_not"), whole("6"), whole("5")), True),
        ((answers(hd="too_ill"), answers(hd="still", pk="3"), whole("2")), True),
        ((whole("9"), answers(hd="yes", dur="4to12h", pk="9"), whole("9")), False),
        ((whole("9"), answers(hd="no"), whole("9")), False),
        ((whole("9"), whole("9")), False),
    ],
)
def test_three_whole_days_and_a_hard_one_open_the_gate(
    entries: tuple[Answers, ...], expected: bool
) -> None:  # R-SM-1
    assert is_open(*entries) is expected


def test_an_attack_of_more_than_72_hours_opens_it_too() -> None:  # R-SM-1
    short = answers(hd="yes", dur="4to12h", pk="8")

    assert is_open(short, has_long_attack=True)
    assert not is_open(answers(hd="yes", pk="3"), has_long_attack=True)


@pytest.mark.parametrize(
    ("ago", "between", "expected"),
    [
        (1, whole("8"), False),
        (6, whole("8"), False),
        (6, answers(hd="no"), True),
        (7, whole("8"), True),
    ],
)
def test_it_is_asked_again_after_a_free_day_or_a_week(
    ago: int, between: Answers, expected: bool
) -> None:  # R-SM-1
    entries = [whole("8")] * 3 + [between] * 5

    assert is_open(*entries, asked_on=TODAY - timedelta(days=ago)) is expected
