"""What the tests of storage put into it, valid by default."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from care.entries import Change
from care.lifecycle import CheckIn, CheckInState, NewCheckIn
from care.people import Address, Coordinator, Patient, PatientId, PatientState
from care.ports.occurrences import DueKind, Occurrence
from care.promises import Delivery, Kind, Lane, Promise
from tests.storage.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from care.ports.unit_of_work import UnitOfWork
    from care.questions import Item

TODAY = date(2026, 9, 21)
LEASE = timedelta(seconds=60)
ANN = Address(7_000_000_001)
CAROL = Address(7_000_000_002)


async def ann(uow: UnitOfWork, *, code: str = "A1", address: Address = ANN) -> Patient:
    invited = await uow.people.add_patient(
        code=code, language="en", zone="Europe/Berlin", checkin_time=time(19, 30)
    )
    joined = replace(invited, state=PatientState.ACTIVE, address=address, consented_at=NOW)
    await uow.people.save_patient(joined)
    return joined


async def carol(uow: UnitOfWork, *, name: str = "Carol", address: Address = CAROL) -> Coordinator:
    return await uow.people.add_coordinator(name=name, address=address, language="en")


async def checkin(uow: UnitOfWork, patient: Patient, *, local_date: date = TODAY) -> CheckIn:
    added = await uow.checkins.add(
        NewCheckIn(
            patient_id=patient.id,
            local_date=local_date,
            zone=patient.zone,
            state=CheckInState.DUE,
            due_at=NOW,
            locks_at=NOW + timedelta(days=2),
        )
    )
    assert added is not None
    return added


async def write(
    uow: UnitOfWork,
    patient: Patient,
    *changes: Change,
    local_date: date = TODAY,
    now: datetime = NOW,
) -> None:
    author = f"patient:{patient.id}"
    await uow.checkins.write(
        patient.id, local_date, changes, now=now, is_late=False, author=author
    )


def change(item: Item, before: str | None, after: str | None) -> Change:
    return Change(
        item=item,
        before=None if before is None else (before,),
        after=None if after is None else (after,),
    )


def occurrence(
    patient_id: PatientId,
    *,
    kind: DueKind = DueKind.CHECKIN,
    local_date: date = TODAY,
    due_at: datetime = NOW,
    subject: int = 0,
    slot: str = "",
) -> Occurrence:
    return Occurrence(
        patient_id=patient_id,
        kind=kind,
        local_date=local_date,
        due_at=due_at,
        subject=subject,
        slot=slot,
    )


def promise(
    key: str,
    *,
    kind: Kind = Kind.CHECKIN,
    recipient: Address = ANN,
    subject: int = 1,
    due_at: datetime = NOW,
) -> Promise:
    return Promise(kind=kind, recipient=recipient, subject=subject, key=key, due_at=due_at)


async def claim(
    uow: UnitOfWork, *, now: datetime = NOW, lanes: Sequence[Lane] = tuple(Lane), limit: int = 100
) -> Sequence[Delivery]:
    return await uow.outbox.claim(now=now, lanes=lanes, limit=limit, lease=LEASE)
