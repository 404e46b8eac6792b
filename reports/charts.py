"""A week as a picture: seven days of pain, for a phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import signs
from reports.layout import CARD, FAINT, MUTED, Card, severity_colour
from reports.signs import BAR, MARGIN, WIDTH, DayMark, Legend, Sign

if TYPE_CHECKING:
    from collections.abc import Mapping

FIRST_COLUMN = 96
COLUMN = 137
BASE_Y = 548
UNIT = 30  # one step of pain

LEGEND_Y = 702


@dataclass(frozen=True, kw_only=True)
class WeekPicture:
    """Seven days and every word beside them; the legend shows the signs that occur."""

    title: str
    days: tuple[DayMark, ...]
    legend: Mapping[Sign, str]
    scale_label: str

    def __post_init__(self) -> None:
        if len(self.days) != 7:
            raise ValueError(f"A week has seven days, not {len(self.days)}.")


def weekly_chart(week: WeekPicture) -> bytes:
    """Draw the week as a PNG, 1080 pixels wide and less than 100 kB."""
    legend = Legend(week.days, week.legend)
    card = Card(width=WIDTH, height=LEGEND_Y - 32 + legend.height + 24)
    room = WIDTH - 2 * MARGIN
    card.text(MARGIN, 66, week.title, size=46, bold=True, room=room)
    card.text(MARGIN, 122, week.scale_label, size=36, colour=MUTED, room=room)
    _draw_scale(card)
    for number, day in enumerate(week.days):
        _draw_day(card, FIRST_COLUMN + COLUMN * (number + 0.5), day)
    legend.draw(card, LEGEND_Y)
    return card.png()


def _draw_scale(card: Card) -> None:
    """Draw the baseline and two quiet lines to read heights by."""
    for pain, colour, width in ((10, FAINT, 1.2), (5, FAINT, 1.2), (0, MUTED, 2)):
        y = BASE_Y - pain * UNIT
        card.line(((FIRST_COLUMN, y), (WIDTH - MARGIN + 20, y)), colour=colour, width=width)
        card.text(FIRST_COLUMN - 16, y, str(pain), size=34, colour=MUTED, anchor="right")


def _draw_day(card: Card, x: float, day: DayMark) -> None:
    """Draw one column: mark, aura above it, date below."""
    top = _draw_mark(card, x, day)
    if day.aura:
        signs.mark(card, x, top - 10, "aura")
    card.text(x, BASE_Y + 40, day.label, size=40, bold=True, anchor="center", room=COLUMN - 14)
    card.text(
        x, BASE_Y + 86, day.sublabel, size=36, colour=MUTED, anchor="center", room=COLUMN - 12
    )


def _draw_mark(card: Card, x: float, day: DayMark) -> float:
    """Draw what is known of a day, and return how high it reaches."""
    if day.kind != "pain":
        return signs.mark(card, x, BASE_Y, day.kind)
    return _draw_pain(card, x, day.pain) if day.pain else _draw_pain_unknown(card, x)


def _draw_pain(card: Card, x: float, pain: int) -> float:
    """Draw a bar with its number."""
    top = BASE_Y - pain * UNIT
    card.box(x - BAR / 2, top, BAR, pain * UNIT, fill=severity_colour(pain))
    _draw_number(card, x, top, str(pain))
    return top - 50


def _draw_pain_unknown(card: Card, x: float) -> float:
    """Draw a hatched bar: a headache, but no number."""
    top = BASE_Y - 5 * UNIT
    card.box(x - BAR / 2, top, BAR, BASE_Y - top, edge=MUTED, hatched=True)
    _draw_number(card, x, top, "?")
    return top - 50


def _draw_number(card: Card, x: float, top: float, number: str) -> None:
    """Write above a bar, clear of the lines of the scale."""
    card.box(x - BAR / 2, top - 48, BAR, 44, fill=CARD)
    card.text(x, top - 26, number, size=44, bold=True, anchor="center")
