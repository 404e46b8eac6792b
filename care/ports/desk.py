"""What the coordinators' desk reads of many patients at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from care.lifecycle import Asked
    from care.people import PatientId
    from care.questions import Answers, Item
    from care.triage import Tier


class Desk(Protocol):
    """Reads over everybody: one question for all patients instead of one for each."""

    async def asked(
        self, patients: Collection[PatientId], first: date, last: date
    ) -> Mapping[PatientId, Sequence[Asked]]:
        """The check-ins of these dates, both ends included, by patient and date."""
        ...

    async def answers(
        self, patients: Collection[PatientId], first: date, last: date, items: Collection[Item]
    ) -> Mapping[PatientId, Mapping[date, Answers]]:
        """The entries of these dates, with no more than these items, by patient and date."""
        ...

    async def opened_by(self, *, since: datetime) -> Mapping[tuple[Tier, str], int]:
        """How many were opened at an instant or later, by tier as it is now and rule."""
        ...

    async def opened(self, *, since: datetime) -> int:
        """How many escalations were opened at an instant or later."""
        ...
