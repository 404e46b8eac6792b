"""Our table of the Bot API against the published one; and the checker itself."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from simulator import spec
from simulator.methods import METHODS
from tests.simulator.description import check_call, check_update, methods, outdated

USER = {"id": 1, "is_bot": True, "first_name": "Respite"}
CHAT = {"id": 5, "type": "private", "first_name": "Ann"}
MESSAGE = {"message_id": 1, "date": 5, "chat": CHAT, "from": USER, "text": "x"}


@pytest.mark.parametrize("name", spec.method_names())
def test_our_table_is_the_published_one(name: str) -> None:
    fields = methods()[name].model_fields
    published = {one for one in fields if one not in outdated(name)}
    assert set(spec.parameters(name)) == published
    assert set(spec.required(name)) == {one for one in published if fields[one].is_required()}


@pytest.mark.parametrize("name", spec.method_names())
def test_our_types_are_the_published_ones(name: str) -> None:
    simple = {"int": int, "str": str, "bool": bool}
    for parameter, kind in spec.parameters(name).items():
        annotation = methods()[name].model_fields[parameter].annotation
        kinds = (annotation, *get_args(annotation))
        if kind in simple:
            assert simple[kind] in kinds
        if kind == "list":
            assert any(str(one).startswith("list") for one in kinds)


def test_every_described_method_is_there() -> None:
    assert set(METHODS) | {"getUpdates"} == set(spec.method_names())


@pytest.mark.parametrize(
    ("method", "params", "result", "wrong"),
    [
        ("sendMessage", {"chat_id": 5, "text": "x"}, MESSAGE, []),
        ("sendMessage", {"chat_id": 5, "text": "x"}, None, []),
        ("sendPhoto", {"chat_id": 5, "photo": "attach://photo"}, MESSAGE, []),
        ("sendFax", {}, True, ["sendFax: no such method"]),
        (
            "sendMessage",
            {"chat_id": 5, "text": "x", "colour": 1},
            None,
            ["sendMessage: parameters: unknown field colour"],
        ),
        (
            "sendMessage",
            {"chat_id": 5, "text": "x", "reply_to_message_id": 1},
            None,
            ["sendMessage: outdated parameter reply_to_message_id"],
        ),
        ("sendMessage", {"chat_id": 5}, None, ["sendMessage: parameter text: Field required"]),
        (
            "deleteMessage",
            {"chat_id": 5, "message_id": "7"},
            1,
            [
                "deleteMessage: parameters.message_id: '7' is not of type int",
                "deleteMessage: result: 1 is not of type bool",
            ],
        ),
        (
            "sendMessage",
            {"chat_id": 5, "text": "x"},
            MESSAGE | {"bar": 1, "date": "5"},
            [
                "sendMessage: result: unknown field bar",
                "sendMessage: result.date: '5' is not of type datetime",
            ],
        ),
    ],
)
def test_the_checker_sees_what_is_wrong(
    method: str, params: dict[str, Any], result: object, wrong: list[str]
) -> None:
    assert check_call(method, params, result) == wrong


def test_the_checker_looks_into_updates() -> None:
    assert check_update({"update_id": 1, "message": MESSAGE}) == []
    assert check_update({"update_id": 1, "message": MESSAGE | {"foo": 1}}) == [
        "update.message: unknown field foo"
    ]
