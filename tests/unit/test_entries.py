from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from care.entries import Change, changes, is_late, locks_at
from care.questions import Item
from care.timetable import zone
from tests.builders import BERLIN, answers

TICK = timedelta(microseconds=1)
KATHMANDU = zone("Asia/Kathmandu")


def test_a_day_locks_at_the_end_of_the_day_after_next() -> None:  # R-FILL-1, X-20
    assert locks_at(date(2026, 5, 10), BERLIN) == datetime(2026, 5, 12, 22, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 3, 27), "2026-03-29T22:00+00:00"),  # the day after next has 23 hours
        (date(2026, 10, 23), "2026-10-25T23:00+00:00"),  # and 25 here
        (date(2028, 2, 27), "2028-02-29T23:00+00:00"),
    ],
)
def test_locking_follows_the_local_calendar(on: date, expected: str) -> None:
    assert locks_at(on, BERLIN) == datetime.fromisoformat(expected)


def test_late_begins_at_local_midnight() -> None:  # R-FILL-1
    midnight = datetime(2026, 5, 10, 18, 15, tzinfo=UTC)  # :45 zone

    assert not is_late(date(2026, 5, 10), KATHMANDU, now=midnight - TICK)
    assert is_late(date(2026, 5, 10), KATHMANDU, now=midnight)


def test_only_what_differs_is_a_change() -> None:  # R-FILL-2
    before = answers(hd="yes", pk="5", aura="none")
    after = answers(hd="no", aura="none", exp="alcohol")

    assert changes(before, after) == (
        Change(item=Item.HEADACHE, before=("yes",), after=("no",)),
        Change(item=Item.PAIN, before=("5",), after=None),
        Change(item=Item.EXPOSURES, before=None, after=("alcohol",)),
    )


states = st.dictionaries(
    st.sampled_from(list(Item)),
    st.lists(st.sampled_from("abc"), min_size=1, unique=True).map(tuple),
)


@given(before=states, after=states)
def test_the_changes_lead_from_one_state_to_the_other(
    before: dict[Item, tuple[str, ...]], after: dict[Item, tuple[str, ...]]
) -> None:
    state = dict(before)
    for change in changes(before, after):
        assert state.pop(change.item, None) == change.before
        if change.after is not None:
            state[change.item] = change.after

    assert state == after
    assert changes(after, after) == ()
