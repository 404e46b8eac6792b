"""A patient who cannot be reached: the team hears of it, once until they return (F44)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.world import Person, World

GONE = "P-001 cannot be reached: the bot is blocked, or the account is gone."


def told(person: Person) -> int:
    """How often somebody was told that Ann is gone."""
    return sum(one["text"].startswith(GONE) for one in person.messages())


async def test_the_team_hears_once_that_a_patient_blocked_the_bot(world: World) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))

    await ann.blocks()
    assert (told(carol), told(dave)) == (1, 1)
    await world.fast_forward(timedelta(days=3))

    assert (told(carol), told(dave)) == (1, 1)


async def test_it_hears_again_when_a_patient_returns_and_goes_once_more(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.blocks()
    await world.fast_forward(timedelta(hours=1))

    await ann.blocks(blocked=False)
    await world.fast_forward(timedelta(hours=1))
    ann.sees_if_any("still open")
    await ann.blocks()

    assert told(carol) == 2


async def test_a_message_that_is_refused_tells_it_too_and_blocking_then_does_not(
    world: World,
) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.taps("Too ill to answer")
    world.control.inject_refusal(
        "Forbidden: user is deactivated", code=403, method="sendMessage", chat_id=ann.id
    )

    await world.fast_forward_to("20:00", days=1)
    carol.sees(GONE)
    await ann.blocks()

    assert told(carol) == 1


async def test_who_has_stopped_may_block_the_bot_in_peace(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.says("/stop")
    await ann.taps("Yes, end them")
    ann.sees("The check-ins have ended")

    await ann.blocks()

    assert told(carol) == 0


async def test_a_colleague_who_blocked_the_bot_hears_nothing(world: World) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await dave.blocks()

    await ann.blocks()

    assert (told(carol), told(dave)) == (1, 0)
