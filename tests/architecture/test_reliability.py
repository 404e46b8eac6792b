from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reliability.md").read_text("utf-8")
ROWS = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if line.startswith("| ")][1:]

FAILURES = {
    "process killed anywhere",
    "down for minutes",
    "down for hours or days",
    "database locked or gone",
    "429",
    "5xx, no answer, connection lost",
    "token revoked",
    "person blocks the bot",
    "the care team's group becomes a supergroup",
    "the machine's clock set back, or forward and corrected",
}
"""What must not lose anything, whatever else is in the table."""


def test_every_failure_has_its_row() -> None:
    assert FAILURES - {row[0] for row in ROWS} == set()


def test_every_row_says_what_happens_and_names_what_shows_it() -> None:
    for row in ROWS:
        assert len(row) == 3, row
        assert re.search(r"`test_\w+\.py`|`make \w+`", row[2]), row


def test_every_test_that_the_reliability_table_names_exists() -> None:
    named = set(re.findall(r"`(test_\w+\.py)`", PAGE))
    there = {path.name for path in (ROOT / "tests").rglob("test_*.py")}
    assert named
    assert named - there == set()
