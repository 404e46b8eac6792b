from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from care.audit import Action, AuditEvent
from tests.storage.conftest import NOW

if TYPE_CHECKING:
    from tests.storage.conftest import Begin


async def test_what_somebody_did_lately_is_counted(begin: Begin) -> None:
    def event(minutes: int, actor: str, action: Action) -> AuditEvent:
        at = NOW + timedelta(minutes=minutes)
        return AuditEvent(at=at, actor=actor, action=action, subject="invite")

    refused = Action.INVITE_REFUSED
    async with begin() as uow:
        for one in (
            event(0, "chat:7", refused),
            event(1, "chat:7", refused),
            event(2, "chat:8", refused),
            event(3, "chat:7", Action.TAP_REFUSED),
        ):
            await uow.audit.add(one)

        for since, expected in ((0, 2), (1, 1), (2, 0)):
            at = NOW + timedelta(minutes=since)
            assert await uow.audit.recent(refused, actor="chat:7", since=at) == expected


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
        assert await uow.audit.latest(limit=3, skip=2) == events[-3:-6:-1]
        assert await uow.audit.latest(limit=99) == events[::-1]
