from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.chaos.plan import Cast, rounds
from bench.chaos.run import Chaos
from tests.databases import template_sqlite

if TYPE_CHECKING:
    from pathlib import Path

SEED = 20
KILLS = 20

pytestmark = pytest.mark.process


async def test_twenty_kills_lose_no_answer_and_no_escalation_and_double_nothing(
    tmp_path: Path,
) -> None:
    cast = Cast(patients=3, coordinators=1)
    chaos = Chaos(tmp_path, database_url=template_sqlite(tmp_path / "chaos.db"), cast=cast)

    verdict = await chaos.run(rounds(SEED, KILLS, cast), tell=print)

    assert verdict.complaints == []
    assert (verdict.answers_lost, verdict.escalations_lost, verdict.repeats_forbidden) == (0, 0, 0)
    assert verdict.answers_stored == verdict.taps_acknowledged > 0
    assert (chaos.kills, chaos.deaths) == (KILLS, 0)
