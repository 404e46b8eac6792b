"""Formatted text: plain characters and the entities over them, in UTF-16 units."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

_DETECTABLE = re.compile(
    r"(?<![\w/<>@])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/])"
    r"|(?P<url>https?://[^\s<>\"']+[^\s<>\"'.,;:!?)])"
    r"|(?<![\w.+-])(?P<email>[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
    r"|(?<![\w@])(?P<mention>@[A-Za-z][A-Za-z0-9_]{3,31})(?!\w)"
    r"|(?<![\w#])(?P<hashtag>#\w*[^\W\d]\w*)"
)
_STYLES = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
_HINTS = ("/", "@", "#")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormattedText:
    """A text as everybody sees it."""

    text: str = ""
    entities: list[dict[str, Any]] = field(default_factory=list)


def utf16_length(text: str) -> int:
    """Count UTF-16 units, the unit of Telegram's offsets and lengths."""
    if text.isascii():
        return len(text)
    return len(text) + sum(1 for character in text if character > "\uffff")


def detect(text: str) -> list[dict[str, Any]]:
    """Find what Telegram marks by itself: commands, links, addresses, mentions, hashtags."""
    if not any(hint in text for hint in _HINTS):
        return []
    return [_entity(text, match) for match in _DETECTABLE.finditer(text)]


def _entity(text: str, match: re.Match[str]) -> dict[str, Any]:
    """Describe one find."""
    return {
        "type": match.lastgroup,
        "offset": utf16_length(text[: match.start()]),
        "length": utf16_length(match.group()),
    }


def with_detected(formatted: FormattedText) -> FormattedText:
    """Add what Telegram marks by itself, outside of what is marked already."""
    found = detect(formatted.text)
    if not found:
        return formatted
    taken = formatted.entities
    fresh = [entity for entity in found if not any(_overlap(entity, other) for other in taken)]
    entities = sorted([*taken, *fresh], key=_place)
    return FormattedText(text=formatted.text, entities=entities)


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Say whether two entities share a character; a quote may hold others."""
    if other["type"] in ("blockquote", "expandable_blockquote"):
        return False
    begin = max(one["offset"], other["offset"])
    end = min(one["offset"] + one["length"], other["offset"] + other["length"])
    return bool(begin < end)


def _place(entity: dict[str, Any]) -> tuple[int, int]:
    """Order entities as Telegram does: by start, the longer first."""
    return entity["offset"], -entity["length"]


def merged(entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Join plain styles of one kind that touch or overlap, as Telegram does."""
    if len(entities) < 2:
        return entities
    whole: list[dict[str, Any]] = []
    last: dict[str, dict[str, Any]] = {}
    for entity in sorted(entities, key=_place):
        before = last.get(entity["type"])
        if before is not None and entity["offset"] <= before["offset"] + before["length"]:
            end = max(before["offset"] + before["length"], entity["offset"] + entity["length"])
            before["length"] = end - before["offset"]
            continue
        whole.append(entity)
        if entity["type"] in _STYLES:
            last[entity["type"]] = entity
    return whole


def trimmed(text: str, entities: list[dict[str, Any]]) -> FormattedText:
    """Cut white space off both ends, as Telegram does, and keep the entities in place."""
    kept = text.lstrip()
    lead = utf16_length(text) - utf16_length(kept)
    kept = kept.rstrip()
    if len(kept) == len(text):
        return FormattedText(text=text, entities=sorted(entities, key=_place))
    limit = utf16_length(kept)
    moved = []
    for entity in entities:
        begin = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, limit)
        if begin < end:
            moved.append({**entity, "offset": begin, "length": end - begin})
    return FormattedText(text=kept, entities=sorted(moved, key=_place))
