from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import count
from math import ceil

import pytest
from hypothesis import given, strategies as st

from bot.limiter import GROUP_LIMIT, MINUTE, PERSON_BURST, SECOND, Limiter

NOON = datetime(2026, 5, 12, 12, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
ANN, GROUP = 11, -100
SAFETY, CHECKIN = 0, 3


def sent_at(
    limiter: Limiter, *, chat_id: int, lane: int = CHECKIN, messages: int, since: datetime = NOON
) -> list[float]:
    """Send as fast as admitted; seconds since then of each message."""
    at, seconds = since, []
    for _ in range(messages):
        while (again_at := limiter.admit(chat_id=chat_id, lane=lane, now=at)) is not None:
            assert again_at > at
            at = again_at
        seconds.append((at - since).total_seconds())
    return seconds


def test_a_person_gets_a_short_burst_and_then_one_a_second() -> None:
    assert sent_at(Limiter(per_second=30), chat_id=ANN, messages=8) == [0, 0, 0, 0, 0, 1, 2, 3]


def test_a_group_gets_twenty_a_minute_and_keeps_a_share_for_safety() -> None:
    limiter = Limiter(per_second=30)

    assert sent_at(limiter, chat_id=GROUP, messages=17) == [0] * 16 + [60]
    later = NOON + MINUTE
    assert sent_at(limiter, chat_id=GROUP, lane=SAFETY, messages=20, since=later) == (
        [0] * 19 + [60]
    )


def test_all_chats_together_keep_to_the_global_rate() -> None:
    limiter = Limiter(per_second=10, reserved_share=0)

    again = [limiter.admit(chat_id=chat, lane=CHECKIN, now=NOON) for chat in range(1, 13)]

    assert again == [None] * 10 + [NOON + SECOND] * 2


def test_a_message_is_admitted_at_the_named_instant_and_not_before() -> None:
    limiter = Limiter(per_second=1, reserved_share=0)
    assert limiter.admit(chat_id=1, lane=CHECKIN, now=NOON) is None

    again_at = NOON + SECOND
    assert limiter.admit(chat_id=2, lane=CHECKIN, now=again_at - INSTANT) == again_at
    assert limiter.admit(chat_id=2, lane=CHECKIN, now=again_at) is None


def test_a_rate_below_one_a_second_is_kept() -> None:
    limiter = Limiter(per_second=0.5, reserved_share=0)

    assert sent_at(limiter, chat_id=ANN, messages=3) == [0, 2, 4]


def test_a_flood_pauses_the_chat_it_names_and_no_other() -> None:
    limiter = Limiter(per_second=30)
    limiter.flooded(chat_id=ANN, retry_after=timedelta(seconds=7), now=NOON)

    until = NOON + timedelta(seconds=7)
    assert limiter.admit(chat_id=ANN, lane=SAFETY, now=NOON) == until
    assert limiter.admit(chat_id=12, lane=CHECKIN, now=NOON) is None
    assert limiter.admit(chat_id=ANN, lane=SAFETY, now=until) is None


def test_a_flood_that_names_no_chat_pauses_all() -> None:
    limiter = Limiter(per_second=30)
    limiter.flooded(chat_id=None, retry_after=timedelta(seconds=7), now=NOON)

    assert limiter.admit(chat_id=ANN, lane=SAFETY, now=NOON) == NOON + timedelta(seconds=7)


def test_a_shorter_flood_does_not_end_a_longer_one() -> None:
    limiter = Limiter(per_second=30)
    for chat_id in (ANN, None):
        limiter.flooded(chat_id=chat_id, retry_after=timedelta(seconds=9), now=NOON)
        limiter.flooded(chat_id=chat_id, retry_after=timedelta(seconds=1), now=NOON)

        assert limiter.admit(chat_id=ANN, lane=SAFETY, now=NOON) == NOON + timedelta(seconds=9)


def admitted_in_one_second(limiter: Limiter, at: datetime) -> int:
    chats = range(1000, 1040)
    return sum(limiter.admit(chat_id=chat, lane=SAFETY, now=at) is None for chat in chats)


def flood(limiter: Limiter, *, chats: list[int], apart: timedelta) -> datetime:
    at = NOON
    for chat_id in chats:
        at += apart
        limiter.flooded(chat_id=chat_id, retry_after=SECOND, now=at)
    return at


def test_floods_from_three_chats_halve_the_rate_for_a_minute() -> None:
    limiter = Limiter(per_second=30)
    at = flood(limiter, chats=[1, 2, 3], apart=timedelta(seconds=5))

    assert admitted_in_one_second(limiter, at) == 15
    assert admitted_in_one_second(limiter, at + MINUTE - INSTANT) == 15
    assert admitted_in_one_second(limiter, at + MINUTE + SECOND) == 30


@pytest.mark.parametrize(
    ("chats", "seconds"), [([1, 2], 1), ([1, 1, 2, 2], 1), ([1, 2, 3], 5.000001)]
)
def test_fewer_or_slower_floods_do_not(chats: list[int], seconds: float) -> None:
    limiter = Limiter(per_second=30)
    at = flood(limiter, chats=chats, apart=timedelta(seconds=seconds))

    assert admitted_in_one_second(limiter, at) == 30


@pytest.mark.parametrize(("rate", "share"), [(0, 0.2), (-1, 0.2), (30, 1), (30, -0.1)])
def test_a_rate_or_share_that_would_never_send_is_refused(rate: float, share: float) -> None:
    with pytest.raises(ValueError, match="rate above 0"):
        Limiter(per_second=rate, reserved_share=share)


def test_chats_free_of_all_limits_are_forgotten_and_others_are_not() -> None:
    limiter = Limiter(per_second=1000)
    for chat_id in range(1, 501):
        limiter.admit(chat_id=chat_id, lane=CHECKIN, now=NOON)
    for _ in range(20):
        limiter.admit(chat_id=GROUP, lane=SAFETY, now=NOON)
    limiter.flooded(chat_id=ANN, retry_after=timedelta(minutes=5), now=NOON)

    limiter.forget(NOON)
    assert len(limiter._chats) == 501

    later = NOON + timedelta(seconds=30)
    assert limiter.admit(chat_id=GROUP, lane=SAFETY, now=later) == NOON + MINUTE
    limiter.forget(later)
    assert limiter._chats.keys() == {ANN, GROUP}

    assert limiter.admit(chat_id=999, lane=CHECKIN, now=NOON + 2 * MINUTE) is None
    limiter.forget(NOON + 2 * MINUTE)
    assert limiter._chats.keys() == {ANN, 999}


def test_forgetting_the_future_forgets_only_what_is_over_now() -> None:
    limiter = Limiter(per_second=30)
    sent_at(limiter, chat_id=ANN, messages=5)

    limiter.forget(NOON + timedelta(days=1))

    assert limiter.admit(chat_id=ANN, lane=CHECKIN, now=NOON) == NOON + SECOND


def test_a_clock_set_back_neither_locks_up_nor_bursts() -> None:
    limiter = Limiter(per_second=30)
    sent_at(limiter, chat_id=ANN, messages=5)

    back = NOON - timedelta(hours=1)

    assert limiter.admit(chat_id=ANN, lane=CHECKIN, now=back) == back + SECOND
    assert sent_at(limiter, chat_id=ANN, messages=2, since=back) == [2, 2]  # one had the first


def test_safety_gets_through_while_routine_traffic_floods() -> None:
    limiter = Limiter(per_second=30)
    chats, worst = count(1), timedelta(0)
    for tenth in range(100):
        at = NOON + timedelta(seconds=tenth / 10)
        while limiter.admit(chat_id=next(chats), lane=CHECKIN, now=at) is None:
            pass
        if tenth % 2 == 0:  # five a second, of the six that are kept for them
            again_at = limiter.admit(chat_id=next(chats), lane=SAFETY, now=at)
            worst = max(worst, (again_at or at) - at)

    assert worst == timedelta(0)


steps = st.lists(
    st.tuples(
        st.sampled_from([1, 2, 3, GROUP, GROUP - 1]),
        st.sampled_from([SAFETY, CHECKIN]),
        st.sampled_from([0, 0, 0, 1, 40, 300, 1100, 20_000]),  # milliseconds since the one before
    ),
    max_size=250,
)
rates = st.sampled_from([0.3, 1, 1.5, 4, 7.9, 30])
shares = st.sampled_from([0, 0.2, 0.5])


def most_within(times: list[datetime], length: timedelta) -> int:
    return max((sum(start <= at < start + length for at in times) for start in times), default=0)


@given(steps=steps, rate=rates, share=shares)
def test_no_window_ever_holds_more_than_the_limits(
    steps: list[tuple[int, int, int]], rate: float, share: float
) -> None:
    limiter = Limiter(per_second=rate, reserved_share=share)
    at, sent, routine = NOON, defaultdict[int, list[datetime]](list), list[datetime]()
    for chat_id, lane, milliseconds in steps:
        at += timedelta(milliseconds=milliseconds)
        if limiter.admit(chat_id=chat_id, lane=lane, now=at) is None:
            sent[chat_id].append(at)
            if lane == CHECKIN:
                routine.append(at)

    everything = sorted(at for times in sent.values() for at in times)
    assert most_within(everything, SECOND) <= ceil(rate)
    assert most_within(routine, SECOND) <= ceil(rate * (1 - share))
    for chat_id, times in sent.items():
        if chat_id < 0:
            assert most_within(times, MINUTE) <= GROUP_LIMIT
        for length in (1, 3, 10) if chat_id > 0 else ():
            assert most_within(times, length * SECOND) <= PERSON_BURST + length - 1


@given(steps=steps, rate=rates)
def test_whoever_waits_until_the_named_instant_gets_through(
    steps: list[tuple[int, int, int]], rate: float
) -> None:
    limiter = Limiter(per_second=rate)
    at = NOON
    for chat_id, lane, milliseconds in steps:
        at += timedelta(milliseconds=milliseconds)
        again_at = limiter.admit(chat_id=chat_id, lane=lane, now=at)
        if again_at is not None:
            assert limiter.admit(chat_id=chat_id, lane=lane, now=again_at) is None
            at = again_at


@given(
    jumps=st.lists(
        st.sampled_from([-3600.0, -2.0, -0.001, 0.0, 0.001, 0.4, 1.0]), min_size=1, max_size=200
    )
)
def test_however_the_clock_jumps_back_no_time_is_gained(jumps: list[float]) -> None:
    limiter = Limiter(per_second=4, reserved_share=0)
    now, lived, sent = NOON, NOON, list[datetime]()
    for chat_id, jump in enumerate(jumps, start=1):
        now += timedelta(seconds=jump)
        lived += timedelta(seconds=max(0.0, jump))
        again_at = limiter.admit(chat_id=chat_id, lane=CHECKIN, now=now)
        if again_at is None:
            sent.append(lived)
        else:
            assert now < again_at <= now + SECOND

    assert most_within(sent, SECOND) <= 4


def test_room_is_what_would_be_admitted_and_its_wait_how_long_until_then() -> None:
    limiter = Limiter(per_second=10)
    nothing = timedelta(0)
    assert limiter.room(lane=CHECKIN, now=NOON) == (8, nothing)
    assert limiter.room(lane=SAFETY, now=NOON) == (10, nothing)

    for chat in range(1, 6):
        limiter.admit(chat_id=chat, lane=CHECKIN, now=NOON)
    later = NOON + SECOND / 2
    for chat in range(6, 9):
        limiter.admit(chat_id=chat, lane=CHECKIN, now=later)

    assert limiter.room(lane=CHECKIN, now=later) == (0, SECOND / 2)
    assert limiter.room(lane=SAFETY, now=later) == (2, nothing)
    assert limiter.room(lane=CHECKIN, now=NOON + SECOND - INSTANT) == (0, INSTANT)
    assert limiter.room(lane=CHECKIN, now=NOON + SECOND) == (5, nothing)
    assert limiter.room(lane=CHECKIN, now=later + SECOND) == (8, nothing)


def test_there_is_no_room_while_all_are_paused() -> None:
    limiter = Limiter(per_second=10)
    limiter.flooded(chat_id=None, retry_after=timedelta(seconds=5), now=NOON)
    assert limiter.room(lane=SAFETY, now=NOON + SECOND) == (0, timedelta(seconds=4))


@given(
    sends=st.lists(
        st.tuples(st.integers(0, 1500), st.sampled_from([SAFETY, CHECKIN])), max_size=40
    )
)
def test_as_many_are_admitted_as_there_is_room_for(sends: list[tuple[int, int]]) -> None:
    limiter = Limiter(per_second=12)
    chats = count(1)
    now = NOON
    for milliseconds, lane in sends:
        now += timedelta(milliseconds=milliseconds / 10)
        limiter.admit(chat_id=next(chats), lane=lane, now=now)

    room, _ = limiter.room(lane=CHECKIN, now=now)

    for _ in range(room):
        assert limiter.admit(chat_id=next(chats), lane=CHECKIN, now=now) is None
    assert limiter.admit(chat_id=next(chats), lane=CHECKIN, now=now) is not None


def test_many_that_wait_for_one_person_come_back_one_by_one() -> None:
    limiter = Limiter(per_second=30)
    sent_at(limiter, chat_id=ANN, messages=5)

    told = [limiter.admit(chat_id=ANN, lane=CHECKIN, now=NOON) for _ in range(100)]

    assert told[:3] == [NOON + SECOND, NOON + 2 * SECOND, NOON + 3 * SECOND]
    assert max(at for at in told if at is not None) == NOON + 61 * SECOND
    assert limiter.admit(chat_id=ANN, lane=SAFETY, now=NOON) == NOON + SECOND
    assert limiter.admit(chat_id=ANN + 1, lane=CHECKIN, now=NOON) is None
