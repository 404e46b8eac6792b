from __future__ import annotations

from datetime import timedelta

import pytest

from care.people import CoordinatorId
from care.relay import (
    LONGEST_ANSWER,
    PART,
    Stage,
    answered,
    is_first,
    is_too_long,
    parts,
    read,
)
from tests.builders import NOW, relay_message

CAROL, DANA = CoordinatorId(2), CoordinatorId(3)
LATER = NOW + timedelta(minutes=20)
WIDE = "\U00010400"


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("", [0]),
        ("x", [1]),
        ("x" * PART, [PART]),
        ("x" * 4_096, [PART, 4_096 - PART]),
        ("x" + WIDE * 2_000, [PART // 2, 2_001 - PART // 2]),
    ],
)
def test_words_are_cut_into_parts_and_never_within_a_sign(text: str, sizes: list[int]) -> None:
    found = parts(text)

    assert "".join(found) == text
    assert [len(one) for one in found] == sizes


def test_an_answer_goes_in_one_message() -> None:
    assert not is_too_long("x" * LONGEST_ANSWER)
    assert is_too_long("x" * (LONGEST_ANSWER - 1) + WIDE)


def test_the_first_who_reads_stays() -> None:
    once = read(relay_message(), CAROL, now=NOW)

    assert (once.read_by, once.read_at, once.revision) == (CAROL, NOW, 1)
    assert read(once, DANA, now=LATER) == once


def test_the_first_who_answers_stays_and_has_read_it() -> None:
    once = answered(relay_message(), CAROL, now=NOW)
    twice = answered(once, DANA, now=LATER)

    assert (once.read_by, once.answered_by, once.answered_at) == (CAROL, CAROL, NOW)
    assert (twice.answered_by, twice.answered_at) == (CAROL, NOW)
    assert twice.revision > once.revision > 0


def test_who_answered_may_answer_again_and_others_are_told() -> None:
    once = answered(relay_message(), CAROL, now=NOW)

    assert is_first(relay_message(), DANA)
    assert is_first(once, CAROL)
    assert not is_first(once, DANA)


def test_a_stage_is_claimed_once_it_is_so() -> None:  # R-TRI-6
    message = relay_message()
    assert message.stage is Stage.UNDER_WAY
    assert relay_message(failed_at=NOW).stage is Stage.UNREACHED
    assert relay_message(failed_at=NOW, delivered_at=LATER).stage is Stage.SENT
    assert read(message, CAROL, now=NOW).stage is Stage.READ
    assert answered(message, CAROL, now=NOW).stage is Stage.ANSWERED
