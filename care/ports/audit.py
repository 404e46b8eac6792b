"""The audit log, remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from care.audit import Action, AuditEvent


class Audit(Protocol):
    """Events, never changed."""

    async def add(self, event: AuditEvent) -> None:
        """Append an event."""
        ...

    async def recent(self, action: Action, *, actor: str, since: datetime) -> int:
        """How often somebody did something since an instant, as far as the newest events tell."""
        ...

    async def latest(self, *, limit: int, skip: int = 0) -> Sequence[AuditEvent]:
        """The newest events first, without so many of the very newest."""
        ...
