"""The bot itself: name, descriptions, commands, menu button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator import commands
from simulator.errors import bad_request
from simulator.methods.requests import known_chat

if TYPE_CHECKING:
    from simulator.methods.requests import Request
    from simulator.state import State

_LONGEST = {"name": 64, "description": 512, "short_description": 120}
_MENU_BUTTONS = ("default", "commands", "web_app")


def get_me(state: State, _: Request) -> dict[str, Any]:
    """Say who the bot is."""
    return {
        **state.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def log_out(_state: State, _: Request) -> bool:
    """Leave the cloud server; nothing to do here."""
    return True


def close(_state: State, _: Request) -> bool:
    """Close the bot before a move; nothing to do here."""
    return True


def set_my_commands(state: State, request: Request) -> bool:
    """Set a command list."""
    state.commands.put(_key(state, request), commands.checked(request.params.get("commands")))
    return True


def get_my_commands(state: State, request: Request) -> list[dict[str, str]]:
    """Give a command list."""
    return state.commands.get(_key(state, request))


def delete_my_commands(state: State, request: Request) -> bool:
    """Delete a command list."""
    state.commands.put(_key(state, request), [])
    return True


def _key(state: State, request: Request) -> commands.Key:
    """Give scope and language of a request; the chat in it must exist."""
    scope = request.params.get("scope")
    if scope is not None and "chat_id" in scope:
        scope = {**scope, "chat_id": known_chat(state, scope["chat_id"]).chat_id}
    elif scope is not None and str(scope.get("type", "")).startswith("chat"):
        raise bad_request("chat_id is empty")
    return commands.key_of(scope, request.params.get("language_code"))


def set_chat_menu_button(state: State, request: Request) -> bool:
    """Set the button beside the text field."""
    button = request.params.get("menu_button") or {"type": "default"}
    if button.get("type") not in _MENU_BUTTONS:
        raise bad_request("can't parse menu button: unsupported type specified")
    if "chat_id" in request.params:
        known_chat(state, request.params["chat_id"]).menu_button = button
    else:
        state.menu_button = button
    return True


def get_chat_menu_button(state: State, request: Request) -> dict[str, Any]:
    """Give the button beside the text field."""
    if "chat_id" in request.params:
        chat = known_chat(state, request.params["chat_id"])
        return chat.menu_button or state.menu_button
    return state.menu_button


def set_text(state: State, request: Request, name: str) -> bool:
    """Set the name or a description for a language."""
    text = request.params.get(name, "")
    if len(text) > _LONGEST[name]:
        raise bad_request(f"{name.replace('_', ' ')} is too long")
    state.texts[name, request.params.get("language_code", "")] = text
    return True


def get_text(state: State, request: Request, name: str) -> dict[str, str]:
    """Give the name or a description for a language; the general one when it has none."""
    found = state.texts.get((name, request.params.get("language_code", "")))
    if not found:
        found = state.texts.get((name, ""))
    if not found and name == "name":
        found = str(state.bot["first_name"])
    return {name: found or ""}
