"""What a lead does about the team: who is in it, inviting, and removing at once (F61)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from care import ladders
from care.audit import Action, AuditEvent
from care.errors import LastLead, NotFound, NotYours
from care.escalation import EscalationState
from care.people import Invite, Role, token_hash
from care.promises import Kind
from care.steps import handing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from care.people import Address, Coordinator, CoordinatorId
    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork

_OWED = tuple(kind for kind in Kind if kind is not Kind.TROUBLE)
"""What nobody gets who has left; who is an operator too still hears of technical trouble."""


@dataclass(frozen=True, kw_only=True)
class Staff:
    """The team in the order of the ladder, and how many unclosed reports each has taken."""

    lead: Coordinator
    team: tuple[Coordinator, ...]
    taken: Mapping[CoordinatorId, int]

    def member(self, coordinator_id: CoordinatorId) -> Coordinator:
        """One of the team. Raises NotFound."""
        found = next((one for one in self.team if one.id == coordinator_id), None)
        if found is None:
            raise NotFound
        return found


async def look(core: Core, *, by: Address) -> Staff:
    """Who is in the team. Raises NotYours for anybody but a lead."""
    async with core.new_uow(is_reading=True) as uow:
        return await _staff(uow, await _lead(uow, by))


async def invite(core: Core, *, token: str, by: Address) -> tuple[Coordinator, Invite]:
    """A way in for one more coordinator; the token goes into the link only. Raises NotYours."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        lead = await _lead(uow, by)
        made = Invite(
            token_hash=token_hash(token),
            role=Role.COORDINATOR,
            language=lead.language,
            created_at=now,
            expires_at=now + core.clinic.coordinator_invite_life,
        )
        await uow.people.add_invite(made)
        await _note(uow, lead, Action.COORDINATOR_INVITED, "invite", now=now)
        await uow.commit()
    return lead, made


async def remove(
    core: Core, *, by: Address, coordinator_id: CoordinatorId
) -> tuple[Staff, Coordinator]:
    """Out of the team from this moment on: what they had taken is open again and rings.

    Raises NotYours, NotFound for who is not in the team, LastLead for its last lead.
    """
    now = core.clock.now()
    async with core.new_uow() as uow:
        team = await uow.people.hold_team()  # of two who remove each other the second finds out
        lead = _lead_of(team, by)
        before = await _staff(uow, lead)
        gone = before.member(coordinator_id)
        if gone.is_lead and sum(one.is_lead for one in before.team) == 1:
            raise LastLead
        await uow.people.save_coordinator(replace(gone, is_active=False, is_on_duty=False))
        await uow.outbox.cancel(recipient=gone.address, kinds=_OWED)
        for one in await uow.escalations.unclosed():
            found = await uow.escalations.get(one.id)
            if found.state is EscalationState.TAKEN and found.taken_by == gone.id:
                await handing.reopen(uow, found, by=lead, clinic=core.clinic, now=now)
        subject = f"coordinator:{gone.id}"
        await _note(uow, lead, Action.COORDINATOR_REMOVED, subject, now=now)
        after = await _staff(uow, lead)
        await uow.commit()
    return after, gone


async def _lead(uow: UnitOfWork, by: Address) -> Coordinator:
    return _lead_of(await uow.people.coordinators(), by)


def _lead_of(team: Iterable[Coordinator], by: Address) -> Coordinator:
    found = next((one for one in team if one.address == by and one.is_lead), None)
    if found is None:
        raise NotYours
    return found


async def _staff(uow: UnitOfWork, lead: Coordinator) -> Staff:
    taken = Counter(
        one.taken_by for one in await uow.escalations.unclosed() if one.taken_by is not None
    )
    return Staff(lead=lead, team=ladders.in_order(await uow.people.coordinators()), taken=taken)


async def _note(
    uow: UnitOfWork, lead: Coordinator, action: Action, subject: str, *, now: datetime
) -> None:
    await uow.audit.add(
        AuditEvent(at=now, actor=f"coordinator:{lead.id}", action=action, subject=subject)
    )
