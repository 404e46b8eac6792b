from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from care.errors import NotFound
from care.notes import NoteId, NoteState, erased, kept
from care.people import Address
from tests.storage import samples
from tests.storage.conftest import NOW
from tests.storage.samples import TODAY

if TYPE_CHECKING:
    from tests.storage.conftest import Begin

WORDS = "🙂 <b>" * 500
DAY = timedelta(days=1)


async def test_words_are_kept_whole_and_by_date(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        ben = await samples.ann(uow, code="B2", address=Address(7_000_000_009))
        one = await uow.notes.add(ann.id, local_date=TODAY, text=WORDS, written_at=NOW)
        two = await uow.notes.add(ann.id, local_date=TODAY, text="2", written_at=NOW)
        await uow.notes.add(ann.id, local_date=TODAY - DAY, text="3", written_at=NOW)
        await uow.notes.add(ben.id, local_date=TODAY, text="4", written_at=NOW)

        assert (one.text, one.state) == (WORDS, NoteState.DRAFT)
        assert await uow.notes.on(ann.id, TODAY) == [one, two]
        with pytest.raises(NotFound):
            await uow.notes.get(ben.id, one.id)


async def test_a_note_is_saved_and_an_erased_one_is_not_listed(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        added = await uow.notes.add(ann.id, local_date=TODAY, text=WORDS, written_at=NOW)
        mine = kept(added, TODAY - DAY)
        await uow.notes.save(mine)
        assert await uow.notes.on(ann.id, TODAY - DAY) == [mine]

        gone = erased(mine, now=NOW)
        await uow.notes.save(gone)
        assert await uow.notes.on(ann.id, TODAY - DAY) == []
        assert await uow.notes.get(ann.id, added.id) == gone
        with pytest.raises(NotFound):
            await uow.notes.save(replace(gone, id=NoteId(99)))


async def test_old_drafts_are_erased_and_what_is_part_of_a_day_stays(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        old, mine, new = [
            await uow.notes.add(ann.id, local_date=TODAY, text="x", written_at=at)
            for at in (NOW - 8 * DAY, NOW - 8 * DAY, NOW)
        ]
        await uow.notes.save(kept(mine, TODAY))

        assert await uow.notes.erase_drafts(before=NOW - 7 * DAY, now=NOW) == 1

        assert (await uow.notes.get(ann.id, old.id)).text == ""
        assert [one.id for one in await uow.notes.on(ann.id, TODAY)] == [mine.id, new.id]
