"""The signs of a day and the legend that explains them: what the pictures of days share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reports.layout import (
    AURA,
    CARD,
    FREE,
    MILD,
    MODERATE,
    MUTED,
    SEVERE,
    Card,
    lettering,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

Kind = Literal["pain", "free", "unanswered", "open", "undelivered", "ahead", "paused"]
Sign = Literal[
    "pain", "pain unknown", "free", "aura", "infusion", "unanswered", "open", "undelivered",
    "ahead", "paused",
]  # fmt: skip

WIDTH = 1080
MARGIN = 44

BAR = 88
SLOT = 90

LEGEND_ROW = 52
LEGEND_SIZE = 36
SWATCH = 46
GAP = 36

_LEGEND_ORDER: tuple[Sign, ...] = (
    "pain", "pain unknown", "free", "aura", "infusion", "unanswered", "open", "undelivered",
    "paused", "ahead",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class DayMark:
    """One day: its two labels, and what is known of it; pain 1 to 10, None if unknown."""

    label: str
    sublabel: str
    kind: Kind
    pain: int | None = None
    aura: bool = False
    infusion: bool = False

    def __post_init__(self) -> None:
        if self.pain is not None and (self.kind != "pain" or not 1 <= self.pain <= 10):
            raise ValueError(f"A {self.kind} day cannot show pain {self.pain}.")

    @property
    def signs(self) -> tuple[Sign, ...]:
        """What is drawn for this day, by the names a legend explains."""
        shown: Sign = "pain unknown" if self.kind == "pain" and self.pain is None else self.kind
        beside: Mapping[Sign, bool] = {"aura": self.aura, "infusion": self.infusion}
        return (shown, *(sign for sign, is_shown in beside.items() if is_shown))


def mark(card: Card, x: float, y: float, sign: Sign, scale: float = 1) -> float:
    """Draw a sign that stands on y, and return how high it reaches."""
    return _MARKS[sign](card, x, y, scale)


def _draw_free(card: Card, x: float, y: float, scale: float) -> float:
    """Draw a zero that sits on the baseline."""
    middle = y - 34 * scale
    card.disc(x, middle, 27 * scale, fill=FREE)
    card.text(x, middle, "0", size=36 * scale, colour=CARD, bold=True, anchor="center")
    return y - 66 * scale


def _draw_open(card: Card, x: float, y: float, scale: float) -> float:
    """Draw an empty place."""
    width, height = BAR * scale, SLOT * scale
    card.box(x - width / 2, y - height - 8 * scale, width, height, edge=MUTED, dashed=True)
    return y - height - 12 * scale


def _draw_unanswered(card: Card, x: float, y: float, scale: float) -> float:
    """Draw an empty place with a stroke: it stays empty."""
    height = SLOT * scale
    card.box(x - 10 * scale, y - height / 2 - 11 * scale, 20 * scale, 6 * scale, fill=MUTED)
    return _draw_open(card, x, y, scale)


def _draw_undelivered(card: Card, x: float, y: float, scale: float) -> float:
    """Draw an envelope that is struck through."""
    half, top, bottom = 33 * scale, y - 70 * scale, y - 22 * scale
    card.box(x - half, top, 2 * half, bottom - top, edge=MUTED)
    flap = top + 26 * scale
    card.line(((x - half, top + 2), (x, flap), (x + half, top + 2)), colour=MUTED, width=2.2)
    over = 9 * scale
    strike = ((x - half - over, bottom + over), (x + half + over, top - over))
    card.line(strike, colour=CARD, width=9 * scale)
    card.line(strike, colour=SEVERE, width=2 + 2 * scale)
    return top - 14 * scale


def _draw_ahead(card: Card, x: float, y: float, scale: float) -> float:
    """Draw a dot: nothing to see yet."""
    card.disc(x, y - 30 * scale, 7, fill=MUTED)
    return y - 40 * scale


def _draw_paused(card: Card, x: float, y: float, scale: float) -> float:
    """Draw the two strokes of a pause."""
    for left in (-17, 5):
        card.box(x + left * scale, y - 62 * scale, 12 * scale, 42 * scale, fill=MUTED)
    return y - 66 * scale


def _draw_aura(card: Card, x: float, y: float, scale: float) -> float:
    """Draw the zigzag that people with aura see."""
    points = [
        (x + 13 * step * scale, y - (2 if step % 2 else 21) * scale) for step in range(-3, 4)
    ]
    card.line(points, colour=AURA, width=2 + 1.8 * scale)
    return y - 24 * scale


def _draw_infusion(card: Card, x: float, y: float, scale: float) -> float:
    """Draw a diamond."""
    card.text(x, y - 24 * scale, "◆", size=56 * scale, anchor="center")
    return y - 48 * scale


_MARKS: Mapping[Sign, Callable[[Card, float, float, float], float]] = {
    "free": _draw_free,
    "aura": _draw_aura,
    "infusion": _draw_infusion,
    "unanswered": _draw_unanswered,
    "open": _draw_open,
    "undelivered": _draw_undelivered,
    "ahead": _draw_ahead,
    "paused": _draw_paused,
}


_SWATCHES: Mapping[Sign, tuple[float, float]] = {  # scale, and from the middle to the foot
    "free": (0.5, 17),
    "aura": (0.5, 6),
    "infusion": (0.6, 14),
    "unanswered": (0.42, 23),
    "open": (0.42, 23),
    "undelivered": (0.5, 23),
    "ahead": (0.5, 15),
    "paused": (0.5, 20),
}


class Legend:
    """The signs that occur and have words, in rows that fit."""

    def __init__(self, days: Iterable[DayMark], words: Mapping[Sign, str]) -> None:
        """Explain these days."""
        self._rows = tuple(_rows({sign for day in days for sign in day.signs}, words))

    @property
    def height(self) -> int:
        """The room it takes."""
        return LEGEND_ROW * len(self._rows)

    def draw(self, card: Card, y: float) -> None:
        """Draw it, the middle of its first row at y."""
        for number, row in enumerate(self._rows):
            _draw_row(card, y + LEGEND_ROW * number, row)


def _rows(shown: Collection[Sign], words: Mapping[Sign, str]) -> Iterator[list[tuple[Sign, str]]]:
    """Break the signs that occur, and have words, into rows that fit."""
    row: list[tuple[Sign, str]] = []
    right = float(MARGIN)
    for sign in _LEGEND_ORDER:
        if sign not in shown or not words.get(sign):
            continue
        width = _entry_width(words[sign])
        if row and right + width > WIDTH - MARGIN:
            yield row
            row, right = [], float(MARGIN)
        row.append((sign, words[sign]))
        right += width + GAP
    if row:
        yield row


def _entry_width(words: str) -> float:
    """Measure a sign with its words."""
    return min(SWATCH + 14 + lettering(words).width * LEGEND_SIZE, WIDTH - 2 * MARGIN)


def _draw_row(card: Card, y: float, row: list[tuple[Sign, str]]) -> None:
    """Draw signs and words from left to right."""
    x = float(MARGIN)
    for sign, words in row:
        _draw_swatch(card, x + SWATCH / 2, y, sign)
        left = x + SWATCH + 14
        card.text(left, y, words, size=LEGEND_SIZE, room=WIDTH - MARGIN - left)
        x += _entry_width(words) + GAP


def _draw_swatch(card: Card, x: float, y: float, sign: Sign) -> None:
    """Draw a sign small, around height y."""
    if sign == "pain":
        for left, height, colour in ((-22, 14, MILD), (-6, 24, MODERATE), (10, 34, SEVERE)):
            card.box(x + left, y + 17 - height, 13, height, fill=colour)
    elif sign == "pain unknown":
        card.box(x - 20, y - 17, 40, 34, edge=MUTED, hatched=True)
    else:
        scale, rise = _SWATCHES[sign]
        _MARKS[sign](card, x, y + rise, scale)
