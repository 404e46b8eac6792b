"""Pages and Telegram's moods: at least once, marked as repeats, never zero times."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from care.people import Address

if TYPE_CHECKING:
    from tests.world import Person, World


async def alarms(patient: Person) -> None:
    await patient.alarms()
    patient.sees("Call 112 now")


def fails(world: World, person: Person, kind: str, **how: Any) -> None:
    """Let the next messages to a person fail."""
    world.control.inject_fault(kind, method="sendMessage", chat_id=person.id, **how)


async def test_a_coordinator_who_blocked_the_bot_is_passed_over_at_once(world: World) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    fails(world, carol, "blocked")

    await alarms(ann)

    dave.sees("EMERGENCY", ann.code)
    dave.sees("Carol cannot be reached")
    ann.sees("Your care team has been told")


async def test_a_coordinator_known_to_be_away_is_not_rung(world: World) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await carol.blocks()

    await alarms(ann)

    assert "repeat" not in dave.sees("EMERGENCY", ann.code)
    ann.sees("Your care team has been told")


async def test_a_coordinator_whose_chat_is_gone_is_passed_over_until_they_start_again(
    world: World,
) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await moves_away(world, carol)

    await alarms(ann)

    dave.sees("EMERGENCY", ann.code)
    dave.sees("Carol cannot be reached")
    ann.sees("Your care team has been told")
    await moves_back(world, carol)
    await carol.says("/start")
    carol.sees("Coordinator of Lindenhof Clinic")
    await world.fast_forward(timedelta(minutes=5))
    carol.sees("EMERGENCY", ann.code)
    dave.sees("EMERGENCY", "repeat 3")


async def moves_away(world: World, coordinator: Person) -> None:
    """Point their row at a chat that does not exist."""
    await _address(world, Address(coordinator.id), Address(999_000_111))


async def moves_back(world: World, coordinator: Person) -> None:
    await _address(world, Address(999_000_111), Address(coordinator.id))


async def _address(world: World, old: Address, new: Address) -> None:
    async with world.uow(is_reading=False) as uow:
        found = await uow.people.coordinator_at(old)
        assert found is not None
        await uow.people.save_coordinator(replace(found, address=new))
        await uow.commit()


async def test_where_telegram_refuses_every_page_the_patient_is_told_to_call(
    world: World,
) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    world.control.inject_refusal(
        "Bad Request: have no rights to send a message",
        method="sendMessage",
        chat_id=carol.id,
        times=4,
    )

    await alarms(ann)

    ann.sees("We could not reach your care team. Please call.")
    assert len(refused(world, carol)) == 4
    await world.fast_forward(timedelta(minutes=4))
    assert len(refused(world, carol)) == 4
    await world.fast_forward(timedelta(minutes=1))
    carol.sees("EMERGENCY", ann.code)
    ann.sees("Your care team has been told")


async def test_a_page_that_is_too_long_comes_plain_and_short(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await is_known_as(world, ann, "K" * 5000)

    await alarms(ann)

    text = carol.sees("EMERGENCY", "KKK", "…")
    assert len(text) <= 4096
    ann.sees("Your care team has been told")
    assert "Take" in carol.labels()


async def is_known_as(world: World, patient: Person, code: str) -> None:
    """Give a patient a code, however long."""
    async with world.uow(is_reading=False) as uow:
        found = await uow.people.patient_at(Address(patient.id))
        assert found is not None
        await uow.people.save_patient(replace(found, code=code))
        await uow.commit()


def refused(world: World, person: Person) -> list[Any]:
    """The messages to a person that Telegram did not take."""
    return [one for one in world.control.calls if not one.ok and to(one) == str(person.id)]


def to(call: Any) -> str:
    return str(call.params.get("chat_id"))


async def test_with_nobody_to_reach_the_patient_is_told_to_call(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await carol.blocks()

    await alarms(ann)

    ann.sees("We could not reach your care team. Please call.", "030 5550 0123", "112")
    await world.fast_forward(timedelta(minutes=15))
    ann.sees_nothing_more()


async def test_a_coordinator_who_comes_back_is_rung_and_the_patient_told(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await carol.blocks()
    await alarms(ann)
    ann.sees("We could not reach your care team")

    await carol.blocks(blocked=False)
    await world.fast_forward(timedelta(minutes=5))

    carol.sees("EMERGENCY", ann.code)
    ann.sees("Your care team has been told", "Mon 2 Mar, 09:05")


async def test_a_page_that_may_have_come_rings_again_marked_as_a_repeat(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    fails(world, carol, "commit_then_hang", seconds=0.05)
    await alarms(ann)
    assert "repeat" not in carol.sees("EMERGENCY", ann.code)
    ann.sees_nothing_more()

    await world.fast_forward(timedelta(seconds=10))

    carol.sees("EMERGENCY", ann.code, "repeat 2")
    ann.sees("Your care team has been told")


@pytest.mark.parametrize("fault", ["bad_gateway", "server_error", "disconnect"])
async def test_a_page_that_got_lost_rings_again_and_only_then_the_patient_is_told(
    world: World, fault: str
) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    fails(world, carol, fault, times=3)
    await alarms(ann)
    ann.sees_nothing_more()

    await world.fast_forward(timedelta(minutes=1))

    carol.sees("EMERGENCY", ann.code)
    ann.sees("Your care team has been told")


async def test_a_page_into_a_flood_limit_waits_and_arrives(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    fails(world, carol, "flood", retry_after=20)
    await alarms(ann)
    await world.fast_forward(timedelta(seconds=19))
    ann.sees_nothing_more()
    carol.sees_nothing_more()

    await world.fast_forward(timedelta(seconds=1))

    assert "repeat" not in carol.sees("EMERGENCY", ann.code)
    ann.sees("Your care team has been told")


async def test_a_flooded_coordinator_does_not_hold_up_the_ladder(world: World) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    fails(world, carol, "flood", retry_after=600)
    await alarms(ann)

    await world.fast_forward(timedelta(minutes=5))

    dave.sees("EMERGENCY", ann.code)
    ann.sees("Your care team has been told")
    await dave.taps("Take")
    ann.sees("A coordinator has seen your report")
    await world.fast_forward(timedelta(minutes=20))
    carol.sees_nothing_more()


@pytest.mark.parametrize("fault", ["bad_gateway", "disconnect", "flood"])
async def test_the_emergency_words_survive_a_failed_send(world: World, fault: str) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.taps("Something is alarming")
    fails(world, ann, fault)

    query = await ann.taps("It is an emergency")
    await world.fast_forward(timedelta(seconds=10))

    assert "Call 112 now" in ann.notice(query)
    ann.sees("Call 112 now")
    ann.sees("Your care team has been told")
    carol.sees("EMERGENCY")


async def test_an_edit_that_fails_is_made_again(world: World) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await alarms(ann)
    ann.sees("Your care team has been told")
    await world.fast_forward(timedelta(minutes=5))
    carol.sees("EMERGENCY")
    carol.sees("repeat 2")
    world.control.inject_fault("bad_gateway", method="editMessageText", chat_id=carol.id, times=4)

    await dave.taps("Take")
    await world.fast_forward(timedelta(minutes=1))

    ann.sees("A coordinator has seen your report")
    dave.sees("Taken by Dave")
    assert all("Taken by Dave" in one["text"] for one in carol.messages() if "E-1" in one["text"])


async def test_a_bot_that_ends_between_sending_and_noting_rings_again(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    fails(world, carol, "commit_then_hang", seconds=60)
    await ann.alarms(settle=False)
    await world.handle()
    await world.dies_once_it_wrote_to(carol)
    carol.sees("EMERGENCY", ann.code)
    ann.sees("Call 112 now")

    await world.fast_forward(timedelta(minutes=1))

    carol.sees("EMERGENCY", "repeat 2")
    ann.sees_if_any("Call 112 now")
    ann.sees("Your care team has been told")


async def test_pages_missed_while_the_bot_was_away_ring_as_one(world: World) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await alarms(ann)
    ann.sees("Your care team has been told")
    carol.sees("EMERGENCY")
    await world.stop_bot()
    await world.fast_forward(timedelta(minutes=20))

    await world.start_bot()
    await world.settle()

    carol.sees("EMERGENCY", "repeat 2")
    dave.sees("EMERGENCY", ann.code)
    await world.fast_forward_to("09:30")
    carol.sees("repeat 3")
    dave.sees("repeat 3")


async def test_what_is_taken_stays_taken_over_a_restart(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await alarms(ann)
    ann.sees("Your care team has been told")
    await carol.taps("Take")
    ann.sees("A coordinator has seen your report")
    await world.stop_bot()
    await world.fast_forward(timedelta(minutes=30))
    await world.start_bot()
    await world.settle()
    carol.sees_nothing_more()

    await world.fast_forward(timedelta(minutes=30))

    carol.sees("Still with Carol, since Mon 2 Mar, 09:00. Is it done?")
