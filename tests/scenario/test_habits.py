"""What one tells once: the aura that is usual, the self-care one keeps up (R-AURA-1, F16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from care.people import PatientState
from tests.scenario import rows
from tests.scenario.test_days import answered_monday
from tests.scenario.test_rhythm import sets
from tests.scenario.test_summary import answers

if TYPE_CHECKING:
    from tests.world import Person, World

TO_AURA = ("Next", "Next", "I agree", "Yes", "19:30")


async def newcomer(world: World) -> Person:
    """Ann, at the last question of joining."""
    carol = await world.coordinator()
    token = await world.invited(carol)
    ann = world.stranger("Ann")
    await ann.says(f"/start {token}")
    await answers(ann, TO_AURA)
    ann.sees("Which aura is usual for you?")
    return ann


def joins(world: World, ann: Person) -> None:
    ann.sees("You have joined")
    ann.sees("Time for your check-in")
    world.people[0].sees("has joined")


async def test_who_joins_tells_the_usual_aura(world: World) -> None:
    ann = await newcomer(world)
    await answers(ann, ("Seeing", "Speech", "Done"))
    ann.sees("Does your usual aura sometimes last longer than an hour?", "seeing, speech")
    await ann.taps("Yes, sometimes")

    joins(world, ann)
    patient = await rows.patient(world, ann)
    assert (patient.usual_aura, patient.is_usual_over_60) == (("visual", "speech"), True)


async def test_who_knows_none_is_not_asked_how_long(world: World) -> None:
    ann = await newcomer(world)
    await ann.taps("None of these")

    joins(world, ann)
    assert (await rows.patient(world, ann)).usual_aura == ()


async def test_nobody_has_joined_before_the_last_answer(world: World) -> None:
    ann = await newcomer(world)
    await answers(ann, ("Seeing", "✓ Seeing", "‹ Back"))
    ann.sees("At what time shall the check-in come?")
    await answers(ann, ("‹ Back", "Yes", "08:00", "Seeing", "Done", "‹ Back"))
    ann.sees("Which aura is usual for you?")
    assert "✓ Seeing" in ann.labels()
    assert (await rows.patient(world, ann)).state is PatientState.JOINING

    await answers(ann, ("Done", "No"))

    joins(world, ann)


async def test_an_aura_that_is_told_is_asked_about_and_none_is_not(world: World) -> None:
    ann = await answered_monday(world)
    await sets(ann, "My usual aura", "None of these")
    ann.sees("Settings", "Usual aura: none")

    await world.fast_forward_to("19:45", days=1)
    ann.sees("Time for your check-in")
    await answers(ann, ("Yes, a headache", "6", "Skip", "None of these", "None of these"))

    ann.sees("What did the day allow?")


async def test_the_settings_show_and_change_the_usual_aura(world: World) -> None:
    ann = await answered_monday(world)
    await sets(ann, "My usual aura", "Tingling", "Done", "No")
    ann.sees("Settings", "Usual aura: tingling or numbness")

    await sets(ann, "My usual aura", "Done", "Yes, sometimes")
    ann.sees("Usual aura: tingling or numbness; sometimes over an hour")
    await sets(ann, "My usual aura", "Ask me each time")
    ann.sees("Usual aura: asked each time")

    patient = await rows.patient(world, ann)
    assert (patient.usual_aura, patient.is_usual_over_60) == (None, False)


async def test_letting_the_last_kind_go_leaves_it_open(world: World) -> None:
    ann = await answered_monday(world)
    await sets(ann, "My usual aura", "Seeing", "Done", "Yes, sometimes")

    await sets(ann, "My usual aura", "✓ Seeing", "‹ Back")

    ann.sees("Usual aura: asked each time")
    assert not (await rows.patient(world, ann)).is_usual_over_60


async def test_self_care_is_one_tap_a_day_and_counted_on_sunday(world: World) -> None:
    ann = await answered_monday(world)
    await sets(ann, "Self-care", "Movement")
    ann.sees("Settings", "Self-care: movement")

    for kept in ("Movement", "Not today", "Movement", "Skip"):
        await world.fast_forward_to("00:00")
        await world.fast_forward_to("19:45")
        ann.sees("Time for your check-in")
        await answers(ann, ("No headache today", "None of these", kept))
    await world.fast_forward_to("00:00")
    await world.fast_forward_to("21:00", days=1)

    for text in ("Saturday", "Sunday"):
        ann.sees(text)
    ann.sees("Your week in review", "Self-care: 2 of 3 days.")
    await world.fast_forward_to("22:00")
    ann.sees_if_any("still open")


async def test_self_care_can_be_kept_or_let_go(world: World) -> None:
    ann = await answered_monday(world)
    await sets(ann, "Self-care", "Regular sleep")
    await sets(ann, "Self-care", "Keep as it is")
    ann.sees("Self-care: regular sleep")

    await sets(ann, "Self-care", "Nothing of this")

    ann.sees("Self-care: none")
    assert (await rows.patient(world, ann)).practice is None


async def test_forged_habits_change_nothing(world: World) -> None:
    ann = await answered_monday(world)
    await sets(ann)
    before = await rows.patient(world, ann)

    for data in ("pb:halo:1", "pc:drinking", "pl:1"):
        assert "no longer does anything" in ann.notice(await ann.forges(data)), data

    assert await rows.patient(world, ann) == before
