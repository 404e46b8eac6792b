"""The weekly summary, by itself on Sunday evening (F20)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from care.ports.occurrences import DueKind
from care.promises import Kind, Promise
from care.steps import scheduling

if TYPE_CHECKING:
    from care.ports.core import Core

BATCH = 100

WITHIN = timedelta(hours=48)
"""A summary later than this is dropped (telegram facts, 7)."""


async def summarise_due(core: Core) -> int:
    """Owe a summary to everybody whose Sunday evening has come, and put down the next."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        due = await uow.occurrences.claim(DueKind.SUMMARY, now=now, limit=BATCH)
        for occurrence in due:
            patient = await uow.people.patient(occurrence.patient_id)
            if not patient.is_active or patient.address is None:
                continue
            await uow.occurrences.put(
                scheduling.next_summary(patient, core.clinic, after=occurrence.due_at)
            )
            is_away = not patient.is_reachable or patient.is_paused(occurrence.local_date)
            if now - occurrence.due_at > WITHIN or is_away:
                await uow.occurrences.drop([occurrence])
                continue
            await uow.outbox.put(
                Promise(
                    kind=Kind.SUMMARY,
                    recipient=patient.address,
                    subject=patient.id,
                    key=f"summary:{patient.id}:{occurrence.local_date}",
                    due_at=now,
                    data={"last": occurrence.local_date.isoformat()},
                    expires_at=occurrence.due_at + WITHIN,
                )
            )
        await uow.commit()
    return len(due)
