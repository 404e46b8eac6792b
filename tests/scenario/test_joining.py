"""Joining by a personal link: reading, agreeing, choosing where and when (F01)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.app import new_token
from care.people import token_hash
from tests.scenario import rows

if TYPE_CHECKING:
    from tests.world import World

OPENS_NOTHING = "This link opens nothing any more"


async def test_a_patient_joins_in_six_taps_and_is_asked_at_once(world: World) -> None:
    carol = await world.coordinator()
    token = await world.invited(carol)
    ann = world.stranger("Ann")

    await ann.says(f"/start {token}")
    ann.sees("Welcome to Lindenhof Clinic", "1 of 3")
    for label in ("Next", "Next", "I agree", "Yes", "19:30", "Ask me each time"):
        await ann.taps(label)

    ann.sees("You have joined", "every day at 19:30")
    ann.sees("Time for your check-in", "Monday 2 March")
    carol.sees("P-001 has joined", "19:30", "Berlin")


async def test_a_newcomer_reads_three_screens_back_and_forth(world: World) -> None:
    carol = await world.coordinator()
    token = await world.invited(carol)
    ann = world.stranger("Ann")
    await ann.says(f"/start {token}")
    ann.sees("Once a day you are asked")

    await ann.taps("Next")
    ann.sees("What this is not", "112", "030 5550 0123", "2 of 3")
    await ann.taps("Next")
    ann.sees("not end-to-end encrypted", "/stop", "3 of 3")
    assert ann.labels() == ["I agree", "No, thank you", "‹ Back"]
    await ann.taps("Back")
    ann.sees("2 of 3")
    await ann.taps("Back")
    ann.sees("1 of 3")

    assert len(ann.messages()) == 1


@pytest.mark.parametrize(
    ("zone", "place", "clock"),
    [
        ("Asia/Kathmandu", "Kathmandu", "13:45"),
        ("Australia/Eucla", "Eucla", "16:45"),
        ("America/Argentina/Buenos_Aires", "Argentina, Buenos Aires", "05:00"),
    ],
)
async def test_a_newcomer_elsewhere_finds_their_place(
    world: World, zone: str, place: str, clock: str
) -> None:
    carol = await world.coordinator()
    token = await world.invited(carol)
    ann = world.stranger("Ann")
    await ann.says(f"/start {token}")
    for label in ("Next", "Next", "I agree"):
        await ann.taps(label)
    ann.sees("Is it 09:00 where you are?", "Berlin")

    await ann.chooses_zone(zone)
    ann.sees("At what time shall the check-in come?", f"{place} ({clock})")
    await ann.taps("20:00")
    await ann.taps("Ask me each time")

    ann.sees("every day at 20:00")
    ann.sees("Time for your check-in")
    carol.sees("has joined", "20:00", place)
    assert (await rows.patient(world, ann)).zone == zone


async def test_who_declines_leaves_nothing_and_may_come_with_a_new_link(world: World) -> None:
    carol = await world.coordinator()
    first = await world.invited(carol, code="K-17")
    ann = world.stranger("Ann Example")
    await ann.says(f"/start {first}")
    await ann.taps("Next")
    await ann.taps("Next")
    await ann.taps("No, thank you")

    ann.sees("Nothing about you was stored", "030 5550 0123")
    async with world.uow() as uow:
        patient = await uow.people.patient_with_code("K-17")
    assert patient is not None
    assert (patient.address, patient.consented_at) == (None, None)
    assert "Ann Example" not in await rows.stored(world)

    second = await world.invited(carol, code="K-17")
    await ann.says(f"/start {second}")
    ann.sees("1 of 3")


async def test_declining_on_an_old_screen_after_joining_claims_nothing(world: World) -> None:
    carol = await world.coordinator()
    token = await world.invited(carol)
    ann = world.stranger("Ann")
    await ann.says(f"/start {token}")
    await ann.taps("Next")
    await ann.taps("Next")
    old = ann.message("Your agreement")["message_id"]
    await ann.says(f"/start {token}")
    for label in ("Next", "Next", "I agree", "Yes", "19:30", "Ask me each time"):
        await ann.taps(label)
    ann.sees("You have joined")
    ann.sees("Time for your check-in")
    carol.sees("has joined")

    query = await ann.taps("No, thank you", on=old)

    assert "joined already" in ann.notice(query)
    assert "Nothing about you" not in ann.message("Your agreement")["text"]
    assert (await rows.patient(world, ann)).is_active


async def test_unknown_used_and_expired_links_answer_alike(world: World) -> None:
    carol = await world.coordinator()
    ann = await world.patient("Ann", by=carol)
    ann.sees("Time for your check-in")
    used = await world.invited(carol, code="K-1")
    await world.stranger("Ben").says(f"/start {used}")
    world.people[-1].sees("1 of 3")
    expired = await world.invited(carol, code="K-2")
    await ann.taps("No headache today")
    await ann.taps("None of these")
    await world.fast_forward(timedelta(hours=72))
    for text in ("Time for your check-in", "still open"):
        ann.sees_if_any(text)
    sam = world.stranger("Sam")

    texts = []
    for token in (new_token(), used, expired):
        await sam.says(f"/start {token}")
        texts.append(sam.sees(OPENS_NOTHING, "030 5550 0123"))

    assert len(set(texts)) == 1


async def test_opening_the_link_again_goes_on_where_one_was(world: World) -> None:
    carol = await world.coordinator()
    token = await world.invited(carol)
    ann = world.stranger("Ann")
    await ann.says(f"/start {token}")
    ann.sees("1 of 3")
    await ann.says(f"/start {token}")
    ann.sees("1 of 3")
    for label in ("Next", "Next", "I agree"):
        await ann.taps(label)

    await ann.says(f"/start {token}")

    ann.sees("Is it 09:00 where you are?")


async def test_a_restart_in_the_middle_of_joining_loses_nothing(world: World) -> None:
    carol = await world.coordinator()
    token = await world.invited(carol)
    ann = world.stranger("Ann")
    await ann.says(f"/start {token}")

    for label in ("Next", "Next", "I agree", "Yes", "08:00", "Ask me each time"):
        await world.restart()
        await ann.taps(label)

    ann.sees("You have joined", "08:00")
    ann.sees("Time for your check-in")
    carol.sees("has joined", "08:00")


async def test_a_link_is_stored_only_as_its_hash(world: World) -> None:
    carol = await world.coordinator()
    token = await world.invited(carol)
    assert token not in await rows.stored(world)
    assert token_hash(token) in await rows.stored(world)

    await world.stranger("Ann").says(f"/start {token}")

    world.people[-1].sees("1 of 3")
    assert token not in await rows.stored(world)


async def test_who_has_joined_does_not_use_up_another_link(world: World) -> None:
    carol = await world.coordinator()
    ann = await world.patient("Ann", by=carol)
    ann.sees("Time for your check-in")
    token = await world.invited(carol)

    for person in (ann, carol):
        await person.says(f"/start {token}")
        person.sees("You have joined already", "/help")

    ben = world.stranger("Ben")
    await ben.says(f"/start {token}")
    ben.sees("1 of 3")


async def test_a_half_joined_newcomer_is_in_nothing_yet(world: World) -> None:
    carol = await world.coordinator()
    token = await world.invited(carol)
    ann = world.stranger("Ann")
    await ann.says(f"/start {token}")
    ann.sees("1 of 3")

    await world.fast_forward(timedelta(days=2))
    await ann.says("hello?")

    ann.sees("Please use the buttons above", "/start")
    assert await rows.checkins(world, ann) == []


async def test_who_tries_too_many_links_has_to_wait_an_hour(world: World) -> None:
    carol = await world.coordinator()
    token = await world.invited(carol)
    sam = world.stranger()
    for number in range(5):
        await sam.says(f"/start wrong{number}")
        sam.sees(OPENS_NOTHING)

    for word in ("wrong6", token):
        await sam.says(f"/start {word}")
        assert "Please wait an hour" in sam.sees("Too many links that open nothing")
    ben = world.stranger("Ben")
    await ben.says("/start wrong")
    ben.sees(OPENS_NOTHING)
    await world.restart()
    await sam.says(f"/start {token}")
    sam.sees("Too many links")

    await world.fast_forward(timedelta(hours=1, seconds=1))
    await sam.says(f"/start {token}")
    sam.sees("Welcome to Lindenhof Clinic")
