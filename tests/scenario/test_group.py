"""The care team's group: told by code and tier, edited in place, moved, lost and found (F43)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.world import Person, World

TOLD = "EMERGENCY · P-001 · E-1"


class Group:
    """What stands in a group of the simulator."""

    def __init__(self, world: World, chat_id: int) -> None:
        self._world = world
        self.id = chat_id

    def messages(self) -> list[dict[str, Any]]:
        """What the bot wrote there, oldest first."""
        found = self._world.control.transcript(self.id)["messages"]
        return [
            one
            for one in found
            if one["from"]["is_bot"] and not one["deleted"] and one["kind"] == "text"
        ]

    def texts(self) -> list[str]:
        return [one["text"] for one in self.messages()]


async def gathered(world: World) -> tuple[Group, Person, Person]:
    """Carol, Ann, and the team's group, whose id the operator has set."""
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await world.stop_bot()
    chat_id = world.control.create_group("Care team", [carol.id])
    await world.restart(care_team_chat_id=chat_id)
    await world.settle()
    return Group(world, chat_id), carol, ann


async def alarms(ann: Person) -> None:
    await ann.alarms()
    ann.sees("Call 112 now")


async def test_an_escalation_is_told_once_and_edited_as_it_goes_on(world: World) -> None:
    group, carol, ann = await gathered(world)
    assert group.texts() == []

    await alarms(ann)
    ann.sees("Your care team has been told")
    carol.sees("EMERGENCY")
    [text] = group.texts()
    assert text.startswith(f"🔴 {TOLD}\nSince Mon 2 Mar, 09:00\nNobody has taken it yet.")
    await world.fast_forward(timedelta(minutes=5))
    carol.sees("repeat 2")
    assert "Paged 2 times." in group.texts()[0]

    await carol.taps("Take")
    ann.sees("A coordinator has seen your report")
    [text] = group.texts()
    assert text.startswith(f"🔵 {TOLD}")
    assert "Somebody has taken it; still to be closed." in text
    await carol.taps("Close")
    await carol.taps("Spoke with the patient")

    [text] = group.texts()
    assert text.startswith(f"✅ {TOLD}")
    assert "Closed." in text
    for person in (ann, carol):
        person.sees_if_any("")


async def test_the_group_is_told_too_where_nobody_can_be_reached(world: World) -> None:  # R-TRI-7
    group, carol, ann = await gathered(world)
    await carol.blocks()

    await alarms(ann)

    ann.sees("We could not reach your care team. Please call.")
    [text] = group.texts()
    assert text == f"🔴 {TOLD}\nSince Mon 2 Mar, 09:00\nNobody has taken it yet."


async def test_nothing_of_a_patient_but_the_code_is_in_the_group(world: World) -> None:
    group, carol, ann = await gathered(world)

    await ann.taps("Yes, a headache")
    await ann.taps("10")
    ann.sees_if_any("Your care team has been told")
    carol.sees("URGENT", "Worst pain 10 of 10")
    await ann.says("My name is Ann Example")
    for person in (ann, carol):
        person.sees_if_any("")

    [message] = group.messages()
    assert "URGENT · P-001" in message["text"]
    for secret in ("Ann", "Carol", "10", "pain", "Example"):
        assert secret not in message["text"]


async def test_details_are_a_tap_away_in_a_private_chat(world: World) -> None:
    group, carol, ann = await gathered(world)
    await alarms(ann)
    ann.sees("Your care team has been told")
    carol.sees("EMERGENCY")
    [message] = group.messages()
    [[details]] = message["keyboard"]
    link, start = details["url"].split("?start=")
    assert (details["text"], link) == (
        "Details, in private",
        f"https://t.me/{world.simulator.username}",
    )

    await carol.says(f"/start {start}")

    carol.sees("EMERGENCY", ann.code, "Nobody has taken it yet")
    await carol.taps("Take")
    ann.sees("A coordinator has seen your report")


async def test_the_link_to_details_says_nothing_to_others(world: World) -> None:
    _group, carol, ann = await gathered(world)
    await alarms(ann)
    ann.sees("Your care team has been told")
    carol.sees("EMERGENCY")

    await ann.says("/start e1")
    await carol.says("/start e99")

    ann.sees("I do not know this command")
    carol.sees("no longer does anything")


async def test_the_team_may_talk_in_its_group_and_the_bot_stays(world: World) -> None:
    group, carol, ann = await gathered(world)

    for words in ("Lunch?", "/open", "/open@RespiteDemoBot"):
        world.control.send(carol.id, words, chat_id=group.id)
    await world.settle()

    assert group.texts() == []
    await alarms(ann)
    assert len(group.texts()) == 1
    for person in (ann, carol):
        person.sees_if_any("")


async def test_another_group_is_left(world: World) -> None:
    _group, carol, _ann = await gathered(world)

    other = Group(world, world.control.create_group("Not ours", [carol.id]))
    await world.settle()

    assert len(other.texts()) == 1
    assert "leaveChat" in [call.method for call in world.control.calls]


async def test_a_group_that_gets_another_id_is_followed_over_restarts(world: World) -> None:
    group, carol, ann = await gathered(world)
    new = Group(world, world.control.migrate_group(group.id))
    await world.settle()
    await world.restart()

    await alarms(ann)

    assert TOLD in new.texts()[0]
    await carol.taps("Take")
    assert [text[:1] for text in new.texts()] == ["🔵"]
    for person in (ann, carol):
        person.sees_if_any("")


async def test_a_move_that_telegram_tells_when_we_write_sends_the_message_again(
    world: World,
) -> None:
    group, carol, ann = await gathered(world)
    world.control.inject_fault("migrate", method="sendMessage", chat_id=group.id)

    await alarms(ann)

    [chat] = world.control.state()["groups"]
    new = Group(world, chat["chat_id"])
    assert new.id != group.id
    assert [TOLD in text for text in new.texts()] == [True]
    await world.restart()
    await world.fast_forward(timedelta(minutes=5))
    assert "Paged 2 times." in new.texts()[0]
    for person in (ann, carol):
        person.sees_if_any("")


async def test_an_older_message_of_a_group_that_moved_is_sent_anew(world: World) -> None:
    group, carol, ann = await gathered(world)
    await alarms(ann)
    new = Group(world, world.control.migrate_group(group.id))
    await world.settle()

    await carol.taps("Take")

    assert [text[:1] for text in new.texts()] == ["🔵"]
    await carol.taps("Close")
    await carol.taps("Spoke with the patient")
    assert [text[:1] for text in new.texts()] == ["✅"]
    for person in (ann, carol):
        person.sees_if_any("")


async def test_a_bot_put_out_of_the_group_tells_the_team_once_and_pages_go_on(
    world: World,
) -> None:
    group, carol, ann = await gathered(world)
    world.control.remove_bot(group.id)
    await world.settle()
    await world.fast_forward(timedelta(minutes=2))
    carol.sees("The care team's group cannot be written to since 2026-03-02 08:00 UTC.")

    await alarms(ann)
    carol.sees("EMERGENCY")
    ann.sees("Your care team has been told")
    await world.fast_forward(timedelta(minutes=3))

    assert group.texts() == []
    carol.sees_nothing_more()
    refused = [call for call in world.control.calls if call.ok is False]
    assert refused == []


async def test_a_group_found_gone_when_we_write_is_noticed(world: World) -> None:
    group, carol, ann = await gathered(world)
    world.control.inject_refusal(
        "Bad Request: chat not found", method="sendMessage", chat_id=group.id
    )

    await alarms(ann)
    await world.fast_forward(timedelta(minutes=2))

    carol.sees("EMERGENCY")
    carol.sees("The care team's group cannot be written to")
    ann.sees("Your care team has been told")
    assert group.texts() == []


async def test_without_the_setting_the_group_is_forgotten(world: World) -> None:
    group, carol, ann = await gathered(world)
    await world.restart(care_team_chat_id=None)

    await alarms(ann)

    carol.sees("EMERGENCY")
    ann.sees("Your care team has been told")
    assert group.texts() == []


async def test_a_new_setting_wins_over_what_was_remembered(world: World) -> None:
    group, carol, ann = await gathered(world)
    await world.stop_bot()
    other = Group(world, world.control.create_group("New team", [carol.id]))
    await world.restart(care_team_chat_id=other.id)

    await alarms(ann)

    assert (len(group.texts()), len(other.texts())) == (0, 1)
    for person in (ann, carol):
        person.sees_if_any("")
