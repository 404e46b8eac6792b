"""Looking for promises that are not being kept: mend what is safe, tell the operator the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from care.audit import Action, AuditEvent
from care.errors import NotFound, NotYours
from care.escalation import EscalationState
from care.ports.heartbeats import INTAKE, TICKS
from care.promises import DeadLetter, Kind, Promise
from care.steps import reaching, scheduling
from care.triage import Tier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from care.escalation import Escalation
    from care.groups import Group
    from care.people import Address, Coordinator, Operator
    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork

OVERDUE_AFTER = timedelta(minutes=10)
"""A promise that has waited longer than this is overdue, whatever the limiter holds back."""

UNSENT_AFTER = timedelta(minutes=2)
"""An open escalation of which nothing was sent by then is in trouble (telegram facts, 8)."""

DEAD_SINCE = timedelta(days=7)

EDITS = frozenset(
    {
        Kind.CHECKIN_REDRAW,
        Kind.CHECKIN_REFRESH,
        Kind.ESCALATION_REDRAW,
        Kind.GROUP_REDRAW,
        Kind.RELAY_REDRAW,
        Kind.RELAY_STATE,
    }
)
MESSAGES = tuple(kind for kind in Kind if kind not in EDITS and kind is not Kind.TROUBLE)
"""What is missed when it does not arrive; an edit that fails leaves an older screen."""


class Trouble(StrEnum):
    """What the operator is told of."""

    PROMISES_OVERDUE = "promises_overdue"
    ESCALATION_UNSENT = "escalation_unsent"
    NOBODY_TO_PAGE = "nobody_to_page"
    NOBODY_IN_TEAM = "nobody_in_team"
    UPDATE_PARKED = "update_parked"
    NOT_DELIVERED = "not_delivered"
    GROUP_LOST = "group_lost"
    COORDINATOR_LOST = reaching.COORDINATOR_LOST


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One trouble; `about` tells two of a kind apart, `count` is how many."""

    trouble: Trouble
    about: str
    count: int = 1


async def look_over(core: Core) -> int:
    """One round; returns how many things were mended or newly reported."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        mended = await _mend(uow, core, now=now)
        findings = await _findings(uow, now=now)
        reported = [await _report(uow, finding, now=now) for finding in findings]
        await uow.commit()
    return mended + sum(reported)


async def _mend(uow: UnitOfWork, core: Core, *, now: datetime) -> int:
    """A patient without a next check-in gets one; an escalation that nothing rings again rings."""
    unplanned = await uow.people.unplanned()
    for patient in unplanned:
        await scheduling.plan_patient(uow, patient, core.clinic, now=now)
    silent = [
        one
        for one in await uow.escalations.unclosed()
        if one.next_step_at is None and one.state is EscalationState.OPEN
    ]
    for one in silent:
        await uow.escalations.save(replace(one, next_step_at=now))
    return len(unplanned) + len(silent)


async def _findings(uow: UnitOfWork, *, now: datetime) -> Sequence[Finding]:
    found = [
        Finding(trouble=Trouble.UPDATE_PARKED, about=str(update_id))
        for update_id, _error in await uow.inbox.parked()
    ]
    found += [
        Finding(trouble=Trouble.ESCALATION_UNSENT, about=str(one.id))
        for one in await uow.escalations.unclosed()
        if _is_unsent(one, now=now)
    ]
    found += [
        Finding(trouble=Trouble.NOT_DELIVERED, about=str(letter.id))
        for letter in await uow.outbox.dead(since=now - DEAD_SINCE, kinds=[Kind.ESCALATION_PAGE])
    ]
    team = await uow.people.coordinators()
    if team and not any(one.is_reachable for one in team):
        found.append(Finding(trouble=Trouble.NOBODY_TO_PAGE, about=f"{now.date()}"))
    if not team and any(one.is_active for one in await uow.people.patients()):
        found.append(Finding(trouble=Trouble.NOBODY_IN_TEAM, about=f"{now.date()}"))
    group = await uow.groups.current()
    if group is not None and group.lost_at is not None:
        found.append(Finding(trouble=Trouble.GROUP_LOST, about=f"{group.lost_at:%Y-%m-%d %H:%M}"))
    overdue = await uow.outbox.overdue(before=now - OVERDUE_AFTER)
    if overdue:
        about = f"{now.date()}:{now.hour}"
        found.append(Finding(trouble=Trouble.PROMISES_OVERDUE, about=about, count=overdue))
    return found


def _is_unsent(one: Escalation, *, now: datetime) -> bool:
    """It should have rung by now, and nothing of it was sent; ROUTINE waits for a daily list."""
    is_due = one.climbs_from < now - UNSENT_AFTER
    return one.told_at is None and is_due and one.tier is not Tier.ROUTINE


async def _report(uow: UnitOfWork, finding: Finding, *, now: datetime) -> int:
    """Each trouble once to each operator; that the group is lost to the coordinators as well."""
    readers = {f"{one.id}": one.address for one in await uow.people.operators()}
    if finding.trouble is Trouble.GROUP_LOST:
        readers |= {
            f"coordinator:{one.id}": one.address
            for one in await uow.people.coordinators()
            if one.is_active and one.is_reachable
        }
    owed = [
        await uow.outbox.put(
            Promise(
                kind=Kind.TROUBLE,
                recipient=address,
                subject=0,
                key=f"trouble:{reader}:{finding.trouble}:{finding.about}",
                due_at=now,
                data={"trouble": finding.trouble, "about": finding.about, "n": finding.count},
            )
        )
        for reader, address in readers.items()
    ]
    return sum(owed)


@dataclass(frozen=True, kw_only=True)
class Condition:
    """The state of a running clinic, without anything of a patient.

    `parked` are updates with the error that set them aside, `heard_at` and `ticked_at` the last
    signs of life; None before the first.
    """

    coordinators: Sequence[Coordinator]
    operators: Sequence[Operator]
    group: Group | None
    parked: Sequence[tuple[int, str]]
    undelivered: Sequence[DeadLetter]
    overdue: int
    unclosed: int
    heard_at: datetime | None
    ticked_at: datetime | None


async def condition(core: Core) -> Condition:
    """Look at everything once; nothing is changed."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        return Condition(
            coordinators=await uow.people.coordinators(),
            operators=await uow.people.operators(),
            group=await uow.groups.current(),
            parked=await uow.inbox.parked(),
            undelivered=await uow.outbox.dead(since=now - DEAD_SINCE, kinds=MESSAGES),
            overdue=await uow.outbox.overdue(before=now - OVERDUE_AFTER),
            unclosed=len(await uow.escalations.unclosed()),
            heard_at=await uow.heartbeats.last(INTAKE),
            ticked_at=await uow.heartbeats.last(TICKS),
        )


@dataclass(frozen=True, kw_only=True)
class Undelivered:
    """A message that did not, or perhaps did not, arrive, and whom it was for."""

    letter: DeadLetter
    recipient: str


async def undelivered(core: Core, *, by: Address) -> tuple[Coordinator, tuple[Undelivered, ...]]:
    """What of the last week did not surely arrive, newest first. Raises NotYours."""
    async with core.new_uow(is_reading=True) as uow:
        coordinator = await _coordinator(uow, by)
        since = core.clock.now() - DEAD_SINCE
        letters = await uow.outbox.dead(since=since, kinds=MESSAGES)
        found = [
            Undelivered(letter=one, recipient=await _name(uow, one.promise.recipient))
            for one in letters
        ]
    return coordinator, tuple(found)


async def _name(uow: UnitOfWork, address: Address) -> str:
    patient = await uow.people.patient_at(address)
    if patient is not None:
        return patient.code
    coordinator = await uow.people.coordinator_at(address)
    return "" if coordinator is None else coordinator.name


async def send_again(core: Core, *, by: Address, promise_id: int) -> Coordinator:
    """Let an undelivered message wait again, at a coordinator's wish.

    Raises NotYours, and NotFound for one that has arrived or waits already.
    """
    now = core.clock.now()
    async with core.new_uow() as uow:
        coordinator = await _coordinator(uow, by)
        revived = await uow.outbox.revive(promise_id, now=now)
        if revived is None or revived.promise.kind not in MESSAGES:
            raise NotFound
        await uow.audit.add(
            AuditEvent(
                at=now,
                actor=f"coordinator:{coordinator.id}",
                action=Action.PROMISE_REVIVED,
                subject=f"promise:{promise_id}",
            )
        )
        await uow.commit()
    return coordinator


async def _coordinator(uow: UnitOfWork, by: Address) -> Coordinator:
    coordinator = await uow.people.coordinator_at(by)
    if coordinator is None:
        raise NotYours
    return coordinator
