from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st

from care import question_sets as daily
from care.classification import both, classify, either, is_headache_day
from care.clinic import Definition
from care.profiles import DrugClass
from care.questions import NONE, SKIPPED, Item
from tests.builders import answers, medicine, profile

if TYPE_CHECKING:
    from care.classification import Known
    from care.questions import Answers, Values

LEIDEN, IHS = Definition
TRIPTAN, PARACETAMOL = "m1", "m2"
ANN = profile(
    usual_aura=(),
    own=(
        medicine(id=1, drug_class=DrugClass.TRIPTAN),
        medicine(id=2, drug_class=DrugClass.PARACETAMOL),
    ),
)

X_1 = [
    (
        "4-12 h, 7, one side, pulsating, nausea",
        answers(
            hd="yes", pk="7", dur="4to12h", med=NONE, feat=("one_side", "pulsating", "nausea")
        ),
        (True, True, True),
    ),
    (
        "30 min-4 h, 6, worse with movement, light, sound",
        answers(hd="yes", pk="6", dur="30to240", med=NONE, feat=("movement", "light", "sound")),
        (True, True, False),
    ),
    (
        "under 30 min, no drug",
        answers(hd="yes", pk="5", dur="lt30", med=NONE, feat=("one_side", "nausea")),
        (False, False, False),
    ),
    (
        "under 30 min, triptan, relief none",
        answers(hd="yes", pk="5", dur="lt30", med=TRIPTAN, rel="no", feat=NONE),
        (True, True, False),
    ),
    (
        "all day, 3, light only",
        answers(hd="yes", pk="3", dur="gt12h", med=NONE, feat="light"),
        (True, False, False),
    ),
    (
        "4-12 h, 8, one side, paracetamol",
        answers(hd="yes", pk="8", dur="4to12h", med=PARACETAMOL, rel="no", feat="one_side"),
        (True, False, True),
    ),
    (
        "no headache, visual aura 5-60",
        answers(hd="no", aura="visual", aura_min="5to60", exp=NONE),
        (False, True, True),
    ),
    (
        "no headache, visual aura under 5",
        answers(hd="no", aura="visual", aura_min="lt5", exp=NONE),
        (False, False, False),
    ),
    ("too ill only", answers(hd="too_ill", fn="could_not"), (True, None, None)),
]


@pytest.mark.parametrize(
    ("known", "expected"), [row[1:] for row in X_1], ids=[row[0] for row in X_1]
)
def test_the_worked_examples(known: Answers, expected: tuple[Known, ...]) -> None:
    leiden, ihs = (classify(known, ANN, definition) for definition in Definition)

    assert leiden is not None
    assert ihs is not None
    assert (leiden.is_headache, leiden.is_migraine, ihs.is_migraine) == expected


def test_a_day_without_the_first_answer_is_missing() -> None:  # R-DAY-2
    assert classify({}, ANN, LEIDEN) is None


def test_a_headache_of_unknown_length_is_a_headache_day() -> None:  # R-DAY-3
    assert is_headache_day(answers(hd="still"))
    assert is_headache_day(answers(hd="yes", dur=SKIPPED))


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (answers(hd="no", exp=NONE), False),
        (answers(hd="yes", pk="4", dur="4to12h", med=NONE), True),  # R-DAY-7
        (answers(hd="yes", pk="3", dur="4to12h", med=NONE), False),
        (answers(hd="yes", pk="9", dur="30to240", med=NONE), False),
        (answers(hd="yes", pk="2", dur="lt30", med="unlisted"), True),
        (answers(hd="yes", pk="9", med=NONE), None),
        (answers(hd="yes", pk="2", dur="lt30"), None),
        (answers(hd="too_ill", fn="could_not"), None),
    ],
)
def test_moderate_or_severe_days(known: Answers, expected: Known) -> None:
    found = classify(known, ANN, LEIDEN)

    assert found is not None
    assert found.is_moderate_or_severe is expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (answers(hd="yes", pk="8", dur="4to12h", med=NONE, feat=SKIPPED), None),
        (answers(hd="yes", pk="8", dur="lt30", med=NONE, feat=SKIPPED), False),
        (answers(hd="yes", pk=SKIPPED, dur="4to12h", med=NONE, feat="nausea"), False),
        (answers(hd="yes", pk=SKIPPED, dur="4to12h", med=NONE, feat=("one_side", "nausea")), None),
        (answers(hd="yes", pk="2", dur="4to12h", med=SKIPPED, feat=NONE), None),
        (answers(hd="yes", pk="2", dur="4to12h", med=TRIPTAN, feat=SKIPPED), True),
    ],
)
def test_what_is_left_out_is_unknown_only_where_it_decides(
    known: Answers, expected: Known
) -> None:  # R-DAY-5
    found = classify(known, ANN, LEIDEN)

    assert found is not None
    assert found.is_migraine is expected


def test_aura_that_is_usual_and_not_told_is_unknown() -> None:  # R-DAY-4b, R-DAY-5
    known = answers(hd="yes", pk="2", dur="4to12h", med=NONE, feat=NONE)
    usual = profile(usual_aura=("visual",))

    without, with_usual = classify(known, ANN, LEIDEN), classify(known, usual, LEIDEN)

    assert without is not None
    assert with_usual is not None
    assert (without.is_migraine, with_usual.is_migraine) == (False, None)


TRUTHS: list[Known] = [True, False, None]


def test_yes_no_and_unknown_follow_kleene() -> None:  # R-DAY-5
    order = {False: 0, None: 1, True: 2}
    for left, right in product(TRUTHS, repeat=2):
        assert both(left, right) is min(left, right, key=order.__getitem__)
        assert either([left, right]) is max(left, right, key=order.__getitem__)
    assert either([]) is False


FULL = {item: daily.question(item, ANN, {}) for item in Item if item is not Item.PRACTICE}


@given(data=st.data())
def test_more_answers_never_turn_a_known_class_around(data: st.DataObject) -> None:
    """Leaving answers out makes a class unknown at most; it never changes it (R-DAY-5)."""
    drawn: dict[Item, Values] = {
        item: (data.draw(st.sampled_from(asked.options)),)
        for item, asked in FULL.items()
        if item not in {Item.HEADACHE, Item.EXPOSURES}
    }
    whole: Answers = {Item.HEADACHE: ("yes",), **drawn}
    left_out = data.draw(st.sets(st.sampled_from(sorted(drawn))))
    part: Answers = {
        item: (SKIPPED,) if item in left_out else values for item, values in whole.items()
    }
    for definition in Definition:
        full, partial = classify(whole, ANN, definition), classify(part, ANN, definition)

        assert full is not None
        assert partial is not None
        assert partial.is_migraine in {full.is_migraine, None}
        assert partial.is_moderate_or_severe in {full.is_moderate_or_severe, None}
