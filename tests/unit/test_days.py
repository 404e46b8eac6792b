from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from care.clinic import Definition
from care.days import BLOCK, Count, block
from care.questions import NONE
from tests.builders import answers, profile

LAST = date(2026, 3, 31)
FREE = answers(hd="no")
MIGRAINE = answers(
    hd="yes", pk="7", dur="4to12h", med=NONE, feat=("one_side", "pulsating", "nausea")
)
ILL = answers(hd="too_ill")
ANN = profile(usual_aura=())


@pytest.mark.parametrize(
    ("days", "known", "in_block", "is_scaled"),
    [
        (9, 28, Fraction(9), False),
        (9, 21, Fraction(12), True),
        (9, 14, Fraction(18), True),
        (9, 13, None, True),
        (18, 23, Fraction(504, 23), True),
    ],
)
def test_missing_days_are_scaled_from_half_of_them_on(  # R-BLK-2, X-2
    days: int, known: int, in_block: Fraction | None, is_scaled: bool
) -> None:
    found = Count(days=days, known=known)

    assert (found.in_block, found.is_scaled) == (in_block, is_scaled)


def test_both_ends_of_the_block_count_and_no_day_beyond() -> None:  # R-BLK-1
    entries = {LAST - timedelta(days=back): MIGRAINE for back in (-1, 0, BLOCK - 1, BLOCK)}

    found = block(entries, ANN, Definition.LEIDEN, last=LAST)

    assert found.headache == Count(days=2, known=2)
    assert found.migraine == Count(days=2, known=2)


def test_a_day_that_nobody_can_classify_is_told_apart() -> None:  # R-DAY-5
    entries = {LAST: ILL, LAST - timedelta(days=1): FREE, LAST - timedelta(days=2): MIGRAINE}

    found = block(entries, ANN, Definition.LEIDEN, last=LAST)

    assert found.headache == Count(days=2, known=3)
    assert found.migraine == Count(days=1, known=2)
    assert found.unknown == 1


def test_the_clinics_definition_decides() -> None:  # R-DAY-6, X-1
    short = answers(hd="yes", pk="6", dur="30to240", med=NONE, feat=("movement", "light", "sound"))

    found = {one: block({LAST: short}, ANN, one, last=LAST).migraine.days for one in Definition}

    assert found == {Definition.LEIDEN: 1, Definition.IHS: 0}
