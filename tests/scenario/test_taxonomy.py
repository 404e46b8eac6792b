"""Every answer of Telegram's to a message of ours, and what becomes of it (telegram facts, 4).

Each row says what Telegram answers, once, and for a check-in (at most once), a page (at least
once) and an edit: in which state the promise ends after ten minutes, and how often it was tried.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from care.lifecycle import Outcome
from tests.scenario import rows

if TYPE_CHECKING:
    from tests.world import Person, World

PROMPT = "Time for your check-in"
TEN_MINUTES = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class Row:
    """What Telegram answers; the final state of a promise, and how many calls it took."""

    name: str
    fault: dict[str, Any]
    checkin: tuple[str, int]
    page: tuple[str, int]
    edit: tuple[str, int]


def refusal(words: str, code: int = 400) -> dict[str, Any]:
    return {"words": words, "code": code}


SENT, AGAIN, DEAD, DOUBT = ("sent", 1), ("sent", 2), ("dead", 1), ("uncertain", 1)

ROWS = [
    Row(
        name="200",
        fault={},
        checkin=SENT,
        page=SENT,
        edit=SENT,
    ),
    Row(
        name="message is not modified",
        fault=refusal("Bad Request: message is not modified: specified new message content"),
        checkin=DEAD,  # never said to a new message
        page=DEAD,
        edit=SENT,
    ),
    Row(
        name="message to edit not found",
        fault=refusal("Bad Request: message to edit not found"),
        checkin=DEAD,
        page=DEAD,
        edit=AGAIN,
    ),
    Row(
        name="can't parse entities",
        fault=refusal("Bad Request: can't parse entities: unclosed start tag at byte offset 3"),
        checkin=AGAIN,
        page=AGAIN,
        edit=AGAIN,
    ),
    Row(
        name="message is too long",
        fault=refusal("Bad Request: message is too long"),
        checkin=AGAIN,
        page=AGAIN,
        edit=AGAIN,
    ),
    Row(
        name="chat not found",
        fault=refusal("Bad Request: chat not found"),
        checkin=DEAD,
        page=DEAD,
        edit=DEAD,
    ),
    Row(
        name="another 400",
        fault=refusal("Bad Request: BUTTON_DATA_INVALID"),
        checkin=DEAD,
        page=DEAD,
        edit=DEAD,
    ),
    Row(
        name="bot was blocked by the user",
        fault=refusal("Forbidden: bot was blocked by the user", 403),
        checkin=DEAD,
        page=DEAD,
        edit=DEAD,
    ),
    Row(
        name="user is deactivated",
        fault=refusal("Forbidden: user is deactivated", 403),
        checkin=DEAD,
        page=DEAD,
        edit=DEAD,
    ),
    Row(
        name="429",
        fault={"kind": "flood", "retry_after": 60},
        checkin=AGAIN,
        page=AGAIN,
        edit=AGAIN,
    ),
    Row(name="502", fault={"kind": "bad_gateway"}, checkin=DOUBT, page=AGAIN, edit=AGAIN),
    Row(name="500", fault={"kind": "server_error"}, checkin=DOUBT, page=AGAIN, edit=AGAIN),
    Row(
        name="connection lost",
        fault={"kind": "disconnect"},
        checkin=DOUBT,
        page=AGAIN,
        edit=AGAIN,
    ),
    Row(
        name="no answer in time",
        fault={"kind": "commit_then_hang", "seconds": 0.02},
        checkin=DOUBT,
        page=AGAIN,
        edit=AGAIN,
    ),
    Row(
        name="401",
        fault={"kind": "unauthorized"},
        checkin=AGAIN,
        page=AGAIN,
        edit=AGAIN,
    ),
    Row(
        name="404",
        fault=refusal("Not Found", 404),
        checkin=AGAIN,
        page=AGAIN,
        edit=AGAIN,
    ),
    Row(
        name="409",
        fault=refusal("Conflict: terminated by other getUpdates request", 409),
        checkin=AGAIN,
        page=AGAIN,
        edit=AGAIN,
    ),
]


def inject(world: World, row: Row, person: Person, method: str) -> None:
    """The next call of this method to this person is answered so."""
    if "words" in row.fault:
        world.control.inject_refusal(**row.fault, method=method, chat_id=person.id)
    elif row.fault:
        world.control.inject_fault(**row.fault, method=method, chat_id=person.id)


def tries(world: World, person: Person, words: str, since: int) -> list[Any]:
    """The calls since then that wanted to put these words into somebody's chat."""
    return [
        call
        for call in list(world.control.calls)[since:]
        if call.method in {"sendMessage", "editMessageText"}
        and call.params["chat_id"] == person.id
        and words in call.params["text"]
    ]


async def state_of(world: World, kind: str) -> str:
    """How far the newest promise of a kind has come."""
    engine = create_async_engine(world.settings().database_url)
    query = text("SELECT state FROM outbox WHERE kind = :kind ORDER BY id DESC LIMIT 1")
    async with engine.connect() as db:
        state = str((await db.execute(query, {"kind": kind})).scalar_one())
    await engine.dispose()
    return state


def all_seen(world: World) -> None:
    for person in world.people:
        person.sees_if_any("")


async def sends_a_checkin(world: World, row: Row) -> tuple[str, int]:
    """A check-in comes due; the patient hears of nothing but it."""
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.taps("Too ill to answer")
    await world.fast_forward_to("19:00", days=1)
    since = len(world.control.calls)
    inject(world, row, ann, "sendMessage")
    await world.fast_forward_to("19:40")
    all_seen(world)
    state = await state_of(world, "checkin")
    is_in_the_chat = state == "sent"
    expected = Outcome.DELIVERED_UNANSWERED if is_in_the_chat else Outcome.NOT_DELIVERED
    assert (await rows.outcomes(world, ann))[1] is expected
    return state, len(tries(world, ann, PROMPT, since))


async def sends_a_page(world: World, row: Row) -> tuple[str, int]:
    """An alarm pages Carol; what she cannot be told, the operator's list and Ann hear."""
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    since = len(world.control.calls)
    inject(world, row, carol, "sendMessage")
    await ann.alarms()
    await world.fast_forward(timedelta(minutes=4))
    found = tries(world, carol, "EMERGENCY", since)
    first = [call for call in found if "repeat" not in call.params["text"]]
    repeats = [call for call in found if "repeat" in call.params["text"]]
    state = await _first_page(world)
    all_seen(world)
    if state == "sent":
        assert bool(repeats) is (row.checkin == DOUBT)
        return state, len(found)
    return state, len(first)


async def _first_page(world: World) -> str:
    engine = create_async_engine(world.settings().database_url)
    query = text("SELECT state FROM outbox WHERE kind = 'escalation_page' ORDER BY id LIMIT 1")
    async with engine.connect() as db:
        state = str((await db.execute(query)).scalar_one())
    await engine.dispose()
    return state


async def makes_an_edit(world: World, row: Row) -> tuple[str, int]:
    """Taking redraws the copy of another coordinator."""
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await ann.alarms()
    await world.fast_forward(timedelta(minutes=5))
    since = len(world.control.calls)
    inject(world, row, dave, "editMessageText")
    await carol.taps("Take")
    await world.fast_forward(TEN_MINUTES)
    all_seen(world)
    return await state_of(world, "escalation_redraw"), len(tries(world, dave, "Carol", since))


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
async def test_a_check_in_is_never_sent_twice_blindly(world: World, row: Row) -> None:
    assert await sends_a_checkin(world, row) == row.checkin


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
async def test_a_page_is_sent_until_it_is_there_or_refused(world: World, row: Row) -> None:
    assert await sends_a_page(world, row) == row.page


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
async def test_an_edit_is_made_or_the_message_is_sent_anew(world: World, row: Row) -> None:
    assert await makes_an_edit(world, row) == row.edit


async def test_an_edit_that_was_sent_anew_is_edited_from_then_on(world: World) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await ann.alarms()
    await world.fast_forward(timedelta(minutes=5))
    all_seen(world)
    world.control.inject_refusal(
        "Bad Request: message to edit not found", method="editMessageText", chat_id=dave.id
    )
    await carol.taps("Take")
    dave.sees("Carol")
    anew = dave.messages()[-1]["message_id"]

    await carol.taps("Close")
    await carol.taps("Spoke with the patient")
    await world.settle()

    assert "Closed" in dave.messages()[-1]["text"]
    assert dave.messages()[-1]["message_id"] == anew
    all_seen(world)
