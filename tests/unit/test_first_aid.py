from __future__ import annotations

from typing import Any

import pytest

from bot import first_aid
from tests.builders import clinic

ANN = {"id": 7, "language_code": "de-AT"}


def tap(data: str) -> dict[str, Any]:
    return {"update_id": 1, "callback_query": {"id": "q", "from": ANN, "data": data}}


def words(text: str) -> dict[str, Any]:
    return {"update_id": 1, "message": {"from": ANN, "text": text}}


@pytest.mark.parametrize(
    "update", [tap("az"), *(tap(f"fl:{number}") for number in range(1, 8)), words("/alarm")]
)
def test_an_emergency_is_known_by_its_tap_and_told_in_the_phones_language(
    update: dict[str, Any],
) -> None:  # R-EMG-1
    found = first_aid.call(update, clinic())

    assert found is not None
    assert found.chat_id == 7
    assert "Rufen Sie jetzt 112 an." in found.screen.text
    assert found.notice.startswith("Das kann ein Notfall sein.")


def test_thoughts_of_self_harm_get_the_numbers() -> None:  # R-SUI-1
    found = first_aid.call(tap("fl:19"), clinic(crisis_line="0800 111 0 111"))

    assert found is not None
    assert "0800 111 0 111" in found.screen.text


@pytest.mark.parametrize(
    "update",
    [tap("fl:9"), tap("al"), tap("a:1:hd:yes"), tap("nonsense"), words("hello"), {"update_id": 1}],
)
def test_everything_else_waits_for_the_database(update: dict[str, Any]) -> None:
    assert first_aid.call(update, clinic()) is None
