"""One real process: what a monitor sees of it, how it starts and how it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from tests.databases import template_sqlite
from tests.process.clinic import opened

if TYPE_CHECKING:
    from pathlib import Path

    from tests.process.clinic import Clinic

pytestmark = pytest.mark.process


async def ask(clinic: Clinic, path: str) -> tuple[int, Any]:
    (replica,) = clinic.replicas
    async with aiohttp.request("GET", f"{replica.health}{path}") as answer:
        if answer.content_type == "application/json":
            return answer.status, await answer.json()
        return answer.status, await answer.text()


async def test_a_real_process_tells_its_health_and_ends_when_it_is_told_to(
    tmp_path: Path,
) -> None:
    url = template_sqlite(tmp_path / "respite.db")
    async with opened(tmp_path, url, replicas=1) as clinic:
        carol = await clinic.coordinator("Carol")
        ann = await clinic.patient("Ann", carol)
        await ann.turns("No headache today")

        assert await ask(clinic, "/healthz/live") == (200, {"live": True})
        assert await ask(clinic, "/healthz/ready") == (200, {"ready": True, "wrong": []})
        status, metrics = await ask(clinic, "/metrics")
        assert status == 200
        assert 'respite_sends_total{outcome="sent"} 2.0' in metrics
        assert 'respite_tick_age_seconds{tick="safety_delivered"} ' in metrics
        assert "respite_database_up 1.0" in metrics
        assert "respite_ready 1.0" in metrics

        assert await clinic.finish() == [0]
        said = clinic.logs()
        assert "bot_stopped" in said
        assert clinic.simulator.token not in said
        assert "Ann" not in said
