"""Every time zone, through every change of its clocks: exactly one check-in for each local date.

Follows the chain that the bot follows (`care/steps/scheduling.py`): from one due instant to the
next, for each time of day, in each zone. What it is held against is found another way: the local
dates that the zone's clocks showed, by looking at them every hour.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from importlib import resources
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING
from zoneinfo import TZPATH, ZoneInfo

from care import timetable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HOUR = timedelta(hours=1)
INSTANT = timedelta(microseconds=1)
SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class Span:
    """From one instant to another: those dates count that lie wholly inside."""

    start: datetime
    end: datetime


@dataclass(kw_only=True)
class Found:
    """What one or many zones showed; `skipped` and `repeated` are times that a change met."""

    dates: int = 0
    due: int = 0
    changes: int = 0
    skipped: int = 0
    repeated: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Found) -> None:
        """Count another's with these."""
        self.dates += other.dates
        self.due += other.due
        self.changes += other.changes
        self.skipped += other.skipped
        self.repeated += other.repeated
        self.wrong += other.wrong


def times_of_day(every: timedelta) -> tuple[time, ...]:
    """The times of a day, from midnight on."""
    midnight = datetime(2000, 1, 1, tzinfo=UTC)
    return tuple((midnight + every * n).time() for n in range(timedelta(days=1) // every))


def names() -> Sequence[str]:
    """Every zone of the IANA data that the bot is installed with."""
    return sorted(resources.files("tzdata").joinpath("zones").read_text("utf-8").split())


def alike() -> Sequence[Sequence[str]]:
    """All zones, those together whose clocks are one and the same."""
    groups: dict[bytes, list[str]] = defaultdict(list)
    for name in names():
        groups[_rules(name)].append(name)
    return list(groups.values())


def _rules(name: str) -> bytes:
    """The file that `ZoneInfo` reads for a zone: the system's, else the package's."""
    parts = name.split("/")
    places = [Path(folder).joinpath(*parts) for folder in TZPATH]
    found = next((place for place in places if place.is_file()), None)
    if found is not None:
        return found.read_bytes()
    return resources.files("tzdata").joinpath("zoneinfo", *parts).read_bytes()


def check(name: str, *, times: Iterable[time], span: Span) -> Found:
    """One zone, at all times of day."""
    zone = ZoneInfo(name)
    lived, changes = _lived(zone, span)
    found = Found(dates=len(lived), changes=changes)
    for at in times:
        _check_time(found, name, zone, at, lived=lived, span=span)
    return found


def _lived(zone: ZoneInfo, span: Span) -> tuple[list[date], int]:
    """The whole dates that the zone's calendar showed, and how often its clocks were changed."""
    count = (span.end - span.start) // HOUR
    local = [(span.start + HOUR * n).astimezone(zone) for n in range(count)]
    days = sorted({at.date() for at in local})
    changes = sum(left.utcoffset() != right.utcoffset() for left, right in pairwise(local))
    return days[2:-2], changes


def _check_time(
    found: Found, name: str, zone: ZoneInfo, at: time, *, lived: list[date], span: Span
) -> None:
    due = _chain(zone, at, span)
    inside = [one for one in due if lived[0] <= one.local_date <= lived[-1]]
    found.due += len(inside)
    if [one.local_date for one in inside] != lived:
        missed = set(lived) ^ {one.local_date for one in inside}
        found.wrong.append(f"{name} {at:%H:%M}: {sorted(missed)[:3]} or in another order")
    for one in inside:
        _check_instant(found, name, zone, at, one)
    if any(right.due_at <= left.due_at for left, right in pairwise(due)):
        found.wrong.append(f"{name} {at:%H:%M}: one comes before the last")


def _chain(zone: ZoneInfo, at: time, span: Span) -> list[timetable.Due]:
    """What comes due one after another, as the bot puts it down."""
    chain, after = [], span.start
    while after < span.end:
        due = timetable.next_due(after=after, local_time=at, zone=zone)
        chain.append(due)
        after = max(due.due_at, timetable.end_of_local_day(due.local_date, zone) - INSTANT)
    return chain


def _check_instant(found: Found, name: str, zone: ZoneInfo, at: time, due: timetable.Due) -> None:
    """The clocks read that time then, for the first time; or they left it out."""
    local = due.due_at.astimezone(zone)
    if (local.date(), local.time()) != (due.local_date, at):
        found.skipped += 1
        wall = datetime.combine(due.local_date, at, zone)
        is_real = wall.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall.replace(
            tzinfo=None
        )
        if is_real:
            found.wrong.append(f"{name} {at:%H:%M} on {due.local_date}: comes at {local:%H:%M}")
    elif local.fold:
        found.wrong.append(f"{name} {at:%H:%M} on {due.local_date}: the second of two")
    elif local.utcoffset() != local.replace(fold=1).utcoffset():
        found.repeated += 1


def check_all(span: Span, *, times: Sequence[time], workers: int) -> tuple[Found, int]:
    """Every zone; those with the same rules once. Returns what was found, of how many rules."""
    groups, total = alike(), Found()
    work = partial(check, times=times, span=span)
    with ProcessPoolExecutor(max_workers=workers) as pool:
        found = pool.map(work, [names[0] for names in groups], chunksize=4)
        for done, one in enumerate(found, start=1):
            total.add(one)
            print(f"\r{done} of {len(groups)} ", end="", file=sys.stderr, flush=True)
    return total, len(groups)


def main() -> int:
    """Live through the years in every zone; 1 if a date has none or two, or at a wrong time."""
    parser = argparse.ArgumentParser(prog="python -m bench.clocks", description=__doc__)
    parser.add_argument("--from-year", type=int, default=2026)
    parser.add_argument("--years", type=int, default=2)
    parser.add_argument("--every", type=int, default=30, metavar="MINUTES")
    asked = parser.parse_args()
    span = Span(
        start=datetime(asked.from_year, 1, 1, tzinfo=UTC) - timedelta(days=2),
        end=datetime(asked.from_year + asked.years, 1, 1, tzinfo=UTC) + timedelta(days=2),
    )
    times, begun = times_of_day(timedelta(minutes=asked.every)), perf_counter()
    found, rules = check_all(span, times=times, workers=os.cpu_count() or 1)
    return _report(found, rules=rules, times=len(times), seconds=round(perf_counter() - begun, 1))


def _report(found: Found, *, rules: int, times: int, seconds: float) -> int:
    zones = len(names())
    print(f"\n{zones} zones with {rules} different rules, {times} times of day.")
    print(f"{found.changes} changes of a clock; {found.due} check-ins due, one for each date.")
    print(
        f"{found.skipped} at times that were skipped, {found.repeated} at times that came twice."
    )
    for words in found.wrong[:SHOWN]:
        print(f"  WRONG: {words}")
    print(f"Wrong: {len(found.wrong)}; {seconds} s.")
    line = {**asdict(found), "wrong": len(found.wrong)}
    print(json.dumps({"zones": zones, "rules": rules, "times": times, **line, "seconds": seconds}))
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
