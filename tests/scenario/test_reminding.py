"""The one gentle second reminder (F12, R-REM-1)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from care.lifecycle import Outcome
from care.questions import Item
from tests.scenario import rows

if TYPE_CHECKING:
    from tests.world import Person, World

PROMPT = "Time for your check-in"
REMINDER = "Your check-in is still open. One tap is enough."
TUESDAY = "Tuesday 3 March"


async def ann_on_tuesday(world: World, *, at: str = "19:30") -> Person:
    """Ann's check-in of Tuesday 3 March has just come."""
    carol = await world.coordinator()
    ann = await world.patient("Ann", by=carol, at=at)
    ann.sees(PROMPT)
    await ann.taps("Too ill to answer")
    await world.fast_forward_to(at, days=1)
    ann.sees(PROMPT, TUESDAY)
    return ann


async def test_two_hours_later_one_reminder_takes_the_place_of_the_prompt(world: World) -> None:
    ann = await ann_on_tuesday(world)
    prompt = ann.message(PROMPT)["message_id"]

    await world.fast_forward_to("21:29")
    ann.sees_nothing_more()
    await world.fast_forward_to("21:30")

    ann.sees(REMINDER, TUESDAY)
    assert prompt not in [one["message_id"] for one in ann.messages()]
    await world.fast_forward_to("08:59")
    ann.sees_nothing_more()


async def test_the_reminder_is_the_check_in(world: World) -> None:
    ann = await ann_on_tuesday(world)
    await world.fast_forward_to("21:30")
    ann.sees(REMINDER)

    await ann.taps("No headache today")
    await ann.taps("None of these")

    ann.sees(TUESDAY, "✓ No headache", "Saved. That is all for today.")
    assert len([one for one in ann.messages() if TUESDAY in one["text"]]) == 1


async def test_after_any_answer_there_is_no_reminder(world: World) -> None:
    ann = await ann_on_tuesday(world)

    await ann.taps("Yes, a headache")
    await world.fast_forward_to("08:59")

    ann.sees_nothing_more()
    assert (await rows.outcomes(world, ann))[-1] is Outcome.PARTIAL


async def test_there_is_no_reminder_in_quiet_hours(world: World) -> None:
    ann = await ann_on_tuesday(world, at="20:30")

    await world.fast_forward_to("08:59")

    ann.sees_nothing_more()


async def test_a_reminder_held_up_into_quiet_hours_does_not_come(world: World) -> None:
    ann = await ann_on_tuesday(world)
    await world.fast_forward_to("21:00")
    await world.stop_bot()
    await world.fast_forward_to("22:30")
    await world.start_bot()
    await world.settle()

    ann.sees_nothing_more()
    assert REMINDER not in str(ann.messages())


async def test_a_reminder_held_up_a_little_still_comes(world: World) -> None:
    ann = await ann_on_tuesday(world)
    await world.fast_forward_to("21:25")
    await world.stop_bot()
    await world.fast_forward_to("21:50")
    await world.start_bot()
    await world.settle()

    ann.sees(REMINDER)


async def test_a_tap_on_the_prompt_that_the_reminder_replaced_still_counts(world: World) -> None:
    ann = await ann_on_tuesday(world)
    prompt = ann.message(PROMPT)["message_id"]
    checkin = (await rows.checkins(world, ann))[-1].id
    await world.fast_forward_to("21:30")
    ann.sees(REMINDER)

    await ann.forges(f"a:{checkin}:hd:yes", on=prompt)

    ann.sees("✓ Headache", "How bad was the pain")
    await ann.taps("4")
    ann.sees("✓ Worst pain: 4 of 10")
    await world.fast_forward_to("00:01", days=2)
    ann.sees_if_any("March")
    left = [one for one in ann.messages() if TUESDAY in one["text"] and one["keyboard"]]
    assert left == []


async def test_a_reminder_comes_once_though_its_prompt_cannot_be_deleted(world: World) -> None:
    ann = await ann_on_tuesday(world)
    for kind in ("flood", "bad_gateway", "disconnect"):
        world.control.inject_fault(kind, method="deleteMessage")

    await world.fast_forward_to("23:00")

    ann.sees(REMINDER)
    ann.sees_nothing_more()
    world.control.clear_faults()


async def test_a_reminder_waits_out_a_flood_and_comes_once(world: World) -> None:
    ann = await ann_on_tuesday(world)
    world.control.inject_fault("flood", method="sendMessage", chat_id=ann.id, retry_after=7)

    await world.fast_forward_to("21:45")

    ann.sees(REMINDER)
    ann.sees_nothing_more()


async def test_a_reminder_that_nobody_can_vouch_for_is_not_repeated(world: World) -> None:
    ann = await ann_on_tuesday(world)
    world.control.inject_fault("bad_gateway", method="sendMessage", chat_id=ann.id)

    await world.fast_forward_to("23:00")
    ann.sees_nothing_more()
    await ann.taps("Too ill to answer")

    ann.sees("Rest now")
    assert (await rows.answers(world, ann))[Item.HEADACHE] == ("too_ill",)


async def test_who_stops_is_not_reminded(world: World) -> None:
    ann = await ann_on_tuesday(world)
    await ann.says("/stop")
    await ann.taps("Yes, end them")
    ann.sees("The check-ins have ended")

    await world.fast_forward(timedelta(hours=5))

    ann.sees_nothing_more()
