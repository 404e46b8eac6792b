"""Update to inbox row to handled: first stored, then confirmed, one chat in order.

Updates are kept as they came, in raw JSON: what is stored cannot be lost, and what cannot be
parsed cannot stop anything (telegram facts, 5 and 6).
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import orjson

from bot import logs
from care.errors import AlreadyHandled, StorageUnavailable
from care.ports.inbox import Received, Turn, Waiting

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from care.ports.core import Core
    from care.ports.inbox import Turns
    from care.ports.unit_of_work import UnitOfWork

SIDE_BY_SIDE = 64
"""How many chats are handled at once."""

RETRIES = (timedelta(seconds=5), timedelta(seconds=30))
"""How long after a failure an update is tried again; after three it is parked (facts, 6)."""


@dataclass(kw_only=True)
class Handling:
    """The update in hand: its id, what went wrong, and what is committed.

    `is_settled`: its effect is; `is_promising`: so is something that falls due.
    """

    update_id: int
    error: BaseException | None = None
    is_settled: bool = False
    is_promising: bool = False

    @property
    def has_failed(self) -> bool:
        """Whether it is still to be done, and not by another process."""
        is_fault = self.error is not None and not isinstance(self.error, AlreadyHandled)
        return is_fault and not self.is_settled


handling: ContextVar[Handling | None] = ContextVar("handling", default=None)
"""Set while an update is handled; the composition root lets its commit settle the inbox row."""


def received(update: dict[str, Any]) -> Received:
    """An update as it came, with the chat whose order it keeps."""
    return Received(
        update_id=int(update["update_id"]),
        chat_key=_chat_key(update),
        payload=orjson.dumps(update),
    )


def _chat_key(update: dict[str, Any]) -> int:
    for body in update.values():
        if not isinstance(body, dict):
            continue
        message = body.get("message", body)
        for holder in (message, body):
            for name in ("chat", "from"):
                if isinstance(holder, dict) and isinstance(holder.get(name), dict):
                    return int(holder[name]["id"])
    return 0


class Intake:
    """Stores updates, confirms them, and has them handled: chats side by side, each in order."""

    def __init__(
        self,
        core: Core,
        *,
        turns: Turns,
        handle: Callable[[bytes], Awaitable[None]],
        nudge: Callable[[], None],
        tell: Callable[[], Awaitable[None]],
        unstored: Callable[[Iterable[dict[str, Any]]], Awaitable[None]],
    ) -> None:
        """`handle` does one update; `nudge` is called after one that put down something due.

        `tell` writes down what other processes must know before it is their turn; `unstored`
        hears of updates that could not be stored, or not be handled yet.
        """
        self._core = core
        self._turns = turns
        self._handle = handle
        self._nudge = nudge
        self._tell = _Together(tell)
        self._unstored = unstored
        self._queues: dict[int, deque[Waiting]] = {}
        self._in_hand: set[int] = set()
        self._workers: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(SIDE_BY_SIDE)
        self._idle = asyncio.Event()
        self._idle.set()

    async def take_up(self) -> int:
        """Start on what is stored but not handled: left by a process that ended, or to retry."""
        return self._start(await self._unfinished())

    async def _unfinished(self, *, chat_key: int | None = None) -> Iterable[Waiting]:
        """What may be handled now, in order of arrival."""
        now = self._core.clock.now()
        async with self._core.new_uow(is_reading=True) as uow:
            waiting = await uow.inbox.unfinished(chat_key=chat_key)
        return [one for one in waiting if one.retry_at is None or one.retry_at <= now]

    async def receive(self, updates: Iterable[dict[str, Any]]) -> None:
        """Store a batch and start on what is new; raises StorageUnavailable, storing nothing."""
        offered = list(updates)
        batch = [received(update) for update in offered]
        try:
            async with self._core.new_uow() as uow:
                fresh = set(await uow.inbox.put(batch, now=self._core.clock.now()))
                await uow.commit()
        except StorageUnavailable:
            await self._unstored(offered)
            raise
        self._start(
            Waiting(received=one, attempts=0, retry_at=None)
            for one in batch
            if one.update_id in fresh
        )

    def _start(self, updates: Iterable[Waiting]) -> int:
        fresh = [one for one in updates if one.received.update_id not in self._in_hand]
        for one in fresh:
            self._in_hand.add(one.received.update_id)
            chat_key = one.received.chat_key
            queue = self._queues.get(chat_key)
            if queue is not None:
                queue.append(one)
                continue
            self._queues[chat_key] = deque([one])
            self._idle.clear()
            worker = asyncio.create_task(self._drain(chat_key))
            self._workers.add(worker)
            worker.add_done_callback(self._ended)
        return len(fresh)

    def _ended(self, worker: asyncio.Task[None]) -> None:
        self._workers.discard(worker)
        if not self._workers:
            self._idle.set()

    async def _drain(self, chat_key: int) -> None:
        """Handle the updates of one chat, one after the other, when it is our turn."""
        queue = self._queues[chat_key]
        try:
            async with self._places, self._turns.of(chat_key) as turn:
                match turn:
                    case Turn.ALONE:
                        await self._drain_alone(queue)
                    case Turn.SHARED:
                        await self._drain_shared(queue, chat_key)
                    case Turn.NOT_OURS:
                        logs.event("updates_left_to_another", chat=chat_key)
        except StorageUnavailable:
            logs.event("inbox_unavailable", logging.WARNING, chat=chat_key)
        finally:
            rest = self._queues.pop(chat_key)
            self._in_hand.difference_update(one.received.update_id for one in rest)

    async def _drain_alone(self, queue: deque[Waiting]) -> None:
        while queue:
            await self._settle(queue[0])
            self._in_hand.discard(queue.popleft().received.update_id)

    async def _drain_shared(self, queue: deque[Waiting], chat_key: int) -> None:
        """What others stored goes by the same order; what they handled is not handled again."""
        tried: set[int] = set()
        while queue:
            known = len(queue)
            waiting = await self._unfinished(chat_key=chat_key)
            fresh = [one for one in waiting if one.received.update_id not in tried]
            for one in fresh:
                tried.add(one.received.update_id)
                await self._settle(one)
            if fresh:
                await self._tell()
            for _ in range(known):
                self._in_hand.discard(queue.popleft().received.update_id)

    async def _settle(self, one: Waiting) -> None:
        """Handle one update once; its effect and its end are one transaction."""
        now_handling = Handling(update_id=one.received.update_id)
        token = handling.set(now_handling)
        try:
            await self._handle(one.received.payload)
        except Exception as error:  # noqa: BLE001 - whatever it is, the loop and the chat go on
            now_handling.error = error
        finally:
            handling.reset(token)
        if now_handling.is_promising:
            self._nudge()
        if now_handling.has_failed:
            await self._unstored([orjson.loads(one.received.payload)])
        try:
            await self._write_down(now_handling, attempts=one.attempts)
        except StorageUnavailable:
            logs.event("inbox_unavailable", logging.WARNING, update=one.received.update_id)

    async def _write_down(self, done: Handling, *, attempts: int) -> None:
        if done.is_settled:
            if done.error is not None:
                logs.event(
                    "reply_failed",
                    logging.WARNING,
                    update=done.update_id,
                    error=type(done.error).__name__,
                )
            return
        if isinstance(done.error, AlreadyHandled):
            return
        if isinstance(done.error, StorageUnavailable):
            raise done.error
        async with self._core.new_uow() as uow:
            if done.error is None:
                await uow.inbox.done(done.update_id, now=self._core.clock.now())
            else:
                await self._fail(uow, done, attempts=attempts)
            await uow.commit()

    async def _fail(self, uow: UnitOfWork, done: Handling, *, attempts: int) -> None:
        """Try again later, a bounded number of times, then park it; the chat goes on."""
        name = type(done.error).__name__
        retry_at = None
        if attempts < len(RETRIES):
            retry_at = self._core.clock.now() + RETRIES[attempts]
        event = "update_parked" if retry_at is None else "update_failed"
        logs.event(event, logging.ERROR, update=done.update_id, error=name)
        await uow.inbox.failed(done.update_id, error=name, retry_at=retry_at)

    def has_in_hand(self, chat_key: int) -> bool:
        """Whether something of this chat is being handled, or about to be."""
        return chat_key in self._queues

    async def idle(self) -> None:
        """Return when nothing is in hand."""
        await self._idle.wait()

    async def stop(self, *, within: timedelta) -> None:
        """Finish what is in hand within a bound; the rest stays in the inbox."""
        try:
            async with asyncio.timeout(within.total_seconds()):
                await self.idle()
        except TimeoutError:
            for worker in self._workers:
                worker.cancel()


class _Together:
    """Work that is done once for all who ask for it before it begins."""

    def __init__(self, work: Callable[[], Awaitable[None]]) -> None:
        self._work = work
        self._running: asyncio.Task[None] | None = None
        self._next: asyncio.Task[None] | None = None

    async def __call__(self) -> None:
        """Return when it has been done from beginning to end; raises what it raised."""
        if self._next is None:
            self._next = asyncio.create_task(self._run(after=self._running))
        await asyncio.shield(self._next)

    async def _run(self, *, after: asyncio.Task[None] | None) -> None:
        if after is not None:
            await asyncio.wait([after])
        self._running, self._next = self._next, None
        await self._work()
