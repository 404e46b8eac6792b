"""How long a patient has been silent, and what that changes (R-REM-2)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from care import lifecycle
from care.questions import Item

if TYPE_CHECKING:
    from datetime import date

    from care.people import PatientId
    from care.ports.unit_of_work import UnitOfWork

LOOKS_BACK = timedelta(days=21)

SOFTER_FROM = 2
"""Silent days after which the text softens (R-REM-2)."""

ASKS_WHAT_SUITS_FROM = 4
"""Silent days after which it asks what would suit (R-REM-2)."""


async def days_before(uow: UnitOfWork, patient_id: PatientId, on: date) -> int:
    """Check-ins in a row without an answer, ending with the last before a date."""
    first, last = on - LOOKS_BACK, on - timedelta(days=1)
    checkins = await uow.checkins.between(patient_id, first, last)
    answers = await uow.checkins.answers_between(patient_id, first, last)
    answered = {day for day, known in answers.items() if Item.HEADACHE in known}
    return lifecycle.silent_days(on, checkins, answered)
