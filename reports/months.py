"""Four weeks as a picture: 28 days of pain in two rows, for a phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import signs
from reports.layout import CARD, FAINT, MUTED, Card, severity_colour
from reports.signs import MARGIN, WIDTH, DayMark, Legend, Sign

if TYPE_CHECKING:
    from collections.abc import Mapping

DAYS, ROW = 28, 14

FIRST_COLUMN = 84
COLUMN = 68
BAR = 50
UNIT = 19  # one step of pain
SCALE = 0.56  # of the signs of a week

FIRST_BASE_Y = 430
NEXT_ROW = 402
BELOW = 170  # from the last baseline to the legend


@dataclass(frozen=True, kw_only=True)
class MonthPicture:
    """28 days and every word beside them; the legend shows the signs that occur."""

    title: str
    days: tuple[DayMark, ...]
    legend: Mapping[Sign, str]
    scale_label: str

    def __post_init__(self) -> None:
        if len(self.days) != DAYS:
            raise ValueError(f"Four weeks have {DAYS} days, not {len(self.days)}.")


def month_chart(month: MonthPicture) -> bytes:
    """Draw the four weeks as a PNG, 1080 pixels wide and less than 100 kB."""
    legend = Legend(month.days, month.legend)
    legend_y = FIRST_BASE_Y + NEXT_ROW + BELOW
    card = Card(width=WIDTH, height=legend_y - 32 + legend.height + 24)
    room = WIDTH - 2 * MARGIN
    card.text(MARGIN, 66, month.title, size=46, bold=True, room=room)
    card.text(MARGIN, 122, month.scale_label, size=36, colour=MUTED, room=room)
    for start in range(0, DAYS, ROW):
        base_y = FIRST_BASE_Y + NEXT_ROW * start // ROW
        _draw_scale(card, base_y)
        for number, day in enumerate(month.days[start : start + ROW]):
            _draw_day(card, FIRST_COLUMN + COLUMN * (number + 0.5), base_y, day)
    legend.draw(card, legend_y)
    return card.png()


def _draw_scale(card: Card, base_y: float) -> None:
    """Draw the baseline and two quiet lines to read heights by."""
    for pain, colour, width in ((10, FAINT, 1.2), (5, FAINT, 1.2), (0, MUTED, 2)):
        y = base_y - pain * UNIT
        card.line(((FIRST_COLUMN, y), (WIDTH - MARGIN + 20, y)), colour=colour, width=width)
        card.text(FIRST_COLUMN - 14, y, str(pain), size=32, colour=MUTED, anchor="right")


def _draw_day(card: Card, x: float, base_y: float, day: DayMark) -> None:
    """Draw one column: mark, aura above it, date below, and below that the infusion."""
    top = _draw_mark(card, x, base_y, day)
    if day.aura:
        signs.mark(card, x, top - 6, "aura", SCALE)
    card.text(x, base_y + 32, day.label, size=30, colour=MUTED, anchor="center", room=COLUMN - 8)
    card.text(x, base_y + 70, day.sublabel, size=34, bold=True, anchor="center", room=COLUMN - 8)
    if day.infusion:
        signs.mark(card, x, base_y + 122, "infusion", 0.75)


def _draw_mark(card: Card, x: float, base_y: float, day: DayMark) -> float:
    """Draw what is known of a day, and return how high it reaches."""
    if day.kind != "pain":
        return signs.mark(card, x, base_y, day.kind, SCALE)
    height = (day.pain or 5) * UNIT
    if day.pain:
        card.box(x - BAR / 2, base_y - height, BAR, height, fill=severity_colour(day.pain))
    else:
        card.box(x - BAR / 2, base_y - height, BAR, height, edge=MUTED, hatched=True)
    top = base_y - height
    card.box(x - BAR / 2, top - 36, BAR, 34, fill=CARD)
    card.text(x, top - 19, str(day.pain or "?"), size=34, bold=True, anchor="center")
    return top - 38
