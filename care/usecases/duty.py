"""Who is on duty, when a coordinator is left in peace, and handing over on leaving (F42)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from care import ladders
from care.audit import Action, AuditEvent
from care.errors import NotFound, NotYours
from care.escalation import EscalationState
from care.steps import handing, reaching

if TYPE_CHECKING:
    from datetime import datetime, time

    from care.escalation import Escalation
    from care.people import Address, Coordinator, CoordinatorId
    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Duty:
    """The team in the order of the ladder, and what the one who looks has not closed yet."""

    coordinator: Coordinator
    team: tuple[Coordinator, ...]
    taken: tuple[Escalation, ...]

    @property
    def is_anybody_on_duty(self) -> bool:
        """Whether a page finds somebody on duty who can be reached."""
        return any(one.is_on_duty and one.is_reachable for one in self.team)

    @property
    def successors(self) -> tuple[Coordinator, ...]:
        """Colleagues on duty who can be reached."""
        others = (one for one in self.team if one.id != self.coordinator.id)
        return tuple(one for one in others if one.is_on_duty and one.is_reachable)


async def look(core: Core, *, by: Address) -> Duty:
    """Who is on duty. Raises NotYours for anybody but a coordinator."""
    async with core.new_uow(is_reading=True) as uow:
        coordinator = await uow.people.coordinator_at(by)
        if coordinator is None:
            raise NotYours
        return await _duty(uow, coordinator)


async def switch(core: Core, *, by: Address, is_on_duty: bool) -> Duty:
    """Go on duty or off it; it holds from the next page on. Raises NotYours."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        before = await reaching.colleague(uow, by)
        coordinator = replace(before, is_on_duty=is_on_duty)
        if coordinator != before:
            action = Action.DUTY_BEGUN if is_on_duty else Action.DUTY_ENDED
            await _keep(uow, coordinator, action, now=now)
        duty = await _duty(uow, coordinator)
        await uow.commit()
    return duty


async def set_quiet(
    core: Core, *, by: Address, quiet_from: time | None, quiet_until: time | None
) -> Duty:
    """Between these times of the clinic's clock only an emergency rings. Raises NotYours."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        before = await reaching.colleague(uow, by)
        coordinator = replace(before, quiet_from=quiet_from, quiet_until=quiet_until)
        if coordinator != before:
            await _keep(uow, coordinator, Action.QUIET_HOURS_SET, now=now)
        duty = await _duty(uow, coordinator)
        await uow.commit()
    return duty


async def hand_all(core: Core, *, by: Address, to: CoordinatorId) -> tuple[Duty, int]:
    """All that is mine and not closed is a colleague's now; gives how many.

    Raises NotYours, and NotFound for one that is not on duty or cannot be reached.
    """
    now = core.clock.now()
    async with core.new_uow() as uow:
        coordinator = await reaching.colleague(uow, by)
        before = await _duty(uow, coordinator)
        colleague = next((one for one in before.successors if one.id == to), None)
        if colleague is None:
            raise NotFound
        for one in before.taken:
            found = await uow.escalations.get(one.id)
            if found.taken_by == coordinator.id:
                await handing.hand_over(
                    uow, found, by=coordinator, to=colleague, clinic=core.clinic, now=now
                )
        after = await _duty(uow, coordinator)
        await uow.commit()
    return after, len(before.taken) - len(after.taken)


async def _keep(
    uow: UnitOfWork, coordinator: Coordinator, action: Action, *, now: datetime
) -> None:
    name = f"coordinator:{coordinator.id}"
    await uow.people.save_coordinator(coordinator)
    await uow.audit.add(AuditEvent(at=now, actor=name, action=action, subject=name))


async def _duty(uow: UnitOfWork, coordinator: Coordinator) -> Duty:
    unclosed = await uow.escalations.unclosed()
    return Duty(
        coordinator=coordinator,
        team=ladders.in_order(await uow.people.coordinators()),
        taken=tuple(
            one
            for one in unclosed
            if one.state is EscalationState.TAKEN and one.taken_by == coordinator.id
        ),
    )
