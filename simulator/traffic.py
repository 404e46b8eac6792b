"""Who is talking to this Telegram right now, and whether the bot has come to rest."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.state import State

LOOK_AGAIN_AFTER_S = 0.25


class Traffic:
    """Counts calls in flight and knows the connection that polls."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._in_flight = 0
        self._poller: asyncio.BaseTransport | None = None
        self._watchers: set[asyncio.Future[None]] = set()
        self.webhook_rests: Callable[[], bool] = lambda: True
        state.updates.changed.append(self.changed)

    def begin(self) -> None:
        """Count a call in."""
        self._in_flight += 1

    def end(self) -> None:
        """Count a call out."""
        self._in_flight -= 1
        if self._watchers:
            self.changed()

    def polled_by(self, transport: asyncio.BaseTransport | None) -> None:
        """Remember the connection over which `getUpdates` came."""
        self._poller = transport

    def changed(self) -> None:
        """Let those who wait for rest look again."""
        for watcher in self._watchers:
            if not watcher.done():
                watcher.set_result(None)

    async def quiet(self) -> None:
        """Return when nothing is in flight and nothing is left that somebody will fetch."""
        loop = asyncio.get_running_loop()
        while not self._rests():
            watcher: asyncio.Future[None] = loop.create_future()
            self._watchers.add(watcher)
            try:
                async with asyncio.timeout(LOOK_AGAIN_AFTER_S):
                    await watcher
            except TimeoutError:
                continue  # a poller's connection may have died, which nobody tells us
            finally:
                self._watchers.discard(watcher)

    def _rests(self) -> bool:
        """Say whether everything has been said and taken."""
        if self._in_flight:
            return False
        if not self._state.updates.pending():
            return True
        if self._state.webhook is not None:
            return self.webhook_rests()
        return not self._is_polled()

    def _is_polled(self) -> bool:
        """Say whether somebody waits for updates or is between two polls."""
        if self._state.updates.waiting:
            return True
        return self._poller is not None and not self._poller.is_closing()
