"""Cost follows what is due and whose it is, never how many are enrolled or how much is past."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest

from care.notes import NoteId
from care.people import Address, PatientId
from care.ports.occurrences import DueKind
from care.promises import Kind
from care.questions import Item
from care.relay import RelayId
from storage import engine
from storage.unit_of_work import SqlUnitOfWork
from storage.writers import Joined
from tests.databases import template_sqlite
from tests.storage import samples
from tests.storage.conftest import NOW, StandingClock

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from care.ports.unit_of_work import UnitOfWork

DAY = date(2026, 9, 21)
ONE, TWO = PatientId(1), PatientId(2)
FREQUENT: dict[str, Callable[[UnitOfWork], Awaitable[object]]] = {
    "patient_at": lambda uow: uow.people.patient_at(samples.ANN),
    "patient_with_code": lambda uow: uow.people.patient_with_code("A1"),
    "coordinator_at": lambda uow: uow.people.coordinator_at(samples.CAROL),
    "spend_invite": lambda uow: uow.people.spend_invite("hash", now=NOW),
    "on": lambda uow: uow.checkins.on(ONE, DAY),
    "between": lambda uow: uow.checkins.between(ONE, DAY, DAY),
    "lagging": lambda uow: uow.checkins.lagging(limit=9),
    "answers": lambda uow: uow.checkins.answers(ONE, DAY),
    "answers_between": lambda uow: uow.checkins.answers_between(ONE, DAY, DAY),
    "late_between": lambda uow: uow.checkins.late_between(ONE, DAY, DAY),
    "history": lambda uow: uow.checkins.history(ONE, DAY),
    "asked of many": lambda uow: uow.desk.asked([ONE, TWO], DAY, DAY),
    "answers of many": lambda uow: uow.desk.answers([ONE, TWO], DAY, DAY, [Item.HEADACHE]),
    "notes": lambda uow: uow.notes.on(ONE, DAY),
    "erase drafts": lambda uow: uow.notes.erase_drafts(before=NOW, now=NOW),
    "relay of note": lambda uow: uow.relay.of_note(ONE, NoteId(1)),
    "relay shown at": lambda uow: uow.relay.shown_at(ONE, 1),
    "relay answers": lambda uow: uow.relay.answers_to(RelayId(1)),
    "relay copies": lambda uow: uow.relay.copies(RelayId(1)),
    "relay copied at": lambda uow: uow.relay.copied_at(samples.CAROL, 1),
    "waits": lambda uow: uow.outbox.waits(Kind.RELAY_TO_TEAM, 1),
    "claim": samples.claim,
    "sweep": lambda uow: uow.outbox.sweep(now=NOW),
    "next promise": lambda uow: uow.outbox.next_at(),
    "copies": lambda uow: uow.outbox.copies(Kind.CHECKIN, 1),
    "cancel by subject": lambda uow: uow.outbox.cancel(kinds=[Kind.CHECKIN], subject=1),
    "cancel by chat": lambda uow: uow.outbox.cancel(kinds=[Kind.CHECKIN], recipient=samples.ANN),
    "readdress": lambda uow: uow.outbox.readdress(samples.ANN, Address(-1)),
    "claim occurrences": lambda uow: uow.occurrences.claim(DueKind.CHECKIN, now=NOW, limit=9),
    "cancel occurrences": lambda uow: uow.occurrences.cancel(ONE, list(DueKind)),
    "waiting": lambda uow: uow.occurrences.waiting(ONE),
    "next occurrence": lambda uow: uow.occurrences.next_at(),
    "open_for": lambda uow: uow.escalations.open_for(ONE, "ALARM"),
    "claim_due": lambda uow: uow.escalations.claim_due(now=NOW, limit=9),
    "unclosed": lambda uow: uow.escalations.unclosed(),
    "next step": lambda uow: uow.escalations.next_at(),
    "upcoming": lambda uow: uow.infusions.upcoming(after=NOW),
    "upcoming of one": lambda uow: uow.infusions.upcoming(after=NOW, patient_id=ONE),
    "done": lambda uow: uow.inbox.done(1, now=NOW),
    "unfinished": lambda uow: uow.inbox.unfinished(),
    "parked": lambda uow: uow.inbox.parked(),
    "forget": lambda uow: uow.inbox.forget(before=NOW),
}
WHOLE_HISTORIES = ("(kind=?)", "(state=?)", "(lane=?)")
"""Index conditions that leave all that ever was of a kind."""


@pytest.mark.parametrize("name", FREQUENT)
async def test_no_query_walks_through_a_table(tmp_path: Path, name: str) -> None:
    opened = engine.create(template_sqlite(tmp_path / "respite.db"))
    asked: list[str] = []
    async with SqlUnitOfWork(opened, clock=StandingClock()) as uow:
        assert isinstance(uow._db, Joined)
        connection = uow._db._writer.connection
        connection.set_trace_callback(asked.append)
        await FREQUENT[name](uow)
        connection.set_trace_callback(None)
    await opened.dispose()
    [statement] = asked
    with closing(sqlite3.connect(tmp_path / "respite.db")) as db:
        plan = [step[3] for step in db.execute(f"EXPLAIN QUERY PLAN {statement}")]

    tables = [step for step in plan if step.startswith(("SCAN", "SEARCH"))]
    walks = [step for step in tables if step.startswith("SCAN") and "INDEX" not in step]
    assert [step for step in walks if step not in {"SCAN due", "SCAN CONSTANT ROW"}] == []
    assert [step for step in tables if step.endswith(WHOLE_HISTORIES)] == []
