"""Everybody is written to in their own language (F15)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.views.wording.catalogue import LANGUAGES, wording
from tests.scenario import rows
from tests.scenario.test_rhythm import sets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.world import World

ENGLISH, ITALIAN = "English", "Italiano"


@pytest.fixture
def _italian(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A second language whose catalogue is empty: only its dates tell it from English."""
    monkeypatch.setitem(LANGUAGES, "it", ITALIAN)
    yield
    monkeypatch.undo()
    wording.cache_clear()


def menus(world: World, of: int) -> list[dict[str, Any]]:
    """The command menus that were given to one chat."""
    calls = [one for one in world.control.calls if one.method == "setMyCommands"]
    return [one.params for one in calls if str(of) in str(one.params.get("scope"))]


@pytest.mark.usefixtures("_italian")
async def test_a_patient_chooses_a_language_and_it_holds_at_once(world: World) -> None:
    _, ann = await world.joined("Ann", coordinators=("Carol",))
    assert "Monday 2 March" in ann.message("Time for your check-in")["text"]

    await sets(ann, ENGLISH)
    ann.sees("Which language do you read?")
    assert ann.labels() == [f"✓ {ENGLISH}", ITALIAN, "‹ Back"]
    await ann.taps(ITALIAN)

    ann.sees("Settings")
    assert ITALIAN in ann.labels()
    assert (await rows.patient(world, ann)).language == "it"
    assert "lunedì 2 marzo" in ann.messages()[-2]["text"]
    assert len(menus(world, ann.id)) == 1


@pytest.mark.usefixtures("_italian")
async def test_a_coordinator_chooses_a_language_too(world: World) -> None:
    carol = await world.coordinator()
    await carol.says("/settings")
    carol.sees("Which language do you read?")
    assert carol.labels() == [f"✓ {ENGLISH}", ITALIAN]

    await carol.taps(ITALIAN)

    assert carol.labels() == [ENGLISH, f"✓ {ITALIAN}"]
    assert len(menus(world, carol.id)) == 2


async def test_one_language_is_no_choice(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    if len(LANGUAGES) > 1:
        pytest.skip("there is a choice")

    await sets(ann)
    assert ENGLISH not in ann.labels()
    await carol.says("/settings")
    carol.sees("I do not know this command")


async def test_a_language_that_nobody_speaks_is_refused(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))

    for person in (carol, ann):
        assert "no longer does" in person.notice(await person.forges("sp:xx"))

    assert (await rows.patient(world, ann)).language == "en"
