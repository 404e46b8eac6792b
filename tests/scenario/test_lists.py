"""One's own medicines and what one adds to the day, by one's own words (F14)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from care.profiles import MAX_EXPOSURES, MAX_MEDICINES, DrugClass
from care.questions import Item
from tests.scenario import rows
from tests.scenario.test_days import answered_monday
from tests.scenario.test_rhythm import sets
from tests.scenario.test_summary import answers

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from care.profiles import Own
    from tests.world import Person, World


async def owned(world: World, person: Person) -> list[Own]:
    """What a person has named, off the list or not."""
    patient = await rows.patient(world, person)
    async with world.uow() as uow:
        return list(await uow.profiles.own(patient.id))


async def adds(ann: Person, name: str, kind: str = "Triptan") -> None:
    """One more medicine, from the settings."""
    await sets(ann, "My medicines", "+ Add a medicine")
    await ann.says(name)
    ann.sees("is on the list", "Which kind is it?")
    await ann.taps(kind)
    ann.sees(name, "Kind:")


async def adds_to_day(ann: Person, name: str) -> None:
    await sets(ann, "Add to the day", "+ Add one")
    await ann.says(name)
    ann.sees("What I add to the day", name)


async def test_a_medicine_is_named_sorted_and_offered_in_the_check_in(world: World) -> None:
    ann = await answered_monday(world)
    await sets(ann, "My medicines", "+ Add a medicine")
    ann.sees("Write the name of the medicine")
    await ann.says("  Suma \n  forte ")
    ann.sees("✓ Suma forte is on the list.", "Which kind is it?")
    await ann.taps("Triptan, like sumatriptan")
    ann.sees("Suma forte", "Kind: triptan", "How I take it: not told")
    await answers(ann, ("‹ Back", "‹ Back"))
    ann.sees("Settings", "My medicines: Suma forte")

    await world.fast_forward_to("19:45", days=1)
    ann.sees("Time for your check-in")
    await answers(ann, ("Yes, a headache", "6", "4 to 12 hours", "Suma forte", "Done"))

    ann.sees("✓ Medicine: Suma forte", "two hours after")
    (suma,) = await owned(world, ann)
    assert suma.drug_class is DrugClass.TRIPTAN
    assert (await rows.answers(world, ann))[Item.MEDICINES] == (suma.code,)


async def test_the_message_that_asks_for_a_name_goes_once_it_is_told(world: World) -> None:
    ann = await answered_monday(world)

    await adds(ann, "Suma")

    texts = [one["text"] for one in ann.messages()]
    assert not any("Write the name" in text for text in texts)


async def test_a_medicine_is_added_in_the_middle_of_a_check_in(world: World) -> None:
    ann = await answered_monday(world)
    await world.fast_forward_to("19:45", days=1)
    ann.sees("Time for your check-in")
    await answers(ann, ("Yes, a headache", "6", "4 to 12 hours", "+ Add a medicine"))
    ann.sees("Write the name of the medicine")

    await ann.says("Ibu")
    ann.sees("Ibu is on the list")
    await ann.taps("Ibuprofen, aspirin, naproxen")
    ann.sees("Kind: anti-inflammatory")

    labels = {one["text"] for row in ann.message("Which medicine")["keyboard"] for one in row}
    assert {"Ibu", "+ Add a medicine", "Another medicine"} <= labels
    await answers(ann, ("Ibu", "Done"))
    ann.sees("✓ Medicine: Ibu")


async def test_never_mind_asks_for_nothing_any_more(world: World) -> None:
    ann = await answered_monday(world)
    await sets(ann, "My medicines", "+ Add a medicine", "Never mind")
    ann.sees("My medicines")

    await ann.says("Suma")

    ann.sees("Nobody reads what is written here")
    assert await owned(world, ann) == []


async def opens_diary(ann: Person) -> None:
    await ann.says("/diary")
    ann.sees("diary")


async def answers_check_in(ann: Person) -> None:
    await ann.taps("Change an answer")


async def tells_of_an_emergency(ann: Person) -> None:
    await ann.says("/alarm")
    await ann.taps("It is an emergency")
    ann.sees("Call 112 now", "E-1")
    ann.sees("Your care team has been told")


@pytest.mark.parametrize("elsewhere", [opens_diary, answers_check_in, tells_of_an_emergency])
async def test_whoever_does_something_else_is_not_waited_for(
    world: World, elsewhere: Callable[[Person], Awaitable[None]]
) -> None:
    ann = await answered_monday(world)
    await sets(ann, "Add to the day", "+ Add one")

    await elsewhere(ann)
    await ann.says("A bad night")

    ann.sees("Nobody reads what is written here")
    assert await owned(world, ann) == []
    for one in world.people:
        one.sees_if_any("")


async def test_an_answer_to_the_check_in_ends_the_wait_for_a_name(world: World) -> None:
    ann = await answered_monday(world)
    await world.fast_forward_to("19:45", days=1)
    ann.sees("Time for your check-in")
    await answers(ann, ("Yes, a headache", "6", "4 to 12 hours", "+ Add a medicine"))
    ann.sees("Write the name of the medicine")

    await ann.taps("None of these")
    await ann.says("A bad night")

    ann.sees("Nobody reads what is written here")
    assert await owned(world, ann) == []


async def test_after_ten_minutes_words_are_words_again(world: World) -> None:
    ann = await answered_monday(world)
    await sets(ann, "My medicines", "+ Add a medicine")
    await world.fast_forward(timedelta(minutes=10))

    await ann.says("Suma")

    ann.sees("Nobody reads what is written here")
    assert await owned(world, ann) == []


async def test_a_restart_forgets_nothing_of_what_was_asked(world: World) -> None:
    ann = await answered_monday(world)
    await sets(ann, "My medicines", "+ Add a medicine")
    await world.restart()

    await ann.says("Suma")

    ann.sees("Suma is on the list")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("N" * 25, "A name has at most 24 characters."),
        ("I have a terrible headache and nobody is here", "at most 24 characters"),
        ("...", "at least one letter or digit"),
        ("\N{PILL}\N{PILL}", "at least one letter or digit"),
        ("\N{ZERO WIDTH SPACE}\N{RIGHT-TO-LEFT OVERRIDE}", "at least one letter or digit"),
        ("suma", "on the list already"),
    ],
)
async def test_a_name_that_cannot_be_kept_is_asked_again(
    world: World, name: str, why: str
) -> None:
    ann = await answered_monday(world)
    await adds(ann, "Suma")
    await sets(ann, "My medicines", "+ Add a medicine")

    await ann.says(name)
    ann.sees(why, "Nobody reads this chat")
    assert ann.labels() == ["Never mind", "⚠ Something is alarming"]
    await ann.says("Naratriptan")

    ann.sees("Naratriptan is on the list")


async def test_a_picture_is_no_name(world: World) -> None:
    ann = await answered_monday(world)
    await sets(ann, "My medicines", "+ Add a medicine")

    await ann.says(kind="photo")

    ann.sees("at least one letter or digit")


@pytest.mark.parametrize("name", ["<b>Suma</b> & Co", "{name} %s", "A:1:hd:yes", "\N{PILL} Ibu"])
async def test_an_awkward_name_is_shown_as_it_was_written(world: World, name: str) -> None:
    ann = await answered_monday(world)

    await adds(ann, name, "Paracetamol")

    assert name in ann.message("Kind:")["text"]
    await ann.taps("‹ Back")
    ann.sees("My medicines", f"• {name}, paracetamol")
    assert name in ann.labels()


async def test_a_medicine_can_be_renamed_resorted_and_described(world: World) -> None:
    ann = await answered_monday(world)
    await adds(ann, "Suma")
    await ann.taps("Another name")
    ann.sees("Write another name for Suma")
    await ann.says("Rizatriptan")
    ann.sees("Rizatriptan", "Kind: triptan")
    await ann.taps("Another kind")
    assert "✓ Triptan, like sumatriptan" in ann.labels()
    await ann.taps("Keep as it is")
    ann.sees("Kind: triptan")

    await ann.taps("How I take it")
    ann.sees("Write how you usually take Rizatriptan")
    await ann.says("1 tablet <early>, under the tongue")

    ann.sees("How I take it: 1 tablet <early>, under the tongue")
    await answers(ann, ("How I take it", "Leave it empty"))
    ann.sees("How I take it: not told")


async def test_too_many_words_about_a_medicine_are_refused(world: World) -> None:
    ann = await answered_monday(world)
    await adds(ann, "Suma")
    await ann.taps("How I take it")

    await ann.says("w" * 81)

    ann.sees("These are more than 80 characters.")
    await ann.taps("Never mind")
    ann.sees("How I take it: not told")


async def test_what_is_off_the_list_keeps_its_answers_and_comes_back_as_it_was(
    world: World,
) -> None:
    ann = await answered_monday(world)
    await adds(ann, "Suma")
    await world.fast_forward_to("19:45", days=1)
    ann.sees("Time for your check-in")
    await answers(ann, ("Yes, a headache", "6", "4 to 12 hours", "Suma", "Done"))

    await sets(ann, "My medicines", "Suma", "Remove")
    ann.sees("Suma is off the list. Earlier answers keep it.")
    assert "✓ Medicine: Suma" in ann.message("Tuesday 3 March")["text"]
    await adds_again(ann)

    (suma,) = await owned(world, ann)
    assert (suma.is_active, suma.drug_class) == (True, DrugClass.TRIPTAN)


async def adds_again(ann: Person) -> None:
    await ann.taps("+ Add a medicine")
    await ann.says("SUMA")
    ann.sees("SUMA", "Kind: triptan")


async def test_taking_off_the_list_can_be_undone(world: World) -> None:
    ann = await answered_monday(world)
    await adds(ann, "Suma")

    await answers(ann, ("Remove", "Put it back"))

    ann.sees("My medicines", "• Suma, triptan")


async def test_there_is_room_for_eight_medicines(world: World) -> None:
    ann = await answered_monday(world)
    for number in range(MAX_MEDICINES):
        await adds(ann, f"Pill {number}")
    await sets(ann, "My medicines")
    ann.sees("The list is full: 8 of 8.")
    assert "+ Add a medicine" not in ann.labels()

    for data in ("oa:medicine", "om"):
        assert "list is full" in ann.notice(await ann.forges(data))

    assert len(await owned(world, ann)) == MAX_MEDICINES


async def test_there_is_room_for_five_additions_to_the_day(world: World) -> None:
    ann = await answered_monday(world)
    for number in range(MAX_EXPOSURES):
        await adds_to_day(ann, f"Thing {number}")

    assert "The list is full: 5 of 5." in ann.message("Thing 4")["text"]
    await world.fast_forward_to("19:45", days=1)
    ann.sees("Time for your check-in")
    await answers(ann, ("No headache today", "Thing 4", "Done"))
    ann.sees("✓ The day: Thing 4")


async def test_what_was_taken_off_cannot_come_back_into_a_full_list(world: World) -> None:
    ann = await answered_monday(world)
    await adds_to_day(ann, "Travel")
    await answers(ann, ("Travel", "Remove"))
    travel = (await owned(world, ann))[0].id
    for number in range(MAX_EXPOSURES):
        await adds_to_day(ann, f"Thing {number}")

    assert "list is full" in ann.notice(await ann.forges(f"ob:{travel}"))


async def test_nobody_reaches_anothers_list(world: World) -> None:
    _, ann, ben = await world.joined("Ann", "Ben", coordinators=("Carol",))
    await adds(ben, "Suma")
    suma = (await owned(world, ben))[0]
    await sets(ann)

    for data in ("ow", "on", "ou", "ox", "oc", "op", "ob"):
        assert "no longer does" in ann.notice(await ann.forges(f"{data}:{suma.id}")), data
    assert "no longer does" in ann.notice(await ann.forges(f"od:{suma.id}:nsaid"))

    assert await owned(world, ben) == [suma]
    assert await owned(world, ann) == []


async def test_forged_kinds_are_refused(world: World) -> None:
    ann = await answered_monday(world)
    await adds_to_day(ann, "Travel")
    travel = (await owned(world, ann))[0]

    forged = ("ol:drug", "oa:x", f"od:{travel.id}:nsaid", f"oc:{travel.id}", f"ou:{travel.id}")
    for data in forged:
        assert "no longer does anything" in ann.notice(await ann.forges(data)), data

    assert await owned(world, ann) == [travel]


async def test_lists_are_for_those_who_have_joined(world: World) -> None:
    carol = await world.coordinator()
    token = await world.invited(carol)
    ann = world.stranger("Ann")
    await ann.says(f"/start {token}")
    await answers(ann, ("Next", "Next", "I agree"))

    for data in ("ol:medicine", "oa:medicine", "om", "pf", "ph:daily", "pv:7", "pp"):
        assert "not for you" in ann.notice(await ann.forges(data)), data
    await ann.says("Suma")

    ann.sees("Please use the buttons above")
