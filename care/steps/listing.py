"""The daily list: what can wait for a working day, and who reads it (R-TRI-1)."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from care import ladders
from care.escalation import EscalationState
from care.promises import Kind, Promise
from care.triage import Tier

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from care.clinic import Clinic
    from care.escalation import Escalation
    from care.people import Coordinator, Patient
    from care.ports.unit_of_work import UnitOfWork


class Listing(Enum):
    """A list in whose message a report was opened: the daily one, or all that is not closed."""

    DAILY = auto()
    UNCLOSED = auto()


async def waiting(uow: UnitOfWork) -> tuple[tuple[Escalation, Patient], ...]:
    """All that is ROUTINE and that nobody has taken, with whose it is."""
    found = [
        one
        for one in await uow.escalations.unclosed()
        if one.tier is Tier.ROUTINE and one.state is EscalationState.OPEN
    ]
    return tuple([(one, await uow.people.patient(one.patient_id)) for one in found])


async def opened_in(
    uow: UnitOfWork, coordinator: Coordinator, escalation: Escalation, *, message_id: int
) -> Listing | None:
    """From which list a report was opened in this message; None in a page, which stays one."""

    async def stands_in(kind: Kind, subject: int) -> bool:
        copies = await uow.outbox.copies(kind, subject)
        here = (coordinator.address, message_id)
        return any((one.recipient, one.message_id) == here for one in copies)

    if await stands_in(Kind.ESCALATION_PAGE, escalation.id):
        return None
    is_daily = await stands_in(Kind.DAILY_LIST, coordinator.id)
    return Listing.DAILY if is_daily else Listing.UNCLOSED


async def owe(
    uow: UnitOfWork, team: Iterable[Coordinator], *, clinic: Clinic, now: datetime
) -> None:
    """One list a day for each, whatever stands in it when it is sent."""
    today = clinic.hours.local_date(now).isoformat()
    for coordinator in team:
        await uow.outbox.put(
            Promise(
                kind=Kind.DAILY_LIST,
                recipient=coordinator.address,
                subject=coordinator.id,
                key=f"{Kind.DAILY_LIST}:{coordinator.id}:{today}",
                due_at=now,
            )
        )


async def missed(uow: UnitOfWork, promise: Promise, *, clinic: Clinic, now: datetime) -> None:
    """A list could not be delivered: those get it who are next, unless they have it."""
    team = await uow.people.coordinators()
    others = [one for one in team if one.address != promise.recipient]
    await owe(uow, ladders.readers(others, clinic=clinic, now=now), clinic=clinic, now=now)
