from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from care import triage as rules
from care.medication_days import medication_days
from care.people import Risk
from care.profiles import DrugClass
from care.triage import ALARM, PAIN_LIMIT, TABLE, Flag, Report, Tells, Tier, triage
from tests.builders import answers, clinic, medicine, profile

if TYPE_CHECKING:
    from care.questions import Answers

TODAY = date(2026, 3, 2)


def found(report: Report) -> list[tuple[str, str]]:
    return [(flag.rule, flag.tier.value) for flag in triage(report, clinic())]


@pytest.mark.parametrize(("level", "fires"), [(8, False), (9, True), (10, True)])
def test_pain_at_or_above_the_limit_is_urgent(level: int, fires: bool) -> None:
    flags = triage(Report(changed=answers(pk=str(level))), clinic())

    expected = Flag(rule=PAIN_LIMIT, tier=Tier.URGENT, reason={"pain": level, "limit": 9})
    assert flags == ((expected,) if fires else ())


def test_pain_that_is_known_of_a_patient_waits_for_a_working_day() -> None:
    report = Report(changed=answers(pk="9"), days_at_limit=3)

    [flag] = triage(report, clinic())
    assert flag.tier is Tier.ROUTINE
    assert flag.reason == {"pain": 9, "limit": 9, "days": 3}


def test_the_clinic_sets_the_limit_and_a_coordinator_that_of_a_patient() -> None:  # R-GEN-1
    report = Report(changed=answers(pk="7"))

    assert triage(report, clinic(pain_limit=8)) == ()
    assert [flag.reason for flag in triage(report, clinic(pain_limit=7))] == [
        {"pain": 7, "limit": 7}
    ]
    own = Report(changed=answers(pk="7"), pain_limit=6)
    assert [flag.reason["limit"] for flag in triage(own, clinic())] == [6]


def test_the_alarm_is_an_emergency() -> None:  # R-EMG-2
    assert triage(Report(is_alarmed=True), clinic()) == (
        Flag(rule=ALARM, tier=Tier.EMERGENCY, reason={}),
    )


@pytest.mark.parametrize(
    ("number", "tier"),
    [
        *((number, "emergency") for number in (1, 2, 3, 4, 5, 6, 7)),
        *((number, "urgent") for number in (9, 10, 11, 12, 13, 15)),
        *((number, "routine") for number in (16, 18)),
    ],
)
def test_each_red_flag_has_its_tier(number: int, tier: str) -> None:  # R-FLAG-1 to R-FLAG-18
    assert found(Report(flag=number)) == [(f"R-FLAG-{number}", tier)]


@pytest.mark.parametrize("number", [0, 8, 14, 17, 20])
def test_what_has_no_button_is_no_flag(number: int) -> None:
    assert found(Report(flag=number)) == []


def test_a_questionnaire_that_speaks_of_self_harm_is_urgent() -> None:  # R-SUI-1
    assert found(Report(harm_score=0)) == []
    for answered in (1, 2, 3):
        assert found(Report(harm_score=answered)) == [("R-SUI-1/PHQ-9", "urgent")]
        (flag,) = triage(Report(harm_score=answered), clinic())
        assert flag.reason == {}  # R-SUI-4
    assert rules.is_at_once("R-SUI-1/PHQ-9")
    assert not rules.tells_patient("R-SUI-1/PHQ-9")


def test_thoughts_of_self_harm_are_the_crisis_rule() -> None:  # R-FLAG-19, R-SUI-1, R-SUI-2
    assert found(Report(flag=19)) == [("R-SUI-1", "urgent")]
    assert found(Report(crisis="harm")) == [("R-SUI-1", "urgent")]
    assert found(Report(crisis="plan")) == [("R-SUI-1", "emergency")]
    assert [flag.reason for flag in triage(Report(crisis="plan"), clinic())] == [{}]


def aura(*kinds: str, minutes: str = "", **known: object) -> Report:
    day = answers(aura=kinds) if not minutes else answers(aura=kinds, aura_min=minutes)
    return Report(changed=day, answers=day, profile=profile(**known))


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (aura("visual", usual_aura=("visual",)), []),
        (aura("visual", minutes="5to60", usual_aura=("visual",)), []),
        (aura("visual", minutes="gt60", usual_aura=("visual",)), [("R-FLAG-8", "emergency")]),
        (
            aura("visual", minutes="gt60", usual_aura=("visual",), is_usual_over_60=True),
            [("R-FLAG-17", "routine")],
        ),
        (
            aura("weakness", minutes="gt60", usual_aura=("weakness",), is_usual_over_60=True),
            [("R-FLAG-8", "emergency")],
        ),
        (
            aura("visual", "other", minutes="gt60", usual_aura=("visual",), is_usual_over_60=True),
            [("R-FLAG-8", "emergency")],
        ),
        (aura("weakness", usual_aura=("visual",)), [("R-FLAG-8", "emergency")]),
        (aura("speech", minutes="lt5", usual_aura=()), [("R-FLAG-8", "emergency")]),
        (aura("sensory"), [("R-FLAG-8", "emergency")]),
        (aura("sensory", minutes="5to60", usual_aura=("sensory",)), []),
        (aura("visual", usual_aura=()), [("R-FLAG-16", "routine")]),
        (aura("other", minutes="5to60", usual_aura=("visual",)), [("R-FLAG-16", "routine")]),
        (aura("none", usual_aura=()), []),
        (aura("visual"), []),
    ],
)
def test_aura_is_held_against_what_is_usual(
    report: Report, expected: list[tuple[str, str]]
) -> None:  # R-FLAG-8, R-FLAG-16, R-FLAG-17
    assert found(report) == expected


def test_an_aura_that_was_said_before_is_not_said_again() -> None:
    day = answers(hd="yes", aura=("weakness",), pk="5")

    assert found(Report(changed=answers(pk="5"), answers=day)) == []


@pytest.mark.parametrize("risk", list(Risk))
def test_a_change_of_headache_is_urgent_for_who_is_at_risk(risk: Risk) -> None:  # R-FLAG-16
    new_aura = aura("visual", usual_aura=())

    assert found(Report(flag=16, risks=(risk,))) == [("R-FLAG-16", "urgent")]
    at_risk = replace(new_aura, risks=(risk,))
    assert found(at_risk) == [("R-FLAG-16", "urgent")]


def test_the_status_question_answered_so_is_urgent() -> None:  # R-FLAG-14
    assert found(Report(is_status=True)) == [("R-FLAG-14", "urgent")]


TRIPTAN = medicine(id=1, drug_class=DrugClass.TRIPTAN)
NSAID = medicine(id=2, drug_class=DrugClass.NSAID, label="Ibu")


def took(**days: range) -> Report:
    """Medicine days in the last 30, counted back from today."""
    own = {"triptan": TRIPTAN, "nsaid": NSAID}
    entries: dict[date, Answers] = {}
    for back in range(30):
        codes = tuple(own[name].code for name, when in days.items() if back in when)
        entries[TODAY - timedelta(days=back)] = answers(hd="yes", med=codes or ("none",))
    known = profile(own=(TRIPTAN, NSAID))
    return Report(profile=known, medicine=medication_days(entries, known, last=TODAY))


def test_a_class_at_its_limit_is_for_the_daily_list() -> None:  # R-MOH-3, X-5
    assert found(took(triptan=range(9))) == []
    assert found(took(triptan=range(10))) == [("R-MOH-3", "routine")]
    [flag] = triage(took(triptan=range(11), nsaid=range(15)), clinic())
    assert flag.reason == {"class": "triptan", "days": 11, "completed": 30}


def test_several_classes_count_together() -> None:  # R-MOH-4, X-6
    assert found(took(triptan=range(6), nsaid=range(5, 10))) == [("R-MOH-4", "routine")]
    assert found(took(triptan=range(5), nsaid=range(5, 9))) == []
    assert found(took(nsaid=range(12))) == []


@pytest.mark.parametrize(
    ("days", "fires"), [(0, False), (6, False), (7, True), (8, False), (14, True)]
)
def test_seven_silent_days_are_for_the_daily_list(days: int, fires: bool) -> None:  # R-REM-2
    expected = [("R-REM-2", "routine")] if fires else []

    assert found(Report(silent_days=days)) == expected


def test_two_silent_days_after_a_hard_one_are_for_the_daily_list() -> None:  # R-TRI-8
    assert found(Report(silent_days=2, was_severe=True)) == [("R-TRI-8", "routine")]
    assert found(Report(silent_days=2)) == found(Report(silent_days=1, was_severe=True)) == []


@pytest.mark.parametrize(
    "changed", [{}, answers(hd="no"), answers(hd="too_ill"), answers(pk="8", med=("m1",))]
)
def test_other_answers_raise_nothing(changed: Answers) -> None:
    assert triage(Report(changed=changed), clinic()) == ()


def test_several_rules_fire_in_the_order_of_the_table() -> None:  # R-GEN-2
    report = Report(changed=answers(pk="10"), is_alarmed=True)

    assert [flag.rule for flag in triage(report, clinic())] == [ALARM, PAIN_LIMIT]


def test_two_rows_of_one_rule_are_two_degrees_of_it_the_higher_first() -> None:
    rows = [(rule.id, list(Tier).index(rule.tier)) for rule in TABLE]

    assert len(set(rows)) == len(rows)
    for rule in TABLE:
        found_rule = rules.rule(rule.id)
        assert found_rule is not None
        assert list(Tier).index(found_rule.tier) <= list(Tier).index(rule.tier)


def test_what_the_patient_hears_of_each_rule() -> None:  # R-EMG-1, R-REP-1, R-SUI-1
    heard = {rule.id: rules.tells(rule.id) for rule in TABLE}
    silent_to_patients = {"R-SUI-1/PHQ-9", "R-TRI-8", "R-REM-2"}

    assert {one for one, told in heard.items() if told is Tells.NOTHING} == silent_to_patients
    assert {one for one, told in heard.items() if told is Tells.CRISIS} == {"R-SUI-1"}
    emergencies = {rule.id for rule in TABLE if rule.tier is Tier.EMERGENCY} - {"R-SUI-1"}
    assert {one for one, told in heard.items() if told is Tells.EMERGENCY} == emergencies
    assert rules.tells("NO-MORE") is Tells.REPORT
    assert not rules.tells_patient("R-TRI-8")


def test_urgency_is_asked_of_what_the_patient_reported_and_of_no_emergency() -> None:  # R-TRI-5
    assert rules.asks_urgency(PAIN_LIMIT, Tier.URGENT)
    assert rules.asks_urgency("R-FLAG-18", Tier.ROUTINE)
    assert not rules.asks_urgency(ALARM, Tier.URGENT)
    assert not rules.asks_urgency("R-SUI-1", Tier.URGENT)
    assert not rules.asks_urgency("R-REM-2", Tier.ROUTINE)


def test_only_a_crisis_rings_at_any_hour_whatever_its_tier() -> None:  # R-SUI-2
    at_once = [rule.id for rule in TABLE if rules.is_at_once(rule.id)]
    assert at_once == ["R-SUI-1", "R-SUI-1", "R-SUI-1/PHQ-9"]
    assert not rules.is_at_once("NO-MORE")
