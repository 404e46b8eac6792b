"""The audit log, remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from care.audit import AuditEvent


class Audit(Protocol):
    """Events, never changed."""

    async def add(self, event: AuditEvent) -> None:
        """Append an event."""
        ...

    async def latest(self, *, limit: int) -> Sequence[AuditEvent]:
        """The newest events first."""
        ...
