"""Nobody reachable is found before anything must be told, without disturbing anybody (F44)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from care.people import Address
from tests.scenario.test_group import gathered
from tests.scenario.test_operating import operator

if TYPE_CHECKING:
    from tests.world import Person, World

LOST = "Dave cannot be reached"


def blocks_unheard(world: World, person: Person, *, blocked: bool = True) -> None:
    """Block the bot, or let it in again, of which no update comes: Telegram forgets them."""
    world.simulator.state.people.need(person.id).blocked = blocked


def told(person: Person, words: str = LOST) -> int:
    return sum(words in one["text"] for one in person.messages())


async def is_reachable(world: World, person: Person) -> bool:
    async with world.uow() as uow:
        found = await uow.people.coordinator_at(Address(person.id))
    assert found is not None
    return found.is_reachable


def seen(*people: Person) -> None:
    for person in people:
        person.sees_if_any("")


async def test_a_colleague_who_is_gone_is_found_in_the_morning_and_told_of_once(
    world: World,
) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    olga = await operator(world)
    await ann.taps("Too ill to answer")
    blocks_unheard(world, dave)
    await world.settle()
    assert await is_reachable(world, dave)

    await world.fast_forward_to("07:05")

    assert (told(olga), told(carol), told(dave)) == (1, 1, 0)
    assert not await is_reachable(world, dave)
    await world.fast_forward(timedelta(days=2))
    assert (told(olga), told(carol)) == (1, 1)
    seen(olga, carol, ann)


async def test_who_unblocks_the_bot_is_found_again_and_may_be_lost_again(world: World) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await ann.taps("Too ill to answer")
    blocks_unheard(world, dave)
    await world.fast_forward_to("07:05")
    assert not await is_reachable(world, dave)

    blocks_unheard(world, dave, blocked=False)
    await world.fast_forward_to("07:05")

    assert await is_reachable(world, dave)
    blocks_unheard(world, dave)
    await world.fast_forward_to("07:05")
    assert told(carol) == 2
    seen(carol, ann)


async def test_a_start_looks_for_the_team_at_once(world: World) -> None:
    carol, dave, _ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    olga = await operator(world)
    blocks_unheard(world, dave)
    blocks_unheard(world, carol)
    await world.fast_forward(timedelta(minutes=1))

    await world.restart()
    await world.fast_forward(timedelta(minutes=2))

    assert told(olga, "No coordinator can be reached") == 1
    seen(olga)


async def test_a_patient_is_asked_to_call_at_once_where_nobody_can_be_reached(
    world: World,
) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    blocks_unheard(world, carol)
    await world.fast_forward_to("07:05")
    seen(ann)
    pages = [one for one in world.control.calls if one.params.get("chat_id") == carol.id]

    await ann.alarms()

    ann.sees("Call 112 now")
    ann.sees("We could not reach your care team", "030 5550 0123")
    assert pages == [one for one in world.control.calls if one.params.get("chat_id") == carol.id]


async def test_what_waits_for_the_opening_says_at_once_that_nobody_will_hear_of_it(
    world: World,
) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.taps("Too ill to answer")
    await carol.blocks()
    await world.fast_forward_to("19:40", days=1)

    await ann.taps("Yes, a headache")
    await ann.taps("10")

    ann.sees("We could not reach your care team", "030 5550 0123")
    seen(ann)


async def test_nobody_sees_that_they_are_looked_for(world: World) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await ann.taps("Too ill to answer")
    since = len(world.control.calls)

    await world.fast_forward_to("07:05")

    asked = [one for one in list(world.control.calls)[since:] if one.method == "sendChatAction"]
    assert {one.params["chat_id"] for one in asked} == {carol.id, dave.id}
    assert len(asked) == 2
    seen(ann)


async def test_what_telegram_does_not_answer_changes_nothing(world: World) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await ann.taps("Too ill to answer")
    world.control.inject_fault("flood", method="sendChatAction", chat_id=carol.id, retry_after=60)
    world.control.inject_fault("bad_gateway", method="sendChatAction", chat_id=dave.id, times=3)

    await world.fast_forward_to("07:05")

    assert await is_reachable(world, carol)
    assert await is_reachable(world, dave)
    seen(ann)


async def test_a_group_without_the_bot_is_found_in_the_morning(world: World) -> None:
    group, carol, ann = await gathered(world)
    await ann.taps("Too ill to answer")
    chat = world.simulator.state.chats.need(group.id)
    chat.bot_status = "kicked"

    await world.fast_forward_to("07:05")
    carol.sees("The care team's group cannot be written to")

    chat.bot_status = "member"
    await world.fast_forward_to("07:05")
    async with world.uow() as uow:
        current = await uow.groups.current()
    assert current is not None
    assert current.lost_at is None
    seen(ann)
