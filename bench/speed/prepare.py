"""A clinic whose patients have joined: their check-ins lie in the outbox, or on their phones."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from typing_extensions import override

from bench.speed import samples
from bot.app import migrate_database, open_core
from bot.clinic_file import ClinicFile, clinic_of
from bot.clock import SystemClock
from bot.settings import Settings
from care.people import Address, PatientState
from care.ports.messenger import Gate, Sent
from care.ports.occurrences import DueKind, Occurrence
from care.promises import Lane
from care.usecases import days, deliver

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork

BATCH = 500


class OpenGate(Gate):
    """Lets everything through."""

    @override
    def admit(self, *, chat_id: int, lane: int, now: datetime) -> datetime | None:
        """Now."""

    @override
    def flooded(self, *, chat_id: int | None, retry_after: timedelta, now: datetime) -> None:
        """Nobody floods here."""


def environment(api: str, database_url: str) -> Mapping[str, str]:
    """The settings of the clinic, as an operator would give them."""
    return {
        "BOT_TOKEN": samples.TOKEN,
        "BOT_API_URL": api,
        "DATABASE_URL": database_url,
        "CLINIC_NAME": "Lindenhof Clinic",
        "CLINIC_PHONE": "030 5550 0123",
        "CLINIC_TIME_ZONE": "Europe/Berlin",
        "EMERGENCY_NUMBER": "112",
    }


def settings(api: str, database_url: str) -> Settings:
    """The same, read."""
    found = {name.lower(): value for name, value in environment(api, database_url).items()}
    return Settings.model_validate(found)


async def prepare(database_url: str, *, patients: int, is_delivered: bool) -> None:
    """So many patients, each owed today's check-in, or with it on the phone, numbered like them.

    Where they live it is noon, so that no day ends during a measurement.
    """
    await migrate_database(database_url)
    given = settings("http://127.0.0.1:1", database_url)
    clock = SystemClock()
    core, storage = open_core(given, clinic_of(ClinicFile(), given), clock)
    try:
        async with core.new_uow() as uow:
            for number in range(patients):
                await _join(uow, number, now=clock.now())  # one after the other, as ids are given
            await uow.commit()
        while await days.open_due(core):
            pass
        if is_delivered:
            await _deliver(core)
    finally:
        await storage.close()


async def _join(uow: UnitOfWork, number: int, *, now: datetime) -> None:
    zone = f"Etc/GMT{now.hour - 12:+d}"
    patient = await uow.people.add_patient(
        code=f"P-{number:05}", language="en", zone=zone, checkin_time=now.time()
    )
    joined = replace(
        patient,
        state=PatientState.ACTIVE,
        address=Address(samples.FIRST_CHAT + number),
        consented_at=now,
    )
    await uow.people.save_patient(joined)
    await uow.occurrences.put(
        Occurrence(patient_id=patient.id, kind=DueKind.CHECKIN, local_date=now.date(), due_at=now)
    )


async def _deliver(core: Core) -> None:
    """Keep every promise, with nobody listening."""
    gate, claimed = OpenGate(), 1
    while claimed:
        claimed, prepared = await deliver.claim_due(core, gate=gate, lanes=Lane, limit=BATCH)
        sent = Sent(message_id=samples.MESSAGE_ID)
        attempts = [deliver.Attempt(prepared=one, result=sent) for one in prepared]
        await deliver.record(core, gate=gate, attempts=attempts)
