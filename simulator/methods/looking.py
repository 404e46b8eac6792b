"""Chats and who is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator import groups
from simulator.errors import bad_request
from simulator.methods.requests import known_chat, writable_chat

if TYPE_CHECKING:
    from simulator.chats import Chat
    from simulator.methods.requests import Request
    from simulator.state import State

_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def get_chat(state: State, request: Request) -> dict[str, Any]:
    """Describe a chat."""
    chat = known_chat(state, request.params.get("chat_id"))
    described = {
        **chat.describe(),
        "accent_color_id": abs(chat.chat_id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": _GIFTS,
    }
    if chat.pinned:
        message = chat.find(chat.pinned[-1])
        if message is not None:
            described["pinned_message"] = chat.show(message, with_reply=False)
    return described


def get_chat_member(state: State, request: Request) -> dict[str, Any]:
    """Describe one member."""
    chat = writable_chat(state, request.params.get("chat_id"))
    user_id = request.params.get("user_id")
    if user_id == state.bot["id"]:
        return state.bot_member(chat.bot_status)
    if not isinstance(user_id, int) or state.people.get(user_id) is None:
        raise bad_request("invalid user_id specified")
    return _member(state, chat, user_id)


def _member(state: State, chat: Chat, user_id: int) -> dict[str, Any]:
    """Give the Bot API's `ChatMember` of a person."""
    user = state.people.need(user_id).describe()
    if user_id not in chat.members:
        return {"user": user, "status": "left"}
    if chat.is_group and chat.members[0] == user_id:
        return {"user": user, "status": "creator", "is_anonymous": False}
    return {"user": user, "status": "member"}


def get_chat_member_count(state: State, request: Request) -> int:
    """Count the members, the bot included."""
    chat = writable_chat(state, request.params.get("chat_id"))
    return len(chat.members) + 1


def get_chat_administrators(state: State, request: Request) -> list[dict[str, Any]]:
    """Give who runs a group."""
    chat = writable_chat(state, request.params.get("chat_id"))
    if not chat.is_group:
        raise bad_request("there are no administrators in the private chat")
    return [_member(state, chat, chat.members[0])]


def leave_chat(state: State, request: Request) -> bool:
    """Let the bot leave a group."""
    chat = writable_chat(state, request.params.get("chat_id"))
    if not chat.is_group:
        raise bad_request("chat member status can't be changed in private chats")
    groups.leave(state, chat)
    return True
