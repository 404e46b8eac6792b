from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings, strategies as st

from care import question_sets as daily
from care.errors import DayLocked, InvalidAnswer
from care.lifecycle import CheckIn, CheckInState
from care.questions import NONE, SKIPPED, Answers, Item
from care.taps import Choose, Enough, Finish, GoTo, Recorded, Skip, Tap, Toggle, record
from tests.builders import NOW, answers, checkin, exposure, medicine, profile

if TYPE_CHECKING:
    from datetime import datetime

    from care.profiles import Profile

LATE = NOW + timedelta(days=1)  # the next evening: late, but still open
TICK = timedelta(microseconds=1)

HEADACHE, PAIN, DURATION, MEDICINES, RELIEF = daily.CORE
FEATURES, AURA, MINUTES, FUNCTION, EXPOSURES, PRACTICE = daily.ORDER[len(daily.CORE) :]

ANN = profile(usual_aura=("visual",), own=(medicine(id=1), medicine(id=2), exposure(id=3)))


def choose(item: Item, value: str) -> Choose:
    return Choose(item=item, value=value)


def toggle(item: Item, value: str, *, chosen: bool = True) -> Toggle:
    return Toggle(item=item, value=value, chosen=chosen)


def after(
    *taps: Tap, start: CheckIn | None = None, now: datetime = NOW, of: Profile = ANN
) -> Recorded:
    state = Recorded(checkin=start or checkin(), answers={})
    for tap in taps:
        state = record(state.checkin, state.answers, tap, profile=of, now=now)
    return state


def then(state: Recorded, tap: Tap, *, now: datetime = NOW) -> Recorded:
    return record(state.checkin, state.answers, tap, profile=ANN, now=now)


YES = choose(HEADACHE, "yes")
NO = choose(HEADACHE, "no")
ILL = choose(HEADACHE, "too_ill")
NO_PAIN = choose(PAIN, "0")
SEVEN = choose(PAIN, "7")
HOURS = choose(DURATION, "4to12h")
TABLET = toggle(MEDICINES, "m1")
TAKEN = Finish(item=MEDICINES)
RELIEVED = choose(RELIEF, "some")
LIGHT = toggle(FEATURES, "light")
FELT = Finish(item=FEATURES)
VISUAL = toggle(AURA, "visual")
AURA_DONE = Finish(item=AURA)
LONG = choose(MINUTES, "gt60")
HALF = choose(FUNCTION, "reduced")
DAY_DONE = Finish(item=EXPOSURES)
CORE = (YES, SEVEN, HOURS, TABLET, TAKEN, RELIEVED)
TO_AURA = (YES, SEVEN, HOURS, TAKEN, FELT)
WHOLE_DAY = (
    *CORE,
    *(LIGHT, FELT, VISUAL, AURA_DONE, LONG, HALF),
    *(toggle(EXPOSURES, "alcohol"), DAY_DONE),
)


def test_a_headache_free_day_takes_two_taps() -> None:  # R-ITEM-1
    done = after(NO, DAY_DONE)

    assert done.answers == answers(hd="no", exp=NONE)
    assert done.checkin.state is CheckInState.COMPLETED
    assert done.checkin.completed_at == NOW
    assert done.checkin.asking is None


def test_the_core_of_a_headache_takes_six_taps_with_one_drug() -> None:  # R-ITEM-1
    state = after(*CORE)

    assert len(CORE) == 6
    assert set(state.answers) == set(daily.CORE)
    assert state.checkin.asking is FEATURES


def test_a_headache_day_goes_through_every_question() -> None:  # R-ITEM-2
    asked = [after(*WHOLE_DAY[:count]).checkin.asking for count in range(len(WHOLE_DAY) + 1)]

    assert list(dict.fromkeys(asked)) == [*daily.ORDER[:-1], None]
    assert after(*WHOLE_DAY).answers == answers(
        hd="yes",
        pk="7",
        dur="4to12h",
        med="m1",
        rel="some",
        feat="light",
        aura="visual",
        aura_min="gt60",
        fn="reduced",
        exp="alcohol",
    )


def test_without_a_medicine_its_relief_is_not_asked() -> None:
    assert after(YES, SEVEN, HOURS, TAKEN).checkin.asking is FEATURES


def test_without_an_aura_its_minutes_are_not_asked() -> None:
    state = after(*TO_AURA, AURA_DONE)

    assert state.answers[AURA] == (NONE,)
    assert state.checkin.asking is FUNCTION


def test_aura_is_not_asked_where_it_is_not_usual() -> None:  # section 2
    assert after(*TO_AURA, of=profile(usual_aura=())).checkin.asking is FUNCTION


def test_aura_can_be_added_on_any_day() -> None:  # section 2, R-DAY-4b
    of = profile(usual_aura=())

    state = after(NO, GoTo(item=AURA), VISUAL, AURA_DONE, LONG, DAY_DONE, of=of)

    assert state.answers == answers(hd="no", aura="visual", aura_min="gt60", exp=NONE)
    assert state.checkin.asking is None


def test_a_medicine_on_a_day_without_headache_is_asked_for() -> None:  # section 2
    took = toggle(EXPOSURES, daily.TOOK_MEDICINE)

    state = after(NO, took, DAY_DONE)
    done = after(NO, took, DAY_DONE, TABLET, TAKEN)

    assert state.checkin.asking is MEDICINES
    assert done.checkin.asking is None
    assert done.answers == answers(hd="no", exp=daily.TOOK_MEDICINE, med="m1")


def test_self_care_is_one_tap_at_the_end_where_it_was_chosen() -> None:  # F16
    of = profile(practice="movement")

    done = after(NO, DAY_DONE, choose(PRACTICE, "movement"), of=of)

    assert after(NO, DAY_DONE, of=of).checkin.asking is PRACTICE
    assert done.checkin.asking is None
    with pytest.raises(InvalidAnswer):
        after(NO, DAY_DONE, choose(PRACTICE, "sleep"), of=of)


def test_a_name_of_somebody_elses_list_is_refused() -> None:
    with pytest.raises(InvalidAnswer):
        after(YES, SEVEN, HOURS, toggle(MEDICINES, "m99"))
    with pytest.raises(InvalidAnswer):
        after(NO, toggle(EXPOSURES, "x1"))


def test_a_medicine_that_left_the_list_keeps_its_meaning_and_can_be_let_go() -> None:  # F14
    gone = profile(own=(medicine(id=1, is_active=False),))
    taken = after(YES, SEVEN, HOURS, TABLET, TAKEN)

    let_go = toggle(MEDICINES, "m1", chosen=False)
    state = record(taken.checkin, taken.answers, let_go, profile=gone, now=NOW)

    assert MEDICINES not in state.answers
    with pytest.raises(InvalidAnswer):
        after(YES, SEVEN, HOURS, TABLET, of=gone)


def test_too_ill_is_one_tap_and_the_end() -> None:  # R-ITEM-1
    state = after(ILL)

    assert state.answers == answers(hd="too_ill", fn="could_not")
    assert state.checkin.asking is None
    assert state.checkin.state is CheckInState.COMPLETED


def test_too_ill_can_be_told_more_of_later() -> None:  # R-ITEM-1
    state = after(ILL, GoTo(item=FEATURES), LIGHT, FELT)

    assert state.answers == answers(hd="too_ill", fn="could_not", feat="light")
    assert state.checkin.asking is None


def test_a_skipped_question_is_known_as_asked_and_not_asked_again() -> None:
    state = after(YES, SEVEN, Skip(item=DURATION))

    assert state.answers == answers(hd="yes", pk="7", dur=SKIPPED)
    assert state.checkin.asking is MEDICINES


def test_skip_keeps_what_was_answered() -> None:
    state = after(YES, SEVEN, GoTo(item=PAIN), Skip(item=PAIN))

    assert state.answers[PAIN] == ("7",)


def test_a_skipped_question_can_be_answered_after_all() -> None:
    state = after(YES, SEVEN, Skip(item=DURATION), GoTo(item=DURATION), HOURS)

    assert state.answers[DURATION] == ("4to12h",)
    assert state.checkin.asking is MEDICINES


def test_skipping_a_question_of_many_and_then_choosing_leaves_only_the_choice() -> None:
    state = after(NO, Skip(item=EXPOSURES), GoTo(item=EXPOSURES), toggle(EXPOSURES, "alcohol"))

    assert state.answers[EXPOSURES] == ("alcohol",)


def test_enough_keeps_what_is_known_and_asks_no_more() -> None:
    state = after(YES, SEVEN, Enough(item=DURATION))

    assert state.checkin.asking is None
    assert state.checkin.state is CheckInState.COMPLETED
    assert state.answers[PAIN] == ("7",)
    assert {item for item, values in state.answers.items() if values == (SKIPPED,)} == {
        *(DURATION, MEDICINES, FEATURES, AURA, FUNCTION, EXPOSURES)
    }


@pytest.mark.parametrize("tap", [Skip(item=HEADACHE), Enough(item=HEADACHE)])
def test_whether_there_was_a_headache_cannot_be_left_out(tap: Tap) -> None:
    with pytest.raises(InvalidAnswer):
        after(tap)


def test_each_tap_saves_at_once_and_counts_a_revision() -> None:  # R-ITEM-2, F03
    states = [after(*WHOLE_DAY[:count]) for count in range(len(WHOLE_DAY) + 1)]

    for before, now in pairwise(states):
        assert now.checkin.revision == before.checkin.revision + 1
        assert now != before


def test_no_pain_after_all_means_no_headache() -> None:
    state = after(YES, NO_PAIN)

    assert state.answers == answers(hd="no")
    assert state.checkin.asking is EXPOSURES


def test_no_pain_after_all_takes_what_a_headache_was_like_away() -> None:
    state = after(*TO_AURA, GoTo(item=PAIN), NO_PAIN)

    assert state.answers == answers(hd="no", med=NONE)


def test_what_was_taken_and_seen_stays_true_without_a_headache() -> None:  # R-DAY-4b
    state = after(*CORE, LIGHT, FELT, VISUAL, AURA_DONE, LONG, GoTo(item=PAIN), NO_PAIN)

    assert state.answers == answers(hd="no", med="m1", aura="visual", aura_min="gt60")


def test_no_pain_after_all_keeps_a_day_without_headache_as_it_is() -> None:
    assert after(NO, NO_PAIN).answers == answers(hd="no")


def test_a_tap_that_arrives_twice_changes_nothing_more() -> None:
    for count in range(1, len(WHOLE_DAY) + 1):
        once = after(*WHOLE_DAY[:count])

        assert after(*WHOLE_DAY[:count], WHOLE_DAY[count - 1]) == once


def test_a_double_tap_does_not_answer_the_question_after_it() -> None:
    state = after(YES, YES, SEVEN, SEVEN)

    assert state.checkin.asking is DURATION
    assert DURATION not in state.answers


def test_a_correction_on_an_old_keyboard_is_kept_without_moving_on() -> None:
    state = after(*TO_AURA, VISUAL, choose(PAIN, "4"))

    assert state.answers[PAIN] == ("4",)
    assert state.checkin.asking is AURA


def test_a_change_to_no_headache_on_an_old_keyboard_leads_on_to_the_day() -> None:
    state = after(YES, SEVEN, NO)

    assert state.answers == answers(hd="no")
    assert state.checkin.asking is EXPOSURES


def test_a_change_to_too_ill_on_an_old_keyboard_ends_the_check_in() -> None:  # R-ITEM-1
    state = after(YES, SEVEN, ILL)

    assert state.answers == answers(hd="too_ill", pk="7", fn="could_not")
    assert state.checkin.asking is None
    assert state.checkin.state is CheckInState.COMPLETED


def test_an_aura_let_go_on_an_old_keyboard_is_asked_again_not_its_minutes() -> None:
    state = after(*TO_AURA, VISUAL, AURA_DONE, toggle(AURA, "visual", chosen=False))

    assert AURA not in state.answers
    assert state.checkin.asking is AURA


def test_an_answer_before_its_question_is_not_kept() -> None:
    state = after(SEVEN)

    assert state.answers == {}
    assert state.checkin.asking is HEADACHE


def test_an_answer_ahead_of_the_question_is_kept_and_the_question_stays() -> None:
    state = after(YES, toggle(EXPOSURES, "alcohol"), SEVEN)

    assert state.answers == answers(hd="yes", pk="7", exp="alcohol")
    assert state.checkin.asking is DURATION


def test_back_shows_a_question_again_and_keeps_its_answer() -> None:
    state = after(YES, SEVEN, GoTo(item=PAIN))

    assert state.checkin.asking is PAIN
    assert state.answers == answers(hd="yes", pk="7")


def test_back_to_a_question_that_does_not_apply_stays_where_it_is() -> None:
    assert after(NO, GoTo(item=PAIN)).checkin.asking is EXPOSURES
    assert after(GoTo(item=EXPOSURES)).checkin.asking is HEADACHE


def test_a_correction_after_the_end_leads_back_to_the_end() -> None:
    done = after(*WHOLE_DAY)

    state = after(*WHOLE_DAY, GoTo(item=PAIN), choose(PAIN, "5"))

    assert state.answers == {**done.answers, PAIN: ("5",)}
    assert state.checkin.asking is None
    assert state.checkin.completed_at == NOW


def test_a_correction_that_raises_questions_asks_only_those() -> None:
    state = after(NO, DAY_DONE, GoTo(item=HEADACHE), YES)

    assert state.checkin.asking is PAIN
    assert state.checkin.state is CheckInState.COMPLETED

    last = after(NO, DAY_DONE, GoTo(item=HEADACHE), *TO_AURA, AURA_DONE, HALF)

    assert last.checkin.asking is None  # the day itself was answered before


def test_completion_keeps_its_first_time() -> None:
    done = after(NO, DAY_DONE)
    again = then(done, GoTo(item=HEADACHE), now=NOW + timedelta(hours=1))

    ended = then(again, NO, now=NOW + timedelta(hours=1))

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
        choose(DURATION, "forever"),
        toggle(AURA, "none"),
        toggle(HEADACHE, "yes"),
        toggle(EXPOSURES, "visual"),
        toggle(FEATURES, "m1"),
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
    ache = after(*TO_AURA, AURA_DONE, HALF, now=LATE)

    assert (free.checkin.asking, free.checkin.state) == (None, CheckInState.COMPLETED)
    assert (ache.checkin.asking, ache.checkin.state) == (None, CheckInState.COMPLETED)


@pytest.mark.parametrize("tap", [toggle(EXPOSURES, "alcohol"), DAY_DONE])
def test_exposures_tapped_after_midnight_are_not_kept(tap: Tap) -> None:  # R-FILL-1, X-20
    state = then(after(NO), tap, now=LATE)

    assert state.answers == answers(hd="no")
    assert state.checkin.asking is None
    assert state.checkin.state is CheckInState.COMPLETED


def test_exposures_of_the_day_itself_survive_a_late_correction() -> None:  # R-FILL-1
    evening = after(NO, toggle(EXPOSURES, "alcohol"), DAY_DONE)

    state = then(evening, YES, now=LATE)

    assert state.answers == answers(hd="yes", exp="alcohol")
    assert state.checkin.asking is PAIN


def test_a_day_takes_answers_until_its_last_instant() -> None:  # R-FILL-1, X-20
    start = checkin()

    assert after(NO, now=start.locks_at - TICK).answers == answers(hd="no")
    with pytest.raises(DayLocked):
        after(NO, now=start.locks_at)


ASKED = {item: daily.question(item, ANN, {}) for item in Item if item is not PRACTICE}
MANY = [asked for asked in ASKED.values() if asked.takes_many]
items = st.sampled_from(list(ASKED))
chosen_values = st.sampled_from(list(ASKED.values())).flatmap(
    lambda asked: st.builds(
        choose,
        st.just(asked.item),
        st.sampled_from([*asked.options, NONE] if asked.takes_many else asked.options),
    )
)
toggles = (
    st.sampled_from(MANY)
    .flatmap(
        lambda asked: st.builds(
            toggle, st.just(asked.item), st.sampled_from(asked.options), chosen=st.booleans()
        )
    )
    .filter(lambda tap: tap.value != daily.TOOK_MEDICINE)
)
finishes = st.builds(Finish, item=st.sampled_from([asked.item for asked in MANY]))
skippable = st.sampled_from([item for item in ASKED if item is not HEADACHE])
taps: st.SearchStrategy[Tap] = st.one_of(
    chosen_values, toggles, finishes, st.builds(GoTo, item=items), st.builds(Skip, item=skippable)
)


def allowed(item: Item, values: tuple[str, ...]) -> bool:
    asked = ASKED[item]
    if values == (SKIPPED,):
        return item is not HEADACHE
    if asked.takes_many:
        return values == (NONE,) or (bool(values) and set(values) <= set(asked.options))
    return len(values) == 1 and values[0] in asked.options


def is_valid(state: Recorded, *, now: datetime) -> bool:
    """Only answers that apply, of known values, and a question that applies (or the end)."""
    checkin, known = state.checkin, state.answers
    is_late = checkin.is_late(now=now)
    return (
        all(daily.takes(item, known, ANN, is_late=False) for item in known)
        and all(allowed(item, values) for item, values in known.items())
        and known.get(PAIN) != ("0",)
        and (checkin.asking is None or daily.takes(checkin.asking, known, ANN, is_late=is_late))
        and (checkin.asking is not None or checkin.completed_at is not None)
        and (checkin.state is CheckInState.COMPLETED) == (checkin.completed_at is not None)
    )


@settings(max_examples=200)
@given(sequence=st.lists(st.tuples(taps, st.integers(0, 3)), max_size=14))
@example(sequence=[(YES, 0), (NO, 0)])
@example(sequence=[*((tap, 0) for tap in WHOLE_DAY[:10]), (LONG, 3), (DAY_DONE, 0)])
def test_any_sequence_of_taps_leaves_a_valid_state_and_repeats_change_nothing(
    sequence: list[tuple[Tap, int]],
) -> None:
    state, now = Recorded(checkin=checkin(), answers={}), NOW
    for tap, hours in sequence:
        now += timedelta(hours=hours)
        state = then(state, tap, now=now)

        assert is_valid(state, now=now), state
        assert then(state, tap, now=now) == state


@given(sequence=st.lists(taps, max_size=14))
def test_a_revision_grows_exactly_when_the_screen_changes(sequence: list[Tap]) -> None:
    state = Recorded(checkin=checkin(), answers={})
    for tap in sequence:
        before, state = state, then(state, tap)
        grown = state.checkin.revision - before.checkin.revision

        assert grown == (state != before)


@given(sequence=st.lists(taps, max_size=14))
def test_too_ill_ends_the_questions_wherever_it_is_tapped(sequence: list[Tap]) -> None:
    state = then(Recorded(checkin=checkin(), answers={}), YES)
    for tap in sequence:
        state = then(state, tap)

    known: Answers = {**state.answers, HEADACHE: ("yes",)}
    ended = then(Recorded(checkin=state.checkin, answers=known), Enough(item=PAIN))

    assert daily.first_missing(ended.answers, ANN, is_late=False) is None
