from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from care.escalation import (
    AlreadyClosed,
    AlreadyTaken,
    Closing,
    Escalation,
    EscalationState,
    Taken,
    Urgency,
    bumped,
    close,
    handed_over,
    is_resting,
    mistaken,
    pressed,
    stepped,
    take,
)
from care.people import CoordinatorId
from care.triage import ALARM, Flag, Tier
from tests.builders import NOW, clinic, escalation, flag

CAROL, DAVE = CoordinatorId(1), CoordinatorId(2)
TEN = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
CLINIC = clinic()
OPENED = escalation(tier=Tier.EMERGENCY, opened_at=TEN, next_step_at=TEN)


def clock(at: datetime | None) -> str:
    return f"{at:%H:%M}" if at else ""


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def paged(escalation: Escalation, at: datetime) -> Escalation:
    return stepped(escalation, clinic=CLINIC, now=at)


def test_taking_makes_it_mine_and_stops_the_ringing() -> None:  # R-TRI-3
    assert take(OPENED, CAROL, clinic=CLINIC, now=NOW) == Taken(
        escalation=replace(
            OPENED,
            state=EscalationState.TAKEN,
            taken_by=CAROL,
            taken_at=NOW,
            next_step_at=NOW + minutes(60),
        )
    )


def taken() -> Escalation:
    result = take(OPENED, CAROL, clinic=CLINIC, now=NOW)
    assert isinstance(result, Taken)
    return result.escalation


def test_the_first_to_take_it_has_it() -> None:
    assert take(taken(), DAVE, clinic=CLINIC, now=NOW + minutes(1)) == AlreadyTaken(
        escalation=taken()
    )
    assert take(taken(), CAROL, clinic=CLINIC, now=NOW + minutes(1)) == AlreadyTaken(
        escalation=taken()
    )


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
    assert take(closed, DAVE, clinic=CLINIC, now=NOW + minutes(1)) == AlreadyClosed(
        escalation=closed
    )


def test_the_same_rule_again_counts_up_and_shows_the_newest_reason() -> None:  # R-TRI-4
    flag = Flag(rule="PAIN-LIMIT", tier=Tier.URGENT, reason={"pain": 10, "limit": 9})
    again = bumped(escalation(reason={"pain": 9, "limit": 9}), flag, clinic=CLINIC, now=NOW)

    assert (again.count, again.reason) == (2, {"pain": 10, "limit": 9})
    assert again.next_step_at == escalation().next_step_at


def test_a_copy_is_redrawn_when_what_it_shows_has_changed() -> None:
    changed = [
        OPENED,
        bumped(
            OPENED, Flag(rule=OPENED.rule, tier=OPENED.tier, reason={}), clinic=CLINIC, now=NOW
        ),
        replace(OPENED, is_mistake=True),
        taken(),
        close(OPENED, CAROL, Closing.SPOKEN, now=NOW),
    ]

    assert len({one.face for one in changed}) == len(changed)
    assert paged(OPENED, TEN).face == OPENED.face


def test_the_owner_is_who_ended_it_or_else_who_took_it() -> None:
    assert OPENED.owner is None
    assert taken().owner == CAROL
    assert close(taken(), DAVE, Closing.SPOKEN, now=NOW).owner == DAVE


def test_a_mistaken_alarm_is_urgent_and_rings_on_at_that_pace() -> None:  # R-EMG-3, X-21
    first = paged(OPENED, TEN)

    lowered = mistaken(first, clinic=CLINIC, now=TEN + minutes(3))

    assert (lowered.tier, lowered.state) == (Tier.URGENT, EscalationState.OPEN)
    assert clock(first.next_step_at) == "10:05"
    assert clock(lowered.next_step_at) == "11:00"


def test_a_mistake_leaves_the_reminder_of_its_owner_alone() -> None:
    lowered = mistaken(taken(), clinic=CLINIC, now=NOW + minutes(1))

    assert lowered == replace(taken(), is_mistake=True, tier=Tier.URGENT)


def test_a_mistake_is_said_once_and_never_reopens() -> None:
    once = mistaken(OPENED, clinic=CLINIC, now=TEN + minutes(1))
    closed = close(OPENED, CAROL, Closing.SPOKEN, now=NOW)

    assert mistaken(once, clinic=CLINIC, now=TEN + minutes(90)) == once
    assert mistaken(closed, clinic=CLINIC, now=NOW + minutes(1)) == closed


def test_a_new_alarm_after_a_mistake_restarts_the_ladder() -> None:  # R-TRI-4
    alarm = flag(rule=ALARM, tier=Tier.EMERGENCY, reason={})
    lowered = mistaken(paged(OPENED, TEN), clinic=CLINIC, now=TEN + minutes(3))

    again = bumped(lowered, alarm, clinic=CLINIC, now=TEN + minutes(40))
    rung = paged(again, TEN + minutes(40))

    assert (again.tier, again.is_mistake, again.count) == (Tier.EMERGENCY, False, 2)
    assert clock(again.next_step_at) == "10:40"
    assert (rung.step, clock(rung.next_step_at)) == (2, "10:45")


def test_a_lower_tier_changes_neither_tier_nor_ladder() -> None:  # R-TRI-4
    again = bumped(OPENED, flag(tier=Tier.ROUTINE), clinic=CLINIC, now=TEN + minutes(2))

    assert (again.tier, again.next_step_at) == (OPENED.tier, OPENED.next_step_at)


def test_what_can_wait_is_sorted_and_what_cannot_is_raised() -> None:  # R-TRI-5, X-21
    routine = escalation(tier=Tier.ROUTINE, opened_at=TEN, next_step_at=TEN + minutes(900))

    waits = pressed(routine, Urgency.CAN_WAIT, clinic=CLINIC, now=TEN)
    today = pressed(routine, Urgency.TODAY, clinic=CLINIC, now=TEN)
    urgent = pressed(escalation(opened_at=TEN), Urgency.CAN_WAIT, clinic=CLINIC, now=TEN)

    assert waits == replace(routine, urgency=Urgency.CAN_WAIT)
    assert (today.tier, today.next_step_at, today.climbs_since) == (Tier.URGENT, TEN, TEN)
    assert urgent.tier is Tier.URGENT
    assert pressed(today, Urgency.TODAY, clinic=CLINIC, now=NOW) == today


def test_what_needs_someone_today_out_of_hours_rings_at_the_opening() -> None:  # R-TRI-1
    routine = escalation(tier=Tier.ROUTINE)

    today = pressed(routine, Urgency.TODAY, clinic=CLINIC, now=NOW)  # Monday, 19:30

    assert today.next_step_at == datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
    assert today.take_by == datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


def test_what_is_closed_cannot_be_pressed() -> None:
    closed = close(OPENED, CAROL, Closing.SPOKEN, now=NOW)

    assert pressed(closed, Urgency.TODAY, clinic=CLINIC, now=NOW) == closed


def test_who_has_it_hears_of_a_higher_tier_at_once() -> None:  # R-TRI-4
    mine = replace(taken(), tier=Tier.URGENT)

    again = bumped(mine, flag(tier=Tier.EMERGENCY), clinic=CLINIC, now=NOW + minutes(5))

    assert (again.state, again.taken_by) == (EscalationState.TAKEN, CAROL)
    assert again.next_step_at == NOW + minutes(5)


def test_only_what_is_taken_can_be_handed_over() -> None:
    handed = handed_over(taken(), DAVE, clinic=CLINIC, now=NOW + minutes(5))

    assert (handed.taken_by, handed.next_step_at) == (DAVE, NOW + minutes(65))
    assert handed.taken_at == NOW
    assert handed_over(OPENED, DAVE, clinic=CLINIC, now=NOW) == OPENED
    assert handed_over(taken(), CAROL, clinic=CLINIC, now=NOW + minutes(5)) == taken()


@pytest.mark.parametrize(
    ("rule", "tier", "reason", "days", "rests"),
    [
        ("R-FLAG-18", Tier.ROUTINE, {}, 6, True),
        ("R-FLAG-18", Tier.ROUTINE, {}, 7, False),
        ("R-MOH-3", Tier.ROUTINE, {"class": "triptan"}, 29, True),
        ("R-MOH-3", Tier.ROUTINE, {"class": "opioid"}, 1, False),
        ("R-REM-2", Tier.ROUTINE, {}, 1, False),
        ("R-FLAG-1", Tier.EMERGENCY, {}, 1, False),
        ("PAIN-LIMIT", Tier.URGENT, {}, 1, False),
        ("PAIN-LIMIT", Tier.ROUTINE, {}, 1, True),
        ("NO-MORE", Tier.ROUTINE, {}, 1, False),
    ],
)
def test_only_what_is_routine_rests_after_it_was_closed(
    rule: str, tier: Tier, reason: dict[str, str], days: int, rests: bool
) -> None:  # R-TRI-4
    before = {"class": "triptan"} if rule == "R-MOH-3" else {}
    closed = close(escalation(reason=before), CAROL, Closing.SPOKEN, now=NOW)
    fires = flag(rule=rule, tier=tier, reason=reason)

    assert is_resting(fires, closed, now=NOW + timedelta(days=days)) is rests
    assert not is_resting(fires, None, now=NOW)
