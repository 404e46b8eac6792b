from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.process.machine import Machine, Phone

pytestmark = pytest.mark.process

JOINING = ("Next", "Next", "I agree", "Yes", "19:30", "Ask me each time")


async def coordinator(machine: Machine) -> Phone:
    carol = machine.phone("Carol")
    carol.write(await machine.invite())
    await carol.sees("coordinator of Lindenhof Clinic")
    return carol


async def patient(machine: Machine, by: Phone) -> Phone:
    """Ann, by the link that the coordinator has made in the chat."""
    by.write("/invite")
    await by.taps("English")
    found = re.search(r"start=([\w-]+)", await by.sees("Invite for"))
    assert found
    ann = machine.phone("Ann")
    ann.write(f"/start {found[1]}")
    for label in JOINING:
        await ann.turns(label)
    await ann.sees("You have joined")
    return ann


async def test_a_bot_lets_people_join_and_answer_and_ends_well(machine: Machine) -> None:
    program = await machine.runs()
    inviting = await machine.starts("invite", "coordinator")
    link = await inviting.says("https://t.me/RespiteDemoBot?start=")
    carol = machine.phone("Carol")
    carol.write(f"/start {link.strip().partition('start=')[2]}")
    await carol.sees("coordinator of Lindenhof Clinic")

    ann = await patient(machine, carol)
    await ann.sees("Time for your check-in")
    await ann.taps("Yes, a headache")
    await ann.taps("9")

    await ann.sees("Your care team has been told")
    await carol.sees("URGENT", "Worst pain 9 of 10")
    assert await program.stopped() == 0
    assert "bot_stopped" in program.said


async def test_a_restart_keeps_everything(machine: Machine) -> None:
    program = await machine.runs()
    carol = await coordinator(machine)
    ann = await patient(machine, carol)
    await ann.taps("Yes, a headache")
    await ann.taps("9")
    await carol.sees("URGENT", "Nobody has taken it yet")
    assert await program.stopped() == 0
    await carol.taps("Take")
    await ann.taps("4 to 12 hours")

    program = await machine.runs()

    await carol.sees("Taken by Carol")
    await ann.sees("A coordinator has seen your report")
    await ann.sees("Worst pain: 9 of 10", "Lasted: 4 to 12 hours")
    assert await program.stopped() == 0


async def test_an_answer_shown_as_saved_survives_a_kill(machine: Machine) -> None:
    program = await machine.runs()
    carol = await coordinator(machine)
    ann = await patient(machine, carol)
    await ann.taps("Yes, a headache")
    await ann.taps("7")
    await ann.sees("Worst pain: 7 of 10")
    await program.killed()

    await machine.runs()
    ann.write("/today")

    await ann.taps("4 to 12 hours")
    await ann.sees("Worst pain: 7 of 10", "Lasted: 4 to 12 hours")


async def test_a_page_owed_by_a_killed_bot_is_sent_by_the_next(machine: Machine) -> None:
    program = await machine.runs()
    carol = await coordinator(machine)
    ann = await patient(machine, carol)
    machine.telegram.control.inject_fault(
        "flood", method="sendMessage", chat_id=carol.id, retry_after=1
    )
    for label in ("Something is alarming", "It is an emergency"):
        await ann.taps(label)
    await ann.sees("Call 112 now")
    await program.killed()

    await machine.runs()

    await carol.sees("EMERGENCY", "Nobody has taken it yet")
    await ann.sees("Your care team has been told")


async def test_no_log_line_holds_the_token_a_name_or_an_answer(machine: Machine) -> None:
    program = await machine.starts("run", LOG_LEVEL="DEBUG")
    await program.says("bot_started")
    carol = await coordinator(machine)
    ann = await patient(machine, carol)
    await ann.taps("Yes, a headache")
    await ann.taps("9")
    await carol.sees("URGENT")
    assert await program.stopped() == 0

    assert "promise_attempted" in program.said
    for secret in (machine.telegram.token, "Carol", "Ann", "headache", "Worst pain"):
        assert secret not in program.said
