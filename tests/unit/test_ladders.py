"""Who is told when: the ladders, in and out of hours (R-TRI-1, R-TRI-2, R-TRI-3, X-19)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from care import ladders
from care.clinic import Circle
from care.escalation import EscalationState, stepped
from care.ladders import recipients, starts_at, take_by
from care.triage import Tier
from tests.builders import clinic, coordinator, escalation, team

if TYPE_CHECKING:
    from care.escalation import Escalation
    from care.people import Coordinator

BERLIN = ZoneInfo("Europe/Berlin")
CLINIC = clinic()


def at(text: str) -> datetime:
    """`6 10:00` is 10:00 in Berlin on Friday 6 March 2026."""
    day, clock = text.split()
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 3, int(day), hour, minute, tzinfo=BERLIN).astimezone(UTC)


def told(moment: datetime | None) -> str:
    assert moment is not None
    local = moment.astimezone(BERLIN)
    return f"{local.day} {local:%H:%M}"


def opened(tier: Tier, moment: str) -> Escalation:
    begins = starts_at(tier, is_at_once=False, clinic=CLINIC, now=at(moment))
    return escalation(tier=tier, opened_at=at(moment), climbs_since=begins, next_step_at=begins)


def pages(tier: Tier, moment: str, *, count: int) -> list[str]:
    """When it rings if every page goes out on time."""
    rung, found = opened(tier, moment), []
    for _ in range(count):
        assert rung.next_step_at is not None
        found.append(told(rung.next_step_at))
        rung = stepped(rung, clinic=CLINIC, now=rung.next_step_at)
    return found


@pytest.mark.parametrize(
    ("tier", "moment", "expected"),
    [
        (Tier.EMERGENCY, "2 10:00", ["2 10:00", "2 10:05", "2 10:15", "2 10:30", "2 11:00"]),
        (Tier.EMERGENCY, "7 03:00", ["7 03:00", "7 03:05", "7 03:15", "7 03:30", "7 04:00"]),
        (Tier.URGENT, "2 10:00", ["2 10:00", "2 11:00", "2 14:00", "3 09:00", "3 10:00"]),
        (Tier.URGENT, "6 16:30", ["6 16:30", "9 09:00", "9 12:30", "9 16:30"]),
        (Tier.URGENT, "7 12:00", ["9 09:00", "9 10:00", "9 13:00", "10 09:00"]),
        (Tier.ROUTINE, "6 10:00", ["9 09:00", "10 09:00", "11 09:00"]),
    ],
)
def test_when_it_rings(tier: Tier, moment: str, expected: list[str]) -> None:  # R-TRI-1
    assert pages(tier, moment, count=len(expected)) == expected


def test_a_clinic_may_have_urgent_reports_ring_at_any_hour() -> None:  # R-TRI-1
    rungs = replace(CLINIC.urgent_ladder, is_at_once=True)
    at_once = replace(CLINIC, urgent_ladder=rungs)

    begins = starts_at(Tier.URGENT, is_at_once=False, clinic=at_once, now=at("7 12:00"))

    assert told(begins) == "7 12:00"


@pytest.mark.parametrize("tier", list(Tier))
def test_a_rule_may_ring_at_any_hour_whatever_its_tier(tier: Tier) -> None:  # R-SUI-2
    begins = starts_at(tier, is_at_once=True, clinic=CLINIC, now=at("7 12:00"))

    assert told(begins) == "7 12:00"


@pytest.mark.parametrize(
    ("tier", "moment", "by"),
    [
        (Tier.URGENT, "6 10:00", "6 14:00"),
        (Tier.URGENT, "6 14:00", "6 17:00"),
        (Tier.URGENT, "6 16:30", "9 10:00"),
        (Tier.URGENT, "7 12:00", "9 10:00"),
        (Tier.ROUTINE, "6 10:00", "10 17:00"),
        (Tier.INFO, "6 10:00", "10 17:00"),
        (Tier.EMERGENCY, "6 10:00", "6 10:15"),
    ],
)
def test_by_when_somebody_should_have_it(tier: Tier, moment: str, by: str) -> None:
    assert told(take_by(tier, clinic=CLINIC, now=at(moment))) == by


@pytest.mark.parametrize(
    ("tier", "reminded"),
    [
        (Tier.EMERGENCY, "6 11:00"),
        (Tier.URGENT, "9 09:00"),
        (Tier.ROUTINE, "10 09:00"),
        (Tier.INFO, "10 09:00"),
    ],
)
def test_when_its_owner_is_reminded(tier: Tier, reminded: str) -> None:  # R-TRI-3
    found = ladders.owner_reminded_at(tier, clinic=CLINIC, now=at("6 10:00"))

    assert told(found) == reminded


def test_an_emergency_taken_at_10_17_was_paged_three_times() -> None:
    rung = opened(Tier.EMERGENCY, "2 10:00")
    while rung.next_step_at and rung.next_step_at < at("2 10:17"):
        rung = stepped(rung, clinic=CLINIC, now=rung.next_step_at)

    assert rung.step == 3


@pytest.mark.parametrize(
    ("late", "following"),
    [(7, "10:15"), (15, "10:30"), (29, "10:30"), (45, "11:00"), (200, "13:30")],
)
def test_pages_that_were_missed_count_as_one(late: int, following: str) -> None:  # R-TRI-1
    first = stepped(opened(Tier.EMERGENCY, "2 10:00"), clinic=CLINIC, now=at("2 10:00"))

    again = stepped(first, clinic=CLINIC, now=at("2 10:00") + timedelta(minutes=late))

    assert (again.step, told(again.next_step_at)) == (2, f"2 {following}")


def test_a_page_that_goes_out_early_does_not_cost_the_next_one() -> None:  # R-TRI-1
    begins = at("2 10:00")
    first = stepped(opened(Tier.EMERGENCY, "2 10:00"), clinic=CLINIC, now=begins)

    at_once = stepped(first, clinic=CLINIC, now=begins + timedelta(seconds=3))  # it was blocked

    assert (at_once.step, told(at_once.next_step_at)) == (2, "2 10:05")


@given(
    late=st.lists(st.timedeltas(timedelta(0), timedelta(days=4)), max_size=8),
    tier=st.sampled_from([Tier.EMERGENCY, Tier.URGENT, Tier.ROUTINE]),
)
def test_the_next_page_is_always_ahead_and_one_step_up(late: list[timedelta], tier: Tier) -> None:
    rung, now = opened(tier, "2 10:00"), at("2 10:00")
    for wait in late:
        now += wait
        before, rung = rung, stepped(rung, clinic=CLINIC, now=now)

        assert rung.step == before.step + 1
        assert rung.next_step_at is not None
        assert now < rung.next_step_at <= now + timedelta(days=4)


@pytest.mark.parametrize(
    ("step", "names"),
    [
        (1, ["Carol"]),
        (2, ["Carol", "Dave"]),
        (3, ["Carol", "Dave", "Eve", "Fay"]),
        (9, ["Carol", "Dave", "Eve", "Fay"]),
    ],
)
def test_who_is_told_grows_with_the_step(step: int, names: list[str]) -> None:  # R-TRI-2
    everybody = team("Carol", "Dave", "Eve", "Fay")

    assert called(step, *reversed(everybody)) == names


def called(
    step: int, *everybody: object, tier: Tier = Tier.URGENT, moment: str = "2 10:00"
) -> list[str]:
    found = recipients(step, everybody, tier=tier, clinic=CLINIC, now=at(moment))  # type: ignore[arg-type]
    return [one.name for one in found]


def test_who_is_on_duty_is_told_first_and_the_lead_last() -> None:  # R-TRI-2
    carol, dave, eve = team("Carol", "Dave", "Eve")
    lead = coordinator(id=9, name="Lena", position=0, is_lead=True, is_on_duty=False)
    everybody = (lead, replace(carol, is_on_duty=False), dave, eve)

    assert called(1, *everybody) == ["Dave"]
    assert called(2, *everybody) == ["Dave", "Eve"]
    assert called(3, *everybody) == ["Carol", "Dave", "Eve"]
    assert called(4, *everybody) == ["Lena", "Carol", "Dave", "Eve"]


def test_a_lead_on_duty_is_called_like_everybody() -> None:
    lead = coordinator(id=9, name="Lena", position=0, is_lead=True)

    assert called(1, lead, *team("Carol")) == ["Lena"]


def test_a_page_always_finds_somebody_who_can_be_reached() -> None:  # R-TRI-2, R-TRI-7
    carol, dave, eve = team("Carol", "Dave", "Eve")
    blocked = replace(carol, is_reachable=False)
    gone = replace(dave, is_active=False)
    off = replace(eve, is_on_duty=False)
    lead = coordinator(id=9, name="Lena", is_lead=True, is_on_duty=False)

    assert called(1, blocked, gone, off) == ["Eve"]
    assert called(1, blocked, lead) == ["Lena"]
    assert called(3, blocked, gone) == []


@pytest.mark.parametrize(
    ("start", "end", "moment", "is_resting"),
    [
        (time(20), time(7), "2 22:00", True),
        (time(20), time(7), "2 06:59", True),
        (time(20), time(7), "2 07:00", False),
        (time(12), time(13), "2 12:30", True),
        (time(12), time(13), "2 13:00", False),
        (None, None, "2 12:30", False),
    ],
)
def test_in_quiet_hours_only_an_emergency_rings_first(
    start: time | None, end: time | None, moment: str, is_resting: bool
) -> None:
    carol, dave = team("Carol", "Dave")
    resting = replace(carol, quiet_from=start, quiet_until=end)

    first = ["Dave"] if is_resting else ["Carol"]
    assert called(1, resting, dave, moment=moment) == first
    assert called(1, resting, dave, tier=Tier.EMERGENCY, moment=moment) == ["Carol"]
    assert called(1, resting, moment=moment) == ["Carol"]


def test_a_clinic_says_who_is_told_at_each_page() -> None:
    rungs = replace(CLINIC.urgent_ladder, tells=(Circle.EVERYONE,))
    clinic_of_all = replace(CLINIC, urgent_ladder=rungs)

    found = recipients(
        1, team("Carol", "Dave"), tier=Tier.URGENT, clinic=clinic_of_all, now=at("2 10:00")
    )

    assert [one.name for one in found] == ["Carol", "Dave"]


def reading(*everybody: Coordinator) -> list[str]:
    return [one.name for one in ladders.readers(everybody, clinic=CLINIC, now=at("2 09:00"))]


def test_the_daily_list_goes_to_those_on_duty() -> None:
    carol, dave, eve = team("Carol", "Dave", "Eve")
    off = replace(eve, is_on_duty=False)
    lead = coordinator(id=9, name="Lena", is_lead=True, is_on_duty=False)

    assert reading(carol, dave, off, lead) == ["Carol", "Dave"]
    assert reading(replace(carol, is_reachable=False), dave, off) == ["Dave"]
    assert reading(replace(carol, is_on_duty=False), off, lead) == ["Carol", "Eve"]
    assert reading(lead) == ["Lena"]
    assert reading() == []


def test_the_daily_list_leaves_quiet_hours_in_peace_while_somebody_else_is_up() -> None:
    carol, dave, eve = (
        replace(one, quiet_from=time(8), quiet_until=time(10)) for one in team("C", "D", "E")
    )
    awake = replace(dave, quiet_from=None)
    off = replace(eve, quiet_from=None, is_on_duty=False)

    assert reading(carol, awake, off) == ["D"]
    assert reading(carol, dave, off) == ["E"]
    assert reading(carol, dave) == ["C", "D"]


def test_what_can_wait_is_open_until_somebody_takes_it() -> None:
    assert called(1, *team("Carol", "Dave"), tier=Tier.ROUTINE) == ["Carol", "Dave"]
    assert opened(Tier.ROUTINE, "2 10:00").state is EscalationState.OPEN
