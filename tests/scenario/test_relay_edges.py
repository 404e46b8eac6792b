"""Words to the team where somebody taps twice, too late, or what is not theirs (F50)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from care.people import Address
from care.ports.relay_letters import RelayLetter
from care.promises import Delivery, Kind, Promise
from care.relay import RelayId
from care.steps import relaying
from care.usecases import relay
from tests.scenario import rows
from tests.scenario.test_forged_taps import NO_LONGER, NOT_FOR_YOU
from tests.scenario.test_relay import ANSWER, WORDS, asked, team

if TYPE_CHECKING:
    from tests.world import Person, World

FIRST = RelayId(1)


async def answered_twice(world: World) -> tuple[Person, Person, Person]:
    """Carol has answered, Dana's answer is kept back as the third message."""
    carol, dana, ann = await asked(world)
    await carol.replies(ANSWER, WORDS)
    carol.sees("Your answer is on its way")
    ann.sees("Your care team answers:", ANSWER)
    await dana.replies("No parking.", WORDS)
    dana.sees("Carol answered already")
    return carol, dana, ann


async def test_an_answer_kept_back_is_its_writers_and_is_sent_once(world: World) -> None:
    carol, dana, ann = await answered_twice(world)
    held = dana.messages()[-1]["message_id"]

    assert carol.notice(await carol.forges("wy:3")) == NO_LONGER
    assert dana.notice(await dana.forges("wy:1")) == NO_LONGER
    for _ in range(2):
        await dana.forges("wy:3", on=held)
    await dana.forges("wz:3", on=held)

    ann.sees("Your care team answers:", "No parking.")
    ann.sees_nothing_more()


async def test_seen_twice_is_seen_once_and_an_answer_cannot_be(world: World) -> None:
    carol, dana, _ = await asked(world)
    copy = carol.message(WORDS)["message_id"]
    await carol.forges("ws:1", on=copy)
    await dana.forges("ws:1", on=dana.message(WORDS)["message_id"])

    carol.message("Read by Carol")
    await carol.replies(ANSWER, WORDS)
    carol.sees("Your answer is on its way")
    assert carol.notice(await carol.forges("ws:2", on=copy)) == NO_LONGER
    for person in world.people:
        person.sees_if_any("Your care team answers:")


async def test_a_note_of_a_day_cannot_be_sent_any_more(world: World) -> None:
    carol, _, ann = await team(world)
    await ann.says(WORDS)
    await ann.taps("Add to today's note")
    ann.sees("Added to the note")

    assert ann.notice(await ann.forges("wn:1")) == NO_LONGER
    carol.sees_nothing_more()


async def test_who_has_not_joined_cannot_write_to_the_team(world: World) -> None:
    carol = await world.coordinator()
    token = await world.invited(carol)
    ann = world.stranger("Ann")
    await ann.says(f"/start {token}")
    ann.sees("1 of 3")

    await ann.says(WORDS)
    ann.sees("Please use the buttons above")
    await ann.says("/team")
    ann.sees("Please use the buttons above")


async def test_another_patients_crisis_is_not_answered(world: World) -> None:  # R-SUI-3
    carol, ann, ben = await world.joined("Ann", "Ben", coordinators=("Carol",))
    await ben.says("I want to die")
    ben.sees("Are you safe right now?")
    ben.sees("Your care team has been told")
    carol.sees("URGENT", ben.code)

    assert ann.notice(await ann.forges("sf:1:yes")) == NOT_FOR_YOU
    assert ben.notice(await ben.forges("sf:1:perhaps")) == NO_LONGER
    await ben.taps("Yes")
    ben.message("Are you safe right now? Yes.")


async def test_a_prompt_that_nobody_waits_for_any_more_is_not_noted(world: World) -> None:
    _, _, ann = await team(world)

    await relay.note_prompt(world.respite.core, by=Address(ann.id), message_id=5)

    owner = await rows.patient(world, ann)
    async with world.uow() as uow:
        assert await uow.profiles.awaited(owner.id) is None


async def test_a_patient_without_a_chat_is_owed_nothing(world: World) -> None:
    _, _, ann = await asked(world)
    now = world.clock.now()
    async with world.uow(is_reading=False) as uow:
        message = await uow.relay.get(FIRST)
        owner = await uow.people.patient(message.patient_id)
        await uow.people.save_patient(replace(owner, address=None))

        await relaying.tell_stage(uow, message, now=now)
        await relaying.to_patient(uow, message, now=now)

        assert not await uow.outbox.waits(Kind.RELAY_STATE, FIRST)
        assert not await uow.outbox.waits(Kind.RELAY_TO_PATIENT, FIRST)
    ann.sees_nothing_more()


def page_of(address: Address, world: World) -> Delivery:
    promise = Promise(
        kind=Kind.RELAY_TO_TEAM,
        recipient=address,
        subject=FIRST,
        key="again",
        due_at=world.clock.now(),
        data={"part": 1, "silent": 0},
    )
    return Delivery(id=1, promise=promise, attempt=1, repeat=0)


async def test_somebody_who_has_left_the_team_gets_nothing(world: World) -> None:
    _, _, ann = await asked(world)

    async with world.uow() as uow:
        assert await relaying.letter(uow, page_of(Address(ann.id), world)) is None


async def test_what_was_read_while_a_copy_was_on_its_way_shows_there_too(world: World) -> None:
    carol, dana, _ = await asked(world)
    address = Address(dana.id)
    async with world.uow() as uow:
        letter = await relaying.letter(uow, page_of(address, world))
    assert isinstance(letter, RelayLetter)
    await carol.taps("Seen")

    async with world.uow(is_reading=False) as uow:
        await relaying.arrived(uow, letter, address, 999, now=world.clock.now())

        assert await uow.outbox.waits(Kind.RELAY_REDRAW, FIRST)
        assert await uow.relay.copied_at(address, 999) == FIRST


async def test_a_copy_that_fails_after_another_arrived_changes_nothing(world: World) -> None:
    carol, dana, ann = await team(world)
    world.control.inject_fault("blocked", method="sendMessage", chat_id=dana.id, times=1)
    await ann.says("/team")
    ann.sees("Write your message here")

    await ann.says(WORDS)

    ann.sees("Sent to your team", WORDS)
    carol.sees(WORDS)
    carol.sees("Dana cannot be reached")
    dana.sees_nothing_more()
