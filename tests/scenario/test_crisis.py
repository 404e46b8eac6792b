"""Words of crisis: a card at once, a person paged at any hour, one question (R-SUI-1 to 4)."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from care.happenings import Happening
from care.triage import Tier
from tests.scenario import rows

if TYPE_CHECKING:
    from tests.world import Person, World

HARM = "I can't live like this, I want to die of this pain"
PLAN = "I want to die tonight"
CARD = "In an emergency, call 112 now."
QUESTION = "Are you safe right now?"


async def there(world: World) -> tuple[Person, Person]:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    return carol, ann


async def spoken(world: World, words: str = HARM) -> tuple[Person, Person]:
    """Ann has written it; the card and the page are there."""
    carol, ann = await there(world)
    await ann.says(words)
    ann.sees(CARD, QUESTION)
    ann.sees("Your care team has been told")
    carol.sees(ann.code)
    return carol, ann


async def tier(world: World) -> Tier:
    async with world.uow() as uow:
        return (await uow.escalations.unclosed())[0].tier


async def happenings(world: World) -> list[str]:
    async with world.uow() as uow:
        [found] = await uow.escalations.unclosed()
        history = await uow.escalations.history(found.id)
    return [str(one.detail["safe"]) for one in history if one.happening is Happening.SAFE]


async def test_the_card_comes_at_once_and_somebody_is_paged(world: World) -> None:  # R-SUI-1
    carol, ann = await there(world)

    await ann.says(HARM)

    card = ann.sees(CARD, "do not watch messages 24/7", QUESTION, "030 5550 0123")
    assert "What you wrote is not passed on." in card
    assert ann.labels() == ["Yes", "No", "Not sure"]
    ann.sees("Your care team has been told")
    page = carol.sees("URGENT", ann.code, "Please call this patient.")
    assert "live like" not in page


async def test_the_crisis_line_comes_first_where_there_is_one(world: World) -> None:
    carol, ann = await there(world)
    await world.restart(crisis_line="0800 111 0 111")

    await ann.says(HARM)

    ann.sees("Please call 0800 111 0 111 now, and in an emergency 112.", QUESTION)
    ann.sees("Your care team has been told")
    carol.sees("URGENT", ann.code)


async def test_a_plan_is_an_emergency(world: World) -> None:  # R-SUI-2
    carol, ann = await there(world)

    await ann.says(PLAN)

    ann.sees(CARD, QUESTION)
    ann.sees("Your care team has been told")
    carol.sees("EMERGENCY", ann.code, "Please call this patient.")


async def test_it_is_paged_at_night_too(world: World) -> None:  # R-SUI-2
    carol, ann = await there(world)
    await world.fast_forward_to("03:00", days=5)
    for person in world.people:
        person.sees_if_any("")

    await ann.says(HARM)

    carol.sees("URGENT", ann.code)
    ann.sees(CARD, QUESTION)
    ann.sees("Your care team has been told")


async def test_yes_leaves_it_urgent_and_open(world: World) -> None:  # R-SUI-3
    carol, ann = await spoken(world)

    await ann.taps("Yes")

    ann.message(CARD, "Are you safe right now? Yes.")
    await world.fast_forward(timedelta(minutes=20))
    assert await tier(world) is Tier.URGENT
    assert await happenings(world) == ["yes"]
    carol.message("URGENT", "Nobody has taken it yet")


@pytest.mark.parametrize("label", ["No", "Not sure"])
async def test_anything_but_yes_is_an_emergency(world: World, label: str) -> None:  # R-SUI-3
    carol, ann = await spoken(world)

    await ann.taps(label)

    ann.message(CARD, f"Are you safe right now? {label}.")
    carol.sees("EMERGENCY", ann.code)
    assert await tier(world) is Tier.EMERGENCY


async def test_no_answer_in_a_quarter_of_an_hour_is_an_emergency(world: World) -> None:
    carol, ann = await spoken(world)
    await world.fast_forward(timedelta(minutes=14))
    assert await tier(world) is Tier.URGENT

    await world.fast_forward(timedelta(minutes=1))

    carol.sees("EMERGENCY", ann.code)
    assert await happenings(world) == ["silent"]
    await ann.taps("Yes")
    ann.message("Are you safe right now? Yes.")
    assert await tier(world) is Tier.EMERGENCY


async def test_silence_counts_also_once_somebody_has_taken_it(world: World) -> None:
    carol, ann = await spoken(world)
    await carol.taps("Take")
    ann.sees("A coordinator has seen your report")
    await world.restart()

    await world.fast_forward(timedelta(minutes=15))

    carol.sees("EMERGENCY", ann.code)
    assert await tier(world) is Tier.EMERGENCY


async def test_a_no_after_the_silence_is_news_to_who_has_it(world: World) -> None:
    carol, ann = await spoken(world)
    await carol.taps("Take")
    ann.sees("A coordinator has seen your report")
    await world.fast_forward(timedelta(minutes=15))
    carol.sees("EMERGENCY", ann.code)

    await ann.taps("No", on=ann.message(QUESTION)["message_id"])
    await world.fast_forward(timedelta(minutes=1))

    carol.sees("EMERGENCY", "New since Carol took it")
    assert await happenings(world) == ["silent", "no"]


async def test_a_no_after_the_closing_is_raised_anew(world: World) -> None:
    carol, ann = await spoken(world)
    await ann.taps("Yes")
    await carol.taps("Take")
    await carol.taps("Close")
    await carol.taps("Spoke with the patient")
    ann.sees("A coordinator has seen your report")
    ann.sees("Your care team has closed your report")
    await world.fast_forward(timedelta(minutes=1))

    await ann.taps("No", on=ann.message(QUESTION)["message_id"])

    carol.sees("EMERGENCY", ann.code, "E-2")
    ann.sees(CARD, QUESTION)
    ann.sees("Your care team has been told")


async def test_the_button_of_the_red_flags_gives_the_card_too(world: World) -> None:  # R-FLAG-19
    carol, ann = await there(world)
    await ann.taps("Something is alarming")
    await ann.taps("Something else")

    await ann.taps("Thoughts of harming myself")

    ann.message(CARD, "do not watch messages 24/7")
    ann.sees(CARD, QUESTION)
    ann.sees("Your care team has been told")
    carol.sees("URGENT", ann.code, "Please call this patient.")


async def test_words_for_the_team_are_not_passed_on(world: World) -> None:  # R-SUI-4
    carol, ann = await there(world)
    group = world.control.create_group("Care team", [carol.id])
    await world.restart(care_team_chat_id=group)
    await ann.says("/team")
    ann.sees("Write your message here")

    await ann.says(HARM)

    ann.sees(CARD, QUESTION, "What you wrote is not passed on.")
    ann.sees("Your care team has been told")
    page = carol.sees("URGENT", ann.code)
    for text in (page, str(world.control.transcript(group))):
        assert "die" not in text
        assert "live" not in text
    async with world.uow() as uow:
        assert await uow.relay.recent(since=world.clock.now() - timedelta(1), limit=9) == []


async def test_a_name_of_ones_own_is_heard_too(world: World) -> None:
    carol, ann = await there(world)
    await ann.says("/settings")
    await ann.taps("medicines")
    await ann.taps("Add")
    ann.sees("Write the name of the medicine")

    await ann.says("I want to kill myself")

    ann.sees(CARD, QUESTION)
    ann.sees("Your care team has been told")
    carol.sees("URGENT", ann.code)
    assert "kill" not in await rows.stored(world, besides=("inbox",))


async def test_saying_it_again_asks_again_and_rings_once(world: World) -> None:  # R-TRI-4
    carol, ann = await spoken(world)
    await ann.taps("Yes")

    await ann.says(HARM)

    ann.sees(CARD, QUESTION)
    carol.sees_nothing_more()
    await world.fast_forward(timedelta(minutes=15))
    carol.sees("EMERGENCY", ann.code)


async def test_nobody_can_be_reached(world: World) -> None:  # R-TRI-7
    carol, ann = await there(world)
    await carol.blocks()

    await ann.says(HARM)

    ann.sees(CARD, QUESTION)
    ann.sees("We could not reach your care team. Please call.")


async def test_the_words_are_in_no_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        await spoken(world)

    assert "live like this" not in caplog.text


async def test_a_german_patient_is_understood_in_any_language(world: World) -> None:
    carol = await world.coordinator()
    token = await world.invited(carol, language="Deutsch")
    eva = world.stranger("Eva", language="de")
    await eva.says(f"/start {token}")
    for label in ("Weiter", "Weiter", "Ich stimme zu", "Ja", "19:30", "Jedes Mal fragen"):
        await eva.taps(label)
    for person in world.people:
        person.sees_if_any("")

    await eva.says("Quiero morir")

    eva.sees("Rufen Sie im Notfall jetzt 112 an.", "Sind Sie gerade in Sicherheit?")
    for person in world.people:
        person.sees_if_any("")
