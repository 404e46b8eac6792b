from __future__ import annotations

from typing import Any

import pytest

from bot import first_aid
from tests.builders import clinic

ANN = {"id": 7, "language_code": "de-AT"}


def tap(data: str) -> dict[str, Any]:
    return {"update_id": 1, "callback_query": {"id": "q", "from": ANN, "data": data}}


def words(text: str) -> dict[str, Any]:
    chat = {"id": ANN["id"], "type": "private"}
    return {"update_id": 1, "message": {"from": ANN, "chat": chat, "text": text}}


@pytest.mark.parametrize(
    "update",
    [
        tap("al"),
        tap("az"),
        *(tap(f"fl:{number}") for number in range(1, 8)),
        words("/alarm"),
        words("/alarm@respite_bot please"),
    ],
)
def test_an_emergency_is_known_by_its_tap_and_told_in_the_phones_language(
    update: dict[str, Any],
) -> None:  # R-EMG-1
    found = first_aid.call(update, clinic())

    assert found is not None
    assert found.chat_id == 7
    assert "Rufen Sie jetzt 112 an." in found.screen.text
    assert found.notice.startswith("Das kann ein Notfall sein.")


@pytest.mark.parametrize(
    "update",
    [tap("fl:19"), tap("sf:1:no"), tap("sf:1:unsure"), words("Ich will nicht mehr leben")],
)
def test_thoughts_of_self_harm_get_the_numbers(update: dict[str, Any]) -> None:  # R-SUI-1
    found = first_aid.call(update, clinic(crisis_line="0800 111 0 111"))

    assert found is not None
    assert "0800 111 0 111" in found.screen.text


@pytest.mark.parametrize(
    "update",
    [
        tap("fl:9"),
        tap("sf:1:yes"),
        tap("a:1:hd:yes"),
        tap("nonsense"),
        words("hello"),
        words(""),
        {"update_id": 1},
    ],
)
def test_everything_else_waits_for_the_database(update: dict[str, Any]) -> None:
    assert first_aid.call(update, clinic()) is None


def test_words_in_a_group_are_nobodys_call() -> None:
    said = words("/alarm")
    said["message"]["chat"] = {"id": -5, "type": "group"}

    assert first_aid.call(said, clinic()) is None
