"""What came of it: who was reached and when, how much noise there was, what nothing explains."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bench.cohort import causes
from bench.tally import escalations
from care.triage import Tier, is_at_once

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from bench.cohort.life import Cohort
    from bench.cohort.patients import Patient
    from bench.cohort.planting import Planted
    from bench.cohort.staff import Ring
    from care.clinic import Clinic
    from care.escalation import Escalation
    from care.people import PatientId
    from care.ports.core import Core

RINGING = frozenset({"page", "list"})
SOON = timedelta(minutes=1)
MONTH = 30


@dataclass(frozen=True, kw_only=True)
class Case:
    """One escalation, whose it is, and when it rang.

    `starts_at` is when it should have rung: an emergency at once, the others from the opening.
    """

    found: Escalation
    patient: Patient
    starts_at: datetime
    rung: tuple[datetime, ...]
    pages: int
    is_planted: bool

    @property
    def first_ring_s(self) -> float | None:
        """Seconds to the first message to a coordinator; None if there was none."""
        return (min(self.rung) - self.starts_at).total_seconds() if self.rung else None

    @property
    def taken_s(self) -> float | None:
        """Seconds until somebody had taken it; None if nobody did."""
        at = self.found.taken_at
        return None if at is None else (at - self.starts_at).total_seconds()


@dataclass(kw_only=True)
class Verdict:
    """All that is counted."""

    days: int
    patients: int
    coordinator_days: int
    ended_at: datetime
    messages: int = 0
    cases: list[Case] = field(default_factory=list)
    planted: Sequence[Planted] = ()
    reached: list[Planted] = field(default_factory=list)
    false_rings: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)

    def per_month(self, cases: Iterable[Case]) -> float:
        """Those of them that were not planted, for each patient and 30 days."""
        count = sum(not one.is_planted for one in cases)
        return count * MONTH / (self.patients * self.days)

    def of(self, *tiers: Tier) -> list[Case]:
        """The cases of these tiers, as they ended; not those that the end of the run made."""
        return [
            one
            for one in self.cases
            if one.found.tier in tiers and one.found.opened_at < self.ended_at
        ]


async def verdict(core: Core, cohort: Cohort, key: Sequence[Planted], *, days: int) -> Verdict:
    """Read everything back, and hold it against what was seen on the coordinators' phones."""
    async with core.new_uow(is_reading=True) as uow:
        people = {}
        for patient in cohort.patients:
            stored = await uow.people.patient_with_code(patient.code)
            if stored is not None:
                people[stored.id] = patient
        found = [one async for one in escalations(uow)]
    rings = cohort.desk.rings
    counted = [one for one in rings if cohort.began_at <= one.at < cohort.ended_at]
    result = Verdict(
        days=days,
        patients=len(cohort.patients),
        coordinator_days=days * len(cohort.staff),
        planted=key,
        messages=sum(one.kind != "open" for one in counted),
        kinds=Counter(one.kind for one in counted),
        ended_at=cohort.ended_at,
    )
    result.cases = _cases(found, people, rings, key, core.clinic, cohort)
    result.reached = [one for one in key if _is_reached(one, result.cases, cohort)]
    result.false_rings = [*_false(result.cases, rings, cohort, core.clinic)]
    return result


def _cases(
    found: Iterable[Escalation],
    people: Mapping[PatientId, Patient],
    rings: Sequence[Ring],
    key: Sequence[Planted],
    clinic: Clinic,
    cohort: Cohort,
) -> list[Case]:
    by_number: dict[int, list[Ring]] = {}
    for ring in rings:
        for _code, number in ring.refs:
            by_number.setdefault(number, []).append(ring)
    whose = {(cohort.patients[one.member].code, one.rule) for one in key}
    result = []
    for one in found:
        mine = by_number.get(one.id, [])
        patient = people[one.patient_id]
        starts_at = _starts_at(one, clinic)
        rung = (ring.at for ring in mine if ring.kind in RINGING and ring.at >= one.opened_at)
        result.append(
            Case(
                found=one,
                patient=patient,
                starts_at=starts_at,
                rung=tuple(rung),
                pages=sum(ring.kind == "page" for ring in mine),
                is_planted=(patient.code, one.rule) in whose,
            )
        )
    return result


def _starts_at(one: Escalation, clinic: Clinic) -> datetime:
    if is_at_once(one.rule):
        return one.opened_at
    if one.tier is Tier.EMERGENCY or one.is_mistake:
        return one.climbs_from
    if one.tier is Tier.URGENT:
        return clinic.hours.reopens_at(one.climbs_from)
    return clinic.hours.opens_after(one.opened_at)


def _is_reached(one: Planted, cases: Iterable[Case], cohort: Cohort) -> bool:
    """A page about that patient and rule came to a coordinator after the tap, and was taken."""
    at, code = one.tapped_at, cohort.patients[one.member].code
    if at is None:
        return False
    return any(
        case.patient.code == code
        and case.found.rule == one.rule
        and case.found.opened_at <= at + SOON
        and (case.found.taken_at or at) >= at
        and case.found.taken_at is not None
        and any(rung >= case.found.opened_at for rung in case.rung)
        for case in cases
    )


def _false(
    cases: Sequence[Case], rings: Iterable[Ring], cohort: Cohort, clinic: Clinic
) -> Iterable[str]:
    """Every message about a patient and a rule that nothing this patient did explains."""
    by_number = {one.found.id: one for one in cases}
    explained = {
        number: causes.explains(case, cohort.planted_of(case.patient), clinic)
        for number, case in by_number.items()
    }
    for ring in rings:
        for code, number in ring.refs if ring.kind in RINGING else ():
            case = by_number.get(number)  # type: ignore[call-overload]
            if case is None or case.patient.code != code:
                yield f"{code}, E-{number}: nobody's"
            elif not explained[case.found.id]:
                on = case.found.opened_at.astimezone(ZoneInfo(clinic.zone))
                yield f"{code}, E-{number}: {case.found.rule}, {on:%d %b %H:%M}"
