from __future__ import annotations

from collections import Counter
from statistics import mean, pstdev

import pytest

from bench.cohort.people import MEDICINES, made_up
from bench.cohort.planting import planted
from bench.cohort.run import Size, report, run
from care.questions import Item
from care.triage import Tier

CRISIS_AT_NIGHT, BY_THE_SECOND_PAGE = 29, 26
"""Seeds that plant what is named in a cohort of this size."""

FIELDS = (
    "patients days planted reached first_ring_p95_s taken_p50_s taken_p95_s"
    " urgent_per_patient_month routine_per_patient_month messages_per_coordinator_day"
    " false_rings seed"
)


@pytest.mark.parametrize("seed", [CRISIS_AT_NIGHT, BY_THE_SECOND_PAGE])
async def test_what_is_planted_in_a_small_cohort_reaches_a_person(
    database: str, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    small = Size(patients=6, days=10, seed=seed)

    outcome = await run(small, database_url=database, tell=lambda _progress: None)
    report(outcome)

    line = outcome.line()
    assert " ".join(line) == FIELDS
    assert line["reached"] == line["planted"] == 1
    assert outcome.verdict.false_rings == []
    assert outcome.troubles == []
    assert outcome.faults > 0
    assert "Planted 1: reached a person 1." in capsys.readouterr().out


def test_a_cohort_is_made_as_section_14_says() -> None:
    members = made_up(patients=600, days=90, seed=1)

    shares = [mean(one.diary.headaches.values()) for one in members]
    answered = [len(one.diary.headaches) / 90 for one in members if not one.blocked]
    assert abs(mean(shares) - 0.64) < 0.04
    assert abs(pstdev(shares) - 0.27) < 0.04
    assert abs(mean(answered) - 0.875) < 0.03
    assert abs(mean(one.diary.aura_type == "Aura" for one in members) - 0.51) < 0.06
    assert set(Counter(one.own for one in members)) == set(MEDICINES)


def test_the_same_seed_makes_the_same_people_and_the_same_key() -> None:
    first, second = (made_up(patients=40, days=45, seed=7) for _ in range(2))

    key = planted(first, days=45, seed=7)
    assert planted(second, days=45, seed=7) == key
    assert first == second
    assert len(key) == 4
    assert made_up(patients=40, days=45, seed=8) != first


def test_a_planted_aura_stands_in_the_answers_of_its_day() -> None:
    members = made_up(patients=200, days=90, seed=3)

    key = planted(members, days=90, seed=3)

    auras = [one for one in key if one.is_aura]
    assert auras
    assert {one.tier for one in key} == {Tier.EMERGENCY, Tier.URGENT}
    for one in auras:
        kinds = members[one.member].answers[one.day][Item.AURA]
        assert set(kinds) < {"speech", "weakness"}
