"""Button payloads: typed values to 64 bytes and back (telegram facts, 1).

A payload says all that is needed to understand a tap without memory. It proves nothing: every
tap is authorised by who taps.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime, time
from typing import TYPE_CHECKING, cast, get_type_hints

from bot.payloads.tags import TAGS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.payloads import Payload

LIMIT_BYTES = 64


class BadPayloadError(ValueError):
    """This button is not one of ours."""


_TAG_OF = {kind: tag for tag, kind in TAGS.items()}


def _flag(raw: str) -> bool:
    if raw not in {"0", "1"}:
        raise ValueError(raw)
    return raw == "1"


def _number(raw: str) -> int:
    if not (raw.isascii() and raw.isdecimal() and len(raw) <= 18):
        raise ValueError(raw)
    return int(raw)


_WRITE: Mapping[type, Callable[[object], str]] = {
    int: str,
    str: str,
    bool: lambda value: "1" if value else "0",
    date: str,
    time: lambda value: f"{value:%H%M}",
    datetime: lambda value: f"{value:%Y%m%dT%H%M}",
}
_READ: Mapping[type, Callable[[str], object]] = {
    int: _number,
    str: str,
    bool: _flag,
    date: date.fromisoformat,
    time: time.fromisoformat,
    datetime: datetime.fromisoformat,
}
_NAMES: Mapping[type[Payload], tuple[str, ...]] = {
    kind: tuple(field.name for field in fields(kind)) for kind in TAGS.values()
}
_TYPES: Mapping[type[Payload], tuple[type, ...]] = {
    kind: tuple(get_type_hints(kind)[name] for name in names) for kind, names in _NAMES.items()
}
_WAYS_OUT = {
    kind: [(name, _WRITE[of]) for name, of in zip(names, _TYPES[kind], strict=True)]
    for kind, names in _NAMES.items()
}


def encode(payload: Payload) -> str:
    """The bytes of a button; raises ValueError when they are more than Telegram takes."""
    kind = type(payload)
    parts = [write(getattr(payload, name)) for name, write in _WAYS_OUT[kind]]
    data = ":".join([_TAG_OF[kind], *parts])
    if len(data.encode()) > LIMIT_BYTES:
        raise ValueError(f"a {kind.__name__} payload takes at most {LIMIT_BYTES} bytes")
    return data


def decode(data: str) -> Payload:
    """The payload of a tap; raises BadPayloadError for anything that we would not have written."""
    tag, *parts = data.split(":")
    kind = TAGS.get(tag)
    if kind is None or len(parts) != len(_TYPES[kind]) or len(data.encode()) > LIMIT_BYTES:
        raise BadPayloadError(BadPayloadError.__doc__)
    try:
        values = [_READ[of](part) for of, part in zip(_TYPES[kind], parts, strict=True)]
    except ValueError:
        raise BadPayloadError(BadPayloadError.__doc__) from None
    payload = cast("Callable[..., Payload]", kind)(*values)
    if encode(payload) != data:
        raise BadPayloadError(BadPayloadError.__doc__)
    return payload
