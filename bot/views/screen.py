"""What a view gives back: text, buttons, perhaps a picture."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.callbacks import encode

if TYPE_CHECKING:
    from bot.payloads import Payload
    from bot.views.wording.catalogue import Wording

TICK = "✓"


class Style(StrEnum):
    """How much a button asks for attention (telegram facts, 3)."""

    PRIMARY = "primary"
    SUCCESS = "success"
    DANGER = "danger"


@dataclass(frozen=True, kw_only=True)
class Button:
    """One button: a payload of ours, a link, or `start`, what opens our private chat with it."""

    text: str
    data: str = ""
    url: str = ""
    start: str = ""
    style: Style | None = None


Row = tuple[Button, ...]


@dataclass(frozen=True, kw_only=True)
class Screen:
    """A message: HTML text, an inline keyboard, and for some a PNG above the text.

    A protected one cannot be forwarded or saved; only what is meant to be passed on is not.
    """

    text: str
    keyboard: tuple[Row, ...] = ()
    photo: bytes | None = None
    is_protected: bool = True


def button(text: str, payload: Payload, style: Style | None = None) -> Button:
    """A button that carries a payload."""
    return Button(text=text, data=encode(payload), style=style)


def rows(buttons: list[Button], *, width: int) -> tuple[Row, ...]:
    """Buttons in rows of at most `width`."""
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))


def ways(say: Wording, back: Payload, *, keep: Payload | None = None) -> Row:
    """The last row: back, and where something is chosen the way out that leaves it."""
    row = (button(say.say("‹ Back"), back),)
    return row if keep is None else (*row, button(say.say("Keep as it is"), keep))


def lines(*parts: str) -> str:
    """Lines of text; empty strings make a blank line, never two."""
    text = "\n".join(parts)
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip()
