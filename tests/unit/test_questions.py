from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from care.errors import InvalidAnswer
from care.question_sets import AURA, EXPOSURES, HEADACHE, PAIN
from care.questions import NONE, Question, one, toggled

many = st.sampled_from([AURA, EXPOSURES])


def test_one_option_is_the_answer() -> None:
    assert one(HEADACHE, "yes") == ("yes",)


@pytest.mark.parametrize("value", ["", "maybe", "YES", "yes ", NONE, "11"])
def test_a_value_that_is_no_option_is_refused(value: str) -> None:
    with pytest.raises(InvalidAnswer):
        one(HEADACHE, value)


def test_pain_goes_from_0_to_10() -> None:
    assert one(PAIN, "0") == ("0",)
    assert one(PAIN, "10") == ("10",)
    with pytest.raises(InvalidAnswer):
        one(PAIN, "-1")


def test_none_of_them_answers_a_question_of_many() -> None:
    assert one(AURA, NONE) == (NONE,)


def test_a_chosen_option_joins_the_others_in_the_order_of_the_question() -> None:
    assert toggled(AURA, ("weakness",), "visual", chosen=True) == ("visual", "weakness")


def test_an_option_let_go_leaves_the_others() -> None:
    assert toggled(AURA, ("visual", "weakness"), "visual", chosen=False) == ("weakness",)


def test_the_last_option_let_go_leaves_no_answer() -> None:
    assert toggled(AURA, ("visual",), "visual", chosen=False) == ()


def test_an_option_replaces_none_of_them() -> None:
    assert toggled(AURA, (NONE,), "speech", chosen=True) == ("speech",)


def test_none_of_them_is_no_option_to_choose() -> None:
    with pytest.raises(InvalidAnswer):
        toggled(AURA, (), NONE, chosen=True)


def test_an_unknown_option_of_many_is_refused() -> None:
    with pytest.raises(InvalidAnswer):
        toggled(EXPOSURES, (), "visual", chosen=True)


def test_a_question_with_one_answer_has_nothing_to_toggle() -> None:
    with pytest.raises(InvalidAnswer):
        toggled(HEADACHE, (), "yes", chosen=True)


@given(data=st.data(), question=many, chosen=st.booleans())
def test_the_same_toggle_twice_is_the_same_as_once(
    data: st.DataObject, question: Question, chosen: bool
) -> None:
    before = data.draw(st.lists(st.sampled_from(question.options), unique=True).map(tuple))
    value = data.draw(st.sampled_from(question.options))

    once = toggled(question, before, value, chosen=chosen)

    assert toggled(question, once, value, chosen=chosen) == once
    assert (value in once) is chosen
    assert set(once) - {value} == set(before) - {value}
