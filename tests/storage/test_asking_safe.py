from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from care.triage import CRISIS, Flag, Tier
from tests.storage import samples
from tests.storage.conftest import NOW

if TYPE_CHECKING:
    from tests.storage.conftest import Begin

HOUR = timedelta(hours=1)


async def test_a_question_without_an_answer_falls_due_by_itself(begin: Begin) -> None:
    """Before the next page does, and also where nothing rings any more (R-SUI-3)."""
    async with begin() as uow:
        ann = await samples.ann(uow)
        added = await uow.escalations.add(
            ann.id, Flag(rule=CRISIS, tier=Tier.URGENT, reason={}), now=NOW
        )
        for rings_at in (NOW + HOUR, None):
            asked = replace(added, next_step_at=rings_at, safe_by=NOW)
            await uow.escalations.save(asked)

            assert await uow.escalations.next_at() == NOW
            assert await uow.escalations.claim_due(now=NOW, limit=9) == [asked]

        await uow.escalations.save(replace(added, next_step_at=NOW + HOUR, safe_by=None))
        assert await uow.escalations.next_at() == NOW + HOUR
        assert await uow.escalations.claim_due(now=NOW, limit=9) == []
