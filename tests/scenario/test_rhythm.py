"""How often one is asked, and breaks (F13, F60)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from care.lifecycle import Outcome
from care.people import Pace
from tests.scenario import rows
from tests.scenario.test_days import answered_monday, asked
from tests.scenario.test_infusing import books
from tests.scenario.test_silence_of_days import ann_in, answered, stays_silent
from tests.scenario.test_summary import BAD, FREE, answers

if TYPE_CHECKING:
    from tests.world import Person, World


async def sets(ann: Person, *labels: str) -> None:
    """Open the settings and tap."""
    await ann.says("/settings")
    ann.sees("Settings")
    await answers(ann, labels)


async def evenings(world: World, ann: Person, *days: tuple[str, ...] | None) -> None:
    """One evening after the other: asked and answered so, or (None) not asked at all."""
    for labels in days:
        await world.fast_forward_to("00:00")
        await world.fast_forward_to("19:45")
        ann.sees_if_any("Your week")
        if labels is None:
            ann.sees_nothing_more()
        else:
            ann.sees("Time for your check-in")
            await answers(ann, labels)


async def test_every_other_day_is_offered_and_leaves_the_day_between_out(world: World) -> None:
    ann = await answered_monday(world)
    await sets(ann, "How often", "Every other day")
    ann.sees("Settings", "every other day at 19:30")

    await evenings(world, ann, None, FREE, None, FREE)

    assert asked(ann)[1:] == ["Wed 04 Mar 19:30", "Fri 06 Mar 19:30"]


async def test_a_headache_or_too_ill_brings_tomorrows_question_back(world: World) -> None:
    ann = await answered_monday(world)
    await sets(ann, "How often", "Every other day")

    await evenings(world, ann, None, BAD, ("Too ill to answer",), FREE, None, FREE)

    days = [at[:6] for at in asked(ann)]
    assert days == ["Mon 02", "Wed 04", "Thu 05", "Fri 06", "Sun 08"]


async def test_a_headache_taken_back_gives_the_day_between_back(world: World) -> None:
    ann = await answered_monday(world)
    await sets(ann, "How often", "Every other day")
    await evenings(world, ann, None)
    await world.fast_forward_to("19:45")
    ann.sees("Wednesday 4 March")

    await answers(ann, ("Yes, a headache", "0 · no pain after all", "None of these"))

    await evenings(world, ann, None, FREE)


async def test_a_headache_noted_the_next_morning_still_asks_that_evening(world: World) -> None:
    ann = await answered_monday(world)
    await sets(ann, "How often", "Every other day")
    await world.fast_forward_to("10:00", days=1)

    await answers(ann, ("‹ Change an answer", "Headache", "Yes, a headache"))
    await world.fast_forward_to("19:45")

    ann.sees("Time for your check-in", "Tuesday 3 March")


async def test_a_silent_day_brings_nothing_back(world: World) -> None:
    ann = await answered_monday(world)
    await sets(ann, "How often", "Every other day")
    await evenings(world, ann, None, ())
    await world.fast_forward_to("23:00")
    ann.sees("still open")
    await world.fast_forward_to("12:00")
    ann.sees("Yesterday is still open")
    await world.fast_forward_to("19:45")
    ann.sees_nothing_more()

    await evenings(world, ann, FREE)


async def test_days_between_are_not_due(world: World) -> None:  # R-ADH-1
    ann = await answered_monday(world)
    await sets(ann, "How often", "Every other day")
    await evenings(world, ann, None, FREE, None, FREE, None)

    await world.fast_forward_to("21:00", days=1)

    ann.sees("Sunday 8 March")
    ann.sees("Your week in review", "You answered 3 of 4 days.")
    await world.fast_forward_to("22:00")
    ann.sees_if_any("still open")


async def test_back_to_every_day_asks_tomorrow_and_nothing_at_once(world: World) -> None:
    ann = await answered_monday(world)
    await sets(ann, "How often", "Every other day")
    await evenings(world, ann, None)

    await sets(ann, "How often", "Every day")

    ann.sees("Settings", "comes daily at 19:30")
    ann.sees_nothing_more()
    await evenings(world, ann, FREE, FREE)


async def test_how_often_can_be_kept_as_it_is(world: World) -> None:
    ann = await answered_monday(world)

    await sets(ann, "How often", "Keep as it is")

    ann.sees("Settings", "comes daily at 19:30")
    assert (await rows.patient(world, ann)).pace is Pace.DAILY


async def test_a_break_of_three_days_is_silent_and_ends_by_itself(world: World) -> None:
    ann = await answered_monday(world)
    await sets(ann, "A break", "3 days")
    ann.sees("You are on a break", "Friday 6 March at 19:30", "infusions still come")

    await evenings(world, ann, None, None, None, ())

    ann.sees_if_any("welcome back")
    prompt = ann.message("Time for your check-in. Your break is over; welcome back.")
    assert "Friday 6 March" in prompt["text"]
    await answers(ann, FREE)
    await evenings(world, ann, FREE)
    assert "welcome back" not in ann.message("Saturday 7 March")["versions"][0]["text"]


async def test_days_of_a_break_are_not_due(world: World) -> None:  # R-ADH-1
    ann = await answered_monday(world)
    await sets(ann, "A break", "3 days")
    await evenings(world, ann, None, None, None, FREE, FREE)

    await world.fast_forward_to("21:00", days=1)

    ann.sees("Sunday 8 March")
    ann.sees("Your week in review", "You answered 3 of 4 days.")
    await world.fast_forward_to("22:00")
    ann.sees_if_any("still open")


async def test_no_summary_comes_in_a_break(world: World) -> None:
    ann = await answered_monday(world)

    await sets(ann, "A break", "1 week")
    await world.fast_forward(timedelta(days=7))

    ann.sees_nothing_more()


async def test_a_break_begun_with_an_open_question_reminds_of_nothing(world: World) -> None:
    _, ann = await world.joined("Ann", coordinators=("Carol",))
    await sets(ann, "A break", "3 days")

    await world.fast_forward(timedelta(days=3))

    ann.sees_nothing_more()
    assert await rows.outcomes(world, ann) == [Outcome.DELIVERED_UNANSWERED]


async def test_a_break_before_todays_question_begins_today(world: World) -> None:
    ann = await answered_monday(world)
    await world.fast_forward_to("10:00", days=1)

    await sets(ann, "A break", "3 days")

    ann.sees("You are on a break", "Friday 6 March")


async def test_a_break_until_i_return_ends_with_a_button(world: World) -> None:
    ann = await answered_monday(world)
    await sets(ann, "A break", "Until I return")
    ann.sees("You are on a break until you end it")
    await world.fast_forward(timedelta(days=40))
    ann.sees_nothing_more()
    await ann.says("/help")
    ann.sees("You are on a break until you end it")

    await sets(ann, "A break", "End the break")

    ann.sees("Settings", "comes daily at 19:30")
    await world.fast_forward_to("19:45")
    ann.sees("Time for your check-in", "Saturday 11 April")
    await answers(ann, FREE)
    await evenings(world, ann, FREE)


async def test_a_break_survives_another_time_and_zone(world: World) -> None:
    ann = await answered_monday(world)
    await sets(ann, "A break", "1 week")
    await sets(ann, "Another time", "08:00")
    await ann.says("/settings")
    await ann.chooses_zone("Asia/Tokyo", by="Another time zone")
    ann.sees("You are on a break", "Tuesday 10 March at 08:00")

    await world.fast_forward_to("08:30", days=7, zone="Asia/Tokyo")

    ann.sees("Time for your check-in. Your break is over", "Tuesday 10 March")


async def test_today_asks_in_a_break_too(world: World) -> None:
    ann = await answered_monday(world)
    await sets(ann, "A break", "1 week")
    await world.fast_forward(timedelta(days=2))

    await ann.says("/today")

    ann.sees("Time for your check-in", "Wednesday 4 March")
    await answers(ann, FREE)
    await evenings(world, ann, None)


async def test_infusion_messages_come_in_a_break(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await answers(ann, FREE)
    await sets(ann, "A break", "2 weeks")

    await books(carol, "20", "13:00")

    ann.sees("appointment")


async def test_stopping_and_starting_again_ends_a_break(world: World) -> None:
    ann = await answered_monday(world)
    await sets(ann, "A break", "2 weeks")
    await ann.says("/stop")
    await ann.taps("Yes, end them")
    await ann.says("/settings")
    ann.sees("Check-ins are stopped")
    assert "A break" not in ann.labels()

    await ann.says("/start")

    ann.sees("Welcome back")
    await evenings(world, ann, FREE)


async def test_a_forged_pace_or_break_changes_nothing(world: World) -> None:
    ann = await answered_monday(world)
    await sets(ann)
    before = await rows.patient(world, ann)

    for data in ("ph:hourly", "ph:", "pv:4", "pv:99999"):
        assert "no longer does anything" in ann.notice(await ann.forges(data)), data

    assert await rows.patient(world, ann) == before


async def test_after_days_of_silence_a_break_is_one_tap_away(world: World) -> None:  # R-REM-2
    _, ann = await ann_in(world)
    await answered(world, ann)
    await stays_silent(world, ann, days=4)
    await world.fast_forward_to("19:45")
    ann.sees("It has been quiet for some days")

    await answers(ann, ("A break", "1 week"))

    ann.sees("You are on a break", "Sunday 15 March")
    assert "quiet for some days" in ann.message("What would suit?")["text"]
    await world.fast_forward(timedelta(days=5))
