from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from care import question_sets as daily
from care.errors import InvalidAnswer
from care.question_sets import asks, has_aura, has_drug, item, previous_item, question
from care.questions import NONE, SKIPPED, Answers, Item
from tests.builders import answers, exposure, medicine, profile

if TYPE_CHECKING:
    from care.profiles import Profile

USUAL = profile(usual_aura=("visual",))
NOT_TOLD = profile(usual_aura=None)
NO_AURA_USUAL = profile(usual_aura=())

FREE = answers(hd="no")
ILL = answers(hd="too_ill", fn="could_not")
YES = answers(hd="yes")
STILL = answers(hd="still")
TOOK = answers(hd="yes", med="m1")
WITH_AURA = answers(hd="yes", aura=("visual",))
NO_AURA = answers(hd="yes", aura=NONE)
AURA_ONLY = answers(hd="no", aura="visual")
MEDICINE_ONLY = answers(hd="no", exp="medicine")


def test_the_order_is_core_features_aura_function_and_the_day() -> None:  # R-ITEM-2
    codes = [item.value for item in daily.ORDER]

    assert codes == [
        "hd",
        "pk",
        "dur",
        "med",
        "rel",
        "feat",
        "aura",
        "aura_min",
        "fn",
        "exp",
        "care",
    ]
    assert codes == [item.value for item in Item]


def test_codes_are_stored_not_labels() -> None:  # R-ITEM-2, section 2
    assert daily.HEADACHE.options == ("no", "yes", "still", "too_ill")
    assert daily.DURATION.options == ("lt30", "30to240", "4to12h", "gt12h")
    assert daily.FEATURES.options == (
        *("one_side", "pulsating", "movement", "nausea", "vomiting", "light", "sound"),
    )
    assert daily.AURA.options == ("visual", "sensory", "speech", "weakness", "other")  # R-AURA-1
    assert daily.AURA_MINUTES.options == ("lt5", "5to60", "gt60")
    assert daily.FUNCTION.options == ("normal", "reduced", "could_not")
    assert daily.EXPOSURES.options == (
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
    assert question(code, USUAL, {}).item is code
    assert item(code.value) is code


@pytest.mark.parametrize("code", ["", "mood", "HD"])
def test_an_unknown_item_is_refused(code: str) -> None:
    with pytest.raises(InvalidAnswer):
        item(code)


def test_own_medicines_and_exposures_are_options() -> None:  # F14
    own = profile(own=(medicine(id=1), medicine(id=2, is_active=False), exposure(id=3)))

    assert question(Item.MEDICINES, own, YES).options == ("m1", "unlisted")
    assert question(Item.EXPOSURES, own, YES).options[-1] == "x3"
    assert question(Item.EXPOSURES, own, FREE).options[-2:] == ("x3", "medicine")


def test_what_left_the_list_stays_an_option_where_it_was_answered() -> None:  # F14
    own = profile(own=(medicine(id=1), medicine(id=2, is_active=False)))

    assert question(Item.MEDICINES, own, answers(hd="yes", med="m2")).options == (
        *("m1", "m2", "unlisted"),
    )


@pytest.mark.parametrize(
    ("of", "known", "asked"),
    [
        (USUAL, {}, "hd"),
        (USUAL, FREE, "hd exp"),
        (USUAL, YES, "hd pk dur med feat aura fn exp"),
        (USUAL, STILL, "hd pk dur med feat aura fn exp"),
        (NOT_TOLD, YES, "hd pk dur med feat aura fn exp"),
        (NO_AURA_USUAL, YES, "hd pk dur med feat fn exp"),
        (USUAL, TOOK, "hd pk dur med rel feat aura fn exp"),
        (USUAL, answers(hd="yes", med=NONE), "hd pk dur med feat aura fn exp"),
        (USUAL, answers(hd="yes", med=SKIPPED), "hd pk dur med feat aura fn exp"),
        (USUAL, WITH_AURA, "hd pk dur med feat aura aura_min fn exp"),
        (NO_AURA_USUAL, NO_AURA, "hd pk dur med feat aura fn exp"),
        (USUAL, AURA_ONLY, "hd aura aura_min exp"),
        (USUAL, MEDICINE_ONLY, "hd med exp"),
        (profile(practice="sleep"), FREE, "hd exp care"),
        (profile(practice="sleep"), ILL, "hd"),
        (USUAL, ILL, "hd"),
    ],
)
def test_what_is_asked_follows_from_what_is_known(
    of: Profile, known: Answers, asked: str
) -> None:  # R-ITEM-1, F05
    found = [code.value for code in Item if asks(code, known, of, is_late=False)]

    assert found == asked.split()


@pytest.mark.parametrize("known", [{}, FREE, YES, ILL])
@pytest.mark.parametrize("late", [Item.EXPOSURES, Item.PRACTICE])
def test_the_day_itself_is_never_asked_late(known: Answers, late: Item) -> None:  # R-FILL-1
    assert not asks(late, known, profile(practice="sleep"), is_late=True)


def test_none_is_no_aura_and_no_drug() -> None:
    assert has_aura(WITH_AURA)
    assert not has_aura(NO_AURA)
    assert not has_aura({})
    assert has_drug(TOOK)
    assert not has_drug(answers(hd="yes", med=NONE))
    assert not has_drug(answers(hd="yes", med=SKIPPED))


def walk(known: Answers, *, is_late: bool = False) -> list[Item]:
    return [item for item in Item if asks(item, known, USUAL, is_late=is_late)]


def back(known: Answers, *, is_late: bool = False) -> list[Item]:
    at, seen = previous_item(None, known, USUAL, is_late=is_late), []
    while at is not None:
        seen.append(at)
        at = previous_item(at, known, USUAL, is_late=is_late)
    return seen


@pytest.mark.parametrize("known", [{}, FREE, YES, STILL, TOOK, WITH_AURA, NO_AURA, ILL])
@pytest.mark.parametrize("is_late", [False, True])
def test_back_leads_the_same_way_as_forward(known: Answers, is_late: bool) -> None:
    assert back(known, is_late=is_late) == list(reversed(walk(known, is_late=is_late)))


def test_a_headache_free_day_takes_two_questions() -> None:  # R-ITEM-1: at most 3 taps
    assert walk(FREE) == [Item.HEADACHE, Item.EXPOSURES]


def test_too_ill_takes_one() -> None:  # R-ITEM-1
    assert walk(ILL) == [Item.HEADACHE]
