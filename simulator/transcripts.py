"""What a person sees of a chat, as the page and the tests read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.rendering import to_html

if TYPE_CHECKING:
    from simulator.chats import Chat, Message
    from simulator.keyboards import Keyboard
    from simulator.people import Person
    from simulator.state import State


def transcript(state: State, chat: Chat, person: Person | None) -> dict[str, Any]:
    """Give a whole chat; commands and blocking as this person sees them."""
    return {
        "chat_id": chat.chat_id,
        "type": chat.kind,
        "title": chat.title,
        "blocked": person is not None and person.blocked,
        "commands": [] if person is None else seen_commands(state, chat, person),
        "messages": [show(message) for message in chat.messages.values()],
    }


def seen_commands(state: State, chat: Chat, person: Person) -> list[dict[str, str]]:
    """Give the command list this person sees in this chat."""
    return state.commands.seen_by(
        person.user_id,
        chat.chat_id,
        person.language_code,
        group=chat.is_group,
        administrator=bool(chat.members) and chat.members[0] == person.user_id,
    )


def show(message: Message) -> dict[str, Any]:
    """Give one message as the page shows it."""
    sender = message.sender
    return {
        "message_id": message.message_id,
        "from": {name: sender[name] for name in ("id", "first_name", "is_bot")},
        "date": message.date.isoformat(),
        "kind": message.kind,
        "text": message.text or _service_words(message),
        "html": to_html(message.text or _service_words(message), message.entities),
        "entities": message.entities,
        "photo": _photo(message),
        "document": _document(message),
        "keyboard": _keyboard(message.keyboard),
        "reply_to": None if message.reply_to is None else message.reply_to.message_id,
        "protected": message.protected,
        "edited_at": None if message.edited_at is None else message.edited_at.isoformat(),
        "deleted": message.deleted,
        "versions": [
            {"at": old.at.isoformat(), "text": old.text, "keyboard": _keyboard(old.keyboard)}
            for old in message.versions
        ],
    }


def show_person(state: State, person: Person) -> dict[str, Any]:
    """Give one person as the page shows them."""
    return {
        "user_id": person.user_id,
        "first_name": person.first_name,
        "language_code": person.language_code,
        "blocked": person.blocked,
        "chats": state.place_of(person.user_id),
    }


def show_group(chat: Chat) -> dict[str, Any]:
    """Give one group as the page shows it."""
    return {"chat_id": chat.chat_id, "title": chat.title, "members": list(chat.members)}


def _photo(message: Message) -> dict[str, Any] | None:
    """Give where the page finds the picture."""
    if message.kind != "photo" or message.media is None:
        return None
    size = message.media["photo"][-1]
    return {
        "url": f"/sim/files/{size['file_id']}",
        "width": size["width"],
        "height": size["height"],
    }


def _document(message: Message) -> dict[str, Any] | None:
    """Give where the page finds the file."""
    if message.kind != "document" or message.media is None:
        return None
    document = message.media["document"]
    return {
        "url": f"/sim/files/{document['file_id']}",
        "file_name": document["file_name"],
        "size": document["file_size"],
        "mime_type": document["mime_type"],
    }


def _keyboard(keyboard: Keyboard | None) -> list[list[dict[str, Any]]]:
    """Give the buttons as the page shows them."""
    return [[_button(button) for button in row] for row in keyboard or ()]


def _button(button: dict[str, Any]) -> dict[str, Any]:
    """Give one button."""
    return {
        "text": button["text"],
        "data": button.get("callback_data"),
        "url": button.get("url"),
        "style": button.get("style"),
        "disabled": "disabled" in button,
    }


def _service_words(message: Message) -> str:
    """Say a service message in words."""
    service = message.service or {}
    if "group_chat_created" in service:
        return f"{message.sender['first_name']} created the group"
    if "migrate_to_chat_id" in service or "migrate_from_chat_id" in service:
        return "The group was upgraded to a supergroup"
    if "left_chat_member" in service:
        return f"{service['left_chat_member']['first_name']} left the group"
    if "pinned_message" in service:
        return f"{message.sender['first_name']} pinned a message"
    return ""
