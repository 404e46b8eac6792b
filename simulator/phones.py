"""What a person does with the phone: write, tap, block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator import samples
from simulator.entities import detect
from simulator.errors import NotThereError, RefusalError
from simulator.posts import post_to_bot
from simulator.transcripts import show_person

if TYPE_CHECKING:
    from simulator.chats import Chat, Message
    from simulator.people import Person
    from simulator.state import State

LONGEST_TEXT = 4096


def write(
    state: State, user_id: int, text: str, *, chat_id: int | None, reply_to: int | None, kind: str
) -> Message:
    """Send a message of a person."""
    person, chat = _at(state, user_id, chat_id)
    if kind == "text" and not text.strip():
        raise RefusalError("there is nothing to send")
    if len(text) > LONGEST_TEXT:
        raise RefusalError(f"a message has at most {LONGEST_TEXT} characters")
    replied = None
    if reply_to is not None:
        replied = chat.find(reply_to)
        if replied is None:
            raise NotThereError(f"there is no message {reply_to} to reply to")
    if not chat.is_group:
        person.started = True
    media = samples.media(state.files, kind)
    return post_to_bot(
        state,
        chat,
        person.describe(),
        kind=kind,
        text=text,
        entities=detect(text),
        media=media,
        reply_to=replied,
    )


def _at(state: State, user_id: int, chat_id: int | None) -> tuple[Person, Chat]:
    """Give the person and the chat; refuse where the app would."""
    person = state.people.need(user_id)
    chat = state.chats.need(user_id if chat_id is None else chat_id)
    if person.deactivated:
        raise RefusalError(f"{person.first_name}'s account is deleted")
    if user_id not in chat.members:
        raise NotThereError(f"{person.first_name} is not in chat {chat.chat_id}")
    if chat.migrated_to is not None:
        raise RefusalError(f"the group has become the supergroup {chat.migrated_to}")
    if person.blocked and not chat.is_group:
        raise RefusalError(f"{person.first_name} has blocked the bot; unblock it first")
    return person, chat


def tap(
    state: State,
    user_id: int,
    message_id: int,
    *,
    chat_id: int | None,
    label: str | None,
    data: str | None,
) -> str:
    """Tap a button by its label, or send any data as a forged tap would; give the query id."""
    person, chat = _at(state, user_id, chat_id)
    message = chat.find(message_id)
    if label is not None:
        if message is None:
            raise NotThereError(f"there is no message {message_id} in chat {chat.chat_id}")
        data = _data_of(_button(message, label))
    if data is None:
        raise RefusalError("a tap needs a label or data")
    if not 1 <= len(data.encode()) <= 64:
        raise RefusalError("a tap's data has 1 to 64 bytes")
    query = state.queries.open(user_id, chat.chat_id, state.clock.now(), data=data)
    inaccessible = {"chat": chat.describe(), "message_id": message_id, "date": 0}
    body = {
        "id": query.query_id,
        "from": person.describe(),
        "message": inaccessible if message is None else chat.show(message),
        "chat_instance": str(7_000_000_000 + abs(chat.chat_id)),
        "data": data,
    }
    state.updates.add("callback_query", body, queue=f"user{user_id}")
    return query.query_id


def _button(message: Message, label: str) -> dict[str, Any]:
    """Find the button that says exactly this, else the only one that contains it."""
    buttons = [button for row in message.keyboard or () for button in row]
    exact = [button for button in buttons if button["text"] == label]
    found = exact or [button for button in buttons if label in button["text"]]
    if len(found) == 1 or exact:
        return found[0]
    there = ", ".join(repr(button["text"]) for button in buttons) or "none"
    many = "no button" if not found else f"{len(found)} buttons"
    raise NotThereError(f"{many} {label!r} on message {message.message_id}; there are: {there}")


def _data_of(button: dict[str, Any]) -> str:
    """Give what a button sends; refuse one that sends nothing."""
    if "disabled" in button:
        raise RefusalError(f"the button {button['text']!r} is disabled")
    if "callback_data" not in button:
        raise RefusalError(f"the button {button['text']!r} sends nothing to the bot")
    return str(button["callback_data"])


def block(state: State, user_id: int, *, blocked: bool) -> None:
    """Block the bot or unblock it; the bot is told."""
    person = state.people.need(user_id)
    if person.blocked == blocked:
        return
    person.blocked = blocked
    old, new = ("member", "kicked") if blocked else ("kicked", "member")
    state.tell_membership(state.chats.need(user_id), user_id, old=old, new=new)
    state.events.publish({"type": "person", **show_person(state, person)})
