"""Local wall time in an IANA zone → the instant something is due.

Local times that a clock change skips are moved forward by the length of the gap; those it repeats
mean the first of the two. What is due is keyed by its *scheduled* local date, so that every date a
zone has lived through gets exactly one, however its clocks moved.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)

QUIET_FROM_TIME = time(22)  # R-INF-3
QUIET_UNTIL_TIME = time(7)
BEFORE_QUIET_TIME = time(21)


class NaiveInstant(ValueError):  # noqa: N818 - says what was refused
    """An instant without a zone: it could mean any of 26 hours."""


class UnknownZone(ValueError):  # noqa: N818 - likewise
    """A name that is not in the IANA time zone database."""


@dataclass(frozen=True, kw_only=True)
class Due:
    """One due thing: the local date it was scheduled for, and the UTC instant.

    After a clock change late in the evening the instant may fall on the next local date.
    """

    local_date: date
    due_at: datetime


def zone(name: str) -> ZoneInfo:
    """Return the IANA zone of that name, or raise UnknownZone."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise UnknownZone(f"There is no time zone called {name!r}.") from error


def local_date_at(at: datetime, zone: ZoneInfo) -> date:
    """Return the date on a calendar hanging in that zone."""
    return _aware(at).astimezone(zone).date()


def due_at(local_date: date, local_time: time, zone: ZoneInfo) -> datetime:
    """Return the UTC instant of a local date and wall time (R-REM-1).

    A skipped time shifts forward by the gap; of a repeated one the first counts.
    """
    return datetime.combine(local_date, local_time, zone).replace(fold=0).astimezone(UTC)


@lru_cache(maxsize=4096)
def end_of_local_day(local_date: date, zone: ZoneInfo) -> datetime:
    """Return the UTC instant at which that local date is over for good.

    Normally the next local midnight; where a clock change skips midnight, the change itself.
    A date the zone left out altogether ends when it would have begun.
    """
    midnight = datetime.combine(local_date + ONE_DAY, time.min, zone)
    first, second = (midnight.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    if second < first:
        return _turn_of_date(local_date, zone, before=second, after=first)
    if local_date_at(second - INSTANT, zone) <= local_date:
        return second
    return first


def _turn_of_date(
    local_date: date, zone: ZoneInfo, *, before: datetime, after: datetime
) -> datetime:
    """Narrow down, inside a gap over midnight, the instant at which the clocks jumped."""
    while after - before > INSTANT:
        middle = before + (after - before) / 2
        if local_date_at(middle, zone) > local_date:
            after = middle
        else:
            before = middle
    return after


def next_due(*, after: datetime, local_time: time, zone: ZoneInfo) -> Due:
    """Return the first due instant strictly after `after` (R-REM-1).

    Dates that a zone left out (Apia, 2011-12-30) are left out here too.
    """
    day = local_date_at(after, zone) - ONE_DAY
    while (at := due_at(day, local_time, zone)) <= after or not _was_lived(day, at, zone):
        day += ONE_DAY
    return Due(local_date=day, due_at=at)


def _was_lived(day: date, at: datetime, zone: ZoneInfo) -> bool:
    """Say whether the zone has that date, given an instant computed for it."""
    return local_date_at(at, zone) == day or (
        end_of_local_day(day - ONE_DAY, zone) < end_of_local_day(day, zone)
    )


def next_weekly_due(*, after: datetime, weekday: int, local_time: time, zone: ZoneInfo) -> Due:
    """Return the first due instant strictly after `after` on that weekday (Monday is 0)."""
    if weekday not in range(7):
        raise ValueError(f"A weekday is 0 to 6, not {weekday}.")
    due = next_due(after=after, local_time=local_time, zone=zone)
    while due.local_date.weekday() != weekday:
        due = next_due(after=due.due_at, local_time=local_time, zone=zone)
    return due


def out_of_quiet(at: datetime, zone: ZoneInfo) -> datetime:
    """Move a send time in the quiet hours to the 21:00 before them, in UTC (R-INF-3)."""
    local = _aware(at).astimezone(zone)
    if QUIET_UNTIL_TIME <= local.time() < QUIET_FROM_TIME:
        return at.astimezone(UTC)
    day = local.date()
    while (evening_at := due_at(day, BEFORE_QUIET_TIME, zone)) > at:
        day -= ONE_DAY
    return evening_at


def end_of_quiet(at: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant itself, in the quiet hours the 07:00 that ends them, in UTC."""
    local = _aware(at).astimezone(zone)
    if QUIET_UNTIL_TIME <= local.time() < QUIET_FROM_TIME:
        return at.astimezone(UTC)
    day = local.date()
    while (morning_at := due_at(day, QUIET_UNTIL_TIME, zone)) <= at:
        day += ONE_DAY
    return morning_at


def is_quiet(at: datetime, zone: ZoneInfo) -> bool:
    """Say whether nothing routine may ring then."""
    return end_of_quiet(at, zone) != at


def next_quiet(at: datetime, zone: ZoneInfo) -> datetime:
    """Return the first 22:00 after an instant, in UTC."""
    return next_due(after=at, local_time=QUIET_FROM_TIME, zone=zone).due_at


def _aware(at: datetime) -> datetime:
    """Pass an instant through; refuse one that has no zone."""
    if at.utcoffset() is None:
        raise NaiveInstant(f"{at.isoformat()} has no time zone.")
    return at
