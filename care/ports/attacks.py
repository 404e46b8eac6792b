"""Attacks, remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from care.attacks import Attack, AttackId, NewAttack
    from care.people import PatientId


class Attacks(Protocol):
    """Every attack of every patient; at most one of a patient runs."""

    async def add(self, new: NewAttack) -> Attack:
        """A running attack."""
        ...

    async def get(self, attack_id: AttackId) -> Attack:
        """The attack, locked for this unit of work; raises NotFound."""
        ...

    async def running(self, patient_id: PatientId) -> Attack | None:
        """The attack of this patient that runs now."""
        ...

    async def since(self, patient_id: PatientId, at: datetime) -> Sequence[Attack]:
        """Attacks that began at an instant or later, oldest first, those taken back left out."""
        ...

    async def save(self, attack: Attack) -> None:
        """Store what has changed."""
        ...
