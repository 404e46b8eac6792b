"""When something was last seen alive, remembered across restarts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

INTAKE = "intake"
"""The last time at which updates surely came in."""

TICKS = "ticks"
"""The last time at which anybody asked what is due."""


DIGEST = "digest"
"""The last time at which the Monday digest was decided on."""


STARTED = "started"
"""The last time at which a process of the bot started."""

LOOKED_FOR_TEAM = "looked_for_team"
"""The last time at which the team was looked for."""


class Heartbeats(Protocol):
    """The latest instant of each name; it never goes back."""

    async def beat(self, name: str, *, at: datetime) -> None:
        """Note that it was alive at this instant."""
        ...

    async def last(self, name: str) -> datetime | None:
        """The latest instant noted, locked; None before the first."""
        ...
