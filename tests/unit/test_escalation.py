from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st

from care.escalation import (
    REMIND_OWNER_AFTER,
    AlreadyClosed,
    AlreadyTaken,
    Closing,
    Escalation,
    EscalationState,
    Taken,
    bumped,
    close,
    ladder,
    mistaken,
    recipients,
    stepped,
    take,
)
from care.people import CoordinatorId
from care.triage import ALARM, Flag, Tier
from tests.builders import NOW, clinic, escalation, flag, team

if TYPE_CHECKING:
    from care.clinic import Ladder

CAROL, DAVE = CoordinatorId(1), CoordinatorId(2)
TEN = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
EMERGENCY = ladder(Tier.EMERGENCY, clinic())
URGENT = ladder(Tier.URGENT, clinic())
OPENED = escalation(tier=Tier.EMERGENCY, opened_at=TEN, next_step_at=TEN)


def clock(at: datetime | None) -> str:
    return f"{at:%H:%M}" if at else ""


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def pages(rungs: Ladder, *, count: int) -> list[str]:
    """When it rings if every page goes out on time."""
    rung, found = OPENED, []
    for _ in range(count):
        assert rung.next_step_at is not None
        found.append(clock(rung.next_step_at))
        rung = stepped(rung, rungs, now=rung.next_step_at)
    return found


def test_an_emergency_rings_after_0_5_15_30_minutes_and_then_every_30() -> None:  # R-TRI-1
    assert pages(EMERGENCY, count=6) == ["10:00", "10:05", "10:15", "10:30", "11:00", "11:30"]


def test_an_urgent_report_rings_after_0_60_240_minutes() -> None:  # R-TRI-1
    assert pages(URGENT, count=4) == ["10:00", "11:00", "14:00", "18:00"]


def test_an_emergency_taken_at_10_17_was_paged_three_times() -> None:
    rung = OPENED
    while rung.next_step_at and rung.next_step_at < TEN + minutes(17):
        rung = stepped(rung, EMERGENCY, now=rung.next_step_at)

    result = take(rung, CAROL, now=TEN + minutes(17))

    assert rung.step == 3
    assert isinstance(result, Taken)
    assert result.escalation.next_step_at == TEN + minutes(17) + REMIND_OWNER_AFTER


@pytest.mark.parametrize(
    ("at", "following"),
    [(7, "10:15"), (15, "10:30"), (29, "10:30"), (45, "11:00"), (200, "13:30")],
)
def test_pages_that_were_missed_count_as_one(at: int, following: str) -> None:  # R-TRI-1
    first = stepped(OPENED, EMERGENCY, now=TEN)

    late = stepped(first, EMERGENCY, now=TEN + minutes(at))

    assert late.step == 2
    assert clock(late.next_step_at) == following


def test_a_page_that_goes_out_early_does_not_cost_the_next_one() -> None:  # R-TRI-1
    first = stepped(OPENED, EMERGENCY, now=TEN)

    at_once = stepped(first, EMERGENCY, now=TEN + timedelta(seconds=3))  # the first was blocked

    assert (at_once.step, clock(at_once.next_step_at)) == (2, "10:05")


@given(
    late=st.lists(st.timedeltas(timedelta(0), timedelta(days=2)), max_size=8),
    tier=st.sampled_from([Tier.EMERGENCY, Tier.URGENT]),
)
def test_the_next_page_is_always_ahead_and_one_step_up(late: list[timedelta], tier: Tier) -> None:
    rungs, now = ladder(tier, clinic()), TEN
    rung = replace(OPENED, tier=tier)
    for wait in late:
        now += wait
        before, rung = rung, stepped(rung, rungs, now=now)

        assert rung.step == before.step + 1
        assert rung.next_step_at is not None
        assert now < rung.next_step_at <= now + rungs.then_every


def test_every_tier_climbs_a_ladder_of_its_own() -> None:  # R-TRI-1
    one = clinic()

    assert ladder(Tier.URGENT, one) is one.urgent_ladder
    for waits in (Tier.ROUTINE, Tier.INFO):
        assert ladder(waits, one) is one.routine_ladder
    assert one.routine_ladder.then_every > one.urgent_ladder.then_every


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (1, ["Carol"]),
        (2, ["Carol", "Dave"]),
        (3, ["Carol", "Dave", "Eve", "Fay"]),
        (9, ["Carol", "Dave", "Eve", "Fay"]),
    ],
)
def test_who_is_told_grows_with_the_step(step: int, told: list[str]) -> None:  # R-TRI-2
    everybody = team("Carol", "Dave", "Eve", "Fay")

    assert [one.name for one in recipients(step, reversed(everybody))] == told


def test_who_cannot_be_reached_is_left_out() -> None:  # R-TRI-2
    carol, dave, eve = team("Carol", "Dave", "Eve")
    blocked = replace(carol, is_reachable=False)
    gone = replace(dave, is_active=False)

    assert recipients(1, [blocked, gone, eve]) == (eve,)
    assert recipients(3, [blocked, gone]) == ()


def test_taking_makes_it_mine_and_stops_the_ringing() -> None:  # R-TRI-3
    assert take(OPENED, CAROL, now=NOW) == Taken(
        escalation=replace(
            OPENED,
            state=EscalationState.TAKEN,
            taken_by=CAROL,
            taken_at=NOW,
            next_step_at=NOW + minutes(60),
        )
    )


def taken() -> Escalation:
    result = take(OPENED, CAROL, now=NOW)
    assert isinstance(result, Taken)
    return result.escalation


def test_the_first_to_take_it_has_it() -> None:
    assert take(taken(), DAVE, now=NOW + minutes(1)) == AlreadyTaken(escalation=taken())
    assert take(taken(), CAROL, now=NOW + minutes(1)) == AlreadyTaken(escalation=taken())


def test_closing_ends_it_with_an_outcome() -> None:  # R-TRI-3
    closed = close(taken(), DAVE, Closing.SPOKEN, now=NOW + minutes(9))

    assert closed == replace(
        taken(),
        state=EscalationState.CLOSED,
        closed_by=DAVE,
        closed_at=NOW + minutes(9),
        closing=Closing.SPOKEN,
        next_step_at=None,
    )


def test_closing_an_open_one_takes_it_as_well() -> None:
    closed = close(OPENED, DAVE, Closing.FALSE_ALARM, now=NOW)

    assert (closed.taken_by, closed.taken_at) == (DAVE, NOW)


def test_what_is_closed_stays_as_it_was_closed() -> None:
    closed = close(taken(), CAROL, Closing.SPOKEN, now=NOW)

    assert close(closed, DAVE, Closing.NOT_REACHED, now=NOW + minutes(1)) == closed
    assert take(closed, DAVE, now=NOW + minutes(1)) == AlreadyClosed(escalation=closed)


def test_the_same_rule_again_counts_up_and_shows_the_newest_reason() -> None:  # R-TRI-4
    flag = Flag(rule="PAIN-LIMIT", tier=Tier.URGENT, reason={"pain": 10, "limit": 9})
    again = bumped(escalation(reason={"pain": 9, "limit": 9}), flag, now=NOW)

    assert (again.count, again.reason) == (2, {"pain": 10, "limit": 9})
    assert again.next_step_at == escalation().next_step_at


def test_a_copy_is_redrawn_when_what_it_shows_has_changed() -> None:
    changed = [
        OPENED,
        bumped(OPENED, Flag(rule=OPENED.rule, tier=OPENED.tier, reason={}), now=NOW),
        replace(OPENED, is_mistake=True),
        taken(),
        close(OPENED, CAROL, Closing.SPOKEN, now=NOW),
    ]

    assert len({one.face for one in changed}) == len(changed)
    assert stepped(OPENED, EMERGENCY, now=TEN).face == OPENED.face


def test_the_owner_is_who_ended_it_or_else_who_took_it() -> None:
    assert OPENED.owner is None
    assert taken().owner == CAROL
    assert close(taken(), DAVE, Closing.SPOKEN, now=NOW).owner == DAVE


def test_a_mistaken_alarm_is_urgent_and_rings_on_at_that_pace() -> None:  # R-EMG-3, X-21
    first = stepped(OPENED, EMERGENCY, now=TEN)

    lowered = mistaken(first, URGENT, now=TEN + minutes(3))

    assert (lowered.tier, lowered.state) == (Tier.URGENT, EscalationState.OPEN)
    assert clock(first.next_step_at) == "10:05"
    assert clock(lowered.next_step_at) == "11:00"


def test_a_mistake_leaves_the_reminder_of_its_owner_alone() -> None:
    lowered = mistaken(taken(), URGENT, now=NOW + minutes(1))

    assert lowered == replace(taken(), is_mistake=True, tier=Tier.URGENT)


def test_a_mistake_is_said_once_and_never_reopens() -> None:
    once = mistaken(OPENED, URGENT, now=TEN + minutes(1))
    closed = close(OPENED, CAROL, Closing.SPOKEN, now=NOW)

    assert mistaken(once, URGENT, now=TEN + minutes(90)) == once
    assert mistaken(closed, URGENT, now=NOW + minutes(1)) == closed


def test_a_new_alarm_after_a_mistake_restarts_the_ladder() -> None:  # R-TRI-4
    alarm = flag(rule=ALARM, tier=Tier.EMERGENCY, reason={})
    lowered = mistaken(stepped(OPENED, EMERGENCY, now=TEN), URGENT, now=TEN + minutes(3))

    again = bumped(lowered, alarm, now=TEN + minutes(40))
    paged = stepped(again, EMERGENCY, now=TEN + minutes(40))

    assert (again.tier, again.is_mistake, again.count) == (Tier.EMERGENCY, False, 2)
    assert clock(again.next_step_at) == "10:40"
    assert (paged.step, clock(paged.next_step_at)) == (2, "10:45")


def test_a_lower_tier_changes_neither_tier_nor_ladder() -> None:  # R-TRI-4
    again = bumped(OPENED, flag(tier=Tier.ROUTINE), now=TEN + minutes(2))

    assert (again.tier, again.next_step_at) == (OPENED.tier, OPENED.next_step_at)
