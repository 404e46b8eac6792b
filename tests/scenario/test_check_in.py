"""The daily check-in, tap by tap (F03-F05, F08, F09)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from care.entries import Change
from care.lifecycle import Outcome
from care.questions import NONE, Item
from tests.scenario import rows

if TYPE_CHECKING:
    from tests.world import Person, World

ALL_SAVED = "Saved. That is all for today."


async def ann_in(world: World) -> Person:
    """Ann has joined; her first check-in is open on Monday 2 March."""
    _, ann = await world.joined("Ann", coordinators=("Carol",))
    return ann


async def test_a_day_without_headache_takes_two_taps(world: World) -> None:  # R-ITEM-1
    ann = await ann_in(world)

    await ann.taps("No headache today")
    ann.sees("✓ No headache", "And the day itself?")
    await ann.taps("None of these")

    ann.sees("✓ No headache", "✓ The day: none", ALL_SAVED)
    assert await rows.outcomes(world, ann) == [Outcome.ANSWERED]
    assert len(ann.messages()) == 2


async def test_a_day_without_headache_and_one_exposure_takes_three_taps(world: World) -> None:
    ann = await ann_in(world)

    await ann.taps("No headache today")
    await ann.taps("Much stress")
    ann.sees("✓ The day: much stress", "And the day itself?")
    assert "✓ Much stress" in ann.labels()
    await ann.taps("Done")

    ann.sees(ALL_SAVED)
    assert (await rows.answers(world, ann))[Item.EXPOSURES] == ("stress_high",)


async def test_a_headache_day_asks_for_pain_aura_and_the_day(world: World) -> None:
    ann = await ann_in(world)

    await ann.taps("Yes, a headache")
    ann.sees("✓ Headache", "How bad was the pain")
    await ann.taps("6")
    ann.sees("✓ Worst pain: 6 of 10", "Any aura?")
    await ann.taps("None of these")
    ann.sees("✓ Aura: none", "And the day itself?")
    await ann.taps("None of these")

    ann.sees("✓ Headache\n✓ Worst pain: 6 of 10\n✓ Aura: none\n✓ The day: none", ALL_SAVED)


async def test_too_ill_to_answer_takes_one_tap(world: World) -> None:
    ann = await ann_in(world)

    await ann.taps("Too ill to answer")

    ann.sees("✓ Headache, too ill to answer", "Rest now; nothing more is needed today")
    assert await rows.outcomes(world, ann) == [Outcome.ANSWERED]


async def test_an_aura_has_its_minutes(world: World) -> None:  # F04
    ann = await ann_in(world)
    await ann.taps("Yes, still from yesterday")
    await ann.taps("4")

    await ann.taps("Speech")
    await ann.taps("Seeing")
    await ann.taps("Done")
    ann.sees("How long did the aura last?")
    await ann.taps("5 to 60 minutes")

    ann.sees("✓ Headache, still from yesterday", "✓ Aura: seeing, speech, 5 to 60 minutes")


async def test_letting_every_aura_go_asks_for_no_minutes(world: World) -> None:
    ann = await ann_in(world)
    for label in ("Yes, a headache", "4", "Seeing", "Done", "Under 5 minutes", "Back", "Back"):
        await ann.taps(label)
    ann.sees("Any aura?")

    await ann.taps("✓ Seeing")
    await ann.taps("None of these")

    ann.sees("✓ Aura: none", "And the day itself?")
    assert Item.AURA_MINUTES not in await rows.answers(world, ann)


async def test_back_leads_from_the_end_to_the_first_question(world: World) -> None:
    ann = await ann_in(world)
    for label in (
        "Yes, a headache", "5", "Seeing", "Done", "Over 60 minutes", "None of these",
    ):  # fmt: skip
        await ann.taps(label)
    ann.sees(ALL_SAVED)

    await ann.taps("Change an answer")
    ann.sees("And the day itself?")
    await ann.taps("Back")
    assert "✓ Over 60 minutes" in ann.labels()
    await ann.taps("Back")
    assert "✓ Seeing" in ann.labels()
    await ann.taps("Back")
    assert "✓ 5" in ann.labels()
    await ann.taps("Back")

    assert "✓ Yes, a headache" in ann.labels()
    assert await rows.outcomes(world, ann) == [Outcome.ANSWERED]


async def test_a_changed_answer_keeps_the_old_value(world: World) -> None:  # R-FILL-2
    ann = await ann_in(world)
    for label in ("Yes, a headache", "5", "Back", "7"):
        await ann.taps(label)

    ann.sees("✓ Worst pain: 7 of 10")
    assert await rows.history(world, ann) == [
        Change(item=Item.HEADACHE, before=None, after=("yes",)),
        Change(item=Item.PAIN, before=None, after=("5",)),
        Change(item=Item.PAIN, before=("5",), after=("7",)),
    ]


async def test_a_change_after_the_end_returns_to_the_end(world: World) -> None:
    ann = await ann_in(world)
    for label in ("Yes, a headache", "5", "None of these", "None of these"):
        await ann.taps(label)

    for label in ("Change an answer", "Back", "Back", "3"):
        await ann.taps(label)

    ann.sees("✓ Worst pain: 3 of 10", ALL_SAVED)


async def test_no_pain_after_all_takes_the_headache_back(world: World) -> None:
    ann = await ann_in(world)
    await ann.taps("Yes, a headache")
    await ann.taps("no pain after all")
    ann.sees("✓ No headache", "And the day itself?")
    await ann.taps("None of these")

    assert await rows.answers(world, ann) == {Item.HEADACHE: ("no",), Item.EXPOSURES: (NONE,)}


async def test_every_tap_survives_a_stop_without_further_ado(world: World) -> None:  # R-ITEM-2
    ann = await ann_in(world)

    for label in ("Yes, a headache", "6", "Seeing", "Done", "Under 5 minutes", "Alcohol", "Done"):
        await ann.taps(label, settle=False)
        await world.restart()
        await world.settle()

    ann.sees("✓ Worst pain: 6 of 10", "✓ Aura: seeing, under 5 minutes", ALL_SAVED)
    assert len(ann.messages()) == 2
    assert await rows.outcomes(world, ann) == [Outcome.ANSWERED]


async def test_a_double_tap_counts_once(world: World) -> None:
    ann = await ann_in(world)
    holder = ann.message("Time for your check-in")["message_id"]

    for _ in range(2):
        await ann.taps("Yes, a headache", on=holder, settle=False)
    await world.settle()
    ann.sees("How bad was the pain")
    for _ in range(2):
        await ann.taps("6", on=holder, settle=False)
    await world.settle()

    ann.sees("✓ Worst pain: 6 of 10", "Any aura?")
    assert len(await rows.history(world, ann)) == 2


async def test_a_double_tap_on_an_option_chooses_it_once(world: World) -> None:
    ann = await ann_in(world)
    await ann.taps("No headache today")
    holder = ann.message("And the day itself?")["message_id"]

    await ann.taps("Alcohol", on=holder, settle=False)
    await ann.taps("Alcohol", on=holder, settle=False)
    await ann.taps("Much stress", on=holder, settle=False)
    await world.settle()

    ann.sees("✓ The day: much stress, alcohol")


async def test_of_two_quick_different_taps_the_last_stands(world: World) -> None:
    ann = await ann_in(world)
    holder = ann.message("Time for your check-in")["message_id"]

    await ann.taps("Yes, a headache", on=holder, settle=False)
    await ann.taps("No headache today", on=holder, settle=False)
    await world.settle()

    ann.sees("✓ No headache", "And the day itself?")
    await ann.taps("None of these")
    ann.sees(ALL_SAVED)


async def test_taps_in_any_order_end_in_the_same_day(world: World) -> None:
    ann = await ann_in(world)
    checkin = (await rows.checkins(world, ann))[0].id

    await ann.forges(f"f:{checkin}:exp")
    ann.sees("✓ The day: none", "Did you have a headache?")
    for too_early in (f"a:{checkin}:pk:6", f"f:{checkin}:aura", f"a:{checkin}:aura_min:lt5"):
        await ann.forges(too_early)
    await ann.taps("Yes, a headache")
    ann.sees("How bad was the pain")
    await ann.taps("6")
    ann.sees("Any aura?")
    await ann.taps("None of these")
    ann.sees("✓ Aura: none", "And the day itself?")
    await ann.taps("None of these")

    ann.sees("✓ Worst pain: 6 of 10", "✓ Aura: none", "✓ The day: none", ALL_SAVED)


async def test_the_lock_screen_shows_nothing_private(world: World) -> None:
    ann = await ann_in(world)

    first_line = ann.message("Monday 2 March")["text"].splitlines()[0]

    assert first_line == "Time for your check-in."
