"""Results of questionnaires that staff have entered, remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from care.instruments import Entering, NewResult, Result, ResultId
    from care.people import CoordinatorId, PatientId


class Scores(Protocol):
    """One result stands for each questionnaire and local date; what it replaced is kept."""

    async def add(self, new: NewResult) -> Result:
        """Store a whole result; one that stood for the same date stands no more."""
        ...

    async def get(self, result_id: ResultId) -> Result:
        """One of them, standing or not, locked for this unit of work; raises NotFound."""
        ...

    async def end(self, result_id: ResultId, *, now: datetime) -> None:
        """It stands no more; who entered what, and when, is kept."""
        ...

    async def latest(self, patient_id: PatientId) -> Sequence[Result]:
        """The two newest of each questionnaire that stand, by date, the newest first."""
        ...

    async def history(self, patient_id: PatientId) -> Sequence[Result]:
        """All that was ever entered, oldest first."""
        ...

    async def entering(self, coordinator_id: CoordinatorId) -> Entering | None:
        """What this coordinator is entering, even if it is too late for it."""
        ...

    async def expect(self, coordinator_id: CoordinatorId, entering: Entering) -> None:
        """Expect the next number of this, and of nothing else."""
        ...

    async def expect_nothing(self, coordinator_id: CoordinatorId) -> None:
        """Expect no number any more."""
        ...
