"""New messages: text, photo, document, and the sign that one is being written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.errors import bad_request
from simulator.keyboards import inline_keyboard
from simulator.methods.requests import (
    Request,
    admit,
    caption_of,
    file_of,
    replied_message,
    text_of,
    writable_chat,
)
from simulator.posts import post

if TYPE_CHECKING:
    from simulator.chats import Chat
    from simulator.state import State

_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def send_message(state: State, request: Request) -> dict[str, Any]:
    """Send a text."""
    chat = writable_chat(state, request.params.get("chat_id"))
    formatted = text_of(state, request.params)
    return _send(state, chat, request.params, text=formatted.text, entities=formatted.entities)


def send_photo(state: State, request: Request) -> dict[str, Any]:
    """Send a photo, uploaded or by its id."""
    chat = writable_chat(state, request.params.get("chat_id"))
    caption = caption_of(state, request.params)
    media = file_of(state, request, request.params.get("photo"), "photo").as_photo()
    return _send(
        state,
        chat,
        request.params,
        kind="photo",
        media=_with_flags(media, request.params),
        text=caption.text,
        entities=caption.entities,
    )


def send_document(state: State, request: Request) -> dict[str, Any]:
    """Send a file, uploaded or by its id."""
    chat = writable_chat(state, request.params.get("chat_id"))
    caption = caption_of(state, request.params)
    media = file_of(state, request, request.params.get("document"), "document").as_document()
    return _send(
        state,
        chat,
        request.params,
        kind="document",
        media=media,
        text=caption.text,
        entities=caption.entities,
    )


def _with_flags(media: dict[str, Any], params: dict[str, Any]) -> dict[str, Any]:
    """Add what a photo's message says of its looks."""
    if params.get("show_caption_above_media"):
        media["show_caption_above_media"] = True
    if params.get("has_spoiler"):
        media["has_media_spoiler"] = True
    return media


def _send(state: State, chat: Chat, params: dict[str, Any], **content: Any) -> dict[str, Any]:
    """Check what all messages share, count it, and put the message into the chat."""
    keyboard = inline_keyboard(params.get("reply_markup"))
    reply_to = replied_message(chat, params)
    admit(state, chat)
    message = post(
        state,
        chat,
        state.bot,
        keyboard=keyboard,
        reply_to=reply_to,
        protected=bool(params.get("protect_content")),
        **content,
    )
    state.sent_by_bot += 1
    return chat.show(message)


def send_chat_action(state: State, request: Request) -> bool:
    """Show that the bot is busy."""
    chat = writable_chat(state, request.params.get("chat_id"))
    if request.params.get("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    state.events.publish({"type": "typing", "chat_id": chat.chat_id})
    return True
