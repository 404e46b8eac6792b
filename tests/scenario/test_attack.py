"""An attack now: begun by a tap, asked about, ended by a tap (F11)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from care.attacks import AttackState
from care.questions import Item
from tests.scenario import rows

if TYPE_CHECKING:
    from care.attacks import Attack
    from tests.world import Person, World

MONDAY = date(2026, 3, 2)
HOURS = timedelta(hours=1)


async def ann_in(world: World) -> Person:
    """Ann has joined and answered today's first check-in: no headache yet."""
    _, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.taps("No headache today")
    await ann.taps("None of these")
    ann.sees("Saved. That is all for today.")
    return ann


async def attacks_of(world: World, person: Person) -> list[Attack]:
    async with world.uow() as uow:
        patient = await uow.people.patient_with_code(person.code)
        assert patient is not None
        return list(await uow.attacks.since(patient.id, patient.consented_at or world.now()))


async def test_an_attack_is_one_tap_and_ends_by_one(world: World) -> None:
    ann = await ann_in(world)

    await ann.says("/attack")
    ann.sees("Attack since Mon 2 Mar, 09:00", "At 11:00 I ask how it is")
    await world.fast_forward(1 * HOURS)
    await ann.taps("It is over")

    ann.sees("Attack from Mon 2 Mar, 09:00 to 10:00")
    (only,) = await attacks_of(world, ann)
    assert only.state is AttackState.ENDED
    await world.fast_forward(2 * HOURS)
    ann.sees_nothing_more()


async def test_an_attack_makes_the_day_one_with_headache(world: World) -> None:
    ann = await ann_in(world)

    await ann.says("/attack")
    ann.sees("Attack since")

    assert (await rows.answers(world, ann))[Item.HEADACHE] == ("yes",)
    ann.sees("✓ Headache", "How bad was the pain")


async def test_two_hours_later_it_asks_how_it_is(world: World) -> None:
    ann = await ann_in(world)
    await ann.says("/attack")
    ann.sees("Attack since")
    ann.sees_if_any("✓ Headache")

    await world.fast_forward(2 * HOURS)
    ann.sees("A short question, as agreed.", "Two hours have passed. How is it now?")
    await ann.taps("Still in pain")

    ann.sees("Attack since", "Tap when it is over")
    assert sum("Attack since" in one["text"] for one in ann.messages()) == 1


async def test_a_medicine_is_asked_about_two_hours_after_it(world: World) -> None:
    ann = await ann_in(world)
    await ann.says("/attack")
    ann.sees("Attack since")
    ann.sees_if_any("✓ Headache")
    await world.fast_forward(1 * HOURS)
    await ann.taps("I took a medicine")
    await ann.taps("Another medicine")
    await ann.taps("Done")
    ann.sees("✓ Medicine: another medicine (10:00)", "At 12:00 I ask how it is")

    await world.fast_forward(2 * HOURS)
    ann.sees("How was the pain two hours after the medicine?")
    await ann.taps("Pain-free")
    ann.sees("✓ Two hours later: pain-free")
    await ann.taps("It is over")

    ann.sees("Attack from")
    answers = await rows.answers(world, ann)
    assert (answers[Item.MEDICINES], answers[Item.RELIEF]) == (("unlisted",), ("free",))


async def test_what_was_no_attack_is_taken_back(world: World) -> None:
    ann = await ann_in(world)
    await ann.says("/attack")
    ann.sees("Attack since")
    ann.sees_if_any("✓ Headache")

    await ann.taps("It was no attack")

    ann.sees("Taken back")
    assert await attacks_of(world, ann) == []
    await world.fast_forward(3 * HOURS)
    ann.sees_nothing_more()


async def test_two_attacks_in_one_day_are_two(world: World) -> None:
    ann = await ann_in(world)
    await ann.says("/attack")
    ann.sees_if_any("Attack", "✓ Headache")
    await ann.says("/attack")
    ann.sees("Attack since Mon 2 Mar, 09:00")
    await world.fast_forward(1 * HOURS)
    await ann.taps("It is over")
    ann.sees("Attack from")
    await world.fast_forward(4 * HOURS)

    await ann.says("/attack")
    ann.sees("Attack since Mon 2 Mar, 14:00")
    await world.fast_forward(1 * HOURS)
    await ann.taps("It is over")

    ann.sees("Attack from Mon 2 Mar, 14:00 to 15:00")
    assert len(await attacks_of(world, ann)) == 2
    ann.sees_if_any("✓ Headache")


async def test_an_attack_over_midnight_counts_on_both_days(world: World) -> None:  # R-DAY-1
    ann = await ann_in(world)
    await world.fast_forward_to("23:00")
    await ann.says("/attack")
    ann.sees("Attack since Mon 2 Mar, 23:00")
    ann.sees_if_any("✓ Headache")

    await world.fast_forward(2 * HOURS)
    calls = [call for call in world.simulator.calls if "How is it" in str(call.params)]
    assert calls[-1].params["disable_notification"]
    ann.sees("How is it now?")
    await ann.taps("Still in pain")

    assert (await rows.answers(world, ann, MONDAY))[Item.HEADACHE] == ("yes",)
    tuesday = await rows.answers(world, ann, MONDAY + timedelta(days=1))
    assert tuesday[Item.HEADACHE] == ("still",)


async def test_an_attack_that_runs_stands_in_the_check_in_and_ends_there(world: World) -> None:
    ann = await ann_in(world)
    await world.fast_forward_to("19:00")
    await ann.says("/attack")
    ann.sees("Attack since")
    ann.sees_if_any("✓ Headache")
    await world.fast_forward_to("19:31", days=1)
    ann.sees("How is it now?")
    ann.sees("Time for your check-in")
    await ann.taps("Yes, still from yesterday")
    await ann.taps("Too ill")

    ann.sees("An attack runs since Mon 2 Mar, 19:00.")
    await ann.taps("The attack is over")

    assert "An attack runs" not in ann.message("Saved.")["text"]
    (only,) = await attacks_of(world, ann)
    assert only.state is AttackState.ENDED


async def test_a_question_that_nobody_could_ask_in_time_is_dropped(world: World) -> None:
    ann = await ann_in(world)
    await ann.says("/attack")
    ann.sees("Attack since")
    ann.sees_if_any("✓ Headache")
    await world.stop_bot()
    await world.fast_forward(5 * HOURS)

    await world.start_bot()
    await world.settle()

    assert not [one for one in ann.messages() if "How is it now?" in one["text"]]
    ann.sees_if_any("I was away")


async def test_an_attack_of_which_nobody_hears_again_lapses(world: World) -> None:
    ann = await ann_in(world)
    await ann.says("/attack")
    ann.sees("Attack since")
    await world.fast_forward(timedelta(days=7, hours=1))

    (only,) = await attacks_of(world, ann)
    assert only.state is AttackState.LAPSED
    assert only.ended_at is None
    ann.sees_if_any("")
