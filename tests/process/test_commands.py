from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest

if TYPE_CHECKING:
    from tests.process.machine import Machine

pytestmark = pytest.mark.process

REFUSED = "7000000001:AAE9refused9refused9refused9refused9"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("BOT_TOKEN", None, "BOT_TOKEN is missing; .env.example shows it."),
        ("BOT_TOKEN", "123456:your-token", "BOT_TOKEN is not a bot token"),
        ("BOT_TOKEN", REFUSED, "BOT_TOKEN is not accepted by Telegram"),
        ("CLINIC_NAME", "<name of the clinic>", "CLINIC_NAME is still a placeholder."),
        ("CLINIC_TIME_ZONE", "Europe/Berlni", "CLINIC_TIME_ZONE"),
        ("DATABASE_URL", "mysql://somewhere/respite", "DATABASE_URL must begin with sqlite"),
        ("DATABASE_URL", "sqlite+aiosqlite:////proc/no/respite.db", "DATABASE_URL"),
        ("CLINIC_PHONE", "call us", "CLINIC_PHONE is not a telephone number."),
    ],
    ids=[
        "missing token",
        "no token",
        "refused token",
        "placeholder",
        "zone",
        "database",
        "folder",
        "phone",
    ],
)
async def test_a_wrong_setting_ends_the_start_with_one_sentence(
    machine: Machine, name: str, value: str | None, sentence: str
) -> None:
    program = await machine.starts("run", LOG_LEVEL="WARNING", **{name: value})

    assert await program.ended() == 2
    lines = program.said.splitlines()
    assert len(lines) == 1, program.said
    assert sentence in lines[0]
    assert lines[0].endswith(".")
    assert value is None or value not in program.said or name == "CLINIC_TIME_ZONE"


async def test_a_wrong_line_in_the_clinics_file_ends_the_start(machine: Machine) -> None:
    (machine.folder / "clinic.toml").write_text("[limits]\npain = 11\n")

    program = await machine.starts("run")

    assert await program.ended() == 2
    assert "clinic.toml: limits.pain" in program.said


async def test_invite_prints_a_link_and_a_code_to_scan(machine: Machine) -> None:
    program = await machine.starts("invite", "coordinator")

    assert await program.ended() == 0
    *square, link, valid = program.said.strip("\n").splitlines()
    assert link.startswith("https://t.me/RespiteDemoBot?start=")
    assert valid.startswith("Makes one person a coordinator. Valid until ")
    assert len([line for line in square if "█" in line or "▀" in line or "▄" in line]) > 10


async def test_invite_without_a_network_says_so(machine: Machine) -> None:
    program = await machine.starts("invite", "coordinator", BOT_API_URL="http://127.0.0.1:1")

    assert await program.ended() == 2
    assert program.said == (
        "Telegram cannot be reached at http://127.0.0.1:1; check the network.\n"
    )


async def test_migrate_says_when_it_is_done_and_can_be_done_again(machine: Machine) -> None:
    for _ in range(2):
        program = await machine.starts("migrate")

        assert await program.ended() == 0
        assert program.said == "The database has the newest schema.\n"
    assert (machine.folder / "respite.db").exists()


async def test_doctor_finds_what_is_missing_and_is_content_with_a_running_bot(
    machine: Machine,
) -> None:
    program = await machine.starts("doctor")
    assert await program.ended() == 1
    assert "✗ There is no database yet. `python -m bot migrate` makes it." in program.said
    assert "✓ Telegram accepts the token: @RespiteDemoBot." in program.said

    running = await machine.runs()
    carol = machine.phone("Carol")
    carol.write(await machine.invite())
    await carol.sees("You are a coordinator")
    for _ in range(20):  # a sign of life comes every ten seconds
        program = await machine.starts("doctor")
        if await program.ended() == 0:
            break
    assert program.said.endswith("All is well.\n")
    assert "✗" not in program.said
    for secret in (machine.settings()["BOT_TOKEN"], "Carol"):
        assert secret not in program.said
    assert await running.stopped() == 0


async def test_doctor_says_which_setting_is_wrong(machine: Machine) -> None:
    program = await machine.starts("doctor", BOT_TOKEN=None)

    assert await program.ended() == 1
    assert "✗ BOT_TOKEN is missing; .env.example shows it. Then run doctor again." in program.said


async def test_help_reads_well(machine: Machine) -> None:
    program = await machine.starts("--help")

    assert await program.ended() == 0
    for command in ("run", "demo", "simulate", "invite", "doctor", "migrate"):
        (line,) = [one for one in program.said.splitlines() if one.split()[:1] == [command]]
        assert len(line.split()) > 3
    assert max(map(len, program.said.splitlines())) <= 100


@pytest.mark.parametrize("words", [(), ("fly",), ("invite",), ("invite", "patient")])
async def test_words_it_does_not_know_end_with_a_usage_line(
    machine: Machine, words: tuple[str, ...]
) -> None:
    program = await machine.starts(*words)

    assert await program.ended() == 2
    assert program.said.startswith("usage: python -m bot")
    assert "Traceback" not in program.said


async def test_the_demo_serves_its_page_and_ends_well(machine: Machine) -> None:
    program = await machine.starts("demo", "--empty", "--port", "0")
    await program.says("The first coordinator joins by writing", "/start")
    line = await program.says("in a browser")

    page = await fetched(line.split()[1])

    assert page.startswith("<!doctype html>")
    assert await program.stopped() == 0


async def test_the_simulator_alone_prints_what_a_bot_needs(machine: Machine) -> None:
    program = await machine.starts("simulate", "--port", "0")
    address = (await program.says("BOT_API_URL=")).strip().partition("=")[2]
    token = (await program.says("BOT_TOKEN=")).strip().partition("=")[2]

    assert '"ok":true' in (await fetched(f"{address}/bot{token}/getMe")).replace(" ", "")
    assert await program.stopped() == 0


async def test_a_port_in_use_is_said(machine: Machine) -> None:
    port = machine.url.rpartition(":")[2]

    program = await machine.starts("demo", "--empty", "--port", port)

    assert await program.ended() == 2
    assert program.said == (
        f"Port {port} is in use; choose another with --port, or 0 for any free one.\n"
    )


async def fetched(url: str) -> str:
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        assert answer.status == 200
        return await answer.text()
