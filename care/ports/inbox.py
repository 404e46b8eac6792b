"""Where updates wait until they are handled; written before Telegram is told that we have them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Received:
    """One update: its raw payload and the chat whose order it keeps."""

    update_id: int
    chat_key: int
    payload: bytes


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """An update that is not done; `attempts` failed so far, the next not before `retry_at`."""

    received: Received
    attempts: int
    retry_at: datetime | None


class Inbox(Protocol):
    """Updates by id; one that came before is not stored again."""

    async def put(self, updates: Iterable[Received], *, now: datetime) -> Sequence[int]:
        """Store a batch; returns the ids that are new, in order of arrival."""
        ...

    async def done(self, update_id: int, *, now: datetime) -> bool:
        """Mark as handled and erase its payload; False if it was already."""
        ...

    async def failed(self, update_id: int, *, error: str, retry_at: datetime | None) -> None:
        """Count a failed attempt; without `retry_at` it is parked with its error."""
        ...

    async def unfinished(self, *, chat_key: int | None = None) -> Sequence[Waiting]:
        """All that are neither done nor parked, or those of one chat, in order of arrival."""
        ...

    async def counts(self) -> tuple[int, int]:
        """How many wait, and how many are parked."""
        ...

    async def parked(self) -> Sequence[tuple[int, str]]:
        """Ids and errors of the updates that could not be handled."""
        ...

    async def next_at(self) -> datetime | None:
        """The earliest instant at which a failed update is to be tried again."""
        ...

    async def forget(self, *, before: datetime) -> int:
        """Delete handled ids older than this; returns how many."""
        ...


class Turn(Enum):
    """Whose turn it is to handle the updates of a chat.

    ALONE: ours, as all chats are. SHARED: ours, but others may have handled some of them before.
    NOT_OURS: another process handles all chats.
    """

    ALONE = "alone"
    SHARED = "shared"
    NOT_OURS = "not ours"


class Turns(Protocol):
    """One process at a time for each chat, among all that share a database."""

    def of(self, chat_key: int) -> AbstractAsyncContextManager[Turn]:
        """Wait for the turn and keep it for a block; raises StorageUnavailable."""
        ...
