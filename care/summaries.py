"""A week given back, with its denominators (R-OUT-1, R-ADH-1)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from care import question_sets as daily
from care.lifecycle import CheckIn, Outcome, outcome
from care.questions import NONE, SKIPPED, Answers, Item, said

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

DAYS = 7

_NO_EXPOSURE = frozenset({NONE, SKIPPED, daily.TOOK_MEDICINE})


@dataclass(frozen=True, kw_only=True)
class WeekDay:
    """One date: what became of its check-in (None: none was due) and what was answered.

    `is_late` says that an answer that stands came after the date, `is_open` that the question
    arrived, has no answer, and can still be answered (R-FILL-1).
    """

    local_date: date
    outcome: Outcome | None
    answers: Answers
    is_late: bool = False
    is_open: bool = False

    @property
    def is_answered(self) -> bool:
        """At least the headache question (R-DAY-2)."""
        return self.outcome in {Outcome.ANSWERED, Outcome.PARTIAL}

    @property
    def has_headache(self) -> bool:
        """Yes, still, or too ill to answer."""
        return self.is_answered and self.answers[Item.HEADACHE][0] != daily.NO

    @property
    def has_aura(self) -> bool:
        """Any kind of aura."""
        return daily.has_aura(self.answers)

    @property
    def pain(self) -> int | None:
        """The worst pain, 1-10; 0 on a headache-free day; None when not known."""
        if self.is_answered and not self.has_headache:
            return 0
        values = said(self.answers, Item.PAIN)
        return int(values[0]) if values else None


@dataclass(frozen=True, kw_only=True)
class Week:
    """Seven local dates, oldest first."""

    days: tuple[WeekDay, ...]

    @property
    def due(self) -> int:
        """Days with a check-in."""
        return sum(day.outcome is not None for day in self.days)

    @property
    def answered(self) -> int:
        """Days with at least the headache question answered."""
        return sum(day.is_answered for day in self.days)

    @property
    def late(self) -> int:
        """Answered days of which anything was filled in later, out of `answered`."""
        return sum(day.is_answered and day.is_late for day in self.days)

    @property
    def still_open(self) -> int:
        """Days without an answer that can still be filled in."""
        return sum(day.is_open for day in self.days)

    @property
    def undelivered(self) -> int:
        """Days on which the question did not reach the patient."""
        return sum(day.outcome is Outcome.NOT_DELIVERED for day in self.days)

    @property
    def headache_days(self) -> int:
        """Days with a headache, out of `answered`."""
        return sum(day.has_headache for day in self.days)

    @property
    def aura_days(self) -> int:
        """Days with an aura, out of `answered`."""
        return sum(day.has_aura for day in self.days)

    @property
    def pains(self) -> tuple[int, ...]:
        """The known worst pains of the headache days."""
        return tuple(day.pain for day in self.days if day.has_headache and day.pain is not None)

    @property
    def practice_days(self) -> tuple[int, int]:
        """Days on which self-care was kept up, of those on which it was answered (F16)."""
        told = [day.answers.get(Item.PRACTICE, (SKIPPED,)) for day in self.days]
        answered = [values for values in told if values != (SKIPPED,)]
        return sum(values != (NONE,) for values in answered), len(answered)

    @property
    def exposures(self) -> tuple[tuple[str, int], ...]:
        """How many days each exposure was noted on, most often first; own order breaks ties."""
        noted = Counter(
            code
            for day in self.days
            for code in day.answers.get(Item.EXPOSURES, ())
            if code not in _NO_EXPOSURE
        )
        return tuple(sorted(noted.items(), key=lambda pair: (-pair[1], _place(pair[0]))))


def week(
    last: date,
    *,
    checkins: Sequence[CheckIn],
    answers: Mapping[date, Answers],
    late: Container[date] = (),
    now: datetime,
) -> Week:
    """The seven dates that end with `last`; `late` are those that were filled in later."""
    days = span(last, DAYS, checkins=checkins, answers=answers, now=now)
    return Week(days=tuple(replace(day, is_late=day.local_date in late) for day in days))


def span(
    last: date,
    count: int,
    *,
    checkins: Sequence[CheckIn],
    answers: Mapping[date, Answers],
    now: datetime,
) -> tuple[WeekDay, ...]:
    """So many dates that end with `last`, oldest first."""
    by_date = {checkin.local_date: checkin for checkin in checkins}
    dates = [last - timedelta(days=back) for back in reversed(range(count))]
    return tuple(_day(on, by_date.get(on), answers.get(on, {}), now=now) for on in dates)


def _day(on: date, checkin: CheckIn | None, answers: Answers, *, now: datetime) -> WeekDay:
    if checkin is None:
        return WeekDay(local_date=on, outcome=None, answers=answers)
    found = outcome(checkin, answers)
    is_open = found is Outcome.DELIVERED_UNANSWERED and now < checkin.locks_at
    return WeekDay(local_date=on, outcome=found, answers=answers, is_open=is_open)


def _place(code: str) -> tuple[int, str]:
    """Where an exposure stands in the question: the fixed ones first, then the patient's own."""
    fixed = daily.EXPOSURES.options
    return (fixed.index(code) if code in fixed else len(fixed), code)
