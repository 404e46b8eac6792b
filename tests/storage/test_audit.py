from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from care.audit import Action, AuditEvent
from tests.storage.conftest import NOW

if TYPE_CHECKING:
    from tests.storage.conftest import Begin


async def test_the_newest_events_come_first(begin: Begin) -> None:
    events = [
        AuditEvent(
            at=NOW + timedelta(seconds=number),
            actor=f"coordinator:{number}",
            action=action,
            subject=f"escalation:{number}",
        )
        for number, action in enumerate(Action)
    ]
    async with begin() as uow:
        for event in events:
            await uow.audit.add(event)
        assert await uow.audit.latest(limit=3) == events[:-4:-1]
        assert await uow.audit.latest(limit=99) == events[::-1]
