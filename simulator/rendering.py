"""Formatted text as safe HTML for the chat page."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import Any

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_CLASSES = {
    "spoiler": "tg-spoiler",
    "bot_command": "tg-command",
    "mention": "tg-mention",
    "hashtag": "tg-hashtag",
    "text_mention": "tg-mention",
    "custom_emoji": "tg-emoji",
}


def to_html(text: str, entities: list[dict[str, Any]]) -> str:
    """Render text and entities; nothing a person typed can become markup."""
    if not entities:
        return escape(text)
    units = text.encode("utf-16-le")
    edges = sorted(
        {0, len(units) // 2}
        | {entity["offset"] for entity in entities}
        | {entity["offset"] + entity["length"] for entity in entities}
    )
    out: list[str] = []
    stack: list[dict[str, Any]] = []
    for begin, end in zip(edges, [*edges[1:], edges[-1]], strict=True):
        _close(stack, begin, out)
        for entity in entities:
            if entity["offset"] == begin:
                stack.append(entity)
                out.append(_opening(entity, units))
        out.append(escape(units[begin * 2 : end * 2].decode("utf-16-le", "replace")))
    return "".join(out)


def _close(stack: list[dict[str, Any]], at: int, out: list[str]) -> None:
    """Close what ends here; reopen what was opened after it and goes on."""
    ended = [entity for entity in stack if entity["offset"] + entity["length"] <= at]
    if not ended:
        return
    reopened = []
    while ended:
        entity = stack.pop()
        out.append(_closing(entity))
        if entity in ended:
            ended.remove(entity)
        else:
            reopened.append(entity)
    for entity in reversed(reopened):
        stack.append(entity)
        out.append(_opening(entity, b""))


def _opening(entity: dict[str, Any], units: bytes) -> str:
    """Give the start tag of an entity."""
    kind = entity["type"]
    if kind in _TAGS:
        return f"<{_TAGS[kind]}>"
    if kind in _CLASSES:
        return f'<span class="{_CLASSES[kind]}">'
    if kind == "expandable_blockquote":
        return '<blockquote class="expandable">'
    if kind == "date_time":
        return _time(entity)
    return _anchor(entity, units)


def _time(entity: dict[str, Any]) -> str:
    """Give the start tag of an instant that the page shows in the reader's zone."""
    at = datetime.fromtimestamp(entity["unix_time"], UTC).isoformat()
    shape = escape(entity.get("date_time_format", ""))
    return f'<time class="tg-time" datetime="{at}" data-format="{shape}">'


def _anchor(entity: dict[str, Any], units: bytes) -> str:
    """Give the start tag of a link; an address of another kind is only shown."""
    own = units[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2]
    url = entity.get("url") or own.decode("utf-16-le", "replace")
    if entity["type"] == "email":
        url = f"mailto:{url}"
    if not url.startswith(("http://", "https://", "mailto:", "tg://")):
        return "<a>"
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">'


def _closing(entity: dict[str, Any]) -> str:
    """Give the end tag of an entity."""
    kind = entity["type"]
    if kind in _CLASSES:
        return "</span>"
    if kind == "expandable_blockquote":
        return "</blockquote>"
    if kind == "date_time":
        return "</time>"
    return f"</{_TAGS[kind]}>" if kind in _TAGS else "</a>"
