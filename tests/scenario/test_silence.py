"""Three kinds of silence kept apart: answered nothing, not delivered, no pain (F12, R-OUT-1)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from care.lifecycle import CheckInState, Outcome
from tests.scenario import rows

if TYPE_CHECKING:
    from tests.world import Person, World

PROMPT = "Time for your check-in"
LATE = "It comes late today; the delay was ours."


async def ann_after_monday(world: World) -> Person:
    """Ann has answered on Monday 2 March."""
    _, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.taps("Too ill to answer")
    return ann


async def away(world: World, *, at: str, until: str, days: int = 0) -> None:
    """The bot stops at a time and starts again at another."""
    await world.fast_forward_to(at)
    await world.stop_bot()
    await world.fast_forward_to(until, days=days)
    await world.start_bot()
    await world.settle()


async def test_every_outcome_is_recorded_apart(world: World) -> None:
    ann = await ann_after_monday(world)
    await world.fast_forward_to("19:45", days=1)
    ann.sees(PROMPT, "Tuesday")
    await ann.taps("Yes, a headache")
    await world.fast_forward_to("19:45")
    ann.sees("Yesterday is still open", "Tuesday")
    ann.sees(PROMPT, "Wednesday")
    await world.fast_forward_to("10:00")
    ann.sees("still open", "Wednesday")
    await ann.blocks()
    await world.fast_forward_to("10:00", days=2)

    assert await rows.outcomes(world, ann) == [
        Outcome.ANSWERED,
        Outcome.PARTIAL,
        Outcome.DELIVERED_UNANSWERED,
        Outcome.NOT_DELIVERED,
        Outcome.NOT_DELIVERED,
        Outcome.NOT_DELIVERED,
    ]
    states = [one.state for one in await rows.checkins(world, ann)]
    assert states[2:4] == [CheckInState.MISSED, CheckInState.UNDELIVERED]


async def test_who_blocked_the_bot_and_returns_is_asked_again_the_next_day(world: World) -> None:
    ann = await ann_after_monday(world)
    await ann.blocks()
    await world.fast_forward_to("20:00", days=1)
    ann.sees_nothing_more()

    await ann.blocks(blocked=False)
    await world.fast_forward_to("19:45")

    ann.sees(PROMPT, "Wednesday 4 March")
    outcomes = await rows.outcomes(world, ann)
    assert outcomes[1:] == [Outcome.NOT_DELIVERED, Outcome.DELIVERED_UNANSWERED]


async def test_who_returns_may_still_answer_the_day_that_did_not_reach_them(world: World) -> None:
    ann = await ann_after_monday(world)
    await ann.blocks()
    await world.fast_forward_to("20:00", days=1)
    await ann.blocks(blocked=False)

    await ann.says("/today")

    ann.sees("Tuesday 3 March", "Did you have a headache?")
    assert (await rows.outcomes(world, ann))[1] is Outcome.DELIVERED_UNANSWERED
    await ann.taps("Too ill to answer")
    assert (await rows.outcomes(world, ann))[1] is Outcome.ANSWERED


async def test_a_refused_check_in_is_not_delivered_and_asking_pauses(world: World) -> None:
    ann = await ann_after_monday(world)
    world.control.inject_fault("blocked", method="sendMessage", chat_id=ann.id)
    await world.fast_forward_to("20:00", days=3)

    world.people[0].sees("cannot be reached")
    ann.sees_nothing_more()
    assert (await rows.outcomes(world, ann))[1:] == [Outcome.NOT_DELIVERED] * 3


async def test_who_writes_again_is_asked_again_though_no_unblocking_was_heard_of(
    world: World,
) -> None:
    ann = await ann_after_monday(world)
    world.control.inject_fault("blocked", method="sendMessage", chat_id=ann.id)
    await world.fast_forward_to("10:00", days=2)
    world.people[0].sees("cannot be reached")

    await ann.says("/today")
    ann.sees(PROMPT, "Wednesday 4 March")
    await ann.taps("Too ill to answer")
    await world.fast_forward_to("19:45", days=1)

    ann.sees(PROMPT, "Thursday 5 March")


async def test_an_unknown_fate_counts_as_not_delivered_and_is_not_tried_again(
    world: World,
) -> None:
    ann = await ann_after_monday(world)
    world.control.inject_fault("bad_gateway", method="sendMessage", chat_id=ann.id)
    await world.fast_forward_to("23:00", days=1)

    ann.sees_nothing_more()
    assert (await rows.outcomes(world, ann))[1] is Outcome.NOT_DELIVERED


async def test_an_unknown_fate_that_ended_well_is_answered_all_the_same(world: World) -> None:
    ann = await ann_after_monday(world)
    world.control.inject_fault(
        "commit_then_hang", method="sendMessage", chat_id=ann.id, seconds=0.02
    )
    await world.fast_forward_to("20:00", days=1)
    ann.sees(PROMPT, "Tuesday 3 March")
    assert (await rows.outcomes(world, ann))[1] is Outcome.NOT_DELIVERED

    await ann.taps("No headache today")
    ann.sees("✓ No headache", "And the day itself?")

    assert (await rows.outcomes(world, ann))[1] is Outcome.ANSWERED


async def test_a_flood_only_delays_a_check_in(world: World) -> None:
    ann = await ann_after_monday(world)
    world.control.inject_fault("flood", method="sendMessage", chat_id=ann.id, retry_after=30)

    await world.fast_forward_to("19:35", days=1)

    ann.sees(PROMPT, "Tuesday 3 March")


async def test_a_check_in_held_up_over_its_hour_comes_late_and_says_so(world: World) -> None:
    ann = await ann_after_monday(world)

    await away(world, at="12:00", until="21:00")
    ann.sees_nothing_more()
    await away(world, at="12:00", until="21:00")

    ann.sees(PROMPT, LATE, "Tuesday 3 March")
    checkin = (await rows.checkins(world, ann))[1]
    assert checkin.is_delayed
    assert checkin.delivered_at == world.clock.now()


async def test_a_few_minutes_are_not_worth_a_word(world: World) -> None:
    ann = await ann_after_monday(world)
    await world.fast_forward_to("00:00")

    await away(world, at="19:25", until="19:35")

    ann.sees("Time for your check-in.\n\nTuesday 3 March")


async def test_a_check_in_held_up_over_midnight_is_not_delivered_and_not_asked(
    world: World,
) -> None:
    ann = await ann_after_monday(world)
    await world.fast_forward_to("00:00")

    await away(world, at="12:00", until="00:30")
    ann.sees_nothing_more()
    assert (await rows.outcomes(world, ann))[1] is Outcome.NOT_DELIVERED

    await world.fast_forward_to("19:45")
    ann.sees("Time for your check-in.\n\nWednesday 4 March")


async def test_of_three_days_without_the_bot_only_today_is_asked(world: World) -> None:
    ann = await ann_after_monday(world)
    await world.fast_forward_to("00:00")

    await away(world, at="12:00", until="20:00", days=3)

    ann.sees(PROMPT, LATE, "Friday 6 March")
    assert await rows.outcomes(world, ann) == [
        Outcome.ANSWERED,
        *[Outcome.NOT_DELIVERED] * 3,
        Outcome.DELIVERED_UNANSWERED,
    ]


async def test_a_day_that_ran_out_while_the_bot_was_away_is_locked_on_return(
    world: World,
) -> None:
    ann = await ann_after_monday(world)
    await world.fast_forward_to("19:45", days=1)
    ann.sees(PROMPT, "Tuesday 3 March")
    await world.stop_bot()
    await world.fast_forward(timedelta(days=4))
    await world.start_bot()
    await world.settle()

    assert (await rows.outcomes(world, ann))[1] is Outcome.DELIVERED_UNANSWERED
    tuesday = ann.message("Tuesday 3 March")
    assert "This day is closed" in tuesday["text"]
    assert not tuesday["keyboard"]
    ann.sees(PROMPT, "Saturday 7 March")
