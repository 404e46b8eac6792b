from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st

from care.lifecycle import CheckInState, Outcome
from care.question_sets import EXPOSURES
from care.summaries import DAYS, Week, WeekDay, week
from tests.builders import NOW, TODAY, answers, checkin

if TYPE_CHECKING:
    from care.questions import Answers

DATES = [TODAY - timedelta(days=back) for back in reversed(range(DAYS))]
NONE_OPEN: Answers = {}


def day(known: Answers, outcome: Outcome | None = Outcome.ANSWERED) -> WeekDay:
    return WeekDay(local_date=TODAY, outcome=outcome, answers=known)


def of(*known: Answers | None) -> Week:
    """A week by its days' answers, oldest first; None stands for a day without check-in."""
    given = dict(zip(DATES, known, strict=False))
    return week(
        TODAY,
        checkins=[checkin(on) for on, one in given.items() if one is not None],
        answers={on: one for on, one in given.items() if one},
        now=NOW,
    )


def test_a_week_is_the_seven_dates_that_end_with_the_last() -> None:
    found = week(date(2028, 3, 2), checkins=[], answers={}, now=NOW)

    assert [f"{one.local_date:%d.%m}" for one in found.days] == [
        "25.02",
        "26.02",
        "27.02",
        "28.02",
        "29.02",
        "01.03",
        "02.03",
    ]
    assert {one.outcome for one in found.days} == {None}


def test_check_ins_and_answers_find_their_dates() -> None:
    older = TODAY - timedelta(days=DAYS)
    known = answers(hd="no")

    found = week(
        TODAY,
        checkins=[checkin(older), checkin(TODAY)],
        answers={older: answers(hd="yes"), TODAY: known},
        now=NOW,
    )

    assert [one.outcome for one in found.days] == [None] * 6 + [Outcome.ANSWERED]
    assert found.days[-1] == day(known)


def test_the_denominator_is_the_days_that_were_due() -> None:  # R-OUT-1, R-ADH-1
    undelivered = checkin(DATES[2], state=CheckInState.UNDELIVERED)
    found = week(
        TODAY,
        checkins=[checkin(DATES[0]), checkin(DATES[1]), undelivered, checkin(DATES[3])],
        answers={DATES[0]: answers(hd="no"), DATES[3]: answers(hd="yes")},
        now=NOW,
    )

    assert (found.due, found.answered, found.undelivered) == (4, 2, 1)


def test_a_day_is_open_until_it_locks_if_its_question_arrived() -> None:  # R-FILL-1, R-OUT-1
    silent = checkin(TODAY)
    checkins = [
        silent,
        checkin(DATES[5]),
        checkin(DATES[4], state=CheckInState.UNDELIVERED),
        checkin(DATES[3], locks_at=NOW),
    ]

    def still_open(now: datetime) -> list[date]:
        found = week(TODAY, checkins=checkins, answers={DATES[5]: answers(hd="no")}, now=now)
        return [one.local_date for one in found.days if one.is_open]

    assert still_open(NOW) == [TODAY]
    assert still_open(silent.locks_at - timedelta.resolution) == [TODAY]
    assert still_open(silent.locks_at) == []


@pytest.mark.parametrize(
    ("known", "has_headache", "pain"),
    [
        (answers(hd="no"), False, 0),
        (answers(hd="yes", pk="7"), True, 7),
        (answers(hd="still", pk="10"), True, 10),
        (answers(hd="yes"), True, None),
        (answers(hd="too_ill"), True, None),
    ],
)
def test_what_a_day_says(known: Answers, has_headache: bool, pain: int | None) -> None:
    found = day(known)

    assert (found.is_answered, found.has_headache, found.pain) == (True, has_headache, pain)


@pytest.mark.parametrize("outcome", [None, Outcome.DELIVERED_UNANSWERED, Outcome.NOT_DELIVERED])
def test_a_missing_day_is_never_headache_free(outcome: Outcome | None) -> None:  # R-DAY-2
    found = day(NONE_OPEN, outcome)

    assert (found.is_answered, found.has_headache, found.pain) == (False, False, None)


def test_a_partial_day_counts() -> None:  # R-DAY-2
    assert day(answers(hd="yes"), Outcome.PARTIAL).is_answered


def test_headaches_auras_and_pains_are_counted_by_day() -> None:
    found = of(
        answers(hd="yes", pk="8", aura=("visual", "speech"), aura_min="lt5", exp="none"),
        answers(hd="too_ill"),
        answers(hd="no", exp="alcohol"),
        answers(hd="still", pk="3", aura="none"),
        None,
        NONE_OPEN,
    )

    assert (found.headache_days, found.aura_days, found.pains) == (3, 1, (8, 3))
    assert (found.due, found.answered) == (5, 4)


def test_exposures_come_most_often_first_then_in_the_order_of_the_question() -> None:
    found = of(
        answers(hd="no", exp=("stress_high", "bleeding")),
        answers(hd="no", exp=("sleep_short", "alcohol", "bleeding")),
        answers(hd="no", exp="none"),
    )

    assert found.exposures == (
        ("bleeding", 2),
        ("sleep_short", 1),
        ("stress_high", 1),
        ("alcohol", 1),
    )


entries = st.sampled_from(
    [
        None,
        NONE_OPEN,
        answers(hd="no", exp="none"),
        answers(hd="yes", pk="4", aura="visual", exp=EXPOSURES.options),
        answers(hd="still"),
        answers(hd="too_ill"),
    ]
)


@given(st.lists(entries, min_size=DAYS, max_size=DAYS))
def test_no_part_is_larger_than_its_whole(known: list[Answers | None]) -> None:
    found = of(*known)

    assert found.answered + found.undelivered <= found.due <= DAYS
    assert found.aura_days <= found.headache_days <= found.answered
    assert len(found.pains) <= found.headache_days
    assert all(0 < times <= found.answered for _code, times in found.exposures)
