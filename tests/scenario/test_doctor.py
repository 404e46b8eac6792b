"""`doctor` on a clinic where things have gone wrong."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.clinic_file import ClinicFile, clinic_of
from bot.commands.doctor import examined
from storage import migrate
from tests.scenario.test_group import gathered

if TYPE_CHECKING:
    from tests.world import World


async def wrong(world: World) -> list[str]:
    """What doctor finds to be wrong."""
    settings = world.settings()
    checks = await examined(settings, clinic_of(ClinicFile(), settings), clock=world.clock)
    return [check.words for check in checks if not check.is_good]


async def test_a_clinic_that_is_well_has_nothing_wrong(world: World) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await world.settle()

    assert await wrong(world) == []

    checks = await examined(
        world.settings(), clinic_of(ClinicFile(), world.settings()), clock=world.clock
    )
    told = "\n".join(check.words for check in checks)
    for secret in ("Ann", "Carol", ann.code, str(ann.id), world.simulator.token):
        assert secret not in told
    assert "CLINIC_PHONE=030 5550 0123" in told
    assert "BOT_TOKEN=(set)" in told
    assert "pain_limit=9" in told


async def test_without_coordinators_nobody_can_be_told(world: World) -> None:
    await world.settle()

    assert await wrong(world) == [
        (
            "Coordinators: 0, of whom 0 can be reached. Nobody can be told of anything: "
            "`python -m bot invite coordinator`."
        )
    ]


async def test_people_and_groups_that_are_gone_are_said(world: World) -> None:
    group, carol, _ann = await gathered(world)
    world.control.remove_bot(group.id)
    await carol.blocks()

    found = await wrong(world)

    assert "The care team's group cannot be written to" in found[0]
    assert found[1].startswith(
        "Coordinators: 1, of whom 0 can be reached. The others have blocked"
    )


async def test_messages_that_did_not_arrive_and_old_signs_of_life_are_said(world: World) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.taps("Too ill to answer")
    world.control.inject_fault("bad_gateway", method="sendMessage", chat_id=ann.id)
    await world.fast_forward_to("19:31", days=1)
    world.control.inject_fault("unauthorized", method="getMe")
    world.clock.move_to(world.clock.now() + timedelta(hours=3))

    found = await wrong(world)

    assert found[0] == "Telegram refuses BOT_TOKEN; @BotFather shows the right one."
    assert found[1].startswith("A message was not surely delivered (checkin): ServerFailed")
    assert [words.split(" 2026")[0] for words in found[-2:]] == [
        "Updates last came in",
        "Time was last asked what is due",
    ]
    assert all(words.endswith("Is `python -m bot run` running?") for words in found[-2:])


async def test_an_update_set_aside_is_said_with_its_error(world: World) -> None:
    await world.coordinator()
    await world.settle()
    engine = create_async_engine(world.settings().database_url)
    async with engine.begin() as db:
        await db.execute(text("UPDATE inbox SET state = 'parked', error = 'KeyError: x'"))
    await engine.dispose()

    found = await wrong(world)

    assert any("was tried three times and failed: KeyError: x." in words for words in found)


@pytest.mark.parametrize(
    ("webhook", "told"),
    [("", "A webhook is set to https://elsewhere.test"), ("x", "Telegram delivers elsewhere")],
    ids=["polling", "another address"],
)
async def test_a_webhook_of_somebody_else_is_said(world: World, webhook: str, told: str) -> None:
    await world.coordinator()
    await world.settle()
    await world.stop_bot()
    await world.respite.bot.initialize()
    await world.respite.bot.set_webhook("https://elsewhere.test/telegram")
    settings = world.settings()
    if webhook:
        changed = {"webhook_url": "https://here.test"}
        settings = settings.model_copy(update=changed)

    checks = await examined(settings, clinic_of(ClinicFile(), settings), clock=world.clock)

    assert any(told in check.words for check in checks if not check.is_good)
    await world.respite.bot.delete_webhook()


async def test_an_old_schema_is_said(world: World) -> None:
    await world.coordinator()
    await world.stop_bot()
    await migrate.downgrade(world.settings().database_url, to="0005")

    found = await wrong(world)

    assert found[0].startswith("The database has schema 0005, the program needs ")
    await migrate.upgrade(world.settings().database_url)
