from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bench import diaries as data
from bench.replay import replay, report

if TYPE_CHECKING:
    from collections.abc import Sequence

SLICE = 10


@pytest.fixture(scope="module")
def rows() -> Sequence[data.Row]:
    try:
        return data.load()
    except data.NoDataError as missing:
        pytest.skip(str(missing))


def shortest(rows: Sequence[data.Row], count: int) -> list[data.Row]:
    """The rows of the diaries that end first, counted from the start of treatment."""
    people = [diary for diary in data.diaries(rows) if diary.first >= 0]
    chosen = sorted(people, key=lambda diary: (diary.last, diary.id))[:count]
    return [row for row in rows if row.diary in {diary.id for diary in chosen}]


async def test_ten_real_diaries_are_stored_as_they_were_tapped(
    rows: Sequence[data.Row], database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = shortest(rows, SLICE)

    outcome = await replay(chosen, database_url=database, tell=lambda _progress: None)
    report(outcome)

    line = outcome.line()
    assert outcome.tally.differences == []
    assert (line.diaries, line.rows, line.stored) == (SLICE, len(chosen), len(chosen))
    assert (line.answered, line.unexplained) == (line.stored, 0)
    assert line.unanswered == line.days_due - line.answered > 0
    assert line.summaries > SLICE
    assert line.taken == line.escalations
    assert capsys.readouterr().out.splitlines()[-1].startswith('{"diaries": 10, "rows": ')


def test_of_all_rows_one_is_repeated_and_one_diary_is_dated_twice(
    rows: Sequence[data.Row],
) -> None:
    repeated, shifted = data.oddities(rows)

    people = data.diaries(rows)
    assert (len(people), len(rows)) == (133, 4152)
    assert sum(len(diary.headaches) for diary in people) == len(rows) - repeated.rows
    assert repeated.rows == 1
    assert repeated.words.startswith("diary 90, day 17 stands there twice, alike")
    assert shifted.words.startswith("diary 126: `dos` less `time` is 1128 (20 rows) and 1127 (39")
    assert (shifted.rows, repeated.is_explained, shifted.is_explained) == (39, True, True)


def test_a_row_that_contradicts_another_is_not_explained(rows: Sequence[data.Row]) -> None:
    first = rows[0]
    other = replace(first, has_headache=not first.has_headache)

    [oddity] = data.oddities([first, rows[1], other])

    assert (oddity.rows, oddity.is_explained) == (1, False)
    assert data.diaries([first, other])[0].headaches == {first.time: first.has_headache}


def test_a_diary_that_jumps_to_and_fro_is_not_explained(rows: Sequence[data.Row]) -> None:
    first, second, third, fourth = rows[:4]

    [oddity] = data.oddities([first, second, replace(third, dos=third.dos + 9), fourth])

    assert (oddity.rows, oddity.is_explained) == (1, False)
