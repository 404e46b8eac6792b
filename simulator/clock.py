"""Time that can be moved; its source is passed in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class FrozenSource:
    """A time source that stands still, for tests."""

    def __init__(self, at: datetime) -> None:
        self._at = _aware(at)

    def __call__(self) -> datetime:
        """Give the instant it was made with, for ever."""
        return self._at


class VirtualClock:
    """The source's time plus whatever it has been moved by; aware UTC."""

    def __init__(self, source: Callable[[], datetime]) -> None:
        self._source = source
        self._ahead = timedelta()
        self._listeners: list[Callable[[], None]] = []

    def now(self) -> datetime:
        """Give the current virtual instant."""
        return self._source() + self._ahead

    def move_to(self, at: datetime) -> None:
        """Move forward to an instant; raise ValueError when it lies in the past."""
        step = _aware(at) - self.now()
        if step < timedelta():
            raise ValueError(f"the clock does not run backwards: {at.isoformat()}")
        self._advance(step)

    def reach(self, at: datetime) -> None:
        """Move forward to an instant, unless time has reached it by itself."""
        self._advance(max(_aware(at) - self.now(), timedelta()))

    def on_move(self, listener: Callable[[], None]) -> None:
        """Call the listener after every move."""
        self._listeners.append(listener)

    def _advance(self, step: timedelta) -> None:
        """Be ahead of the source by so much more."""
        self._ahead += step
        for listener in self._listeners:
            listener()


def _aware(at: datetime) -> datetime:
    """Refuse a naive instant and give the rest in UTC."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(UTC)
