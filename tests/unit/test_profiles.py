from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from care import profiles
from care.errors import ListFull, NameEmpty, NameTaken, NameTooLong, WordsTooLong
from care.profiles import MAX_LABEL, MAX_MEDICINES, MAX_USUAL, OwnKind
from tests.builders import exposure, medicine


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("Suma", "Suma"),
        ("  Suma \t\n forte  ", "Suma forte"),
        ("Su\u200bma\u202e", "Suma"),
        ("Ibu\x00profen", "Ibuprofen"),
        ("u\u0308", "\u00fc"),
        ("<b>\N{PILL} 7</b>", "<b>\N{PILL} 7</b>"),
        ("\u0928\u092e\u0915", "\u0928\u092e\u0915"),
        ("W" * MAX_LABEL, "W" * MAX_LABEL),
    ],
)
def test_a_name_is_kept_clean(raw: str, kept: str) -> None:
    assert profiles.label(raw) == kept


@pytest.mark.parametrize("raw", ["", " \n", "...", "\N{PILL}", "\u200b\u202e", "-_-"])
def test_a_name_needs_a_letter_or_a_digit(raw: str) -> None:
    with pytest.raises(NameEmpty):
        profiles.label(raw)


def test_a_name_has_its_length() -> None:
    with pytest.raises(NameTooLong):
        profiles.label("W" * (MAX_LABEL + 1))


@given(st.text())
def test_a_kept_name_is_kept_again(raw: str) -> None:
    try:
        kept = profiles.label(raw)
    except (NameEmpty, NameTooLong):
        return
    assert profiles.label(kept) == kept
    assert kept == kept.strip()
    assert "\n" not in kept


def test_words_about_a_medicine_have_their_length_and_may_be_none() -> None:
    assert profiles.usual(" 1  early ") == "1 early"
    assert profiles.usual("\u200b") == ""
    assert profiles.usual("w" * MAX_USUAL) == "w" * MAX_USUAL
    with pytest.raises(WordsTooLong):
        profiles.usual("w" * (MAX_USUAL + 1))


def test_one_is_found_by_its_name_whatever_its_capitals() -> None:
    suma, away = medicine(label="Suma"), medicine(id=2, label="SUMA", is_active=False)
    travel = exposure(label="suma")

    assert profiles.named_before((away, suma, travel), OwnKind.MEDICINE, "sumA") == suma
    assert profiles.named_before((away,), OwnKind.MEDICINE, "suma") == away
    assert profiles.named_before((travel,), OwnKind.MEDICINE, "suma") is None


def test_a_name_is_given_once_among_those_that_are_offered() -> None:
    suma, ibu = medicine(label="Suma"), medicine(id=2, label="Ibu")
    away = medicine(id=4, label="Riza", is_active=False)

    assert profiles.renamed((suma, ibu, away), suma, "Riza").label == "Riza"
    assert profiles.renamed((suma, ibu, away), suma, "SUMA").label == "SUMA"
    with pytest.raises(NameTaken):
        profiles.renamed((suma, ibu), suma, "ibu")


def test_only_what_is_offered_takes_room() -> None:
    listed = [medicine(id=number) for number in range(MAX_MEDICINES)]
    away = [medicine(id=99, is_active=False), *listed[1:]]

    profiles.require_room([*away, exposure()], OwnKind.MEDICINE)
    with pytest.raises(ListFull):
        profiles.require_room(listed, OwnKind.MEDICINE)
