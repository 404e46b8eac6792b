"""Every kind of direct answer while Telegram floods, breaks or falls silent: one answer comes.

Each row says who asks for what; each fault meets the calls that would show the answer. The update
is handled once, its chat goes on, and the answer stands in the chat exactly once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.pending import GIVE_UP_AFTER

if TYPE_CHECKING:
    from tests.world import Person, World

LATER = timedelta(minutes=2)

FAULTS: dict[str, dict[str, Any]] = {
    "told to wait a moment": {"kind": "flood", "retry_after": 1},
    "told to wait, again and again": {"kind": "flood", "retry_after": 20, "times": 3},
    "502": {"kind": "bad_gateway", "times": 4},
    "500": {"kind": "server_error"},
    "not reached, token in doubt": {"kind": "unauthorized"},
}
SILENT = {"kind": "commit_then_hang", "seconds": 0.02}
"""Telegram has done it; its answer never comes."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """Who writes (or taps) what, by which method the answer comes, and a word of it."""

    name: str
    who: str
    does: str
    answer: str
    method: str = "sendMessage"
    is_tapped: bool = False
    is_vital: bool = False


SAID = [
    Row(name="help", who="ann", does="/help", answer="What you can do here"),
    Row(name="today", who="ann", does="/today", answer="Did you have a headache"),
    Row(name="diary", who="ann", does="/diary", answer="Your diary"),
    Row(name="settings", who="ann", does="/settings", answer="Settings"),
    Row(name="alarm", who="ann", does="/alarm", answer="Call 112", is_vital=True),
    Row(
        name="alarm, tapped",
        who="ann",
        does="Something is alarming",
        answer="Call 112",
        is_tapped=True,
        is_vital=True,
    ),
    Row(name="unknown command", who="ann", does="/todya", answer="/today"),
    Row(name="words", who="ann", does="The light was hard today", answer="diary"),
    Row(name="team", who="ann", does="/team", answer="team"),
    Row(name="open", who="carol", does="/open", answer="open"),
    Row(name="patients", who="carol", does="/patients", answer="P-001"),
    Row(
        name="card with a picture",
        who="carol",
        does="/patient P-001",
        answer="P-001",
        method="sendPhoto",
    ),
    Row(name="duty", who="carol", does="/duty", answer="on duty"),
    Row(name="undelivered", who="carol", does="/undelivered", answer="delivered"),
    Row(name="messages", who="carol", does="/messages", answer="messages"),
    Row(name="stranger", who="sam", does="hello", answer="link to join"),
]


async def people(world: World) -> dict[str, Person]:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    everybody = {"carol": carol, "ann": ann, "sam": world.stranger("Sam")}
    for person in everybody.values():
        person.sees_if_any("")
    return everybody


def standing(person: Person) -> set[int]:
    return {one["message_id"] for one in person.messages()}


@pytest.mark.parametrize("fault", [*FAULTS, "silent"])
async def test_who_asks_gets_one_answer(world: World, fault: str) -> None:
    everybody = await people(world)
    wish = FAULTS.get(fault, SILENT)
    for row in SAID:
        person = everybody[row.who]
        before = standing(person)
        world.control.inject_fault(**wish, method=row.method, chat_id=person.id)

        if row.is_tapped:
            await person.taps(row.does)
        else:
            await person.says(row.does)
        await world.fast_forward(LATER)

        is_twice = row.is_vital and fault == "silent"  # better than never
        fresh = standing(person) - before
        assert (row.name, len(fresh)) == (row.name, 2 if is_twice else 1)
        assert row.answer.lower() in person.message("")["text"].lower()
        person.sees_if_any("")
        assert world.simulator.state.faults.coming == ()


@pytest.mark.parametrize("fault", [*FAULTS, "silent", "disconnect"])
async def test_a_tapped_screen_is_redrawn_in_its_place(world: World, fault: str) -> None:
    carol = (await people(world))["carol"]
    await carol.says("/duty")
    carol.sees("on duty")
    before = standing(carol)
    wish = FAULTS.get(fault, SILENT if fault == "silent" else {"kind": fault, "times": 2})
    world.control.inject_fault(**wish, method="editMessageText", chat_id=carol.id)

    await carol.taps("Go off duty")
    await world.fast_forward(LATER)

    assert standing(carol) == before
    assert "○ Carol" in carol.messages()[-1]["text"]


@pytest.mark.parametrize("fault", [*FAULTS, "silent", "disconnect"])
async def test_a_check_in_shows_what_was_tapped(world: World, fault: str) -> None:
    ann = (await people(world))["ann"]
    before = standing(ann)
    wish = FAULTS.get(fault, SILENT if fault == "silent" else {"kind": fault, "times": 2})
    world.control.inject_fault(**wish, method="editMessageText", chat_id=ann.id)

    await ann.taps("Yes, a headache")
    await world.fast_forward(LATER)

    assert standing(ann) == before
    assert "How bad was the pain" in ann.messages()[-1]["text"]


async def test_an_alarm_does_not_wait_behind_an_answer_that_must_wait(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.says("/alarm")
    world.control.inject_fault("flood", method="sendMessage", chat_id=ann.id, retry_after=300)
    await ann.says("/help")

    await ann.taps("It is an emergency")

    carol.sees("EMERGENCY", ann.code)
    await world.fast_forward(timedelta(minutes=6))
    ann.sees("What you can do here")
    for person in (ann, carol):
        person.sees_if_any("")


async def test_answers_that_waited_come_in_the_order_of_the_questions(world: World) -> None:
    carol = (await people(world))["carol"]
    before = standing(carol)
    world.control.inject_fault("flood", method="sendMessage", chat_id=carol.id, retry_after=60)

    await carol.says("/open")
    await carol.says("/duty")
    await carol.says("/patients")
    assert standing(carol) == before
    await world.fast_forward(LATER)

    fresh = [one for one in carol.messages() if one["message_id"] not in before]
    assert ["on duty" in one["text"] for one in fresh] == [False, True, False]
    assert "P-001" in fresh[2]["text"]
    for _ in fresh:
        carol.sees("")


async def test_an_answer_too_late_to_mean_anything_is_given_up(world: World) -> None:
    sam = world.stranger("Sam")
    world.control.inject_fault(
        "flood", method="sendMessage", chat_id=sam.id, retry_after=4000, times=2
    )

    await sam.says("hello")
    await world.fast_forward(2 * GIVE_UP_AFTER + timedelta(hours=1))

    sam.sees_nothing_more()
    world.expect_complaint("reply_failed")


async def test_who_blocks_the_bot_while_it_answers_is_no_trouble(world: World) -> None:
    ann = (await people(world))["ann"]
    world.control.inject_refusal(
        "Forbidden: bot was blocked by the user", code=403, method="sendMessage", chat_id=ann.id
    )

    await ann.says("/help")
    await world.fast_forward(LATER)

    ann.sees_nothing_more()


async def test_a_lost_answer_to_a_tap_does_not_fail_the_tap(world: World) -> None:
    ann = (await people(world))["ann"]
    world.control.inject_fault("flood", method="answerCallbackQuery", retry_after=60)

    await ann.taps("Yes, a headache")

    ann.sees("How bad was the pain")


async def test_a_card_whose_picture_is_wrong_goes_on_as_words(world: World) -> None:
    carol = (await people(world))["carol"]
    world.control.inject_refusal(
        "Bad Request: can't parse entities: unclosed start tag", method="sendPhoto"
    )

    await carol.says("/patient P-001")

    assert carol.sees("P-001").count("<") == 0
