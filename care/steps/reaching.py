"""Who can be reached."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from care.errors import NotYours

if TYPE_CHECKING:
    from care.people import Address, Coordinator, Patient
    from care.ports.unit_of_work import UnitOfWork


async def colleague(uow: UnitOfWork, by: Address) -> Coordinator:
    """The coordinator who taps, and so can be reached. Raises NotYours for anybody else."""
    coordinator = await uow.people.coordinator_at(by)
    if coordinator is None:
        raise NotYours
    if coordinator.is_reachable:
        return coordinator
    reachable = replace(coordinator, is_reachable=True)
    await uow.people.save_coordinator(reachable)
    return reachable


async def heard(uow: UnitOfWork, patient: Patient) -> Patient:
    """A patient who taps or writes can be reached, whatever we were told before.

    That somebody unblocked the bot is kept by Telegram for 24 hours only (telegram facts, 2).
    """
    if patient.is_reachable:
        return patient
    reachable = replace(patient, is_reachable=True)
    await uow.people.save_patient(reachable)
    return reachable
