from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from care.medication_days import (
    DAYS,
    ENOUGH,
    LIMITS,
    POOL_LIMIT,
    MedicationDays,
    medication_days,
    warns_from,
)
from care.profiles import DrugClass
from care.questions import NONE, SKIPPED
from tests.builders import answers, medicine, profile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from care.questions import Answers

LAST = date(2026, 3, 31)
CODES = {one: f"m{number}" for number, one in enumerate(DrugClass, start=1)}
ANN = profile(
    own=tuple(medicine(id=number, drug_class=one) for number, one in enumerate(DrugClass, start=1))
)
TRIPTAN, PARACETAMOL = CODES[DrugClass.TRIPTAN], CODES[DrugClass.PARACETAMOL]
NSAID, DITAN = CODES[DrugClass.NSAID], CODES[DrugClass.DITAN]


def back(days: int) -> date:
    return LAST - timedelta(days=days)


def took(*codes: str) -> Answers:
    return answers(hd="yes", med=codes)


def days(taken: Mapping[int, Iterable[str]]) -> MedicationDays:
    """By days before the last."""
    return medication_days({back(on): took(*codes) for on, codes in taken.items()}, ANN, last=LAST)


def test_the_first_and_the_last_date_of_the_window_count() -> None:  # R-MOH-1, X-5
    found = days({0: [TRIPTAN], DAYS - 1: [TRIPTAN], DAYS: [TRIPTAN], -1: [TRIPTAN]})

    assert found.by_class == {DrugClass.TRIPTAN: 2}
    assert found.completed == 2


def test_two_medicines_of_a_class_on_a_date_are_one_day() -> None:
    two = profile(own=(medicine(id=1), medicine(id=2, label="Rizatriptan")))

    found = medication_days({LAST: took("m1", "m2")}, two, last=LAST)

    assert found.by_class == {DrugClass.TRIPTAN: 1}


@pytest.mark.parametrize("entry", [answers(hd="no"), answers(hd="yes", med=NONE),
                                   answers(hd="yes", med=SKIPPED)])  # fmt: skip
def test_a_day_without_a_medicine_is_completed_and_counts_for_none(entry: Answers) -> None:
    found = medication_days({LAST: entry}, ANN, last=LAST)

    assert found.by_class == {}
    assert (found.completed, found.pooled, found.pool_classes) == (1, 0, 0)


def test_a_medicine_on_a_headache_free_day_counts() -> None:
    found = medication_days({LAST: answers(hd="no", med=TRIPTAN)}, ANN, last=LAST)

    assert found.by_class == {DrugClass.TRIPTAN: 1}


def test_a_missing_day_is_not_completed() -> None:  # R-DAY-2
    found = medication_days({LAST: {}}, ANN, last=LAST)

    assert found.completed == 0


def test_what_stands_in_no_list_or_no_class_and_ditans_count_as_other() -> None:
    own = (*ANN.own, medicine(id=99, drug_class=None))
    entries = {LAST: took("unlisted", DITAN), back(1): took("m99"), back(2): took("m77")}

    found = medication_days(entries, profile(own=own), last=LAST)

    assert found.by_class == {DrugClass.OTHER: 3}
    assert found.pooled == 0


def test_six_triptan_and_five_nsaid_days_with_one_shared_are_ten_of_two_classes() -> None:
    found = days({**{on: [TRIPTAN] for on in range(5)}, 5: [TRIPTAN, NSAID],
                  **{on: [NSAID] for on in range(6, 10)}})  # fmt: skip

    assert found.by_class == {DrugClass.TRIPTAN: 6, DrugClass.NSAID: 5}
    assert (found.pooled, found.pool_classes) == (POOL_LIMIT, 2)


def test_paracetamol_and_nsaid_are_one_class_of_the_pool() -> None:
    found = days(
        {**{on: [PARACETAMOL] for on in range(8)}, **{on: [NSAID] for on in range(8, 14)}}
    )

    assert (found.pooled, found.pool_classes) == (14, 1)


def test_gepants_and_what_is_unverified_stand_outside_the_pool() -> None:  # R-MOH-4
    found = days({0: [CODES[DrugClass.GEPANT]], 1: [CODES[DrugClass.OTHER]], 2: [DITAN]})

    assert found.by_class == {DrugClass.GEPANT: 1, DrugClass.OTHER: 2}
    assert (found.pooled, found.pool_classes) == (0, 0)


def test_below_twenty_completed_days_a_count_is_a_lower_bound() -> None:  # R-MOH-6, X-7
    assert days({on: [TRIPTAN] for on in range(ENOUGH - 1)}).is_at_least
    assert not days({on: [TRIPTAN] for on in range(ENOUGH)}).is_at_least


def test_every_class_but_gepants_has_a_limit() -> None:
    assert set(DrugClass) - set(LIMITS) == {DrugClass.GEPANT, DrugClass.DITAN}


@pytest.mark.parametrize(
    ("drug_class", "at"),
    [(DrugClass.TRIPTAN, 8), (DrugClass.NSAID, 12), (DrugClass.GEPANT, None)],
)
def test_a_class_is_spoken_of_from_80_percent(drug_class: DrugClass, at: int | None) -> None:
    assert warns_from(drug_class) == at  # R-MOH-2
