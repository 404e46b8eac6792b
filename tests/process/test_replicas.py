"""Several processes on one PostgreSQL, behind a front that delivers everything twice."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from care.lifecycle import CheckInState
from care.people import Address
from care.usecases import watch
from tests.process.clinic import opened

if TYPE_CHECKING:
    from pathlib import Path

    from care.lifecycle import CheckIn
    from tests.databases import PostgreSQL
    from tests.process.clinic import Clinic, Phone

TODAY, TOMORROW = date(2026, 3, 2), date(2026, 3, 3)
EVENING = datetime(2026, 3, 3, 18, 30, 1, tzinfo=UTC)

pytestmark = pytest.mark.process


async def fill_in(patient: Phone) -> None:
    """A whole check-in, the choices of a list tapped all at once."""
    await patient.turns("Yes, a headache")
    for label in ("5", "4 to 12 hours"):
        await patient.turns(label)
    await patient.turns("None of these")
    await patient.sees("What was it like?")
    await patient.turns("None of these")
    await patient.sees("Any aura?")
    await patient.taps_at_once("Seeing", "Something else")
    await patient.sees("✓ Aura: seeing, something else")
    await patient.taps("Done")
    await patient.taps("Under 5 minutes")
    await patient.taps("Half or less")
    await patient.taps_at_once("Under 6 h of sleep", "Much stress", "Alcohol")
    await patient.sees("✓ The day: under 6 h of sleep, much stress, alcohol")
    await patient.taps("Done")
    await patient.sees("Saved. That is all for today.")


async def checkin(clinic: Clinic, patient: Phone, on: date) -> CheckIn:
    async with clinic.core.new_uow(is_reading=True) as uow:
        found = await uow.people.patient_at(Address(patient.id))
        assert found is not None
        (only,) = await uow.checkins.between(found.id, on, on)
    return only


async def check_once(clinic: Clinic, patients: list[Phone]) -> None:
    """Every tap had its effect once, and every screen shows what is stored."""
    for patient in patients:
        stored = await checkin(clinic, patient, TODAY)
        assert stored.message_id is not None
        assert stored.revision == stored.drawn_revision
        assert stored.revision == 1 + patient.tapped[stored.message_id]
    figures = await watch.figures(clinic.core)
    assert (figures.updates_waiting, figures.updates_parked) == (0, 0)
    assert clinic.simulator.defects == []


def check_answered_once(clinic: Clinic, patients: list[Phone]) -> None:
    answers = Counter(
        call.params["callback_query_id"]
        for call in clinic.simulator.calls
        if call.method == "answerCallbackQuery"
    )
    assert [answers[query] for patient in patients for query in patient.queries] == [
        1 for patient in patients for _ in patient.queries
    ]


def beginnings(patient: Phone) -> list[str]:
    return [text.splitlines()[0].partition(".")[0] for text in patient.texts()]


async def test_two_replicas_handle_every_tap_once_and_send_every_message_once(
    server: PostgreSQL, tmp_path: Path
) -> None:
    async with opened(tmp_path, await server.bare(), replicas=2) as clinic:
        carol = await clinic.coordinator("Carol")
        patients = [await clinic.patient(name, carol) for name in ("Ann", "Ben", "Cleo", "Dora")]

        await asyncio.gather(*map(fill_in, patients))
        for label in ("Something is alarming", "It is an emergency"):
            await patients[0].taps(label)
        await patients[0].sees("Your care team has been told")
        await carol.turns("Take")
        await patients[0].sees("A coordinator has seen your report")
        assert len([text for text in carol.texts() if "EMERGENCY" in text]) == 1
        clinic.simulator.clock.reach(EVENING)
        await asyncio.gather(*(one.sees("Time for your check-in", "3 March") for one in patients))

        assert await clinic.finish() == [0, 0]
        assert min(clinic.front.taken) > 40
        assert clinic.front.refused == 0
        check_answered_once(clinic, [carol, *patients])
        for patient in patients[1:]:
            assert beginnings(patient) == [
                "You have joined",
                "Monday 2 March",
                "Time for your check-in",
            ]
        assert len([text for text in carol.texts() if "has joined" in text]) == 4
        assert len([one for one in beginnings(patients[0]) if "been told" in one]) == 1
        assert (await checkin(clinic, patients[1], TOMORROW)).state is CheckInState.OPEN
        await check_once(clinic, patients[1:])


async def test_one_of_three_replicas_is_killed_and_nothing_is_lost(
    server: PostgreSQL, tmp_path: Path
) -> None:
    async with opened(tmp_path, await server.bare(), replicas=3) as clinic:
        carol = await clinic.coordinator("Carol")
        patients = [await clinic.patient(name, carol) for name in ("Ann", "Ben", "Cleo")]
        victim, before = clinic.replicas[0], clinic.front.taken[0]

        def strike(place: int) -> None:
            """With updates just taken, and others in hand."""
            if place == 0 and clinic.front.taken[0] == before + 5:
                victim.strike()

        clinic.front.when_taken = strike
        await asyncio.gather(*map(fill_in, patients))
        for label in ("Something is alarming", "It is an emergency"):
            await patients[0].taps(label)
        await patients[0].sees("Your care team has been told")

        assert await clinic.finish() == [-9, 0, 0]
        assert clinic.front.taken[0] >= before + 5
        assert clinic.front.refused > 0
        for patient in patients[1:]:
            assert beginnings(patient) == ["You have joined", "Monday 2 March"]
        assert len([text for text in carol.texts() if "EMERGENCY" in text]) == 1
        await check_once(clinic, patients[1:])
