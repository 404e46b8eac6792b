"""One all-or-nothing change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from types import TracebackType

    from care.ports.attacks import Attacks
    from care.ports.audit import Audit
    from care.ports.checkins import CheckIns
    from care.ports.desk import Desk
    from care.ports.escalations import Escalations
    from care.ports.groups import Groups
    from care.ports.heartbeats import Heartbeats
    from care.ports.inbox import Inbox
    from care.ports.infusions import Infusions
    from care.ports.notes import Notes
    from care.ports.occurrences import Occurrences
    from care.ports.outbox import Outbox
    from care.ports.people import People
    from care.ports.profiles import Profiles
    from care.ports.relay import Relay
    from care.ports.scores import Scores


class UnitOfWork(Protocol):
    """The repositories of one transaction: `commit` keeps it, leaving without undoes it."""

    people: People
    profiles: Profiles
    checkins: CheckIns
    attacks: Attacks
    notes: Notes
    relay: Relay
    occurrences: Occurrences
    infusions: Infusions
    escalations: Escalations
    outbox: Outbox
    inbox: Inbox
    heartbeats: Heartbeats
    groups: Groups
    audit: Audit
    desk: Desk
    scores: Scores

    async def __aenter__(self) -> Self:
        """Begin; a writing one takes the database's write lock at once."""
        ...

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Undo what was not committed."""
        ...

    async def commit(self) -> None:
        """Keep everything, and with it that the update being handled is done.

        Raises AlreadyHandled, keeping nothing, when somebody has handled that update before.
        """
        ...


class NewUnitOfWork(Protocol):
    """Opens units of work; a reading one sees a snapshot and must not write."""

    def __call__(self, *, is_reading: bool = False) -> UnitOfWork:
        """A fresh unit of work, not yet begun."""
        ...
