from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from care.errors import InvalidCode
from care.people import PatientState, patient_code, token_hash
from tests.builders import patient


def test_only_who_has_joined_and_can_be_written_to_is_active() -> None:
    assert patient().is_active
    assert not patient(address=None).is_active
    for state in set(PatientState) - {PatientState.ACTIVE}:
        assert not patient(state=state).is_active


@pytest.mark.parametrize(
    ("raw", "code"), [("k-17", "K-17"), (" P-001 ", "P-001"), ("a", "A"), ("1" * 12, "1" * 12)]
)
def test_a_code_is_the_clinics_own_in_capitals(raw: str, code: str) -> None:
    assert patient_code(raw) == code


@pytest.mark.parametrize(
    "raw", ["", " ", "1" * 13, "-A", "A-", "A B", "A_B", "Ä1", "<b>", "A\n1", "K:17", "٣"]
)
def test_another_code_is_refused(raw: str) -> None:
    with pytest.raises(InvalidCode, match="1 to 12 letters, digits and hyphens"):
        patient_code(raw)


@given(st.text())
def test_a_code_is_stable_short_and_plain(raw: str) -> None:
    try:
        code = patient_code(raw)
    except InvalidCode:
        return
    assert patient_code(code) == code
    assert len(code) <= 12
    assert code.isascii()


def test_a_token_is_kept_as_its_hash_only() -> None:
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    assert token_hash("abc") == digest
