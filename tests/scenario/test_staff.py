from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.app import new_token
from care.audit import Action
from care.people import Address, Role
from care.usecases import invite
from tests.scenario import rows
from tests.scenario.test_forged_taps import NOT_FOR_YOU
from tests.scenario.test_operating import operator

if TYPE_CHECKING:
    from tests.world import Person, World


async def lead_link(world: World) -> str:
    token = new_token()
    await invite.invite_colleague(world.respite.core, role=Role.LEAD, token=token, language="en")
    return token


async def lead(world: World, name: str = "Lena") -> Person:
    person = world.stranger(name)
    await person.says(f"/start {await lead_link(world)}")
    person.sees("You are a coordinator", "You are a lead")
    return person


def menu(world: World, person: Person) -> set[str]:
    """The commands that somebody finds in their chat."""
    found = world.simulator.state.commands.seen_by(
        person.id, person.id, "en", group=False, administrator=False
    )
    return {one["command"] for one in found}


async def removes(who: Person, name: str) -> str:
    await who.says("/staff")
    who.sees("The team")
    await who.taps(name)
    await who.taps("Remove from the team")
    who.sees(f"Remove {name} from the team?")
    return await who.taps("Yes, remove")


async def test_a_lead_is_called_last_and_finds_the_team_in_the_menu(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    lena = await lead(world)
    assert "staff" in menu(world, lena)
    assert "staff" not in menu(world, carol)

    await ann.alarms()

    ann.sees("Call 112 now")
    ann.sees("Your care team has been told")
    carol.sees("EMERGENCY", ann.code)
    lena.sees_nothing_more()


async def test_a_coordinator_who_opens_a_leads_link_is_a_lead(world: World) -> None:
    carol = await world.coordinator()

    await carol.says(f"/start {await lead_link(world)}")

    carol.sees("You are a lead")
    assert "staff" in menu(world, carol)
    await carol.says("/duty")
    carol.sees("● Carol: on duty, lead")


async def test_a_coordinators_link_stays_good_when_a_coordinator_opens_it(world: World) -> None:
    carol = await world.coordinator()
    token = new_token()
    await invite.invite_colleague(world.respite.core, token=token, language="en")

    await carol.says(f"/start {token}")

    carol.sees("You have joined already")
    dave = world.stranger("Dave")
    await dave.says(f"/start {token}")
    dave.sees("You are a coordinator")


async def test_a_lead_invites_a_coordinator_in_the_chat(world: World) -> None:
    lena = await lead(world)
    await lena.says("/staff")
    lena.sees("The team", "Lena: off duty, lead")
    await lena.taps("Invite a coordinator")
    found = re.search(r"start=([\w-]+)", lena.sees("Invite for a coordinator"))
    assert found

    dave = world.stranger("Dave")
    await dave.says(f"/start {found[1]}")

    dave.sees("You are a coordinator")
    await lena.says("/staff")
    lena.sees("● Dave: on duty")
    actions = {one.action for one in await rows.audit(world)}
    assert {Action.COORDINATOR_INVITED, Action.COORDINATOR_JOINED, Action.LEAD_JOINED} <= actions


async def test_who_is_removed_is_out_at_once_also_on_old_messages(world: World) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    lena = await lead(world)
    await ann.alarms()
    ann.sees("Call 112 now")
    ann.sees("Your care team has been told")
    page = carol.message("EMERGENCY", ann.code)["message_id"]
    carol.sees("EMERGENCY", ann.code)

    query = await removes(lena, "Carol")

    assert lena.notice(query) == "Carol is no longer in the team."
    assert menu(world, carol) == menu(world, ann)
    assert carol.notice(await carol.taps("Take", on=page)) == NOT_FOR_YOU
    for command in ("/open", "/patients", "/duty", f"/patient {ann.code}"):
        await carol.says(command)
        text = carol.sees("")
        assert ann.code not in text
    await world.fast_forward_to("09:10")
    dave.sees("EMERGENCY", ann.code, "Nobody has taken it yet")
    carol.sees_nothing_more()
    dave.sees_if_any("EMERGENCY")
    lena.sees_if_any("EMERGENCY")
    found = await rows.audit(world)
    assert [one.subject for one in found if one.action is Action.COORDINATOR_REMOVED] == [
        "coordinator:1"
    ]


async def test_what_the_removed_had_taken_is_open_again_and_rings(world: World) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    lena = await lead(world)
    await ann.alarms()
    ann.sees("Call 112 now")
    ann.sees("Your care team has been told")
    carol.sees("EMERGENCY", ann.code)
    await carol.taps("Take")
    ann.sees("A coordinator has seen your report")

    await removes(lena, "Carol")

    dave.sees("EMERGENCY", ann.code, "Nobody has taken it yet")
    await dave.taps("History")
    dave.sees("open again: its owner has left the team")
    await dave.taps("‹ Back")
    await dave.taps("Take")
    dave.sees("Taken by Dave")
    lena.sees_if_any("EMERGENCY")
    ann.sees_if_any("A coordinator has seen your report")


async def test_the_last_lead_cannot_leave(world: World) -> None:
    lena = await lead(world)

    query = await removes(lena, "Lena")

    assert lena.notice(query) == "The team keeps at least one lead."
    await lead(world, "Max")
    await removes(lena, "Lena")
    lena.sees("You are no longer in the team.")


async def test_only_a_lead_has_the_team(world: World) -> None:
    carol = await world.coordinator()
    lena = await lead(world)

    await carol.says("/staff")

    carol.sees("I do not know this command")
    assert carol.notice(await carol.forges("tr:2:1")) == NOT_FOR_YOU
    await lena.says("/staff")
    lena.sees("Carol", "Lena")


async def test_who_was_removed_can_be_invited_again(world: World) -> None:
    lena = await lead(world)
    carol = await world.coordinator()
    await removes(lena, "Carol")
    token = new_token()
    await invite.invite_colleague(world.respite.core, token=token, language="en")

    await carol.says(f"/start {token}")

    carol.sees("You are a coordinator")
    async with world.uow() as uow:
        found = await uow.people.coordinator_at(Address(carol.id))
    assert found is not None


async def test_a_lead_reads_who_did_what(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    lena = await lead(world)
    await carol.says(f"/patient {ann.code}")
    carol.sees(ann.code)

    await lena.says("/audit")

    text = lena.sees("Who did what")
    assert "Mon 2 Mar, 09:00 · Carol looked at the card: P-001" in text
    assert "· Lena became a lead" in text
    assert "· Carol joined the team" in text


async def test_the_log_has_pages(world: World) -> None:
    carol, _ann = await world.joined("Ann", coordinators=("Carol",))
    lena = await lead(world)
    for _ in range(31):
        await carol.forges("tf")
    await lena.says("/audit")
    assert lena.sees("Who did what").count("Carol was refused a button") == 30

    await lena.taps("›")

    assert "Carol joined the team" in lena.message("Who did what")["text"]
    await lena.taps("‹")
    assert "joined" not in lena.message("Who did what")["text"]


async def test_a_lead_sees_how_often_the_rules_ring(world: World) -> None:  # R-TRI-10
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    lena = await lead(world)
    await ann.alarms()
    ann.sees("Call 112 now")
    ann.sees("Your care team has been told")
    carol.sees("EMERGENCY")

    await lena.says("/noise")

    lena.sees("All: 1 (30.4)", "The measure is 0.9.", "EMERGENCY: 1", "“It is an emergency”: 1")
    for command in ("/audit", "/noise"):
        await carol.says(command)
        carol.sees("I do not know this command")


async def test_operators_hear_of_a_team_that_is_empty(world: World) -> None:  # F44
    olga = await operator(world)
    carol, _ann = await world.joined("Ann", coordinators=("Carol",))
    async with world.uow(is_reading=False) as uow:
        found = await uow.people.coordinator_at(Address(carol.id))
        assert found is not None
        await uow.people.save_coordinator(replace(found, is_active=False))
        await uow.commit()

    await world.fast_forward(timedelta(minutes=2))

    olga.sees("There is no coordinator, but patients are asked")
