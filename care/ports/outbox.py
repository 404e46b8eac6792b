"""Where promises wait until Telegram has taken them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime, timedelta

    from care.people import Address
    from care.promises import Copy, DeadLetter, Delivery, Kind, Lane, Promise, PromiseState


class Outbox(Protocol):
    """Promises with their state; leases fence two senders off each other."""

    async def put(self, promise: Promise) -> bool:
        """Store a promise; False if one with its key is there already."""
        ...

    async def claim(
        self, *, now: datetime, lanes: Iterable[Lane], limit: int, lease: timedelta
    ) -> Sequence[Delivery]:
        """Take due promises, by lane, instant and age; each counts one attempt."""
        ...

    async def sweep(self, *, now: datetime) -> int:
        """End expired leases, whose outcome is unknown; returns how many.

        At-least-once and idempotent ones wait again with one more repeat, at-most-once ones
        become uncertain.
        """
        ...

    async def settle(
        self,
        delivery: Delivery,
        state: PromiseState,
        *,
        now: datetime,
        message_id: int | None = None,
        error: str = "",
    ) -> bool:
        """End an attempt; False if the lease was lost to a later one."""
        ...

    async def put_back(
        self,
        delivery: Delivery,
        *,
        due_at: datetime,
        is_attempt: bool,
        is_repeat: bool = False,
        error: str = "",
    ) -> bool:
        """Wait again until `due_at`; False if the lease was lost to a later attempt.

        Without `is_attempt` the attempt is not counted; `is_repeat` adds one to the repeats,
        because the outcome is unknown.
        """
        ...

    async def cancel(
        self,
        *,
        recipient: Address | None = None,
        kinds: Iterable[Kind],
        subject: int | None = None,
    ) -> None:
        """Cancel what still waits of these kinds, for a recipient and subject if given."""
        ...

    async def waits(self, kind: Kind, subject: int) -> bool:
        """Whether anything of a kind about a subject still waits or is being sent."""
        ...

    async def copies(self, kind: Kind, subject: int) -> Sequence[Copy]:
        """The messages that were sent of a kind about a subject, oldest first."""
        ...

    async def replace_copy(self, recipient: Address, *, old: int, new: int) -> None:
        """What a message said stands in another one from now on."""
        ...

    async def overdue(self, *, before: datetime) -> int:
        """How many promises have waited since before an instant."""
        ...

    async def dead(self, *, since: datetime, kinds: Iterable[Kind]) -> Sequence[DeadLetter]:
        """What of these kinds was not, or perhaps not, delivered since then; newest first."""
        ...

    async def revive(self, promise_id: int, *, now: datetime) -> DeadLetter | None:
        """Let a dead or uncertain promise wait again, due now; None for any other."""
        ...

    async def readdress(self, old: Address, new: Address) -> None:
        """A chat has a new id: every promise to it goes there."""
        ...

    async def next_at(self) -> datetime | None:
        """The earliest instant of a waiting promise or of an ending lease."""
        ...
