from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from care.errors import NotFound
from care.infusions import Session, SessionId, SessionState
from care.people import Address
from tests.storage import samples
from tests.storage.conftest import NOW

if TYPE_CHECKING:
    from tests.storage.conftest import Begin

DAY = timedelta(days=1)
ZONE = "Europe/Berlin"


async def test_a_new_session_is_scheduled(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        added = await uow.infusions.add(patient_id=ann.id, starts_at=NOW + DAY, zone=ZONE)
        assert added == Session(
            id=added.id,
            patient_id=ann.id,
            starts_at=NOW + DAY,
            zone=ZONE,
            state=SessionState.SCHEDULED,
            revision=1,
        )
        assert await uow.infusions.get(added.id) == added


async def test_a_session_is_saved_whole(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        added = await uow.infusions.add(patient_id=ann.id, starts_at=NOW, zone=ZONE)
        moved = replace(added, starts_at=NOW + DAY, revision=2, state=SessionState.CANCELLED)
        await uow.infusions.save(moved)
        assert await uow.infusions.get(added.id) == moved
        with pytest.raises(NotFound):
            await uow.infusions.save(replace(moved, id=SessionId(99)))
        with pytest.raises(NotFound):
            await uow.infusions.get(SessionId(99))


async def test_what_is_ahead_comes_soonest_first_without_what_was_cancelled(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        ben = await samples.ann(uow, code="B2", address=Address(8))
        late, soon, gone, past = [
            await uow.infusions.add(patient_id=ann.id, starts_at=NOW + days * DAY, zone=ZONE)
            for days in (9, 1, 5, 0)
        ]
        bens = await uow.infusions.add(patient_id=ben.id, starts_at=NOW + 3 * DAY, zone=ZONE)
        await uow.infusions.save(replace(gone, state=SessionState.CANCELLED))

        assert await uow.infusions.upcoming(after=past.starts_at) == [soon, bens, late]
        assert await uow.infusions.upcoming(after=NOW, patient_id=ann.id) == [soon, late]
        assert await uow.infusions.upcoming(after=late.starts_at) == []
