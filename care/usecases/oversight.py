"""What a lead looks over: who did what, and how often the rules ring (F61, R-TRI-10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from care import digests
from care.errors import NotYours
from care.people import Address, PatientId
from care.steps import rostering

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from care.audit import AuditEvent
    from care.people import Coordinator
    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork
    from care.triage import Tier

A_PAGE = 30
"""Lines of the log that are shown at once."""


@dataclass(frozen=True, kw_only=True)
class Log:
    """A page of the audit log, the newest first; `names` are known by `coordinator:2`."""

    lead: Coordinator
    events: tuple[AuditEvent, ...]
    names: Mapping[str, str]
    page: int
    has_more: bool


@dataclass(frozen=True, kw_only=True)
class Noise:
    """How many reports of each tier and rule the last 28 days brought."""

    lead: Coordinator
    opened: Mapping[tuple[Tier, str], int]
    patient_days: int

    def rate(self, count: int) -> Fraction | None:
        """So many reports, for each patient and month; None without patients."""
        return digests.rate(count, self.patient_days)


async def log(core: Core, *, by: Address, page: int) -> Log:
    """Who did what. Raises NotYours for anybody but a lead."""
    async with core.new_uow(is_reading=True) as uow:
        lead = await _lead(uow, by)
        found = await uow.audit.latest(limit=A_PAGE + 1, skip=page * A_PAGE)
        return Log(
            lead=lead,
            events=tuple(found[:A_PAGE]),
            names=await _names(uow, found[:A_PAGE]),
            page=page,
            has_more=len(found) > A_PAGE,
        )


async def noise(core: Core, *, by: Address) -> Noise:
    """How often the rules rang. Raises NotYours for anybody but a lead."""
    now = core.clock.now()
    async with core.new_uow(is_reading=True) as uow:
        lead = await _lead(uow, by)
        entries = await rostering.entries(uow, now=now)
        opened = await uow.desk.opened_by(since=now - timedelta(days=digests.DAYS))
    return Noise(lead=lead, opened=opened, patient_days=digests.patient_days(entries))


async def _lead(uow: UnitOfWork, by: Address) -> Coordinator:
    coordinator = await uow.people.coordinator_at(by)
    if coordinator is None or not coordinator.is_lead:
        raise NotYours
    return coordinator


async def _names(uow: UnitOfWork, events: Iterable[AuditEvent]) -> Mapping[str, str]:
    """Coordinators by name, patients by code, also where the log has only their chat."""
    team = await uow.people.ever_coordinators()
    named = {key for one in events for key in (one.actor, one.subject)}
    ids = [PatientId(_number(one)) for one in named if one.startswith("patient:")]
    patients = await uow.people.patients_by_id(ids)
    chats = {f"chat:{one.address}": one.name for one in team}
    for key in named:
        if key.startswith("chat:") and key not in chats:
            patient = await uow.people.patient_at(Address(_number(key)))
            if patient is not None:
                chats[key] = patient.code
    return {
        **chats,
        **{f"coordinator:{one.id}": one.name for one in team},
        **{f"patient:{one.id}": one.code for one in patients.values()},
    }


def _number(key: str) -> int:
    return int(key.partition(":")[2])
