"""What time it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime


class Clock(Protocol):
    """Tells the time; asked once in a use case, then passed down as `now`."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...
