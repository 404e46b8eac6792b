from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from care.digests import Digest
from care.people import PatientState
from care.triage import Tier
from tests import builders
from tests.builders import NOW, TODAY
from tests.unit.desk_screens import LINE

if TYPE_CHECKING:
    from care.roster import Entry

WELL = replace(LINE, worse=None, session=None, escalations=(), is_due=False)


def entry(code: str, *, joined: int = 28, **given: Any) -> Entry:
    who = builders.patient(code=code, consented_at=NOW - timedelta(days=joined - 1))
    values: dict[str, Any] = {"patient": who, "today": TODAY, **given}
    return replace(WELL, **values)


def digest(*entries: Entry, opened: int = 0) -> Digest:
    return Digest(entries=entries, opened=opened)


def codes(found: tuple[Entry, ...]) -> list[str]:
    return [one.patient.code for one in found]


def test_the_answered_share_is_that_of_all_check_ins() -> None:
    found = digest(entry("A", due=7, answered=7), entry("B", due=4, answered=1))

    assert (found.patients, found.answered, found.due) == (2, 8, 11)


def test_the_silent_come_longest_first_and_the_infused_soonest_first() -> None:
    soon, late = builders.session(), builders.session(starts_at=NOW + timedelta(days=100))
    found = digest(
        entry("A", silent_days=2, session=late),
        entry("B", silent_days=5),
        entry("C", silent_days=1, session=soon),
    )

    assert codes(found.silent) == ["B", "A"]
    assert codes(found.infused) == ["C", "A"]


def test_who_is_worse_and_who_cannot_be_reached() -> None:
    away = builders.patient(code="Z", is_reachable=False)

    found = digest(entry("A", worse=LINE.worse), entry("Z", patient=away))

    assert (codes(found.worse), codes(found.unreachable)) == (["A"], ["Z"])


def test_open_reports_are_added_up_by_tier() -> None:
    urgent, routine = builders.escalation(), builders.escalation(tier=Tier.ROUTINE)

    found = digest(entry("A", escalations=(urgent, routine)), entry("B", escalations=(routine,)))

    assert list(found.tiers.items()) == [(Tier.URGENT, 1), (Tier.ROUTINE, 2)]


@pytest.mark.parametrize(
    ("joined", "opened", "rate"),
    [
        ((28, 400), 2, Fraction(365 * 2, 12 * 56)),
        ((14,), 1, Fraction(365, 12 * 14)),
        ((28,), 0, Fraction(0)),
        ((), 3, None),
    ],
)
def test_escalations_are_counted_for_each_patient_and_month(  # R-TRI-10
    joined: tuple[int, ...], opened: int, rate: Fraction | None
) -> None:
    assert digest(*(entry("A", joined=days) for days in joined), opened=opened).rate == rate


def test_who_has_stopped_or_never_agreed_is_no_patient_of_these_weeks() -> None:
    stopped = builders.patient(state=PatientState.STOPPED)
    unasked = builders.patient(consented_at=None)

    found = digest(entry("A", patient=stopped), entry("B", patient=unasked), opened=1)

    assert (found.patients, found.rate) == (1, None)
