"""Command lists per scope and language; the most specific one wins."""

from __future__ import annotations

import re
from typing import Any

from simulator.errors import bad_request

Key = tuple[str, int, int, str]

MOST_COMMANDS = 100
_NAME = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_WITH_CHAT = ("chat", "chat_administrators", "chat_member")
SCOPES = (
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
    *_WITH_CHAT,
)


class Commands:
    """What `setMyCommands` has set."""

    def __init__(self) -> None:
        self._lists: dict[Key, list[dict[str, str]]] = {}

    def put(self, key: Key, commands: list[dict[str, str]]) -> None:
        """Set a list; an empty one deletes it."""
        if commands:
            self._lists[key] = commands
        else:
            self._lists.pop(key, None)

    def get(self, key: Key) -> list[dict[str, str]]:
        """Give exactly this list."""
        return self._lists.get(key, [])

    def seen_by(
        self, user_id: int, chat_id: int, language: str, *, group: bool, administrator: bool
    ) -> list[dict[str, str]]:
        """Give the list this person sees in this chat."""
        for scope in _scopes(user_id, chat_id, group=group, administrator=administrator):
            for code in (language[:2], ""):
                found = self._lists.get((*scope, code))
                if found is not None:
                    return found
        return []


def _scopes(
    user_id: int, chat_id: int, *, group: bool, administrator: bool
) -> list[tuple[str, int, int]]:
    """Give the scopes to look in, the most specific first."""
    if not group:
        return [("chat", chat_id, 0), ("all_private_chats", 0, 0), ("default", 0, 0)]
    scopes = [("chat_member", chat_id, user_id)]
    if administrator:
        scopes.append(("chat_administrators", chat_id, 0))
    scopes.append(("chat", chat_id, 0))
    if administrator:
        scopes.append(("all_chat_administrators", 0, 0))
    return [*scopes, ("all_group_chats", 0, 0), ("default", 0, 0)]


def key_of(scope: dict[str, Any] | None, language: object) -> Key:
    """Read scope and language of a request; the chat in it is checked elsewhere."""
    code = language if isinstance(language, str) else ""
    if code and _LANGUAGE.fullmatch(code) is None:
        raise bad_request("invalid language code specified")
    kind = (scope or {"type": "default"}).get("type")
    if kind not in SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    if scope is None or kind not in _WITH_CHAT:
        return (str(kind), 0, 0, code)
    user_id = scope.get("user_id") if kind == "chat_member" else 0
    if not isinstance(user_id, int):
        raise bad_request("invalid user_id specified")
    return (str(kind), int(scope["chat_id"]), user_id, code)


def checked(commands: object) -> list[dict[str, str]]:
    """Check a list of commands; raise what Telegram would."""
    if not isinstance(commands, list):
        raise bad_request("can't parse commands: expected an Array")
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_command(command) for command in commands]


def _command(command: Any) -> dict[str, str]:
    """Check one command."""
    if not isinstance(command, dict):
        raise bad_request("can't parse commands: expected an Object")
    name = str(command.get("command", "")).removeprefix("/")
    description = str(command.get("description", ""))
    if _NAME.fullmatch(name) is None:
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}
