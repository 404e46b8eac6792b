"""One all-or-nothing change, on one connection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from typing_extensions import override

from care.errors import AlreadyHandled
from care.ports.unit_of_work import UnitOfWork
from storage.attacks import SqlAttacks
from storage.audit import SqlAudit
from storage.checkins import SqlCheckIns
from storage.desk import SqlDesk
from storage.engine import begun
from storage.escalations import SqlEscalations
from storage.groups import SqlGroups
from storage.heartbeats import SqlHeartbeats
from storage.inbox import SqlInbox
from storage.infusions import SqlInfusions
from storage.notes import SqlNotes
from storage.occurrences import SqlOccurrences
from storage.outbox import SqlOutbox
from storage.people import SqlPeople
from storage.profiles import SqlProfiles
from storage.relay import SqlRelay
from storage.scores import SqlScores

if TYPE_CHECKING:
    from types import TracebackType

    from sqlalchemy.ext.asyncio import AsyncEngine

    from care.ports.clock import Clock


class SqlUnitOfWork(UnitOfWork):
    """A transaction: `commit` keeps it, leaving without undoes it.

    `settles` is the id of the update being handled: its inbox row is marked as done by the same
    commit. When the database is locked or gone, StorageUnavailable is raised wherever it shows.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        *,
        clock: Clock,
        is_reading: bool = False,
        settles: int | None = None,
    ) -> None:
        self._clock = clock
        self._settles = None if is_reading else settles
        self._begun = begun(engine, is_reading=is_reading)

    @override
    async def __aenter__(self) -> Self:
        self._db = db = await self._begun.__aenter__()
        self.people = SqlPeople(db)
        self.profiles = SqlProfiles(db)
        self.checkins = SqlCheckIns(db)
        self.attacks = SqlAttacks(db)
        self.notes = SqlNotes(db)
        self.relay = SqlRelay(db)
        self.occurrences = SqlOccurrences(db)
        self.infusions = SqlInfusions(db)
        self.escalations = SqlEscalations(db)
        self.outbox = SqlOutbox(db)
        self.inbox = SqlInbox(db)
        self.heartbeats = SqlHeartbeats(db)
        self.groups = SqlGroups(db)
        self.audit = SqlAudit(db)
        self.desk = SqlDesk(db)
        self.scores = SqlScores(db)
        return self

    @override
    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._begun.__aexit__(kind, error, trace)

    @property
    def is_promising(self) -> bool:
        """Whether anything was put down that falls due."""
        return self.outbox.has_put or self.occurrences.has_put

    @override
    async def commit(self) -> None:
        if self._settles is not None and not await self.inbox.done(
            self._settles, now=self._clock.now()
        ):
            await self._db.rollback()
            raise AlreadyHandled
        await self._db.commit()
