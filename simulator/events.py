"""What happened, told to whoever listens: the chat page's live stream."""

from __future__ import annotations

import asyncio
from typing import Any

BACKLOG = 10_000


class Events:
    """A hub that costs nothing while nobody listens."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[dict[str, Any] | None]] = set()

    @property
    def heard(self) -> bool:
        """Say whether anybody listens, so that nobody renders for an empty room."""
        return bool(self._listeners)

    def publish(self, event: dict[str, Any]) -> None:
        """Tell every listener; one that has fallen too far behind is sent away."""
        for queue in tuple(self._listeners):
            try:
                queue.put_nowait(event)
            except asyncio.QueueFull:
                self._send_away(queue)

    def listen(self) -> asyncio.Queue[dict[str, Any] | None]:
        """Open a queue of events; `None` in it is the end."""
        queue: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue(BACKLOG)
        self._listeners.add(queue)
        return queue

    def leave(self, queue: asyncio.Queue[dict[str, Any] | None]) -> None:
        """Stop listening."""
        self._listeners.discard(queue)

    def close(self) -> None:
        """End every stream."""
        for queue in tuple(self._listeners):
            self._send_away(queue)

    def _send_away(self, queue: asyncio.Queue[dict[str, Any] | None]) -> None:
        """Empty a queue and put the end into it."""
        self._listeners.discard(queue)
        while not queue.empty():
            queue.get_nowait()
        queue.put_nowait(None)
