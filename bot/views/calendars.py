"""A month of buttons, Monday first: what the team's calendar and the diary have in common."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot import payloads
from bot.views.screen import Button, Row, button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.payloads import Payload
    from bot.views.wording.catalogue import Wording

BLANK = "·"


def weeks(first: date) -> list[list[date]]:
    """The weeks of a month, whole ones, with dates of its neighbours."""
    return calendar.Calendar().monthdatescalendar(first.year, first.month)


def blank() -> Button:
    """A place where there is nothing to tap."""
    return button(BLANK, payloads.Nothing())


def head(say: Wording, week: Sequence[date]) -> Row:
    """The names of the weekdays."""
    return tuple(button(say.narrow_weekday(day), payloads.Nothing()) for day in week)


def earlier(first: date) -> date:
    """The first of the month before."""
    return (first - timedelta(days=1)).replace(day=1)


def later(first: date) -> date:
    """The first of the month after."""
    return (first + timedelta(days=32)).replace(day=1)


def turn(say: Wording, first: date, *, back: Payload | None, on: Payload | None) -> Row:
    """The month's name between the ways to its neighbours, where there are any."""
    return (
        button("‹", back) if back else blank(),
        button(say.month(first), payloads.Nothing()),
        button("›", on) if on else blank(),
    )
