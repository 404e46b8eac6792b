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
TO_AURA = ("5", "4 to 12 hours", "None of these", "None of these")
"""Pain, duration, no medicine, no features: the next question is aura."""


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


async def test_a_headache_day_asks_its_questions_one_by_one(world: World) -> None:  # R-ITEM-2
    ann = await ann_in(world)

    await ann.taps("Yes, a headache")
    ann.sees("✓ Headache", "How bad was the pain")
    await ann.taps("6")
    ann.sees("✓ Worst pain: 6 of 10", "How long did it last?")
    await ann.taps("4 to 12 hours")
    ann.sees("✓ Lasted: 4 to 12 hours", "Which medicine did you take?")
    await ann.taps("Another medicine")
    await ann.taps("Done")
    ann.sees("✓ Medicine: another medicine", "How was the pain two hours after")
    await ann.taps("Some relief")
    ann.sees("✓ Two hours later: some relief", "What was it like?")
    await ann.taps("Nausea")
    await ann.taps("Light hurts")
    await ann.taps("Done")
    ann.sees("✓ It was: nausea, light hurts", "Any aura?")
    await ann.taps("None of these")
    ann.sees("✓ Aura: none", "What did the day allow?")
    await ann.taps("Half or less")
    ann.sees("✓ The day allowed: half or less", "And the day itself?")
    await ann.taps("None of these")

    ann.sees("✓ Headache\n✓ Worst pain: 6 of 10\n✓ Lasted: 4 to 12 hours", ALL_SAVED)
    assert await rows.outcomes(world, ann) == [Outcome.ANSWERED]


async def test_a_headache_day_is_finished_by_too_ill_at_any_question(world: World) -> None:  # F09
    ann = await ann_in(world)
    for label in ("Yes, a headache", "8"):
        await ann.taps(label)

    await ann.taps("Too ill")

    ann.sees("✓ Worst pain: 8 of 10", ALL_SAVED)
    assert "left out" not in ann.message("Worst pain")["text"]
    assert await rows.outcomes(world, ann) == [Outcome.PARTIAL]


async def test_what_was_left_out_can_be_added_later(world: World) -> None:
    ann = await ann_in(world)
    for label in ("Yes, a headache", "8", "Skip", "Too ill"):
        await ann.taps(label)

    await ann.taps("Change or add")
    ann.sees("✓ Worst pain: 8 of 10", "How long: left out", "What would you like to change?")
    await ann.taps("+ How long")
    ann.sees("How long did it last?")
    await ann.taps("Under 30 minutes")

    ann.sees("✓ Lasted: under 30 minutes", ALL_SAVED)


async def test_looking_at_what_can_be_changed_changes_nothing(world: World) -> None:
    ann = await ann_in(world)
    for label in ("No headache today", "None of these"):
        await ann.taps(label)
    before = await rows.checkins(world, ann)

    await ann.taps("Change an answer")
    ann.sees("What would you like to change?")
    await ann.taps("Back")

    ann.sees("✓ The day: none", ALL_SAVED)
    assert await rows.checkins(world, ann) == before


async def test_too_ill_can_be_told_more_of_when_it_is_over(world: World) -> None:  # R-ITEM-1
    ann = await ann_in(world)
    await ann.taps("Too ill to answer")

    await ann.taps("Change or add")
    await ann.taps("+ What it was like")
    await ann.taps("Vomiting")
    await ann.taps("Done")

    ann.sees("✓ Headache, too ill to answer", "✓ It was: vomiting", "Rest now")


async def test_a_medicine_on_a_day_without_headache_is_noted(world: World) -> None:  # section 2
    ann = await ann_in(world)
    await ann.taps("No headache today")
    await ann.taps("Took a medicine")
    await ann.taps("Done")
    ann.sees("Which medicine did you take?")
    await ann.taps("Another medicine")
    await ann.taps("Done")

    ann.sees("✓ Medicine: another medicine", "✓ The day: took a medicine", ALL_SAVED)


async def test_an_aura_without_headache_is_noted(world: World) -> None:  # R-DAY-4b
    ann = await ann_in(world)
    await ann.taps("No headache today")
    await ann.taps("+ Aura")
    await ann.taps("Seeing")
    await ann.taps("Done")
    await ann.taps("5 to 60 minutes")
    ann.sees("✓ Aura: seeing, 5 to 60 minutes", "And the day itself?")
    await ann.taps("None of these")

    ann.sees("✓ No headache", "✓ Aura: seeing, 5 to 60 minutes", ALL_SAVED)


async def test_too_ill_to_answer_takes_one_tap(world: World) -> None:
    ann = await ann_in(world)

    await ann.taps("Too ill to answer")

    ann.sees("✓ Headache, too ill to answer", "Rest now; nothing more is needed today")
    assert await rows.outcomes(world, ann) == [Outcome.ANSWERED]


async def test_an_aura_has_its_minutes(world: World) -> None:  # F04
    ann = await ann_in(world)
    await ann.taps("Yes, still from yesterday")
    for label in TO_AURA:
        await ann.taps(label)

    await ann.taps("Something else")
    await ann.taps("Seeing")
    await ann.taps("Done")
    ann.sees("How long did the aura last?")
    await ann.taps("5 to 60 minutes")

    ann.sees("✓ Headache, still from yesterday", "✓ Aura: seeing, something else, 5 to 60 minutes")


async def test_letting_every_aura_go_asks_for_no_minutes(world: World) -> None:
    ann = await ann_in(world)
    aura = ("Seeing", "Done", "Under 5 minutes", "Back", "Back")
    for label in ("Yes, a headache", *TO_AURA, *aura):
        await ann.taps(label)
    ann.sees("Any aura?")

    await ann.taps("✓ Seeing")
    await ann.taps("None of these")

    ann.sees("✓ Aura: none", "What did the day allow?")
    assert Item.AURA_MINUTES not in await rows.answers(world, ann)


async def test_back_leads_from_any_question_to_the_first(world: World) -> None:
    ann = await ann_in(world)
    for label in ("Yes, a headache", *TO_AURA, "Seeing", "Done", "5 to 60 minutes"):
        await ann.taps(label)

    await ann.taps("Back")
    assert "✓ 5 to 60 minutes" in ann.labels()
    await ann.taps("Back")
    assert "✓ Seeing" in ann.labels()
    await ann.taps("Back")
    assert "None of these" in ann.labels()
    await ann.taps("Back")
    ann.sees("Which medicine")
    await ann.taps("Back")
    assert "✓ 4 to 12 hours" in ann.labels()
    await ann.taps("Back")
    assert "✓ 5" in ann.labels()
    await ann.taps("Back")

    assert "✓ Yes, a headache" in ann.labels()


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
    for label in ("Yes, a headache", *TO_AURA, "None of these", "Half or less", "None of these"):
        await ann.taps(label)
    ann.sees(ALL_SAVED)

    for label in ("Change an answer", "✓ Worst pain", "3"):
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

    aura = ("Seeing", "Done", "Under 5 minutes")
    for label in ("Yes, a headache", *TO_AURA, *aura, "Half or less", "Alcohol", "Done"):
        await ann.taps(label, settle=False)
        await world.restart()
        await world.settle()

    ann.sees("✓ Worst pain: 5 of 10", "✓ Aura: seeing, under 5 minutes", ALL_SAVED)
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

    ann.sees("✓ Worst pain: 6 of 10", "How long did it last?")
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

    too_early = (f"f:{checkin}:exp", f"a:{checkin}:pk:6", f"a:{checkin}:aura_min:lt5")
    for data in too_early:
        await ann.forges(data)
    await ann.taps("Yes, a headache")
    ann.sees("How bad was the pain")
    await ann.forges(f"f:{checkin}:exp")
    ann.sees("✓ The day: none", "How bad was the pain")
    for label in ("6", "4 to 12 hours", "None of these", "None of these", "None of these"):
        await ann.taps(label)
    ann.sees("✓ Aura: none", "What did the day allow?")
    await ann.taps("Half or less")

    ann.sees("✓ Worst pain: 6 of 10", "✓ Aura: none", "✓ The day: none", ALL_SAVED)


async def test_the_lock_screen_shows_nothing_private(world: World) -> None:
    ann = await ann_in(world)

    first_line = ann.message("Monday 2 March")["text"].splitlines()[0]

    assert first_line == "Time for your check-in."
