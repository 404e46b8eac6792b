"""Each request against the published description (Bot API 10.3) of the methods we simulate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from simulator.errors import bad_request

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# One line a method: name, then name:type of each parameter; "!" marks a required one.
_GROUPS = {
    "@to": "business_connection_id:str chat_id!:chat message_thread_id:int "
    "direct_messages_topic_id:int",
    "@how": "disable_notification:bool protect_content:bool allow_paid_broadcast:bool "
    "message_effect_id:str suggested_post_parameters:object reply_parameters:ReplyParameters "
    "reply_markup:Markup ephemeral_message_parameters:object",
    "@caption": "caption:str parse_mode:str caption_entities:list",
    "@which": "business_connection_id:str chat_id:chat message_id:int inline_message_id:str "
    "reply_markup:Markup",
}
_METHODS = """
getMe
logOut
close
getUpdates offset:int limit:int timeout:int allowed_updates:list
setWebhook url!:str certificate:file ip_address:str max_connections:int allowed_updates:list \
  drop_pending_updates:bool secret_token:str
deleteWebhook drop_pending_updates:bool
getWebhookInfo
sendMessage @to text!:str parse_mode:str entities:list link_preview_options:LinkPreviewOptions @how
sendPhoto @to photo!:file @caption show_caption_above_media:bool has_spoiler:bool @how
sendDocument @to document!:file thumbnail:file @caption disable_content_type_detection:bool @how
editMessageText @which text:str parse_mode:str entities:list \
  link_preview_options:LinkPreviewOptions rich_message:object
editMessageCaption @which @caption show_caption_above_media:bool
editMessageMedia @which media!:InputMedia
editMessageReplyMarkup @which
deleteMessage chat_id!:chat message_id!:int
deleteMessages chat_id!:chat message_ids!:list
answerCallbackQuery callback_query_id!:str text:str show_alert:bool url:str cache_time:int
getFile file_id!:str
setMyCommands commands!:list scope:Scope language_code:str
getMyCommands scope:Scope language_code:str
deleteMyCommands scope:Scope language_code:str
setChatMenuButton chat_id:int menu_button:MenuButton
getChatMenuButton chat_id:int
setMyName name:str language_code:str
getMyName language_code:str
setMyDescription description:str language_code:str
getMyDescription language_code:str
setMyShortDescription short_description:str language_code:str
getMyShortDescription language_code:str
getChat chat_id!:chat
getChatMember chat_id!:chat user_id!:int
getChatMemberCount chat_id!:chat
getChatAdministrators chat_id!:chat return_bots:bool
leaveChat chat_id!:chat
sendChatAction business_connection_id:str chat_id!:chat message_thread_id:int action!:str
pinChatMessage business_connection_id:str chat_id!:chat message_id!:int disable_notification:bool
unpinChatMessage business_connection_id:str chat_id!:chat message_id:int
unpinAllChatMessages chat_id!:chat
"""


def _words(line: str) -> frozenset[str]:
    """Give the words of a line."""
    return frozenset(line.split())


_SHAPES: dict[str, frozenset[str]] = {
    "ReplyParameters": _words(
        "message_id chat_id allow_sending_without_reply quote quote_parse_mode quote_entities "
        "quote_position checklist_task_id poll_option_id ephemeral_message_id"
    ),
    "LinkPreviewOptions": _words(
        "is_disabled url prefer_small_media prefer_large_media show_above_text"
    ),
    "Scope": frozenset({"type", "chat_id", "user_id"}),
    "MenuButton": frozenset({"type", "text", "web_app"}),
    "InputMedia": _words(
        "type media thumbnail caption parse_mode caption_entities show_caption_above_media "
        "has_spoiler disable_content_type_detection"
    ),
    "Markup": _words(
        "inline_keyboard keyboard is_persistent resize_keyboard one_time_keyboard "
        "input_field_placeholder selective remove_keyboard force_reply"
    ),
}
_BUTTON = _words(
    "text icon_custom_emoji_id style url callback_data web_app login_url switch_inline_query "
    "switch_inline_query_current_chat switch_inline_query_chosen_chat copy_text callback_game "
    "pay disabled"
)
_TRUE = frozenset({"true", "yes", "1"})
_MARKUP_NAMES = {"reply_markup": "reply keyboard markup"}


class _WrongTypeError(ValueError):
    """A value that is not of its parameter's type."""


def _integer(value: object) -> object:
    """Read a number, as Telegram does also from text."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str):
        try:
            return int(value)
        except ValueError:
            raise _WrongTypeError from None
    raise _WrongTypeError


def _string(value: object) -> object:
    """Read a text; Telegram takes numbers for text as well."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise _WrongTypeError


def _boolean(value: object) -> object:
    """Read a truth value."""
    if isinstance(value, bool):
        return value
    return str(value).lower() in _TRUE


def _chat(value: object) -> object:
    """Read a chat id or a user name."""
    if isinstance(value, str) and value.startswith("@"):
        return value
    return _integer(value)


def _json(value: object, kind: type) -> object:
    """Read an object or array, from JSON text as well."""
    if isinstance(value, str):
        value = orjson.loads(value) if value else kind()
    if not isinstance(value, kind):
        raise _WrongTypeError
    return value


def _list(value: object) -> object:
    """Read an array."""
    return _json(value, list)


def _object(value: object) -> object:
    """Read an object."""
    return _json(value, dict)


_READERS: dict[str, Callable[[object], object]] = {
    "int": _integer,
    "str": _string,
    "bool": _boolean,
    "chat": _chat,
    "file": _string,
    "list": _list,
}


class _Method:
    """What the description says of one method."""

    __slots__ = ("name", "readers", "required", "types")

    def __init__(self, line: str) -> None:
        for group, fields in _GROUPS.items():
            line = line.replace(group, fields)
        self.name, *words = line.replace("\\", "").split()
        self.types: dict[str, str] = {}
        self.required: list[str] = []
        for word in words:
            name, _, kind = word.partition(":")
            if name.endswith("!"):
                name = name[:-1]
                self.required.append(name)
            self.types[name] = kind
        self.readers = {name: _READERS.get(kind, _object) for name, kind in self.types.items()}


_TABLE = {method.name.lower(): method for method in map(_Method, _METHODS.strip().splitlines())}


def name_of(method: str) -> str | None:
    """Give a method's published spelling; Telegram does not care about case."""
    found = _TABLE.get(method.lower())
    return None if found is None else found.name


def method_names() -> tuple[str, ...]:
    """Give every method described here."""
    return tuple(method.name for method in _TABLE.values())


def parameters(method: str) -> Mapping[str, str]:
    """Give a method's parameters and their types."""
    return _TABLE[method.lower()].types


def required(method: str) -> tuple[str, ...]:
    """Give the parameters a method cannot do without."""
    return tuple(_TABLE[method.lower()].required)


def takes_file(method: str, name: str) -> bool:
    """Say whether a parameter may come as a file."""
    return _TABLE[method.lower()].types.get(name) == "file"


def read(method: str, raw: Mapping[str, object], defects: list[str]) -> dict[str, Any]:
    """Give the parameters with their published types; note what the description forbids.

    What Telegram ignores (an unknown parameter, a value of the wrong type) is left out and
    noted; what it answers with an error is raised as that error.
    """
    described = _TABLE[method.lower()]
    params: dict[str, Any] = {}
    for name, value in raw.items():
        reader = described.readers.get(name)
        if reader is None:
            defects.append(f"{described.name}: unknown parameter {name}")
        elif value is not None:
            try:
                params[name] = reader(value)
            except orjson.JSONDecodeError:
                words = _MARKUP_NAMES.get(name, name)
                defects.append(f"{described.name}: {name} is not JSON")
                raise bad_request(f"can't parse {words} JSON object") from None
            except _WrongTypeError:
                defects.append(f"{described.name}: {name} is not of type {described.types[name]}")
    defects.extend(
        f"{described.name}: required parameter {name} is missing"
        for name in described.required
        if name not in params
    )
    _check_shapes(described, params, defects)
    return params


def _check_shapes(described: _Method, params: dict[str, Any], defects: list[str]) -> None:
    """Note unknown fields inside the objects."""
    for name, value in params.items():
        fields = _SHAPES.get(described.types[name])
        if fields is None:
            continue
        unknown = value.keys() - fields
        if unknown:
            defects.append(f"{described.name}: unknown fields {sorted(unknown)} in {name}")
        if name == "reply_markup":
            _check_buttons(described.name, value.get("inline_keyboard"), defects)


def _check_buttons(method: str, rows: object, defects: list[str]) -> None:
    """Note unknown fields of buttons."""
    if not isinstance(rows, list):
        return
    for row in rows:
        for button in row if isinstance(row, list) else ():
            if isinstance(button, dict) and not button.keys() <= _BUTTON:
                unknown = sorted(button.keys() - _BUTTON)
                defects.append(f"{method}: unknown fields {unknown} in a button")
