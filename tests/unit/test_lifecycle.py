from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings, strategies as st

from care import question_sets as daily
from care.errors import DayLocked, InvalidAnswer
from care.lifecycle import (
    CheckIn,
    CheckInState,
    Choose,
    Finish,
    GoTo,
    Outcome,
    Recorded,
    Tap,
    Toggle,
    locked,
    outcome,
    record,
    shown,
)
from care.questions import NONE, Answers, Item
from tests.builders import NOW, answers, checkin

if TYPE_CHECKING:
    from datetime import datetime

LATE = NOW + timedelta(days=1)  # the next evening: late, but still open
TICK = timedelta(microseconds=1)

HEADACHE, PAIN, AURA, MINUTES, EXPOSURES = Item


def choose(item: Item, value: str) -> Choose:
    return Choose(item=item, value=value)


def toggle(item: Item, value: str, *, chosen: bool = True) -> Toggle:
    return Toggle(item=item, value=value, chosen=chosen)


def after(*taps: Tap, start: CheckIn | None = None, now: datetime = NOW) -> Recorded:
    state = Recorded(checkin=start or checkin(), answers={})
    for tap in taps:
        state = record(state.checkin, state.answers, tap, now=now)
    return state


YES = choose(HEADACHE, "yes")
NO = choose(HEADACHE, "no")
ILL = choose(HEADACHE, "too_ill")
NO_PAIN = choose(PAIN, "0")
SEVEN = choose(PAIN, "7")
VISUAL = toggle(AURA, "visual")
AURA_DONE = Finish(item=AURA)
LONG = choose(MINUTES, "gt60")
DAY_DONE = Finish(item=EXPOSURES)
WHOLE_DAY = (YES, SEVEN, VISUAL, AURA_DONE, LONG, toggle(EXPOSURES, "alcohol"), DAY_DONE)


def test_a_headache_free_day_takes_two_taps() -> None:  # R-ITEM-1
    done = after(NO, DAY_DONE)

    assert done.answers == answers(hd="no", exp=NONE)
    assert done.checkin.state is CheckInState.COMPLETED
    assert done.checkin.completed_at == NOW
    assert done.checkin.asking is None


def test_a_headache_day_goes_through_every_question() -> None:
    asked = [after(*WHOLE_DAY[:count]).checkin.asking for count in range(len(WHOLE_DAY) + 1)]

    assert asked == [HEADACHE, PAIN, AURA, AURA, MINUTES, EXPOSURES, EXPOSURES, None]
    assert after(*WHOLE_DAY).answers == answers(
        hd="yes", pk="7", aura="visual", aura_min="gt60", exp="alcohol"
    )


def test_without_an_aura_its_minutes_are_not_asked() -> None:
    state = after(YES, SEVEN, AURA_DONE)

    assert state.answers[AURA] == (NONE,)
    assert state.checkin.asking is EXPOSURES


def test_too_ill_is_one_tap_and_the_end() -> None:  # R-ITEM-1
    state = after(ILL)

    assert state.answers == answers(hd="too_ill")
    assert state.checkin.asking is None
    assert state.checkin.state is CheckInState.COMPLETED


def test_each_tap_saves_at_once_and_counts_a_revision() -> None:  # R-ITEM-2, F03
    states = [after(*WHOLE_DAY[:count]) for count in range(len(WHOLE_DAY) + 1)]

    for before, now in pairwise(states):
        assert now.checkin.revision == before.checkin.revision + 1
        assert now != before


def test_no_pain_after_all_means_no_headache() -> None:
    state = after(YES, NO_PAIN)

    assert state.answers == answers(hd="no")
    assert state.checkin.asking is EXPOSURES


def test_no_pain_after_all_takes_pain_and_aura_away() -> None:
    state = after(YES, SEVEN, VISUAL, AURA_DONE, LONG, GoTo(item=PAIN), NO_PAIN)

    assert state.answers == answers(hd="no")


def test_no_pain_after_all_keeps_a_day_without_headache_as_it_is() -> None:
    assert after(NO, NO_PAIN).answers == answers(hd="no")


def test_no_pain_does_not_unsay_too_ill() -> None:  # a tap on an old keyboard
    assert after(ILL, NO_PAIN).answers == answers(hd="too_ill")


def test_a_tap_that_arrives_twice_changes_nothing_more() -> None:
    for count in range(1, len(WHOLE_DAY) + 1):
        once = after(*WHOLE_DAY[:count])

        assert after(*WHOLE_DAY[:count], WHOLE_DAY[count - 1]) == once


def test_a_double_tap_does_not_answer_the_question_after_it() -> None:
    state = after(YES, YES, SEVEN, SEVEN)

    assert state.checkin.asking is AURA
    assert AURA not in state.answers


def test_a_correction_on_an_old_keyboard_is_kept_without_moving_on() -> None:
    state = after(YES, SEVEN, VISUAL, choose(PAIN, "4"))

    assert state.answers == answers(hd="yes", pk="4", aura="visual")
    assert state.checkin.asking is AURA


def test_a_change_to_no_headache_on_an_old_keyboard_leads_on_to_the_day() -> None:
    state = after(YES, SEVEN, NO)

    assert state.answers == answers(hd="no")
    assert state.checkin.asking is EXPOSURES


def test_a_change_to_too_ill_on_an_old_keyboard_ends_the_check_in() -> None:  # R-ITEM-1
    state = after(YES, SEVEN, VISUAL, ILL)

    assert state.answers == answers(hd="too_ill")
    assert state.checkin.asking is None
    assert state.checkin.state is CheckInState.COMPLETED


def test_an_aura_let_go_on_an_old_keyboard_is_asked_again_not_its_minutes() -> None:
    state = after(YES, SEVEN, VISUAL, AURA_DONE, toggle(AURA, "visual", chosen=False))

    assert state.answers == answers(hd="yes", pk="7")
    assert state.checkin.asking is AURA


def test_an_answer_before_its_question_is_not_kept() -> None:
    state = after(SEVEN)

    assert state.answers == {}
    assert state.checkin.asking is HEADACHE


def test_an_answer_ahead_of_the_question_is_kept_and_the_question_stays() -> None:
    state = after(YES, toggle(EXPOSURES, "alcohol"), SEVEN)

    assert state.answers == answers(hd="yes", pk="7", exp="alcohol")
    assert state.checkin.asking is AURA


def test_back_shows_a_question_again_and_keeps_its_answer() -> None:
    state = after(YES, SEVEN, GoTo(item=PAIN))

    assert state.checkin.asking is PAIN
    assert state.answers == answers(hd="yes", pk="7")


def test_a_question_that_was_jumped_over_is_asked_before_the_end() -> None:
    state = after(GoTo(item=EXPOSURES), DAY_DONE)

    assert state.checkin.asking is HEADACHE
    assert state.checkin.completed_at is None


def test_back_to_a_question_that_does_not_apply_stays_where_it_is() -> None:
    state = after(NO, GoTo(item=PAIN))

    assert state.checkin.asking is EXPOSURES


def test_a_correction_after_the_end_leads_back_to_the_end() -> None:
    done = after(*WHOLE_DAY)

    state = after(*WHOLE_DAY, GoTo(item=PAIN), choose(PAIN, "5"), now=NOW)

    assert state.answers == {**done.answers, PAIN: ("5",)}
    assert state.checkin.asking is None
    assert state.checkin.completed_at == NOW


def test_a_correction_that_raises_a_question_asks_only_that() -> None:
    state = after(NO, DAY_DONE, GoTo(item=HEADACHE), YES)

    assert state.checkin.asking is PAIN
    assert state.checkin.state is CheckInState.COMPLETED

    further = record(state.checkin, state.answers, SEVEN, now=NOW)
    last = record(further.checkin, further.answers, AURA_DONE, now=NOW)

    assert further.checkin.asking is AURA
    assert last.checkin.asking is None  # the day itself was answered before


def test_completion_keeps_its_first_time() -> None:
    done = after(NO, DAY_DONE)
    again = record(done.checkin, done.answers, GoTo(item=HEADACHE), now=NOW + timedelta(hours=1))

    ended = record(again.checkin, again.answers, NO, now=NOW + timedelta(hours=1))

    assert ended.checkin.completed_at == NOW
    assert ended.checkin.asking is None


def test_a_tap_proves_that_the_question_arrived() -> None:
    state = after(YES, start=checkin(state=CheckInState.UNDELIVERED))

    assert state.checkin.state is CheckInState.OPEN


@pytest.mark.parametrize(
    "tap",
    [
        choose(HEADACHE, "maybe"),
        choose(PAIN, "11"),
        toggle(AURA, "none"),
        toggle(HEADACHE, "yes"),
        toggle(EXPOSURES, "visual"),
        Finish(item=HEADACHE),  # only a question of many can end with nothing chosen
        Finish(item=MINUTES),
    ],
)
@pytest.mark.parametrize("now", [NOW, LATE])
def test_a_value_that_the_item_does_not_have_is_refused(tap: Tap, now: datetime) -> None:
    with pytest.raises(InvalidAnswer):
        after(YES, tap, now=now)


def test_late_in_the_evening_is_not_late() -> None:
    midnight = NOW + timedelta(hours=4, minutes=30)

    assert not checkin().is_late(now=midnight - TICK)
    assert checkin().is_late(now=midnight)


def test_a_late_day_is_not_asked_for_its_exposures() -> None:  # R-FILL-1
    free = after(NO, now=LATE)
    ache = after(YES, SEVEN, AURA_DONE, now=LATE)

    assert (free.checkin.asking, free.checkin.state) == (None, CheckInState.COMPLETED)
    assert (ache.checkin.asking, ache.checkin.state) == (None, CheckInState.COMPLETED)


@pytest.mark.parametrize("tap", [toggle(EXPOSURES, "alcohol"), DAY_DONE])
def test_exposures_tapped_after_midnight_are_not_kept(tap: Tap) -> None:  # R-FILL-1, X-20
    evening = after(NO)

    state = record(evening.checkin, evening.answers, tap, now=LATE)

    assert state.answers == answers(hd="no")
    assert state.checkin.asking is None
    assert state.checkin.state is CheckInState.COMPLETED


def test_exposures_of_the_day_itself_survive_a_late_correction() -> None:  # R-FILL-1
    evening = after(NO, toggle(EXPOSURES, "alcohol"), DAY_DONE)

    state = record(evening.checkin, evening.answers, YES, now=LATE)

    assert state.answers == answers(hd="yes", exp="alcohol")
    assert state.checkin.asking is PAIN


def test_a_day_takes_answers_until_its_last_instant() -> None:  # R-FILL-1, X-20
    start = checkin()

    assert after(NO, now=start.locks_at - TICK).answers == answers(hd="no")
    with pytest.raises(DayLocked):
        after(NO, now=start.locks_at)


@pytest.mark.parametrize(
    ("state", "after"),
    [
        (CheckInState.DUE, CheckInState.OPEN),
        (CheckInState.UNDELIVERED, CheckInState.OPEN),
        (CheckInState.OPEN, CheckInState.OPEN),
        (CheckInState.COMPLETED, CheckInState.COMPLETED),
        (CheckInState.MISSED, CheckInState.MISSED),
    ],
)
def test_a_message_that_shows_it_opens_what_was_waiting(
    state: CheckInState, after: CheckInState
) -> None:  # R-OUT-1
    start = checkin(state=state, message_id=None, delivered_at=None)

    assert shown(start, 105, now=NOW) == replace(
        start, state=after, message_id=105, delivered_at=NOW
    )


def test_a_second_message_keeps_the_time_of_the_first() -> None:
    again = shown(checkin(), 106, now=LATE)

    assert (again.message_id, again.delivered_at) == (106, NOW)


LOCKED = [
    (CheckInState.DUE, {}, CheckInState.UNDELIVERED),
    (CheckInState.UNDELIVERED, {}, CheckInState.UNDELIVERED),
    (CheckInState.OPEN, {}, CheckInState.MISSED),
    (CheckInState.OPEN, answers(hd="yes"), CheckInState.COMPLETED),  # partial counts: R-DAY-2
    (CheckInState.COMPLETED, answers(hd="no", exp=NONE), CheckInState.COMPLETED),
    (CheckInState.MISSED, {}, CheckInState.MISSED),
]


@pytest.mark.parametrize(("state", "known", "expected"), LOCKED)
def test_a_day_closes_by_what_is_known(
    state: CheckInState, known: Answers, expected: CheckInState
) -> None:  # R-OUT-1
    start = checkin(state=state)

    assert locked(start, known) == replace(start, state=expected, revision=start.revision + 1)


OUTCOMES = [
    (CheckInState.DUE, {}, Outcome.NOT_DELIVERED),
    (CheckInState.UNDELIVERED, {}, Outcome.NOT_DELIVERED),
    (CheckInState.OPEN, {}, Outcome.DELIVERED_UNANSWERED),
    (CheckInState.MISSED, {}, Outcome.DELIVERED_UNANSWERED),
    (CheckInState.OPEN, answers(hd="no"), Outcome.ANSWERED),
    (CheckInState.OPEN, answers(hd="too_ill"), Outcome.ANSWERED),
    (CheckInState.OPEN, answers(hd="yes"), Outcome.PARTIAL),
    (CheckInState.COMPLETED, answers(hd="still", exp=NONE), Outcome.PARTIAL),
    (CheckInState.OPEN, answers(hd="yes", pk="3"), Outcome.ANSWERED),
]


@pytest.mark.parametrize(("state", "known", "expected"), OUTCOMES)
def test_the_outcome_is_answered_once_all_of_the_core_is(
    state: CheckInState, known: Answers, expected: Outcome
) -> None:  # R-OUT-1
    assert outcome(checkin(state=state), known) is expected


items = st.sampled_from(list(Item))
chosen_values = st.sampled_from(daily.DAILY).flatmap(
    lambda asked: st.builds(
        choose,
        st.just(asked.item),
        st.sampled_from([*asked.options, NONE] if asked.takes_many else asked.options),
    )
)
toggles = st.sampled_from([daily.AURA, daily.EXPOSURES]).flatmap(
    lambda asked: st.builds(
        toggle, st.just(asked.item), st.sampled_from(asked.options), chosen=st.booleans()
    )
)
finishes = st.builds(Finish, item=st.sampled_from([AURA, EXPOSURES]))
taps: st.SearchStrategy[Tap] = st.one_of(
    chosen_values, toggles, finishes, st.builds(GoTo, item=items)
)


def allowed(item: Item, values: tuple[str, ...]) -> bool:
    asked = daily.question(item)
    if asked.takes_many:
        return values == (NONE,) or (bool(values) and set(values) <= set(asked.options))
    return len(values) == 1 and values[0] in asked.options


def is_valid(state: Recorded, *, now: datetime) -> bool:
    """Only answers that apply, of known values, and a question that applies (or the end)."""
    checkin, known = state.checkin, state.answers
    is_late = checkin.is_late(now=now)
    return (
        all(daily.applies(item, known, is_late=False) for item in known)
        and all(allowed(item, values) for item, values in known.items())
        and known.get(PAIN) != ("0",)
        and (checkin.asking is None or daily.applies(checkin.asking, known, is_late=is_late))
        and (checkin.asking is not None or checkin.completed_at is not None)
        and (checkin.state is CheckInState.COMPLETED) == (checkin.completed_at is not None)
    )


@settings(max_examples=200)
@given(sequence=st.lists(st.tuples(taps, st.integers(0, 3)), max_size=14))
@example(sequence=[(YES, 0), (NO, 0)])
@example(sequence=[(YES, 0), (SEVEN, 0), (VISUAL, 0), (AURA_DONE, 0), (LONG, 3), (DAY_DONE, 0)])
def test_any_sequence_of_taps_leaves_a_valid_state_and_repeats_change_nothing(
    sequence: list[tuple[Tap, int]],
) -> None:
    state, now = Recorded(checkin=checkin(), answers={}), NOW
    for tap, hours in sequence:
        now += timedelta(hours=hours)
        state = record(state.checkin, state.answers, tap, now=now)

        assert is_valid(state, now=now), state
        assert record(state.checkin, state.answers, tap, now=now) == state


@given(sequence=st.lists(taps, max_size=14))
def test_a_revision_grows_exactly_when_the_screen_changes(sequence: list[Tap]) -> None:
    state = Recorded(checkin=checkin(), answers={})
    for tap in sequence:
        before, state = state, record(state.checkin, state.answers, tap, now=NOW)
        grown = state.checkin.revision - before.checkin.revision

        assert grown == (state != before)
