"""What every method needs of a request: the chat, the text, the keyboard, the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from simulator.entities import FormattedText, trimmed, utf16_length, with_detected
from simulator.errors import bad_request, forbidden, migrated, too_many
from simulator.markup import parse_html

if TYPE_CHECKING:
    from simulator.chats import Chat, Message
    from simulator.media import StoredFile, Upload
    from simulator.state import State

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LARGEST_RAW_TEXT = 32_768
_ENTITY = frozenset(
    {
        *("type", "offset", "length", "url", "language"),
        *("custom_emoji_id", "unix_time", "date_time_format"),
    }
)


@dataclass(frozen=True, slots=True)
class Request:
    """The parameters of one call, with their published types, and the files sent along."""

    params: dict[str, Any]
    uploads: dict[str, Upload] = field(default_factory=dict)


def known_chat(state: State, chat_id: object) -> Chat:
    """Give the chat a request names."""
    if chat_id is None or chat_id == "":
        raise bad_request("chat_id is empty")
    if isinstance(chat_id, str) and chat_id.lstrip("-").isdecimal():
        chat_id = int(chat_id)
    chat = state.chats.get(chat_id)
    if chat is None:
        raise bad_request("chat not found")
    if chat.migrated_to is not None:
        raise migrated(chat.migrated_to)
    return chat


def writable_chat(state: State, chat_id: object) -> Chat:
    """Give the chat a request names if the bot may write there."""
    chat = known_chat(state, chat_id)
    if chat.is_group:
        _check_membership(chat)
    else:
        _check_person(state, chat)
    return chat


def _check_membership(chat: Chat) -> None:
    """Refuse a group the bot is not in."""
    kind = "group" if chat.kind == "group" else "supergroup"
    if chat.bot_status == "kicked":
        raise forbidden(f"bot was kicked from the {kind} chat")
    if chat.bot_status == "left":
        raise forbidden(f"bot is not a member of the {kind} chat")


def _check_person(state: State, chat: Chat) -> None:
    """Refuse a person who cannot or does not want to be written to."""
    person = state.people.need(chat.chat_id)
    if person.deactivated:
        raise forbidden("user is deactivated")
    if person.blocked:
        raise forbidden("bot was blocked by the user")
    if not person.started:
        raise forbidden("bot can't initiate conversation with a user")


def admit(state: State, chat: Chat, *, edit: bool = False) -> None:
    """Count a message against the flood windows."""
    seconds = state.floods.refuse_for(
        state.clock.now(), chat.chat_id, group=chat.is_group, edit=edit
    )
    if seconds:
        raise too_many(seconds)


def own_message(chat: Chat, message_id: object) -> Message:
    """Give the bot's message that a request wants to change."""
    if message_id is None:
        raise bad_request("message identifier is not specified")
    message = chat.find(message_id)
    if message is None:
        raise bad_request("message to edit not found")
    if not message.by_bot or message.service is not None:
        raise bad_request("message can't be edited")
    return message


def text_of(state: State, params: dict[str, Any]) -> FormattedText:
    """Give the text of a request as everybody will see it."""
    formatted = _formatted(state, params, params.get("text") or "", params.get("entities"))
    if not formatted.text:
        raise bad_request("message text is empty")
    if utf16_length(formatted.text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return formatted


def caption_of(state: State, params: dict[str, Any]) -> FormattedText:
    """Give the caption of a request; it may be empty."""
    raw = str(params.get("caption") or "")
    formatted = _formatted(state, params, raw, params.get("caption_entities"))
    if utf16_length(formatted.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return formatted


def _formatted(
    state: State, params: dict[str, Any], raw: str, entities: list[Any] | None
) -> FormattedText:
    """Apply the parse mode, or the entities given with the text."""
    if len(raw) * 4 > LARGEST_RAW_TEXT and len(raw.encode()) > LARGEST_RAW_TEXT:
        raise bad_request("message is too long")
    mode = str(params.get("parse_mode") or "").lower()
    if mode == "html":
        return with_detected(parse_html(raw))
    if mode:
        if mode.startswith("markdown"):
            state.calls.note([f"the simulator does not read parse mode {mode}"])
        raise bad_request("unsupported parse_mode")
    listed = entities if isinstance(entities, list) else ()
    return with_detected(trimmed(raw, [_entity(raw, entity) for entity in listed]))


def _entity(text: str, entity: Any) -> dict[str, Any]:
    """Check one entity given with a text."""
    if not isinstance(entity, dict) or not isinstance(entity.get("type"), str):
        raise bad_request("can't parse MessageEntity: expected an Object with a type")
    offset, length = entity.get("offset"), entity.get("length")
    if not isinstance(offset, int) or not isinstance(length, int) or offset < 0 or length < 1:
        raise bad_request("can't parse MessageEntity: invalid offset or length specified")
    if offset + length > utf16_length(text):
        raise bad_request("entity beyond the end of the text")
    return {name: value for name, value in entity.items() if name in _ENTITY}


def replied_message(chat: Chat, params: dict[str, Any]) -> Message | None:
    """Give the message a request replies to."""
    reply = params.get("reply_parameters")
    if not reply:
        return None
    message = chat.find(reply.get("message_id"))
    if message is None and not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return message


def file_of(state: State, request: Request, value: object, kind: str) -> StoredFile:
    """Give the file a request uploads or names; `kind` is `photo` or `document`."""
    if not isinstance(value, str) or not value:
        raise bad_request(f"there is no {kind} in the request")
    if value.startswith("attach://"):
        upload = request.uploads.get(value.removeprefix("attach://"))
        if upload is None:
            raise bad_request(f"there is no {kind} in the request")
        keep = state.files.keep_photo if kind == "photo" else state.files.keep_document
        return keep(upload)
    if value.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    stored = state.files.get(value)
    if stored.kind != kind:
        raise bad_request(
            f"can't use file of type {stored.kind.capitalize()} as {kind.capitalize()}"
        )
    return stored
