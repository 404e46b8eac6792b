"""Escalations, remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from care.escalation import Escalation, EscalationId
    from care.happenings import EscalationEvent
    from care.people import PatientId
    from care.triage import Flag


class Escalations(Protocol):
    """Every escalation ever opened."""

    async def add(self, patient_id: PatientId, flag: Flag, *, now: datetime) -> Escalation:
        """A new open escalation at step 0."""
        ...

    async def get(self, escalation_id: EscalationId) -> Escalation:
        """The escalation, locked for this unit of work; raises NotFound."""
        ...

    async def seen(self, escalation_id: EscalationId) -> Escalation:
        """The escalation as it stands, not locked: only to be shown; raises NotFound."""
        ...

    async def open_for(self, patient_id: PatientId, rule: str) -> Escalation | None:
        """The one of this rule and patient that is not closed, locked (R-TRI-4)."""
        ...

    async def save(self, escalation: Escalation) -> None:
        """Store what has changed."""
        ...

    async def claim_due(self, *, now: datetime, limit: int) -> Sequence[Escalation]:
        """Not closed and with `next_step_at` reached, oldest first, locked."""
        ...

    async def last_closed(self, patient_id: PatientId, rule: str) -> Escalation | None:
        """The one of this rule and patient that was closed last (R-TRI-4)."""
        ...

    async def caused(
        self, patient_id: PatientId, *, since: datetime, until: datetime
    ) -> Sequence[Escalation]:
        """Those to which a patient gave cause from `since` on and before `until`; newest first.

        Also one that was open before, and whatever has become of it.
        """
        ...

    async def note(self, event: EscalationEvent) -> None:
        """Append a line to the history of an escalation."""
        ...

    async def history(self, escalation_id: EscalationId) -> Sequence[EscalationEvent]:
        """What happened to it, oldest first."""
        ...

    async def unclosed(self) -> Sequence[Escalation]:
        """All that are open or taken, most urgent and oldest first."""
        ...

    async def next_at(self) -> datetime | None:
        """The earliest `next_step_at`."""
        ...
