"""Promises on their way: once each, whatever Telegram answers (telegram facts, 4)."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from care.lifecycle import CheckInState
from care.people import Address

if TYPE_CHECKING:
    from tests.world import Person, World

CHECKIN = "Time for your check-in"
FREE = ("No headache today", "None of these")


def fails(world: World, person: Person, kind: str, **how: Any) -> None:
    """Let the next messages to a person fail."""
    world.control.inject_fault(kind, method="sendMessage", chat_id=person.id, **how)


async def evening(world: World, *, days: int = 0) -> None:
    """To tomorrow evening, or so many days later."""
    await world.fast_forward_to("00:00")
    await world.fast_forward_to("20:00", days=days)


async def answers(person: Person) -> None:
    for label in FREE:
        await person.taps(label)


def asked(person: Person) -> int:
    """How many check-ins stand in a chat as they came."""
    return sum(one["text"].startswith(CHECKIN) for one in person.messages())


async def states(world: World, person: Person) -> list[CheckInState]:
    """What became of every check-in so far, by date."""
    async with world.uow() as uow:
        patient = await uow.people.patient_at(Address(person.id))
        assert patient is not None
        today = world.now().date()
        found = await uow.checkins.between(patient.id, today - timedelta(days=30), today)
    return [one.state for one in found]


async def test_a_check_in_comes_once_although_the_ticks_run_side_by_side(world: World) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await answers(ann)
    world.clock.move_to(world.clock.now() + timedelta(days=1, hours=10, minutes=30))

    await asyncio.gather(*(world.respite.run_due() for _ in range(3)))
    await world.settle()

    ann.sees(CHECKIN, "Tuesday 3 March")
    ann.sees_nothing_more()


async def test_a_page_comes_once_although_the_ticks_run_side_by_side(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.alarms(settle=False)
    await world.handle()

    await asyncio.gather(*(world.respite.run_due() for _ in range(3)))
    await world.settle()

    carol.sees("EMERGENCY")
    ann.sees("Call 112 now")
    ann.sees("Your care team has been told")


async def test_a_check_in_into_a_flood_limit_waits_and_arrives(world: World) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await answers(ann)
    fails(world, ann, "flood", retry_after=3600)

    await evening(world)
    ann.sees_nothing_more()
    await world.fast_forward_to("20:30")

    ann.sees(CHECKIN, "Tuesday 3 March")


async def test_a_check_in_held_up_until_its_day_is_over_is_not_sent(world: World) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await answers(ann)
    fails(world, ann, "flood", retry_after=6 * 3600)

    await world.fast_forward_to("12:00", days=2)

    ann.sees_nothing_more()
    assert await states(world, ann) == [CheckInState.COMPLETED, CheckInState.UNDELIVERED]


@pytest.mark.parametrize("fault", ["bad_gateway", "server_error", "disconnect"])
async def test_a_check_in_that_may_have_come_is_not_sent_again(world: World, fault: str) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await answers(ann)
    fails(world, ann, fault)

    await evening(world)

    ann.sees_nothing_more()
    assert await states(world, ann) == [CheckInState.COMPLETED, CheckInState.UNDELIVERED]
    await evening(world)
    ann.sees(CHECKIN, "Wednesday 4 March")


async def test_a_check_in_that_did_come_after_all_is_answered_by_a_tap(world: World) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await answers(ann)
    fails(world, ann, "commit_then_hang", seconds=0.05)
    await evening(world)
    ann.sees(CHECKIN, "Tuesday 3 March")
    assert (await states(world, ann))[-1] is CheckInState.UNDELIVERED

    await answers(ann)

    ann.sees("Saved. That is all for today.")
    assert await states(world, ann) == [CheckInState.COMPLETED] * 2
    assert asked(ann) == 0


async def test_a_bot_that_ends_after_sending_a_check_in_does_not_send_it_again(
    world: World,
) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await answers(ann)
    fails(world, ann, "commit_then_hang", seconds=60)
    world.clock.move_to(world.clock.now() + timedelta(days=1, hours=10, minutes=30))

    await world.dies_once_it_wrote_to(ann)
    await world.fast_forward(timedelta(minutes=5))

    assert asked(ann) == 1
    ann.sees(CHECKIN, "Tuesday 3 March")
    await answers(ann)
    ann.sees("Saved. That is all for today.")


async def test_check_ins_pause_for_a_patient_who_blocked_the_bot(world: World) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await answers(ann)
    fails(world, ann, "blocked")
    await evening(world, days=2)
    assert asked(ann) == 0

    await ann.blocks()
    await ann.blocks(blocked=False)
    await world.fast_forward(timedelta(days=1))

    ann.sees(CHECKIN)
    assert await states(world, ann) == [
        CheckInState.COMPLETED,
        *[CheckInState.UNDELIVERED] * 3,
        CheckInState.OPEN,
    ]


async def test_check_ins_go_on_when_a_patient_whose_chat_was_gone_starts_again(
    world: World,
) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await answers(ann)
    await is_reached_at(world, Address(ann.id), Address(999_000_111))
    await evening(world)
    carol.sees("cannot be reached")
    await is_reached_at(world, Address(999_000_111), Address(ann.id))
    await evening(world)
    assert asked(ann) == 0

    await ann.says("/start")
    ann.sees("What you can do here")
    await evening(world)

    ann.sees(CHECKIN, "Thursday 5 March")


async def is_reached_at(world: World, old: Address, new: Address) -> None:
    """Point a patient's row at another chat."""
    async with world.uow(is_reading=False) as uow:
        found = await uow.people.patient_at(old)
        assert found is not None
        await uow.people.save_patient(replace(found, address=new))
        await uow.commit()


async def test_while_the_token_is_refused_promises_wait(world: World) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await answers(ann)
    fails(world, ann, "unauthorized", times=3)
    await world.fast_forward_to("19:30", days=1)
    ann.sees_nothing_more()

    await world.fast_forward(timedelta(minutes=3))

    ann.sees(CHECKIN, "Tuesday 3 March")


async def test_one_patients_trouble_does_not_hold_up_another(world: World) -> None:
    _carol, ann, ben = await world.joined("Ann", "Ben", coordinators=("Carol",))
    await answers(ann)
    await answers(ben)
    fails(world, ann, "flood", retry_after=3600)

    await world.fast_forward_to("19:30", days=1)

    ben.sees(CHECKIN, "Tuesday 3 March")
    await world.fast_forward_to("20:30")
    ann.sees(CHECKIN, "Tuesday 3 March")


async def test_pages_go_before_routine_messages_when_sending_is_slow(world: World) -> None:
    carol, *patients = await world.joined("Ann", "Ben", "Cleo", coordinators=("Carol",))
    for person in patients:
        await answers(person)
    await world.restart(messages_per_second=1)
    await patients[-1].taps("Something is alarming")
    world.clock.move_to(world.clock.now() + timedelta(days=1, hours=10, minutes=30))
    await patients[-1].taps("It is an emergency", settle=False)

    await world.fast_forward(timedelta(seconds=10))

    for person in patients[:-1]:
        person.sees(CHECKIN)
    patients[-1].sees("Call 112 now")
    patients[-1].sees("Your care team has been told")
    carol.sees("EMERGENCY")
    sent = [call for call in world.control.calls if call.method == "sendMessage"][-5:]
    assert [kind(call) for call in sent[:2]] == ["number", "page"]
    assert max(came(sent)) - min(came(sent)) >= timedelta(seconds=4)


def kind(call: Any) -> str:
    words = {"Call 112": "number", "EMERGENCY": "page", "has been told": "told", CHECKIN: "asked"}
    return next(name for word, name in words.items() if word in call.params["text"])


def came(calls: list[Any]) -> list[Any]:
    return [call.at for call in calls]
