from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.app import new_token
from care.people import Address, Role
from care.ports.occurrences import DueKind
from care.promises import Kind, Promise
from care.usecases import invite

if TYPE_CHECKING:
    from tests.person import Person
    from tests.world import World


async def operator(world: World, name: str = "Olga") -> Person:
    token = new_token()
    await invite.invite_colleague(
        world.respite.core, role=Role.OPERATOR, token=token, language="en"
    )
    person = world.stranger(name)
    await person.says(f"/start {token}")
    person.sees("You are an operator of this bot")
    return person


async def test_an_operator_sees_nothing_of_patients(world: World) -> None:
    olga = await operator(world)
    for command in ("/open", "/infusions", "/undelivered", "/invite", "/today"):
        await olga.says(command)
    texts = [message["text"] for message in olga.messages()]
    assert not any("P-0" in text or "E-" in text for text in texts)
    for _ in texts[1:]:
        olga.sees("")


async def test_an_escalation_that_reached_nobody_is_told_to_the_operator(world: World) -> None:
    carol = await world.coordinator()
    olga = await operator(world)
    ann = await world.patient("Ann", by=carol)
    ann.sees("Time for your check-in")
    await carol.blocks()
    await ann.alarms()
    ann.sees("Call 112 now")
    ann.sees("We could not reach your care team")

    await world.fast_forward(timedelta(minutes=4))

    olga.sees("No coordinator can be reached")
    olga.sees("Escalation E-1 is open and no coordinator has been reached")


async def test_a_parked_update_is_told_to_the_operator_once(world: World) -> None:
    olga = await operator(world)
    sam = world.stranger("Sam")
    world.control.inject_refusal(
        "Bad Request: BUTTON_DATA_INVALID", method="sendMessage", chat_id=sam.id, times=3
    )
    await sam.says("hello")
    await world.fast_forward(timedelta(minutes=5))
    world.expect_complaint("update_failed")
    world.expect_complaint("update_parked")

    olga.sees("could not be handled and was set aside")
    await world.fast_forward(timedelta(hours=3))
    olga.sees_nothing_more()


async def test_a_coordinator_sends_an_undelivered_message_again(world: World) -> None:
    carol = await world.coordinator()
    ann = await world.patient("Ann", by=carol)
    await ann.taps("Too ill to answer")
    world.control.inject_fault("bad_gateway", method="sendMessage", chat_id=ann.id)
    await world.fast_forward_to("19:30", days=1)
    await carol.says("/undelivered")
    carol.sees("Not, or perhaps not, delivered", ann.code, "check-in", "perhaps delivered")

    await carol.taps("Send 1 again")

    ann.sees("Time for your check-in")
    carol.sees("Everything of the last seven days was delivered")


async def test_a_patient_left_without_a_next_check_in_gets_one(world: World) -> None:
    carol = await world.coordinator()
    ann = await world.patient("Ann", by=carol)
    await ann.taps("Too ill to answer")
    async with world.uow(is_reading=False) as uow:
        patient = await uow.people.patient_with_code(ann.code)
        assert patient is not None
        await uow.occurrences.cancel(patient.id, [DueKind.CHECKIN])
        await uow.commit()

    await world.fast_forward(timedelta(minutes=2))
    await world.fast_forward_to("19:30", days=1)

    ann.sees("Time for your check-in")


async def test_a_letter_that_cannot_be_made_holds_up_no_other(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    now = world.clock.now()
    bad = [
        Promise(
            kind=Kind.ESCALATION_PAGE,
            recipient=Address(carol.id),
            subject=999,
            key="page:0",
            due_at=now,
        ),
        Promise(
            kind=Kind.TROUBLE,
            recipient=Address(carol.id),
            subject=1,
            key="trouble:0",
            due_at=now,
            data={"trouble": "not one of ours", "about": "", "n": 1},
        ),
    ]
    async with world.uow(is_reading=False) as uow:
        for one in bad:
            await uow.outbox.put(one)
        await uow.commit()

    await ann.alarms()

    ann.sees("Call 112 now")
    ann.sees("Your care team has been told")
    carol.sees("EMERGENCY", ann.code)
    world.expect_complaint("letter_failed")
    await carol.says("/undelivered")
    carol.sees("1. Carol: escalation · not delivered")
