"""Coming back after the bot was away: what was tapped meanwhile is gone (telegram facts, 2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from care.escalation import EscalationState
from care.ports.heartbeats import INTAKE, TICKS
from care.promises import Kind, Promise

if TYPE_CHECKING:
    from care.people import Patient
    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork

GAP = timedelta(seconds=120)
"""Telegram keeps a tap for 150 seconds: after a longer silence some may be lost."""


async def beat(core: Core, *, silent_for: timedelta | None) -> None:
    """Note that time goes on, and when updates last surely came in, if they ever did."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        await uow.heartbeats.beat(TICKS, at=now)
        if silent_for is not None:
            await uow.heartbeats.beat(INTAKE, at=now - silent_for)
        await uow.commit()


async def after_gap(core: Core) -> int | None:
    """Ask again wherever a tap may have been lost; returns how many screens were refreshed.

    None when there is nothing to do: the gap since the last beat is short, another process has
    closed it, or the bot never ran. A check-in's screen is redrawn with a plain sentence, once
    for each gap; an escalation that nobody has taken rings again, for an edit would be silent.
    """
    now = core.clock.now()
    async with core.new_uow() as uow:
        since = await uow.heartbeats.last(INTAKE)
        if since is None or now - since <= GAP:
            return None
        checkins = await uow.checkins.unanswered(now=now)
        for checkin in checkins:
            patient = await uow.people.patient(checkin.patient_id)
            await _refresh(uow, patient, checkin.id, since=since, now=now)
        for escalation in await uow.escalations.unclosed():
            if escalation.state is EscalationState.OPEN:
                await uow.escalations.save(replace(escalation, next_step_at=now))
        await uow.heartbeats.beat(INTAKE, at=now)
        await uow.commit()
    return len(checkins)


async def _refresh(
    uow: UnitOfWork, patient: Patient, checkin_id: int, *, since: datetime, now: datetime
) -> None:
    if patient.address is None or not patient.is_reachable:
        return
    await uow.outbox.put(
        Promise(
            kind=Kind.CHECKIN_REFRESH,
            recipient=patient.address,
            subject=checkin_id,
            key=f"checkin_refresh:{checkin_id}:{since.isoformat()}",
            due_at=now,
        )
    )
