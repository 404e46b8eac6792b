"""What staff may enter of questionnaires (R-INS-2, R-INS-3)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.views import scores as views
from care import instruments
from care.instruments import TABLE, Entering, NewResult, harm, instrument, number
from care.people import CoordinatorId, PatientId
from tests.builders import NOW, TODAY

ENTERING = Entering(patient_id=PatientId(7), instrument="phq9", until=NOW)
RESULT = NewResult(
    patient_id=PatientId(7),
    instrument="phq9",
    local_date=TODAY,
    scores={"total": 0, "item_9": 0},
    entered_by=CoordinatorId(2),
    entered_at=NOW,
)


def test_the_ranges_are_those_of_the_rules() -> None:  # R-INS-2
    ranges = {
        (one.name, scale.code): (scale.lowest, scale.highest)
        for one in TABLE
        for scale in one.scales
    }

    assert ranges == {
        ("HIT-6", "total"): (36, 78),
        ("MSQ 2.1", "role_restrictive"): (0, 100),
        ("MSQ 2.1", "role_preventive"): (0, 100),
        ("MSQ 2.1", "emotional"): (0, 100),
        ("PHQ-9", "total"): (0, 27),
        ("PHQ-9", "item_9"): (0, 3),
        ("GAD-7", "total"): (0, 21),
    }


def test_no_instrument_of_the_forbidden_list_is_there() -> None:  # R-INS-3
    forbidden = {"C-SSRS", "CADSS", "KSET", "ID-Migraine", "mTOQ"}
    assert not forbidden & {one.name for one in TABLE}


def test_every_row_can_travel_in_a_button_and_every_scale_has_its_word() -> None:
    assert len({one.code for one in TABLE}) == len(TABLE)
    for one in TABLE:
        assert one.code.isalnum()
        assert len({scale.code for scale in one.scales}) == len(one.scales) > 0
        assert {scale.code for scale in one.scales} <= set(views.SCALES)


def test_only_what_has_few_values_is_asked_by_buttons() -> None:
    tapped = [(one.code, scale.code) for one in TABLE for scale in one.scales if scale.is_tapped]
    assert tapped == [("phq9", "item_9")]


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("64", 64),
        (" 64\n", 64),
        ("0", 0),
        ("007", 7),
        ("999", 999),
        ("1000", None),
        ("64.5", None),
        ("64,5", None),
        ("-1", None),
        ("+1", None),
        ("64/78", None),
        ("sixty", None),
        ("٦٤", None),
        ("²", None),
        ("", None),
    ],
)
def test_a_number_is_digits_and_nothing_else(raw: str, value: int | None) -> None:
    assert number(raw) == value


def test_the_scales_are_asked_in_order() -> None:
    def asked(**scores: int) -> str | None:
        scale = replace(ENTERING, scores=scores).asks
        return None if scale is None else scale.code

    assert asked() == "total"
    assert asked(total=12) == "item_9"
    assert asked(total=12, item_9=0) is None
    assert replace(ENTERING, instrument="no more").asks is None


@pytest.mark.parametrize(
    ("total", "item_9", "is_possible"),
    [(0, 0, True), (0, 1, False), (2, 3, False), (24, 0, True), (25, 0, False), (27, 3, True)],
)
def test_a_total_goes_with_its_item(total: int, item_9: int, *, is_possible: bool) -> None:
    scores = {"total": total, "item_9": item_9}
    assert instruments.is_possible(replace(RESULT, scores=scores)) is is_possible


def test_other_questionnaires_have_no_such_item() -> None:
    for one in TABLE:
        if one.code != "phq9":
            highest = {scale.code: scale.highest for scale in one.scales}
            told = replace(RESULT, instrument=one.code, scores=highest)
            assert instruments.is_possible(told)
    assert instruments.is_possible(replace(RESULT, instrument="no more", scores={}))


def test_only_the_item_about_self_harm_counts_as_such() -> None:  # R-SUI-1
    for item_9 in range(4):
        assert harm(replace(RESULT, scores={"total": 27, "item_9": item_9})) == item_9
    assert harm(replace(RESULT, scores={"total": 27})) == 0
    assert harm(replace(RESULT, instrument="gad7", scores={"total": 21, "item_9": 3})) == 0
    assert harm(replace(RESULT, instrument="no more", scores={"item_9": 3})) == 0
    assert instrument("no more") is None
    assert instruments.instrument("msq") is TABLE[1]
