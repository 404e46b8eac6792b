"""What patients have named for themselves, remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from care.people import PatientId
    from care.profiles import Awaited, DrugClass, Own, OwnId, OwnKind


class Profiles(Protocol):
    """Own medicines and exposures, and the words that a patient was asked for.

    Nothing that was named is ever deleted, since answers name it.
    """

    async def own(self, patient_id: PatientId) -> Sequence[Own]:
        """Everything a patient has named, active or not, oldest first."""
        ...

    async def own_of(self, patients: Iterable[PatientId]) -> Mapping[PatientId, Sequence[Own]]:
        """The same of many patients; of one who has named nothing, nothing."""
        ...

    async def add(
        self,
        patient_id: PatientId,
        *,
        kind: OwnKind,
        label: str,
        drug_class: DrugClass | None = None,
    ) -> Own:
        """One more, active."""
        ...

    async def get(self, patient_id: PatientId, own_id: OwnId) -> Own:
        """One of this patient's; raises NotFound."""
        ...

    async def save(self, own: Own) -> None:
        """Store what has changed."""
        ...

    async def awaited(self, patient_id: PatientId) -> Awaited | None:
        """The words that are expected next, even if they come too late."""
        ...

    async def await_words(self, patient_id: PatientId, awaited: Awaited) -> None:
        """Expect these words next, and no others."""
        ...

    async def await_nothing(self, patient_id: PatientId) -> None:
        """Expect no words any more."""
        ...
