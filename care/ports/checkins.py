"""Check-ins and the answers of each local date, remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from care.entries import Change
    from care.lifecycle import CheckIn, CheckInId, NewCheckIn
    from care.people import PatientId
    from care.questions import Answers


class CheckIns(Protocol):
    """One check-in per patient and local date; answers by patient, date and item."""

    async def add(self, new: NewCheckIn) -> CheckIn | None:
        """A check-in that asks its first question, at revision 1; None if the date has one."""
        ...

    async def get(self, checkin_id: CheckInId) -> CheckIn:
        """The check-in, locked for this unit of work; raises NotFound."""
        ...

    async def get_many(self, ids: Iterable[CheckInId]) -> Mapping[CheckInId, CheckIn]:
        """Those of these check-ins that are there, not locked: only to be shown."""
        ...

    async def on(self, patient_id: PatientId, local_date: date) -> CheckIn | None:
        """The check-in of a date, locked for this unit of work."""
        ...

    async def save(self, checkin: CheckIn) -> None:
        """Store what has changed."""
        ...

    async def drawn(self, revisions: Mapping[CheckInId, int]) -> None:
        """Note which revision each screen shows; an older one never replaces a newer."""
        ...

    async def lagging(self, *, limit: int) -> Sequence[CheckIn]:
        """Check-ins with a message whose screen is behind their revision, oldest first."""
        ...

    async def unanswered(self, *, now: datetime) -> Sequence[CheckIn]:
        """Those that stand in a chat with questions left and still take answers."""
        ...

    async def between(self, patient_id: PatientId, first: date, last: date) -> Sequence[CheckIn]:
        """The check-ins of these dates, both ends included, by date."""
        ...

    async def answers(self, patient_id: PatientId, local_date: date) -> Answers:
        """What stands in the entry of a date now; empty if nothing does."""
        ...

    async def answers_between(
        self, patient_id: PatientId, first: date, last: date
    ) -> Mapping[date, Answers]:
        """The entries of these dates that hold any answer."""
        ...

    async def late_between(
        self, patient_id: PatientId, first: date, last: date
    ) -> frozenset[date]:
        """Those of these dates on which an answer that stands came late (R-FILL-1)."""
        ...

    async def write(
        self,
        patient_id: PatientId,
        local_date: date,
        changes: Iterable[Change],
        *,
        now: datetime,
        is_late: bool,
        author: str,
    ) -> None:
        """Apply changes to an entry; what they replace is kept with its times (R-FILL-2)."""
        ...

    async def history(self, patient_id: PatientId, local_date: date) -> Sequence[Change]:
        """Every change ever made to the entry of a date, oldest first."""
        ...
