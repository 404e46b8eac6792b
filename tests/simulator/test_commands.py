"""Command lists by scope and language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.simulator.conftest import Phone

BAD = "Bad Request: "


async def test_commands_are_seen_by_scope_and_language(phone: Phone) -> None:
    ann, uwe = phone.person(), phone.person("Uwe", language="de-AT")
    group = phone.sim.control.create_group("Team", [uwe, ann])

    async def put(name: str, scope: dict[str, Any] | None = None, language: str = "") -> None:
        commands = [{"command": name, "description": name}]
        await phone.result("setMyCommands", commands=commands, scope=scope, language_code=language)

    def seen(user_id: int, chat_id: int) -> str:
        shown = phone.sim.control.transcript(chat_id, user_id=user_id)["commands"]
        return str(shown[0]["command"])

    await put("all")
    assert (seen(ann, ann), seen(uwe, group)) == ("all", "all")
    await put("private_de", {"type": "all_private_chats"}, "de")
    assert (seen(ann, ann), seen(uwe, uwe)) == ("all", "private_de")
    await put("one", {"type": "chat", "chat_id": uwe})
    assert seen(uwe, uwe) == "one"
    await put("groups", {"type": "all_group_chats"})
    await put("admins", {"type": "all_chat_administrators"})
    assert (seen(uwe, group), seen(ann, group)) == ("admins", "groups")
    await put("ann", {"type": "chat_member", "chat_id": group, "user_id": ann})
    assert seen(ann, group) == "ann"
    await phone.result("deleteMyCommands", scope={"type": "chat", "chat_id": uwe})
    assert seen(uwe, uwe) == "private_de"
    assert phone.sim.control.transcript(group)["commands"] == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"commands": [{"command": "Help!", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "a", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{"command": "a", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"language_code": "deutsch"}, "invalid language code specified"),
        ({"scope": {"type": "chat", "chat_id": 1}}, "chat not found"),
        ({"scope": {"type": "chat"}}, "chat_id is empty"),
    ],
)
async def test_command_lists_telegram_refuses(
    phone: Phone, change: dict[str, Any], words: str
) -> None:
    good = {"commands": [{"command": "help", "description": "x"}]}
    assert await phone.refusal("setMyCommands", **good | change) == BAD + words
