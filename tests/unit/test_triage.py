from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from care.triage import ALARM, PAIN_LIMIT, TABLE, Flag, Report, Tier, triage
from tests.builders import answers, clinic

if TYPE_CHECKING:
    from care.questions import Answers


@pytest.mark.parametrize(("level", "fires"), [(8, False), (9, True), (10, True)])
def test_pain_at_or_above_the_limit_is_urgent(level: int, fires: bool) -> None:
    found = triage(Report(changed=answers(pk=str(level))), clinic())

    expected = Flag(rule=PAIN_LIMIT, tier=Tier.URGENT, reason={"pain": level, "limit": 9})
    assert found == ((expected,) if fires else ())


def test_the_clinic_sets_the_limit() -> None:  # R-GEN-1
    report = Report(changed=answers(pk="7"))

    assert triage(report, clinic(pain_limit=8)) == ()
    assert [flag.reason for flag in triage(report, clinic(pain_limit=7))] == [
        {"pain": 7, "limit": 7}
    ]


def test_the_alarm_is_an_emergency() -> None:  # R-EMG-2
    assert triage(Report(is_alarmed=True), clinic()) == (
        Flag(rule=ALARM, tier=Tier.EMERGENCY, reason={}),
    )


@pytest.mark.parametrize(
    "changed",
    [{}, answers(hd="no"), answers(hd="too_ill"), answers(aura="weakness", aura_min="gt60")],
)
def test_other_answers_raise_nothing(changed: Answers) -> None:
    assert triage(Report(changed=changed), clinic()) == ()


def test_several_rules_fire_in_the_order_of_the_table() -> None:  # R-GEN-2
    report = Report(changed=answers(pk="10"), is_alarmed=True)

    assert [flag.rule for flag in triage(report, clinic())] == [ALARM, PAIN_LIMIT]


def test_every_rule_has_its_own_id() -> None:
    assert len({rule.id for rule in TABLE}) == len(TABLE)
