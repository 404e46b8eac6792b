"""Infusion sessions, remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from care.infusions import Session, SessionId
    from care.people import PatientId


class Infusions(Protocol):
    """The sessions of all patients."""

    async def add(self, *, patient_id: PatientId, starts_at: datetime, zone: str) -> Session:
        """A scheduled session at revision 1."""
        ...

    async def get(self, session_id: SessionId) -> Session:
        """The session, locked for this unit of work; raises NotFound."""
        ...

    async def save(self, session: Session) -> None:
        """Store what has changed."""
        ...

    async def upcoming(
        self, *, after: datetime, patient_id: PatientId | None = None
    ) -> Sequence[Session]:
        """Scheduled sessions that start after an instant, soonest first."""
        ...
