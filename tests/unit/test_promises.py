from __future__ import annotations

import pytest

from care.promises import Kind, Lane, Policy, lane, policy

SAFETY = {
    Kind.GROUP_PAGE,
    Kind.ESCALATION_PAGE,
    Kind.EMERGENCY_TEXT,
    Kind.TEAM_TOLD,
    Kind.TEAM_TOOK,
    Kind.TEAM_UNREACHABLE,
    Kind.ESCALATION_CLOSED,
}
ROUTINE = {
    Kind.CHECKIN,
    Kind.CHECKIN_REMINDER,
    Kind.SUMMARY,
    Kind.INFUSION_BOOKED,
    Kind.INFUSION_MOVED,
    Kind.INFUSION_CANCELLED,
    Kind.INFUSION_REMINDER,
    Kind.PATIENT_JOINED,
}
EDITS = {kind for kind in Kind if kind.endswith(("_redraw", "_refresh"))}


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_a_lane_and_a_policy(kind: Kind) -> None:
    assert lane(kind) in Lane
    assert policy(kind) in Policy


@pytest.mark.parametrize("kind", sorted(SAFETY))
def test_words_of_safety_go_first_and_at_least_once(kind: Kind) -> None:  # telegram facts, 4, 8
    assert (lane(kind), policy(kind)) == (Lane.SAFETY, Policy.AT_LEAST_ONCE)


@pytest.mark.parametrize("kind", sorted(ROUTINE))
def test_routine_messages_come_at_most_once_outside_the_safety_lane(kind: Kind) -> None:
    assert lane(kind) is not Lane.SAFETY
    assert policy(kind) is Policy.AT_MOST_ONCE


@pytest.mark.parametrize("kind", sorted(EDITS))
def test_an_edit_may_always_be_repeated(kind: Kind) -> None:
    assert policy(kind) is Policy.IDEMPOTENT


def test_the_lanes_go_from_safety_to_summaries() -> None:  # telegram facts, 8
    assert sorted(Lane) == [Lane.SAFETY, Lane.REPLY, Lane.INFUSION, Lane.CHECKIN, Lane.SUMMARY]
    assert lane(Kind.CHECKIN) is Lane.CHECKIN
    assert lane(Kind.SUMMARY) is Lane.SUMMARY
    assert lane(Kind.INFUSION_REMINDER) is Lane.INFUSION
