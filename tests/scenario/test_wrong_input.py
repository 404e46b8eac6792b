"""Words where a tap is expected, old buttons, other people's chats: each has an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from care.questions import Item
from tests.scenario import rows
from tests.world import opened

if TYPE_CHECKING:
    from tests.world import World

NOBODY_READS = "Nobody reads what is written here"


@pytest.mark.parametrize(
    "text",
    ["I have a terrible headache", "7", "</b> <script>&lt; 🙂", "x" * 4096],
    ids=["words", "a number", "markup", "very long"],
)
async def test_words_where_a_tap_is_expected_change_no_answer(world: World, text: str) -> None:
    _, ann = await world.joined("Ann", coordinators=("Carol",))

    await ann.says(text)

    ann.sees(NOBODY_READS, "030 5550 0123", "112")
    assert "⚠ Something is alarming" in ann.labels()
    assert await rows.answers(world, ann) == {}


@pytest.mark.parametrize(("text", "kind"), [("", "sticker"), ("look", "photo"), ("", "voice")])
async def test_what_is_no_text_gets_a_kind_answer_and_is_not_stored(
    world: World, text: str, kind: str
) -> None:
    _, ann = await world.joined("Ann", coordinators=("Carol",))
    before = await rows.stored(world, besides=("inbox", "heartbeats"))

    await ann.says(text, kind=kind)

    ann.sees("I can only keep written words here", NOBODY_READS, "030 5550 0123", "112")
    assert ann.labels() == ["⚠ Something is alarming"]
    assert await rows.stored(world, besides=("inbox", "heartbeats")) == before


async def test_words_of_a_coordinator_are_answered_with_the_way_to_help(world: World) -> None:
    carol = await world.coordinator()

    for kind in ("text", "sticker", "photo", "voice"):
        await carol.says("Who is on call?" if kind == "text" else "", kind=kind)
        carol.sees("I only know commands and buttons. /help shows them.")


async def test_an_unknown_command_is_answered_in_one_sentence(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    sam = world.stranger("Sam")

    for person in (carol, ann, sam):
        await person.says("/nonsense")

    ann.sees("I do not know this command. /help shows what there is.")
    carol.sees("I do not know this command. /help shows what there is.")
    sam.sees("This chat is for patients of a clinic")


async def test_a_command_of_others_is_answered_as_one_that_does_not_exist(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))

    await ann.says("/open")
    await carol.says("/today")
    await carol.says("/alarm")

    ann.sees("I do not know this command")
    carol.sees("I do not know this command")
    carol.sees("I do not know this command")


async def test_an_alarm_while_joining_says_whom_to_call(world: World) -> None:
    carol = await world.coordinator()
    token = await world.invited(carol)
    ann = world.stranger("Ann")
    await ann.says(f"/start {token}")
    ann.sees("1 of 3")

    await ann.says("/alarm")

    ann.sees("In an emergency call 112 now", "nobody is told of this", "030 5550 0123")


async def test_a_command_while_joining_points_to_the_buttons(world: World) -> None:
    carol = await world.coordinator()
    token = await world.invited(carol)
    ann = world.stranger("Ann")
    await ann.says(f"/start {token}")
    ann.sees("1 of 3")

    for text in ("/today", "/infusions", "/open", "/nonsense", "What now?"):
        await ann.says(text)
        ann.sees("Please use the buttons above; /start shows them again.")


async def test_a_tap_on_an_old_invite_of_who_has_joined_is_refused(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    old = carol.message("New patient P-001")["message_id"]

    query = await carol.taps("English", on=old)

    assert "This code belongs to a patient who has joined" in carol.notice(query)
    ann.sees_nothing_more()


async def test_a_tap_on_a_message_that_is_gone_is_answered_by_a_new_one(world: World) -> None:
    _, ann = await world.joined("Ann", coordinators=("Carol",))
    checkin = (await rows.checkins(world, ann))[0].id

    await ann.forges(f"a:{checkin}:hd:yes", on=4711)

    ann.sees("✓ Headache", "How bad was the pain")
    await ann.taps("3")
    ann.sees("✓ Worst pain: 3 of 10")


async def test_a_name_that_looks_like_markup_stays_a_name(world: World) -> None:
    carol = await world.coordinator("<b>Carol</b> & <Co>")
    ann = await world.patient("Ann", by=carol)
    ann.sees("Time for your check-in")
    await ann.taps("Yes, a headache")
    await ann.taps("10")
    ann.sees("Your answer goes to your care team")
    ann.sees("Your care team has been told")

    await carol.taps("Take")

    carol.sees("<b>Carol</b> & <Co>")
    ann.sees_if_any("coordinator")


async def test_a_clinics_name_that_looks_like_markup_stays_a_name(database: str) -> None:
    async with opened(database, clinic_name="Smith & Sons <3") as world:
        carol = world.stranger("Carol")
        await carol.says("/start")
        carol.sees("This chat is for patients of a clinic")
        ben = await world.coordinator("Ben")
        token = await world.invited(ben)
        await carol.says(f"/start {token}")
        carol.sees("Welcome to Smith & Sons <3.")


def has_left(world: World, group: int) -> bool:
    calls = [one for one in world.control.calls if one.method == "leaveChat" and one.ok]
    return [one.params["chat_id"] for one in calls] == [group]


async def test_a_stranger_who_puts_the_bot_into_a_group_reads_one_sentence(world: World) -> None:
    sam, tom = world.stranger("Sam"), world.stranger("Tom")

    group = world.control.create_group("Migraine friends", [sam.id, tom.id])
    await world.settle()

    said = world.control.transcript(group, user_id=sam.id)["messages"]
    texts = [one["text"] for one in said if one["from"]["is_bot"]]
    assert texts[0] == "This bot only speaks in private chats, so it leaves this group."
    assert len(texts) == 2
    assert has_left(world, group)


async def test_a_group_in_which_the_bot_may_not_write_is_left_all_the_same(world: World) -> None:
    sam = world.stranger("Sam")
    world.control.inject_fault("bad_gateway", method="sendMessage", times=3)

    group = world.control.create_group("Migraine friends", [sam.id])
    await world.settle()

    assert has_left(world, group)
    world.control.clear_faults()


async def test_a_tap_whose_screen_cannot_be_redrawn_is_saved_and_the_screen_follows(
    world: World,
) -> None:
    _, ann = await world.joined("Ann", coordinators=("Carol",))
    world.control.inject_fault("bad_gateway", method="editMessageText")

    await ann.taps("Yes, a headache")

    ann.sees("✓ Headache", "How bad was the pain")
    assert (await rows.answers(world, ann))[Item.HEADACHE] == ("yes",)


async def test_a_tap_whose_answer_fails_is_saved_and_shown(world: World) -> None:
    _, ann = await world.joined("Ann", coordinators=("Carol",))
    world.control.inject_fault("bad_gateway", method="answerCallbackQuery")

    await ann.taps("Yes, a headache")

    ann.sees("✓ Headache", "How bad was the pain")
