"""Inline keyboards: what Telegram accepts and how it stores them."""

from __future__ import annotations

from typing import Any

from simulator.errors import bad_request

Keyboard = list[list[dict[str, Any]]]

MOST_BUTTONS = 100
MOST_DATA_BYTES = 64
STYLES = ("primary", "success", "danger")
_ACTIONS = (
    "callback_data",
    "url",
    "disabled",
    "copy_text",
    "web_app",
    "login_url",
    "pay",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "callback_game",
)
_PLAIN = {"text", "callback_data"}
_OTHER_MARKUPS = ("keyboard", "remove_keyboard", "force_reply")


def inline_keyboard(markup: object) -> Keyboard | None:
    """Check a `reply_markup`; give the inline keyboard in it, `None` when there is none."""
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard")
    if rows is None:
        if not markup or any(name in markup for name in _OTHER_MARKUPS):
            return None
        raise bad_request("can't parse reply keyboard markup JSON object")
    if not isinstance(rows, list):
        raise bad_request('field "inline_keyboard" must be of type Array')
    return _checked(rows) or None


def _checked(rows: list[Any]) -> Keyboard:
    """Check every row and count the buttons."""
    keyboard = []
    for row in rows:
        if not isinstance(row, list):
            raise bad_request(
                'can\'t parse inline keyboard button: field "inline_keyboard" must be '
                "an Array of Arrays"
            )
        if row:
            keyboard.append([_button(button) for button in row])
    if sum(map(len, keyboard)) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return keyboard


def _button(button: Any) -> dict[str, Any]:
    """Check one button and keep the fields Telegram gives back."""
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: expected an Object")
    if button.keys() == _PLAIN and type(button["text"]) is str and button["text"].strip():
        data = button["callback_data"]
        if not (type(data) is str and data.isascii() and 0 < len(data) <= MOST_DATA_BYTES):
            _action("callback_data", data)
        return button
    text = button.get("text")
    if not isinstance(text, str) or not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    actions = [name for name in _ACTIONS if button.get(name) is not None]
    if len(actions) != 1:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    stored: dict[str, Any] = {"text": text}
    _style(button, stored)
    stored[actions[0]] = _action(actions[0], button[actions[0]])
    return stored


def _style(button: dict[str, Any], stored: dict[str, Any]) -> None:
    """Keep a style Telegram knows, refuse another."""
    style = button.get("style")
    if not style:
        return
    if style not in STYLES:
        raise bad_request("invalid button style specified")
    stored["style"] = style


def _action(name: str, value: Any) -> Any:
    """Check what pressing the button does."""
    if name == "callback_data":
        if not isinstance(value, str) or not 1 <= len(value.encode()) <= MOST_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
        return value
    if name == "url":
        return _address(value)
    if name == "disabled" and not isinstance(value, dict):
        raise bad_request(
            'can\'t parse inline keyboard button: field "disabled" must be an Object'
        )
    return value


def _address(url: Any) -> str:
    """Check an address; one without a scheme means http."""
    if isinstance(url, str) and url.startswith(("http://", "https://", "tg://")):
        return url
    if not isinstance(url, str) or "." not in url or " " in url or ":" in url:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return f"http://{url}/"
