"""Another time, another zone, stopping and coming back (F01, F02, F60)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from care.lifecycle import Outcome
from tests.scenario import rows
from tests.scenario.test_days import answer_each_day, answered_monday, asked

if TYPE_CHECKING:
    from tests.world import Person, World

LOS_ANGELES = "America/Los_Angeles"


async def sets_time(ann: Person, at: str) -> None:
    await ann.says("/settings")
    ann.sees("Settings")
    await ann.taps("Another time")
    await ann.taps(at)
    ann.sees("Settings", f"comes daily at {at}")


async def sets_zone(ann: Person, zone: str) -> None:
    await ann.says("/settings")
    ann.sees("Settings")
    await ann.chooses_zone(zone, by="Another time zone")
    ann.sees("Settings")


async def test_a_new_time_holds_from_the_next_check_in_on(world: World) -> None:
    ann = await answered_monday(world)

    await sets_time(ann, "08:00")
    await world.fast_forward_to("08:30")

    ann.sees("Time for your check-in", "Tuesday 3 March")
    assert asked(ann)[-1] == "Tue 03 Mar 08:00"


async def test_an_earlier_time_for_a_day_not_yet_asked_asks_at_once(world: World) -> None:
    ann = await answered_monday(world)
    await world.fast_forward_to("10:00", days=1)

    await sets_time(ann, "08:00")

    ann.sees("Time for your check-in", "Tuesday 3 March")
    await world.fast_forward_to("08:30")
    ann.sees_if_any("still open")
    ann.sees("Time for your check-in", "Wednesday 4 March")


async def test_a_new_time_while_one_is_open_asks_no_second_time(world: World) -> None:
    ann = await answered_monday(world)
    await world.fast_forward_to("19:45", days=1)
    ann.sees("Time for your check-in", "Tuesday 3 March")

    await sets_time(ann, "21:00")
    await ann.taps("Too ill to answer")
    await world.fast_forward_to("23:00")

    ann.sees_nothing_more()
    await world.fast_forward_to("21:00")
    ann.sees("Time for your check-in", "Wednesday 4 March")


async def test_a_journey_west_while_one_is_open_asks_each_date_once(world: World) -> None:
    ann = await answered_monday(world)
    await world.fast_forward_to("19:45", days=1)
    ann.sees("Time for your check-in", "Tuesday 3 March")

    await sets_zone(ann, LOS_ANGELES)
    await ann.taps("Too ill to answer")
    await world.fast_forward_to("20:00", zone=LOS_ANGELES)
    ann.sees_nothing_more()
    await answer_each_day(world, ann, days=2, zone=LOS_ANGELES)

    assert asked(ann, LOS_ANGELES)[-2:] == ["Wed 04 Mar 19:30", "Thu 05 Mar 19:30"]


async def test_a_journey_back_over_midnight_still_asks_every_later_date(world: World) -> None:
    ann = await answered_monday(world)
    await sets_time(ann, "07:00")
    await world.fast_forward_to("07:05")
    ann.sees("Time for your check-in", "Tuesday 3 March")
    await ann.taps("Too ill to answer")

    await sets_zone(ann, LOS_ANGELES)
    await world.fast_forward_to("07:30", days=1, zone=LOS_ANGELES)
    ann.sees("Time for your check-in", "Wednesday 4 March")
    await ann.taps("Too ill to answer")
    await world.fast_forward(timedelta(days=1))

    ann.sees("Time for your check-in", "Thursday 5 March")
    assert asked(ann, LOS_ANGELES)[-2:] == ["Wed 04 Mar 07:00", "Thu 05 Mar 07:00"]


async def test_a_journey_east_past_the_time_asks_at_once(world: World) -> None:
    ann = await answered_monday(world)
    await world.fast_forward_to("13:00", days=1)

    await sets_zone(ann, "Asia/Tokyo")

    ann.sees("Time for your check-in", "Tuesday 3 March")
    await ann.taps("Too ill to answer")
    await world.fast_forward_to("19:30", zone="Asia/Tokyo")
    ann.sees("Time for your check-in", "Wednesday 4 March")


async def test_a_journey_over_the_date_line_asks_no_date_twice(world: World) -> None:
    carol = await world.coordinator()
    ann = await world.patient("Ann", by=carol, zone="Pacific/Kiritimati")
    ann.sees("Time for your check-in", "Monday 2 March")
    await ann.taps("Too ill to answer")
    await world.fast_forward_to("19:45", zone="Pacific/Kiritimati")
    ann.sees("Time for your check-in", "Tuesday 3 March")
    await ann.taps("Too ill to answer")

    await sets_zone(ann, "Pacific/Honolulu")
    await world.fast_forward(timedelta(days=3))

    days = [one.local_date.day for one in await rows.checkins(world, ann)]
    assert days == [2, 3, 4, 5]
    for text in ("Wednesday 4 March", "Thursday 5 March"):
        ann.sees(text)


async def test_who_stops_is_asked_no_more_and_comes_back_by_start(world: World) -> None:
    ann = await answered_monday(world)
    await ann.says("/stop")
    ann.sees("End the check-ins and summaries?")
    await ann.taps("Yes, end them")
    ann.sees("The check-ins have ended")

    await world.fast_forward(timedelta(days=8))
    ann.sees_nothing_more()
    await ann.says("/today")
    ann.sees("Check-ins are stopped", "/start")
    await ann.says("/help")
    ann.sees("Check-ins are stopped", "/start")

    await ann.says("/start")
    ann.sees("Welcome back", "19:30")
    await world.fast_forward_to("19:30")
    ann.sees("Time for your check-in")


async def test_stopping_can_be_thought_over(world: World) -> None:
    ann = await answered_monday(world)

    await ann.says("/stop")
    await ann.taps("No, go on")

    ann.sees("The check-ins go on")
    await world.fast_forward_to("19:30", days=1)
    ann.sees("Time for your check-in")


async def test_a_check_in_that_stands_when_one_stops_can_still_be_answered(world: World) -> None:
    _, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.says("/stop")
    await ann.taps("Yes, end them")
    ann.sees("The check-ins have ended")

    await ann.taps("Too ill to answer")

    ann.sees("Rest now")
    assert await rows.outcomes(world, ann) == [Outcome.ANSWERED]
    await world.fast_forward_to("22:00")


async def test_who_stopped_by_mistake_begins_again_with_a_button(world: World) -> None:
    ann = await answered_monday(world)
    await ann.says("/stop")
    await ann.taps("Yes, end them")
    await ann.taps("Begin again")

    ann.sees("Welcome back")
    await world.fast_forward_to("19:30", days=1)
    ann.sees("Time for your check-in", "Tuesday 3 March")


async def test_stopping_and_returning_is_in_the_audit_log(world: World) -> None:
    ann = await answered_monday(world)
    await ann.says("/stop")
    await ann.taps("Yes, end them")
    await ann.says("/start")
    ann.sees("Welcome back")

    found = [str(one.action) for one in await rows.audit(world)]

    assert found[:2] == ["patient_resumed", "patient_stopped"]
