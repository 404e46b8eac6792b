"""Updates pushed to the webhook: in order within a queue, again and again until taken."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

import aiohttp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from simulator.state import State
    from simulator.updates import Update
    from simulator.webhooks import Webhook

FIRST_WAIT = timedelta(seconds=1)
LONGEST_WAIT = timedelta(seconds=60)
LONGEST_RETRY_AFTER_S = 3600
ANSWER_WITHIN_S = 60.0
SHORTEST_LOOK_S = 0.01
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name


class _Queue:
    """What is known of one queue: its next attempt and how often it has failed."""

    def __init__(self) -> None:
        self.failures = 0
        self.next_at: datetime | None = None
        self.update_id: int | None = None
        self.task: asyncio.Task[None] | None = None


class Delivery:
    """Watches the updates while a webhook is set; the waits run on the virtual clock."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._queues: dict[str, _Queue] = {}
        self._changed = asyncio.Event()
        self._watch: asyncio.Task[None] | None = None
        self._session: aiohttp.ClientSession | None = None
        state.updates.changed.append(self._look)
        state.clock.on_move(self._look)

    def start(self) -> None:
        """Begin to watch."""
        self._watch = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """End every attempt."""
        tasks = [queue.task for queue in self._queues.values() if queue.task is not None]
        if self._watch is not None:
            tasks.append(self._watch)
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task
        if self._session is not None:
            await self._session.close()

    def rests(self) -> bool:
        """Say whether nothing can be delivered before time moves on."""
        running = any(queue.task is not None for queue in self._queues.values())
        ready = self._ready_heads(self._state.clock.now())
        return not running and next(ready, None) is None

    def _look(self) -> None:
        """Wake the watcher, if there is anything to watch."""
        if self._state.webhook is not None:
            self._changed.set()

    async def _run(self) -> None:
        """Begin every attempt that is due."""
        while True:
            self._changed.clear()
            now = self._state.clock.now()
            if self._state.webhook is not None:
                self._begin(self._state.webhook, now)
            with suppress(TimeoutError):
                async with asyncio.timeout(self._seconds_to_wait(now)):
                    await self._changed.wait()

    def _seconds_to_wait(self, now: datetime) -> float | None:
        """Give the real seconds after which a running clock reaches the next attempt."""
        waiting = [
            queue.next_at
            for queue in self._queues.values()
            if queue.next_at is not None and queue.next_at > now
        ]
        if self._state.webhook is None or not waiting:
            return None
        return max(SHORTEST_LOOK_S, (min(waiting) - now).total_seconds())

    def _ready_heads(self, now: datetime) -> Iterator[Update]:
        """Go through the oldest update of each queue that may be tried now."""
        seen: set[str] = set()
        for update in self._state.updates.pending():
            if update.queue not in seen:
                seen.add(update.queue)
                if self._ready(update, now):
                    yield update

    def _ready(self, update: Update, now: datetime) -> bool:
        """Say whether an update may be tried now."""
        queue = self._queues.get(update.queue)
        if queue is None:
            return True
        waits = queue.next_at is not None and queue.next_at > now
        return queue.task is None and not (waits and queue.update_id == update.update_id)

    def _begin(self, webhook: Webhook, now: datetime) -> None:
        """Try the head of every queue that is ready, within the allowed connections."""
        running = sum(queue.task is not None for queue in self._queues.values())
        room = max(webhook.max_connections - running, 0)
        for update in islice(self._ready_heads(now), room):
            queue = self._queues.setdefault(update.queue, _Queue())
            queue.task = asyncio.create_task(self._attempt(webhook, update, queue))

    async def _attempt(self, webhook: Webhook, update: Update, queue: _Queue) -> None:
        """Push one update; forget it when taken, else wait longer each time."""
        if queue.update_id != update.update_id:
            queue.update_id, queue.failures = update.update_id, 0
        try:
            retry_after = await self._push(webhook, update)
        finally:
            queue.task = None
            self._changed.set()
        if retry_after is None:
            queue.next_at = None
            self._queues.pop(update.queue, None)
            self._state.updates.discard(update)
            return
        queue.next_at = self._state.clock.now() + _wait(queue.failures, retry_after)
        queue.failures += 1
        self._state.updates.tell()

    async def _push(self, webhook: Webhook, update: Update) -> int | None:
        """Post an update; give nothing when taken, else the seconds the other side asks for."""
        if self._session is None:
            self._session = aiohttp.ClientSession()
        headers = {SECRET_HEADER: webhook.secret} if webhook.secret else {}
        timeout = aiohttp.ClientTimeout(total=ANSWER_WITHIN_S)
        try:
            async with self._session.post(
                webhook.url, json=update.body, headers=headers, timeout=timeout
            ) as answer:
                if 200 <= answer.status < 300:
                    return None
                words = f"Wrong response from the webhook: {answer.status} {answer.reason}"
                asked = answer.headers.get("Retry-After", "0")
        except (aiohttp.ClientError, TimeoutError) as error:
            words, asked = f"Connection failed: {type(error).__name__}", "0"
        webhook.last_error = words
        webhook.last_error_at = self._state.clock.now()
        return min(int(asked), LONGEST_RETRY_AFTER_S) if asked.isdigit() else 0


def _wait(failures: int, retry_after: int) -> timedelta:
    """Give the wait after a failure: none at first, then doubling, or what was asked for."""
    if retry_after:
        return timedelta(seconds=retry_after)
    if failures == 0:
        return timedelta()
    doublings = min(failures - 1, 10)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
