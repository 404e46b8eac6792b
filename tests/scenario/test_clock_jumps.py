"""The machine's clock is wrong: set back, set forward, corrected; nothing comes twice."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from care.lifecycle import Outcome
from tests.scenario import rows
from tests.scenario.test_settings_chat import LOS_ANGELES, sets_zone

if TYPE_CHECKING:
    from tests.world import Person, World

PROMPT = "Time for your check-in"
TUESDAY, WEDNESDAY, THURSDAY = "Tuesday 3 March", "Wednesday 4 March", "Thursday 5 March"


async def ann_on_tuesday(world: World, *, at: str) -> tuple[Person, Person]:
    """Ann answered on Monday; it is Tuesday at this time."""
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.taps("Too ill to answer")
    await world.fast_forward_to("00:00")
    await world.fast_forward_to(at)
    return carol, ann


async def test_a_clock_set_back_two_hours_asks_no_second_time(world: World) -> None:
    _carol, ann = await ann_on_tuesday(world, at="19:45")
    ann.sees(PROMPT, TUESDAY)
    await ann.taps("Too ill to answer")

    await world.set_clock_wrong(-timedelta(hours=2))
    await world.fast_forward(timedelta(hours=10))
    ann.sees_nothing_more()
    await world.set_clock_wrong(timedelta(0))
    await world.fast_forward_to("19:45")

    ann.sees(PROMPT, WEDNESDAY)
    assert await rows.outcomes(world, ann) == [
        Outcome.ANSWERED,
        Outcome.ANSWERED,
        Outcome.DELIVERED_UNANSWERED,
    ]


async def test_a_clock_set_back_before_the_hour_delays_the_check_in_and_loses_nothing(
    world: World,
) -> None:
    _carol, ann = await ann_on_tuesday(world, at="19:00")
    await world.set_clock_wrong(-timedelta(hours=2))

    await world.fast_forward_to("21:29")
    ann.sees_nothing_more()
    await world.fast_forward_to("21:31")

    ann.sees(PROMPT, TUESDAY)


async def test_a_page_still_rings_again_when_the_clock_was_set_back(world: World) -> None:
    carol, ann = await ann_on_tuesday(world, at="12:00")
    await ann.alarms()
    ann.sees("Call 112 now")
    ann.sees("Your care team has been told")
    carol.sees("EMERGENCY")

    await world.set_clock_wrong(-timedelta(hours=2))
    await world.fast_forward(timedelta(minutes=5))
    carol.sees_nothing_more()
    await world.set_clock_wrong(timedelta(0))
    await world.settle()

    carol.sees("EMERGENCY", "repeat 2")


async def test_a_clock_set_forward_a_day_and_corrected_asks_each_date_once(world: World) -> None:
    _carol, ann = await ann_on_tuesday(world, at="12:00")

    await world.set_clock_wrong(timedelta(days=1))
    await world.fast_forward(timedelta(hours=1))
    ann.sees_nothing_more()
    await world.set_clock_wrong(timedelta(0))
    await world.fast_forward_to("19:45")
    await world.fast_forward_to("19:45")
    ann.sees(PROMPT, WEDNESDAY)
    await world.fast_forward_to("19:45")
    ann.sees_if_any("still open")
    ann.sees(PROMPT, THURSDAY)

    dates = [one.local_date.day for one in await rows.checkins(world, ann)]
    assert dates == [2, 3, 4, 5]
    assert (await rows.outcomes(world, ann))[1] is Outcome.NOT_DELIVERED


async def test_a_clock_that_jumps_forward_rings_an_open_escalation_once(world: World) -> None:
    carol, ann = await ann_on_tuesday(world, at="12:00")
    await ann.alarms()
    ann.sees("Call 112 now")
    ann.sees("Your care team has been told")
    carol.sees("EMERGENCY")

    await world.set_clock_wrong(timedelta(days=1))
    await world.settle()

    carol.sees("EMERGENCY", "repeat 2")


async def test_a_zone_changed_while_a_check_in_waits_asks_that_date_once(world: World) -> None:
    _carol, ann = await ann_on_tuesday(world, at="19:00")
    world.control.inject_fault("flood", method="sendMessage", chat_id=ann.id, retry_after=900)
    await world.fast_forward_to("19:35")
    ann.sees_nothing_more()

    await sets_zone(ann, LOS_ANGELES)
    await world.fast_forward_to("19:46")
    ann.sees(PROMPT, TUESDAY)
    await ann.taps("Too ill to answer")
    await world.fast_forward_to("19:45", zone=LOS_ANGELES)
    ann.sees_nothing_more()
    await world.fast_forward_to("19:45", zone=LOS_ANGELES)

    ann.sees(PROMPT, WEDNESDAY)
    assert [one.local_date.day for one in await rows.checkins(world, ann)] == [2, 3, 4]
