"""Patients, coordinators and invites, remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime, time

    from care.people import Address, Coordinator, Invite, Operator, Patient, PatientId


class People(Protocol):
    """Everybody we know. Every `save` replaces the row with the same id."""

    async def add_patient(
        self, *, code: str, language: str, zone: str, checkin_time: time
    ) -> Patient:
        """A patient in state `invited`, without an address; the code must be free."""
        ...

    async def patient(self, patient_id: PatientId) -> Patient:
        """The patient with this id; raises NotFound."""
        ...

    async def patients_by_id(self, ids: Iterable[PatientId]) -> Mapping[PatientId, Patient]:
        """Those of these patients who are there."""
        ...

    async def patient_at(self, address: Address) -> Patient | None:
        """The patient who is reached at this address."""
        ...

    async def patient_with_code(self, code: str) -> Patient | None:
        """The patient whom the team knows by this code."""
        ...

    async def patients(self) -> Sequence[Patient]:
        """All patients, by code."""
        ...

    async def save_patient(self, patient: Patient) -> None:
        """Store what has changed."""
        ...

    async def add_coordinator(self, *, name: str, address: Address, language: str) -> Coordinator:
        """A coordinator at the end of the ladder."""
        ...

    async def coordinator_at(self, address: Address) -> Coordinator | None:
        """The active coordinator who is reached at this address."""
        ...

    async def coordinators(self) -> Sequence[Coordinator]:
        """All active coordinators, by position."""
        ...

    async def hold_team(self) -> Sequence[Coordinator]:
        """All active coordinators, by position; until the end nobody else changes who they are."""
        ...

    async def ever_coordinators(self) -> Sequence[Coordinator]:
        """All coordinators, also those who have left, by position."""
        ...

    async def save_coordinator(self, coordinator: Coordinator) -> None:
        """Store what has changed; raises NotFound for one who has left the team meanwhile."""
        ...

    async def note_patient(self, address: Address, *, is_reachable: bool) -> Patient | None:
        """Who is reached there can be, or cannot; gives the patient if that has changed."""
        ...

    async def note_coordinator(
        self, address: Address, *, is_reachable: bool
    ) -> Coordinator | None:
        """Who is reached there can be, or cannot; gives the coordinator if that has changed."""
        ...

    async def add_operator(self, *, address: Address, language: str) -> Operator:
        """Somebody who hears of technical trouble."""
        ...

    async def operator_at(self, address: Address) -> Operator | None:
        """The operator who is reached at this address."""
        ...

    async def operators(self) -> Sequence[Operator]:
        """All operators, in the order in which they joined."""
        ...

    async def unplanned(self) -> Sequence[Patient]:
        """Active patients for whom no check-in is waiting."""
        ...

    async def add_invite(self, invite: Invite) -> None:
        """Store an invite; earlier unused invites of the same patient expire at once."""
        ...

    async def spend_invite(self, token_hash: str, *, now: datetime) -> Invite | None:
        """Use an invite up, in one statement; None when unknown, used or expired."""
        ...
