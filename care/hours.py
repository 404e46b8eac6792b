"""When the clinic is open: which working day, next opening, closing (R-TRI-1, R-REP-1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from care import timetable

if TYPE_CHECKING:
    from collections.abc import Iterator

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_DAY = timedelta(days=1)
_LOOKS_AHEAD = 400
_PART = re.compile(r"(\w{3})(?:-(\w{3}))?((?:\s+\d\d:\d\d-\d\d:\d\d)+)")

Span = tuple[time, time]
"""From, until; wall time, the end not included."""


class NoHours(ValueError):  # noqa: N818 - a refusal of bad input
    """These are no opening hours; "Mon-Fri 09:00-17:00" are."""

    def __init__(self) -> None:
        super().__init__(type(self).__doc__)


@dataclass(frozen=True, kw_only=True)
class Hours:
    """Opening hours by weekday (Monday first), in `zone`, without the dates `closed_on`.

    Instants come in and go out in UTC.
    """

    zone: str
    week: tuple[tuple[Span, ...], ...]
    closed_on: frozenset[date] = frozenset()

    def local_date(self, at: datetime) -> date:
        """The date of an instant on the clinic's clock."""
        return timetable.local_date_at(at, ZoneInfo(self.zone))

    def is_open(self, at: datetime) -> bool:
        """Whether somebody is there at an instant."""
        return any(opens <= at < closes for opens, closes in self._spans(self.local_date(at)))

    def closes_at(self, at: datetime) -> datetime:
        """The end of the last opening of the local day of an instant, or of the next open day."""
        return next(closing for closing in self._closings(self.local_date(at)) if closing > at)

    def opens_after(self, at: datetime) -> datetime:
        """The first opening of a day strictly after an instant; a break at noon does not count."""
        openings = (spans[0][0] for spans in self._open_days(self.local_date(at)))
        return next(opening for opening in openings if opening > at)

    def reopens_at(self, at: datetime) -> datetime:
        """An instant itself while open; else when somebody is there again, also after noon."""
        if self.is_open(at):
            return at
        opens = (one for spans in self._open_days(self.local_date(at)) for one, _ in spans)
        return next(opening for opening in opens if opening > at)

    def worked(self, at: datetime, wanted: timedelta) -> datetime:
        """The instant when the clinic has been open for so long since then."""
        for spans in self._open_days(self.local_date(at)):
            for opens, closes in spans:
                begins = max(opens, at)
                if begins >= closes:
                    continue
                if begins + wanted <= closes:
                    return begins + wanted
                wanted -= closes - begins
        raise NoHours

    def closing_after(self, at: datetime, *, days: int) -> datetime:
        """The closing of the so-manieth open day after the local day of an instant."""
        closings = self._closings(self.local_date(at) + _DAY)
        for _ in range(days - 1):
            next(closings)
        return next(closings)

    def opening_after(self, at: datetime, *, days: int) -> datetime:
        """The opening of the so-manieth open day after the local day of an instant."""
        openings = (spans[0][0] for spans in self._open_days(self.local_date(at) + _DAY))
        for _ in range(days - 1):
            next(openings)
        return next(openings)

    def _closings(self, first: date) -> Iterator[datetime]:
        return (spans[-1][1] for spans in self._open_days(first))

    def _open_days(self, first: date) -> Iterator[list[tuple[datetime, datetime]]]:
        for ahead in range(_LOOKS_AHEAD):
            if spans := list(self._spans(first + ahead * _DAY)):
                yield spans
        raise NoHours

    def _spans(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        if day in self.closed_on:
            return
        zone = ZoneInfo(self.zone)
        for opens, closes in self.week[day.weekday()]:
            yield (
                timetable.due_at(day, opens, zone).astimezone(UTC),
                timetable.due_at(day, closes, zone).astimezone(UTC),
            )


def parse(text: str, *, zone: str, closed_on: frozenset[date] = frozenset()) -> Hours:
    """Opening hours from words: "Mon-Thu 08:00-12:00 13:00-17:00, Fri 08:00-13:00".

    Days are English, of three letters; what is not named is closed. Raises NoHours.
    """
    week: list[tuple[Span, ...]] = [()] * len(DAYS)
    for part in text.split(","):
        for day, spans in _named(part.strip()):
            week[day] = spans
    if not any(week):
        raise NoHours
    return Hours(zone=zone, week=tuple(week), closed_on=closed_on)


def _named(part: str) -> Iterator[tuple[int, tuple[Span, ...]]]:
    found = _PART.fullmatch(part)
    if found is None or {found[1], found[2] or found[1]} - {*DAYS}:
        raise NoHours
    first, last = DAYS.index(found[1]), DAYS.index(found[2] or found[1])
    spans = tuple(_span(one) for one in found[3].split())
    ends = [time.min, *(edge for span in spans for edge in span)]
    if last < first or ends != sorted(ends) or any(begin >= end for begin, end in spans):
        raise NoHours
    for day in range(first, last + 1):
        yield day, spans


def _span(text: str) -> Span:
    try:
        begin, end = (time.fromisoformat(one) for one in text.split("-"))
    except ValueError:
        raise NoHours from None
    return begin, end


WORKING_WEEK = "Mon-Fri 09:00-17:00"
"""What holds until a clinic says otherwise."""
