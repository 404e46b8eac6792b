from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_test_that_the_reliability_table_names_exists() -> None:
    named = set(re.findall(r"`(test_\w+\.py)`", (ROOT / "docs/reliability.md").read_text("utf-8")))
    there = {path.name for path in (ROOT / "tests").rglob("test_*.py")}
    assert named
    assert named - there == set()
