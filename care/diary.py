"""The diary as a calendar: what stands behind each date, and which still take answers (F10)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from care import entries, lifecycle, question_sets as daily
from care.lifecycle import CheckInState, Outcome
from care.questions import Item, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from care.lifecycle import CheckIn
    from care.questions import Answers


class Mark(StrEnum):
    """What a date shows at a glance; the silences are kept apart (R-OUT-1)."""

    OUTSIDE = "outside"
    """Before the patient joined, or still ahead."""
    UNASKED = "unasked"
    """Nothing was due, or nothing yet, and nothing was said."""
    UNANSWERED = "unanswered"
    UNDELIVERED = "undelivered"
    BEGUN = "begun"
    FREE = "free"
    HEADACHE = "headache"


@dataclass(frozen=True, kw_only=True)
class DiaryDay:
    """One date: `pain` is the worst of a headache, 1-10, None where it is not known."""

    local_date: date
    mark: Mark
    pain: int | None = None
    is_open: bool = False


@dataclass(frozen=True, kw_only=True)
class Diary:
    """What is known of some dates, on the calendar of where the patient is."""

    joined_on: date
    today: date
    zone: ZoneInfo
    now: datetime
    is_active: bool
    checkins: Mapping[date, CheckIn]
    answers: Mapping[date, Answers]

    def takes_answers(self, on: date) -> bool:
        """Whether a date is open: by its check-in, or where it had none, by its calendar day.

        A day is open to the end of the day after next (R-FILL-1); not before joining, not ahead,
        and without a check-in not after a stop.
        """
        checkin = self.checkins.get(on)
        if checkin is not None:
            return self.now < checkin.locks_at
        if not self.is_active or not self.joined_on <= on <= self.today:
            return False
        return self.now < entries.locks_at(on, self.zone)

    def day(self, on: date) -> DiaryDay:
        """What a date shows."""
        answers = self.answers.get(on, {})
        return DiaryDay(
            local_date=on,
            mark=self._mark(on, answers),
            pain=_pain(answers),
            is_open=self.takes_answers(on),
        )

    def _mark(self, on: date, answers: Answers) -> Mark:
        checkin = self.checkins.get(on)
        if Item.HEADACHE in answers:
            return self._answered(on, checkin, answers)
        if checkin is None:
            is_outside = not self.joined_on <= on <= self.today
            return Mark.OUTSIDE if is_outside else Mark.UNASKED
        if checkin.state is CheckInState.DUE and self.takes_answers(on):
            return Mark.UNASKED
        if lifecycle.outcome(checkin, answers) is Outcome.NOT_DELIVERED:
            return Mark.UNDELIVERED
        return Mark.UNANSWERED

    def _answered(self, on: date, checkin: CheckIn | None, answers: Answers) -> Mark:
        """What can still be finished shows as begun, what is closed as what is known of it."""
        is_finished = checkin is not None and checkin.completed_at is not None
        if self.takes_answers(on) and not is_finished:
            return Mark.BEGUN
        return Mark.FREE if said(answers, Item.HEADACHE) == (daily.NO,) else Mark.HEADACHE

    def month(self, first: date) -> tuple[DiaryDay, ...]:
        """Every date of a month."""
        return tuple(self.day(on) for on in dates_of(first))


def dates_of(first: date) -> Iterator[date]:
    """The dates of a month, given any of them."""
    _, count = calendar.monthrange(first.year, first.month)
    return (first.replace(day=number) for number in range(1, count + 1))


def month_within(first: date, *, joined_on: date, today: date) -> date:
    """The first of a month that can be shown: not before joining, not ahead."""
    return min(max(first, joined_on), today).replace(day=1)


def _pain(answers: Answers) -> int | None:
    values = said(answers, Item.PAIN)
    return int(values[0]) if values else None
