"""Putting messages into chats, changing them, and telling the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.chats import Message
from simulator.transcripts import show

if TYPE_CHECKING:
    from simulator.chats import Chat
    from simulator.state import State


def post(state: State, chat: Chat, sender: dict[str, Any], **content: Any) -> Message:
    """Put a new message at the end of a chat."""
    message = Message(
        message_id=state.chats.next_message_id(chat),
        sender=sender,
        date=state.clock.now(),
        **content,
    )
    chat.add(message)
    if state.events.heard:
        _tell(state, "message", chat, message)
    return message


def post_to_bot(state: State, chat: Chat, sender: dict[str, Any], **content: Any) -> Message:
    """Put a message of a person into a chat and let the bot have it."""
    message = post(state, chat, sender, **content)
    if _bot_reads(state, chat, message):
        state.updates.add("message", {**chat.show(message)}, queue=f"chat{chat.chat_id}")
    return message


def tell_edit(state: State, chat: Chat, message: Message) -> None:
    """Tell the page that a message says something else now."""
    if state.events.heard:
        _tell(state, "edit", chat, message)


def remove(state: State, chat: Chat, message: Message) -> None:
    """Delete a message for everybody."""
    message.deleted = True
    state.events.publish(
        {"type": "delete", "chat_id": chat.chat_id, "message_id": message.message_id}
    )


def _tell(state: State, kind: str, chat: Chat, message: Message) -> None:
    state.events.publish({"type": kind, "chat_id": chat.chat_id, "message": show(message)})


def _bot_reads(state: State, chat: Chat, message: Message) -> bool:
    """Say whether the bot gets a message: privacy mode hides most of a group's talk from it."""
    if not chat.is_group:
        return True
    if chat.bot_status != "member":
        return False
    if message.service is not None:
        return True
    if message.reply_to is not None and message.reply_to.by_bot:
        return True
    return _is_command_for(state.bot["username"], message)


def _is_command_for(username: str, message: Message) -> bool:
    """Say whether a message begins with a command that may be meant for this bot."""
    if not message.entities or message.entities[0]["type"] != "bot_command":
        return False
    if message.entities[0]["offset"] != 0:
        return False
    command = message.text[: message.entities[0]["length"]]
    _, _, addressee = command.partition("@")
    return not addressee or addressee.lower() == str(username).lower()
