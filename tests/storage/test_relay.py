from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from care.errors import NotFound
from care.notes import NoteId
from care.people import Address
from care.promises import Kind, PromiseState
from care.relay import RelayCopy, RelayId, RelayState, answered
from tests import builders
from tests.storage import samples
from tests.storage.conftest import NOW
from tests.storage.samples import CAROL, TODAY

if TYPE_CHECKING:
    from care.ports.unit_of_work import UnitOfWork
    from care.relay import NewRelay
    from tests.storage.conftest import Begin

WORDS = "🙂 <b>" * 500
LATER = NOW + timedelta(minutes=20)


async def of_ann(uow: UnitOfWork, **given: object) -> NewRelay:
    """Words of Ann's, who is there after that."""
    ann = await uow.people.patient_at(samples.ANN) or await samples.ann(uow)
    return builders.new_relay(patient_id=ann.id, text=WORDS, written_at=NOW, **given)


async def test_words_are_kept_whole_with_all_that_came_of_them(begin: Begin) -> None:
    async with begin() as uow:
        carol = await samples.carol(uow)
        added = await uow.relay.add(await of_ann(uow))
        assert (added.text, added.state, added.revision) == (WORDS, RelayState.SENT, 0)

        done = replace(
            answered(added, carol.id, now=LATER), message_id=5, delivered_at=NOW, failed_at=NOW
        )
        await uow.relay.save(done)
        assert await uow.relay.get(added.id) == done
        with pytest.raises(NotFound):
            await uow.relay.get(RelayId(99))
        with pytest.raises(NotFound):
            await uow.relay.save(replace(done, id=RelayId(99)))


async def test_a_note_is_found_as_what_it_was_sent_as(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        note = await uow.notes.add(ann.id, local_date=TODAY, text="x", written_at=NOW)
        sent = await uow.relay.add(await of_ann(uow, note_id=note.id))
        ben = await samples.ann(uow, code="B2", address=Address(7_000_000_009))

        assert await uow.relay.of_note(ann.id, note.id) == sent
        assert await uow.relay.of_note(ben.id, note.id) is None
        assert await uow.relay.of_note(ann.id, NoteId(99)) is None


async def test_what_stands_in_a_message_of_the_patients_chat(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        ben = await samples.ann(uow, code="B2", address=Address(7_000_000_009))
        sent = await uow.relay.add(await of_ann(uow, message_id=12))

        assert await uow.relay.shown_at(ann.id, 12) == sent
        assert await uow.relay.shown_at(ann.id, 13) is None
        assert await uow.relay.shown_at(ben.id, 12) is None


async def test_answers_are_those_that_were_sent_oldest_first(begin: Begin) -> None:
    async with begin() as uow:
        carol = await samples.carol(uow)
        asked = await uow.relay.add(await of_ann(uow))
        mine = await of_ann(uow, coordinator_id=carol.id, answers=asked.id)
        first, second = await uow.relay.add(mine), await uow.relay.add(mine)
        await uow.relay.add(replace(mine, state=RelayState.HELD))

        assert await uow.relay.answers_to(asked.id) == [first, second]
        assert await uow.relay.answers_to(first.id) == []


async def test_recent_are_the_unanswered_and_the_newest(begin: Begin) -> None:
    async with begin() as uow:
        carol = await samples.carol(uow)
        old, older, new = [
            await uow.relay.add(replace(await of_ann(uow), written_at=NOW - timedelta(days=days)))
            for days in (9, 10, 1)
        ]
        await uow.relay.add(await of_ann(uow, coordinator_id=carol.id, answers=new.id))
        for one in (older, new):
            await uow.relay.save(answered(one, carol.id, now=NOW))

        found = await uow.relay.recent(since=NOW - timedelta(days=7), limit=20)

        assert [one.id for one in found] == [new.id, old.id]


async def test_copies_know_whose_words_they_hold(begin: Begin) -> None:
    async with begin() as uow:
        sent = await uow.relay.add(await of_ann(uow))
        copies = [RelayCopy(address=CAROL, message_id=n, part=n - 6) for n in (7, 8)]
        for copy in (*copies, copies[0]):
            await uow.relay.keep_copy(sent.id, copy)

        assert await uow.relay.copies(sent.id) == copies
        assert await uow.relay.copied_at(CAROL, 8) == sent.id
        assert await uow.relay.copied_at(CAROL, 9) is None


async def test_a_promise_waits_until_it_is_settled(begin: Begin) -> None:
    async with begin() as uow:
        await uow.outbox.put(samples.promise("a", kind=Kind.RELAY_TO_TEAM, subject=3))
        assert await uow.outbox.waits(Kind.RELAY_TO_TEAM, 3)
        assert not await uow.outbox.waits(Kind.RELAY_TO_TEAM, 4)
        [delivery] = await samples.claim(uow)
        assert await uow.outbox.waits(Kind.RELAY_TO_TEAM, 3)

        await uow.outbox.settle(delivery, PromiseState.DEAD, now=NOW)

        assert not await uow.outbox.waits(Kind.RELAY_TO_TEAM, 3)
