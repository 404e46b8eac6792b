"""One patient, one local date: when it closes, what an edit changes (R-FILL-1, R-FILL-2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from care import timetable
from care.questions import Answers, Item, Values

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

FILL_DAYS = 2
"""Day D stays open to the end of local day D + 2 (R-FILL-1)."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """One item of one entry, before and after; None stands for "no answer"."""

    item: Item
    before: Values | None
    after: Values | None


def changes(before: Answers, after: Answers) -> tuple[Change, ...]:
    """What differs between two states of an entry, in the order of the items."""
    return tuple(
        Change(item=item, before=before.get(item), after=after.get(item))
        for item in Item
        if before.get(item) != after.get(item)
    )


def locks_at(local_date: date, zone: ZoneInfo) -> datetime:
    """The instant (UTC) from which the entry of a date takes no more answers (R-FILL-1)."""
    return timetable.end_of_local_day(local_date + timedelta(days=FILL_DAYS), zone)


def is_late(local_date: date, zone: ZoneInfo, *, now: datetime) -> bool:
    """Whether an answer given now comes after its own local day (R-FILL-1)."""
    return now >= timetable.end_of_local_day(local_date, zone)
