"""A coordinator comes in, and makes links for patients (F01)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.app import new_token
from care.usecases import invite
from tests.scenario import rows

if TYPE_CHECKING:
    from tests.world import Person, World


def menu(person: Person, world: World) -> list[str]:
    found = world.control.transcript(person.id)["commands"]
    return [one["command"] for one in found]


async def test_a_coordinator_joins_by_a_link_and_gets_a_menu_of_their_own(world: World) -> None:
    carol = world.stranger("Carol")
    token = new_token()
    await invite.invite_colleague(world.respite.core, token=token, language="en")

    await carol.says(f"/start {token}")

    carol.sees("You are a coordinator of Lindenhof Clinic now", "/invite", "/open")
    assert menu(carol, world) == [
        "patients",
        "open",
        "messages",
        "duty",
        "infusions",
        "undelivered",
        "invite",
        "settings",
        "help",
    ]
    await carol.says("/start")
    carol.sees("Coordinator of Lindenhof Clinic", "/infusions")


async def test_a_patient_sees_a_patients_menu(world: World) -> None:
    ann = await world.patient("Ann", by=await world.coordinator())
    ann.sees("Time for your check-in")

    assert menu(ann, world) == [
        "today",
        "diary",
        "attack",
        "alarm",
        "team",
        "infusions",
        "settings",
        "stop",
        "help",
    ]
    await ann.says("/help")
    ann.sees("/today", "/alarm", "daily at 19:30", "030 5550 0123", "112")


async def test_a_coordinators_link_is_used_up_by_the_first(world: World) -> None:
    token = new_token()
    await invite.invite_colleague(world.respite.core, token=token, language="en")
    carol, sam = world.stranger("Carol"), world.stranger("Sam")

    await carol.says(f"/start {token}")
    await sam.says(f"/start {token}")

    carol.sees("You are a coordinator")
    sam.sees("This link opens nothing any more")


async def test_invite_proposes_the_next_code(world: World) -> None:
    carol = await world.coordinator()

    await world.invited(carol)
    await world.invited(carol)

    assert "Invite for P-001" in carol.message("P-001")["text"]
    assert "Invite for P-002" in carol.message("Invite for P-002")["text"]


async def test_the_clinic_may_choose_its_own_code(world: World) -> None:
    carol = await world.coordinator()
    await carol.says("/invite k-17")
    carol.sees("New patient K-17")

    await carol.taps("English")

    text = carol.sees("Invite for K-17", "Valid for 72 hours")
    assert f"https://t.me/{world.control.state()['bot']['username']}?start=" in text
    assert carol.message("Invite for K-17")["kind"] == "photo"


@pytest.mark.parametrize("code", ["K_17", "ABCDEFGHIJKLM", "-K", "<b>", "K.17", "🙂"])
async def test_a_code_that_is_none_is_refused_in_one_sentence(world: World, code: str) -> None:
    carol = await world.coordinator()

    await carol.says(f"/invite {code}")

    carol.sees("A patient code has 1 to 12 letters, digits and hyphens")


async def test_a_code_of_two_words_is_refused(world: World) -> None:
    carol = await world.coordinator()

    await carol.says("/invite K 17")

    carol.sees("A patient code has 1 to 12 letters, digits and hyphens")


async def test_the_code_of_somebody_who_joined_is_taken(world: World) -> None:
    carol = await world.coordinator()
    token = await world.invited(carol, code="K-17")
    ann = world.stranger("Ann")
    await ann.says(f"/start {token}")
    ann.sees("1 of 3")

    await carol.says("/invite K-17")

    carol.sees("This code belongs to a patient who has joined")


async def test_a_code_that_was_never_used_gets_a_fresh_link_and_the_old_one_ends(
    world: World,
) -> None:
    carol = await world.coordinator()
    old = await world.invited(carol, code="K-17")
    fresh = await world.invited(carol, code="K-17")
    ann = world.stranger("Ann")

    await ann.says(f"/start {old}")
    ann.sees("This link opens nothing any more")
    await ann.says(f"/start {fresh}")

    ann.sees("1 of 3")


async def test_a_patient_and_a_stranger_cannot_invite(world: World) -> None:
    ann = await world.patient("Ann", by=await world.coordinator())
    ann.sees("Time for your check-in")
    sam = world.stranger("Sam")

    await ann.says("/invite")
    await sam.says("/invite")

    ann.sees("What you can do here")
    sam.sees("This chat is for patients of a clinic")
    async with world.uow() as uow:
        assert len(await uow.people.patients()) == 1


async def test_a_stranger_gets_one_polite_sentence_whatever_they_write(world: World) -> None:
    sam = world.stranger("Sam")

    for text in (
        "/start", "/help", "/today", "/alarm", "/settings", "/stop", "/infusions", "/open",
        "/invite", "/nonsense", "Hello?",
    ):  # fmt: skip
        await sam.says(text)
        sam.sees("Hello. This chat is for patients of a clinic.")
        sam.sees_nothing_more()

    assert str(sam.id) not in "".join(str(one) for one in await rows.audit(world))


async def test_inviting_and_joining_are_in_the_audit_log(world: World) -> None:
    ann = await world.patient("Ann", by=await world.coordinator())
    ann.sees("Time for your check-in")

    found = [(one.actor, str(one.action), one.subject) for one in await rows.audit(world)]

    assert found == [
        ("patient:1", "patient_joined", "patient:1"),
        ("coordinator:1", "patient_invited", "patient:1"),
        ("coordinator:1", "coordinator_joined", "coordinator:1"),
    ]
