"""Messages changed, deleted, pinned."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from simulator.errors import NOT_MODIFIED, bad_request
from simulator.keyboards import inline_keyboard
from simulator.methods.requests import (
    Request,
    admit,
    caption_of,
    file_of,
    known_chat,
    own_message,
    text_of,
    writable_chat,
)
from simulator.posts import post, remove, tell_edit

if TYPE_CHECKING:
    from simulator.chats import Chat, Message
    from simulator.state import State

DELETABLE_FOR = timedelta(hours=48)
MOST_DELETED = 100


def edit_message_text(state: State, request: Request) -> dict[str, Any]:
    """Change a text; without `reply_markup` its keyboard goes."""
    chat, message = _target(state, request)
    formatted = text_of(state, request.params)
    if message.media is not None:
        raise bad_request("there is no text in the message to edit")
    return _change(state, chat, message, request, text=formatted.text, entities=formatted.entities)


def edit_message_caption(state: State, request: Request) -> dict[str, Any]:
    """Change the caption of a photo or file."""
    chat, message = _target(state, request)
    caption = caption_of(state, request.params)
    if message.media is None:
        raise bad_request("there is no caption in the message to edit")
    return _change(state, chat, message, request, text=caption.text, entities=caption.entities)


def edit_message_media(state: State, request: Request) -> dict[str, Any]:
    """Put another photo or file in place of the one that is there."""
    chat, message = _target(state, request)
    wanted = request.params.get("media")
    if not wanted:
        raise bad_request("input media is not specified")
    kind = wanted.get("type")
    if kind not in ("photo", "document"):
        raise bad_request("unsupported input media type specified")
    caption = caption_of(state, wanted)
    stored = file_of(state, request, wanted.get("media"), kind)
    return _change(
        state,
        chat,
        message,
        request,
        kind=kind,
        media=stored.as_photo() if kind == "photo" else stored.as_document(),
        text=caption.text,
        entities=caption.entities,
    )


def edit_message_reply_markup(state: State, request: Request) -> dict[str, Any]:
    """Change the buttons alone."""
    chat, message = _target(state, request)
    return _change(state, chat, message, request)


def _target(state: State, request: Request) -> tuple[Chat, Message]:
    """Give the message a request wants to change."""
    if "inline_message_id" in request.params:
        raise bad_request("MESSAGE_ID_INVALID")
    chat = writable_chat(state, request.params.get("chat_id"))
    return chat, own_message(chat, request.params.get("message_id"))


def _change(
    state: State, chat: Chat, message: Message, request: Request, **content: Any
) -> dict[str, Any]:
    """Change what differs; refuse when nothing does."""
    content["keyboard"] = inline_keyboard(request.params.get("reply_markup"))
    if all(getattr(message, name) == value for name, value in content.items()):
        raise bad_request(NOT_MODIFIED)
    admit(state, chat, edit=True)
    message.keep_version(state.clock.now())
    for name, value in content.items():
        setattr(message, name, value)
    tell_edit(state, chat, message)
    return chat.show(message)


def delete_message(state: State, request: Request) -> bool:
    """Delete one message."""
    chat = known_chat(state, request.params.get("chat_id"))
    message = chat.find(request.params.get("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if not _deletable(state, chat, message):
        raise bad_request("message can't be deleted")
    remove(state, chat, message)
    return True


def delete_messages(state: State, request: Request) -> bool:
    """Delete several messages; those that are not there are skipped."""
    chat = known_chat(state, request.params.get("chat_id"))
    ids = request.params.get("message_ids") or []
    if not 1 <= len(ids) <= MOST_DELETED:
        raise bad_request("message identifiers are not specified")
    for message in filter(None, map(chat.find, ids)):
        if _deletable(state, chat, message):
            remove(state, chat, message)
    return True


def _deletable(state: State, chat: Chat, message: Message) -> bool:
    """Say whether the bot may delete it: young, and its own or in a private chat."""
    young = state.clock.now() - message.date < DELETABLE_FOR
    return young and (message.by_bot or not chat.is_group)


def pin_chat_message(state: State, request: Request) -> bool:
    """Pin a message; the chat says so."""
    chat = writable_chat(state, request.params.get("chat_id"))
    message = chat.find(request.params.get("message_id"))
    if message is None:
        raise bad_request("message to pin not found")
    if message.message_id in chat.pinned:
        return True
    chat.pinned.append(message.message_id)
    service = {"pinned_message": chat.show(message, with_reply=False)}
    post(state, chat, state.bot, kind="service", service=service)
    return True


def unpin_chat_message(state: State, request: Request) -> bool:
    """Unpin a message, the newest when none is named."""
    chat = writable_chat(state, request.params.get("chat_id"))
    wanted = request.params.get("message_id", chat.pinned[-1] if chat.pinned else None)
    if wanted not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(wanted)
    return True


def unpin_all_chat_messages(state: State, request: Request) -> bool:
    """Unpin everything."""
    writable_chat(state, request.params.get("chat_id")).pinned.clear()
    return True
