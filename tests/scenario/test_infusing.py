from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.world import Person, World


async def opens_calendar(coordinator: Person, code: str = "P-001") -> None:
    """From the list to the calendar of a new session."""
    await coordinator.says("/infusions")
    await coordinator.taps("New session")
    await coordinator.taps(code)


async def books(coordinator: Person, day: str, at: str) -> None:
    """A session for the first patient, this month."""
    await opens_calendar(coordinator)
    await coordinator.taps(day)
    await coordinator.taps(at)
    await coordinator.taps("Schedule")


async def test_a_coordinator_schedules_a_session_by_buttons(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))

    await carol.says("/infusions")
    carol.sees("No infusion is scheduled")
    await carol.taps("New session")
    carol.sees("which patient?")
    await carol.taps(ann.code)
    carol.sees("P-001: which day?", "Today is Monday 2 March")
    await carol.taps("16")
    carol.sees("P-001: at what time?", "Monday 16 March")
    await carol.taps("13:00")
    carol.sees("Infusion for P-001", "Monday 16 March, 13:00", "reminded 7 days")
    query = await carol.taps("Schedule")

    carol.sees("Mon 16 Mar, 13:00 · scheduled")
    assert carol.notice(query) == "Saved. The patient is being told."
    ann.sees("You have a new appointment.", "Infusion: Mon 16 Mar, 13:00", "030 5550 0123")


async def test_the_lock_screen_shows_nothing_private(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))

    await books(carol, "16", "13:00")

    first, *_ = ann.sees("Infusion: Mon 16 Mar").splitlines()
    assert first == "You have a new appointment."


async def test_the_calendar_turns_its_months(world: World) -> None:
    carol, _ann = await world.joined("Ann", coordinators=("Carol",))
    await opens_calendar(carol)

    assert "‹" not in carol.labels()
    await carol.taps("›")
    assert "Apr 2026" in carol.labels()
    await carol.taps("›")
    assert "May 2026" in carol.labels()
    await carol.taps("‹")
    assert "Apr 2026" in carol.labels()


async def test_the_calendar_ends_after_a_year(world: World) -> None:
    carol, _ann = await world.joined("Ann", coordinators=("Carol",))
    await opens_calendar(carol)

    turns = 0
    while "›" in carol.labels():
        await carol.taps("›")
        turns += 1

    assert turns == 12
    assert "Mar 2027" in carol.labels()


async def test_days_that_are_over_cannot_be_tapped(world: World) -> None:
    carol, _ann = await world.joined("Ann", coordinators=("Carol",))
    await world.fast_forward_to("09:00", days=10)
    for one in world.people:
        one.sees_if_any("")

    await opens_calendar(carol)

    days = [label for label in carol.labels() if label.isdecimal()]
    assert days == [str(day) for day in range(13, 32)]


async def test_weeks_begin_on_monday(world: World) -> None:
    carol, _ann = await world.joined("Ann", coordinators=("Carol",))
    await opens_calendar(carol)

    labels = carol.labels()
    start = labels.index("Mo")

    assert labels[start : start + 7] == ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
    assert labels[start + 7 : start + 14] == ["2", "3", "4", "5", "6", "7", "8"]


async def test_a_time_that_is_over_is_refused(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await opens_calendar(carol)
    await carol.taps("2")
    await carol.taps("08:30")

    query = await carol.taps("Schedule")

    assert carol.notice(query) == "This time is already over. Please choose a later one."
    ann.sees_nothing_more()
    await carol.taps("Back")
    await carol.taps("09:30")
    await carol.taps("Schedule")
    ann.sees("You have a new appointment.", "Mon 2 Mar, 09:30")


async def test_a_double_tap_on_schedule_is_one_session(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await opens_calendar(carol)
    await carol.taps("16")
    await carol.taps("13:00")

    await carol.taps("Schedule", settle=False)
    await carol.taps("Schedule", settle=False)
    await world.settle()

    ann.sees("You have a new appointment.")
    await carol.says("/infusions")
    carol.sees("Infusions ahead")
    assert carol.labels() == ["P-001 · Mon 16 Mar, 13:00", "+ New session"]


async def test_a_patient_in_another_zone_sees_both_clocks(world: World) -> None:
    carol = await world.coordinator("Carol")
    ann = await world.patient("Ann", by=carol, zone="America/New_York")
    ann.sees_if_any("Time for your check-in")

    await books(carol, "16", "13:00")

    ann.sees("Mon 16 Mar, 08:00 your time (Mon 16 Mar, 13:00 at the clinic)")


async def test_moving_a_session_tells_the_patient(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await books(carol, "16", "13:00")
    ann.sees("You have a new appointment.")

    await carol.taps("Move")
    await carol.taps("18")
    await carol.taps("09:30")
    await carol.taps("Move it here")

    carol.sees("Wed 18 Mar, 09:30 · scheduled")
    ann.sees("Your appointment has a new time.", "Infusion: Wed 18 Mar, 09:30")


async def test_cancelling_asks_first_and_tells_the_patient(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await books(carol, "16", "13:00")
    ann.sees("You have a new appointment.")

    await carol.taps("Cancel it")
    carol.sees("Cancel this infusion?", "P-001 · Mon 16 Mar, 13:00")
    await carol.taps("No, keep it")
    ann.sees_nothing_more()
    await carol.taps("Cancel it")
    await carol.taps("Yes, cancel it")

    carol.sees("cancelled")
    ann.sees("An appointment was cancelled.", "Mon 16 Mar, 13:00")
    await carol.says("/infusions")
    carol.sees("No infusion is scheduled")


async def test_a_cancelled_session_cannot_be_moved(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await books(carol, "16", "13:00")
    ann.sees("You have a new appointment.")
    await carol.says("/infusions")
    await carol.taps("P-001 · Mon 16 Mar")
    other = carol.messages()[-1]["message_id"]
    await carol.taps("Move")
    await carol.taps("18")
    await carol.taps("09:30")
    await carol.forges("ca:1:1", on=other)
    ann.sees("An appointment was cancelled.")

    query = await carol.forges("bk:1:1:20260318T0930", on=other)

    assert "was cancelled" in carol.notice(query)
    ann.sees_nothing_more()


async def test_a_patient_sees_their_own_sessions_only(world: World) -> None:
    carol, ann, ben = await world.joined("Ann", "Ben", coordinators=("Carol",))
    await ann.says("/infusions")
    ann.sees("No appointment is planned.")
    await books(carol, "16", "13:00")
    await books(carol, "23", "13:30")
    ann.sees("Mon 16 Mar")
    ann.sees("Mon 23 Mar")

    await ann.says("/infusions")
    await ben.says("/infusions")

    ann.sees("Your appointments", "• Mon 16 Mar, 13:00", "• Mon 23 Mar, 13:30")
    ben.sees("No appointment is planned.")


@pytest.mark.parametrize(
    "payload", ["ss", "ps:0", "mo:1:0:2026-03-01", "bk:1:0:20260316T1300", "ca:1:1", "se:1"]
)
async def test_a_patient_who_forges_a_scheduling_button_is_refused(
    world: World, payload: str
) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))

    query = await ann.forges(payload)

    assert ann.notice(query) == "This button is not for you. /help shows what you can do."
    ann.sees_nothing_more()
