"""Days without an answer: offered once more, softer, then a task for the team (F12, R-REM-1/2)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from care.lifecycle import Outcome
from care.questions import Item
from tests.scenario import rows

if TYPE_CHECKING:
    from tests.world import Person, World

PROMPT = "Time for your check-in"
OFFER = "Yesterday is still open, if you like."
STILL_OPEN = "Your check-in is still open"
MONDAY = date(2026, 3, 2)


async def ann_in(world: World) -> tuple[Person, Person]:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    return carol, ann


async def answered(world: World, person: Person) -> None:
    """The first day is answered, and it is noon of the second."""
    await person.taps("No headache today")
    await person.taps("None of these")
    person.sees("Saved.")
    await world.fast_forward_to("12:00", days=1)


async def stays_silent(world: World, person: Person, days: int) -> None:
    """So many more check-ins come and nobody answers; ends before the next."""
    for _ in range(days):
        await world.fast_forward_to("19:45")
        person.sees_if_any(PROMPT)
        person.sees_if_any("quiet for some days")
        await world.fast_forward_to("12:00")
        person.sees_if_any(STILL_OPEN)
        person.sees_if_any(OFFER)
        person.sees_if_any("Your week in review.")


async def test_yesterday_is_offered_once_the_next_morning(world: World) -> None:  # R-REM-1
    _, ann = await ann_in(world)
    await world.fast_forward_to("23:00")
    ann.sees(STILL_OPEN)

    await world.fast_forward_to("09:01")
    ann.sees(OFFER, "Monday 2 March")
    await ann.taps("No headache")

    ann.sees("✓ No headache", "Saved for that day.")
    assert await rows.outcomes(world, ann) == [Outcome.ANSWERED]
    assert [one["text"] for one in ann.messages() if "Monday 2 March" in one["text"]] == [
        ann.message("Monday 2 March")["text"]
    ]


async def test_what_was_begun_is_resumed_the_next_morning(world: World) -> None:
    _, ann = await ann_in(world)
    for label in ("Yes, a headache", "7"):
        await ann.taps(label)

    await world.fast_forward_to("09:01", days=1)
    text = ann.sees(OFFER, "You have begun it")
    assert "Headache" not in text
    await ann.taps("Go on")
    ann.sees("✓ Worst pain: 7 of 10", "How long did it last?")
    for label in ("4 to 12 hours", "None of these", "Nausea", "Done", "None of these", "Nothing"):
        await ann.taps(label)

    ann.sees("✓ The day allowed: nothing", "Saved for that day.")
    assert await rows.outcomes(world, ann) == [Outcome.ANSWERED]


async def test_a_finished_day_is_not_offered(world: World) -> None:
    _, ann = await ann_in(world)

    await answered(world, ann)

    ann.sees_nothing_more()


async def test_a_day_has_two_prompts_at_most(world: World) -> None:  # R-REM-1
    _, ann = await ann_in(world)
    await world.fast_forward_to("23:30")
    ann.sees(STILL_OPEN)
    known = {one["message_id"] for one in ann.messages()}

    await world.fast_forward_to("09:01")
    ann.sees(OFFER)
    await world.fast_forward_to("23:30")
    ann.sees(PROMPT)

    new = [one for one in ann.messages() if one["message_id"] not in known]
    assert len(new) == 2


async def test_after_two_silent_days_the_text_softens(world: World) -> None:  # R-REM-2
    _, ann = await ann_in(world)
    await answered(world, ann)
    await stays_silent(world, ann, 2)

    await world.fast_forward_to("19:45")

    ann.sees("only if it suits. Any day counts.")


async def test_after_four_silent_days_it_asks_what_would_suit(world: World) -> None:  # R-REM-2
    _, ann = await ann_in(world)
    await answered(world, ann)
    await stays_silent(world, ann, 4)

    await world.fast_forward_to("19:45")
    ann.sees("It has been quiet for some days, and that is all right.")
    await ann.taps("Answer as usual")
    ann.sees("Did you have a headache?")
    await ann.taps("No headache today")

    ann.sees("✓ No headache")


async def test_after_days_of_silence_check_ins_can_be_ended(world: World) -> None:  # R-REM-2
    _, ann = await ann_in(world)
    await answered(world, ann)
    await stays_silent(world, ann, 4)
    await world.fast_forward_to("19:45")

    await ann.taps("End them")
    ann.sees("End the check-ins and summaries?")
    await ann.taps("Yes, end them")

    ann.sees("The check-ins have ended.")
    assert "quiet for some days" in ann.message("quiet for some days")["text"]


async def test_too_ill_is_one_tap_after_days_of_silence(world: World) -> None:  # R-REM-2
    _, ann = await ann_in(world)
    await answered(world, ann)
    await stays_silent(world, ann, 4)
    await world.fast_forward_to("19:45")

    await ann.taps("Too ill to answer")

    ann.sees("✓ Headache, too ill to answer", "Rest now")


async def test_a_week_of_silence_is_a_task_for_the_team(world: World) -> None:  # R-REM-2
    carol, ann = await ann_in(world)
    await answered(world, ann)
    await stays_silent(world, ann, 7)
    carol.sees_nothing_more()

    await world.fast_forward_to("19:45")

    ann.sees_if_any("quiet for some days")
    carol.sees_nothing_more()
    await world.fast_forward_to("09:00")
    ann.sees(OFFER)
    carol.sees("1 report can wait", "ROUTINE", ann.code, "No answer for 7 days in a row")
    await carol.taps(f"E-1 · {ann.code}")
    carol.sees("told nothing of this")
    await carol.taps("Take")
    ann.sees_nothing_more()


async def test_an_answer_ends_the_silence(world: World) -> None:
    carol, ann = await ann_in(world)
    await answered(world, ann)
    await stays_silent(world, ann, 6)
    await world.fast_forward_to("19:45")
    await ann.taps("Too ill to answer")
    ann.sees("Rest now")
    await stays_silent(world, ann, 1)

    await world.fast_forward_to("19:45")

    ann.sees("Time for your check-in.")
    carol.sees_nothing_more()


@pytest.mark.parametrize("hours", [4, 30])
async def test_an_offer_whose_morning_is_over_is_dropped(world: World, hours: int) -> None:
    _, ann = await ann_in(world)
    await world.fast_forward_to("08:30")
    ann.sees(STILL_OPEN)
    await world.stop_bot()
    await world.fast_forward(timedelta(hours=hours))

    await world.start_bot()
    await world.settle()

    assert not [one for one in ann.messages() if OFFER in one["text"]]
    ann.sees_if_any("I was away")
    ann.sees_if_any(PROMPT)


async def test_an_offer_held_by_a_block_is_not_sent(world: World) -> None:
    _, ann = await ann_in(world)
    await world.fast_forward_to("08:30")
    ann.sees(STILL_OPEN)
    await ann.blocks()

    await world.fast_forward_to("12:00")

    assert (await rows.answers(world, ann, MONDAY)).get(Item.HEADACHE) is None
