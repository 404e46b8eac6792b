"""What a patient writes: kept once, dropped, erased (F16)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from care.notes import NoteState, dropped, erased, kept
from tests.builders import NOW, TODAY, note

YESTERDAY = TODAY - timedelta(days=1)


def test_a_draft_can_be_for_its_own_date_or_the_one_before() -> None:
    assert note().dates() == (TODAY, YESTERDAY)


@pytest.mark.parametrize(("on", "is_late"), [(TODAY, False), (YESTERDAY, True)])
def test_words_for_an_earlier_date_are_late(on: object, is_late: bool) -> None:
    found = kept(note(), on)  # type: ignore[arg-type]

    assert found == note(state=NoteState.KEPT, local_date=on, is_late=is_late)


def test_the_first_decision_stays() -> None:
    mine, gone = kept(note(), TODAY), dropped(note(), now=NOW)

    assert kept(mine, YESTERDAY) == mine
    assert dropped(mine, now=NOW) == mine
    assert kept(gone, TODAY) == gone


def test_what_is_erased_has_no_words_any_more() -> None:
    gone = erased(kept(note(), TODAY), now=NOW)

    assert (gone.text, gone.state, gone.erased_at) == ("", NoteState.ERASED, NOW)
    assert erased(gone, now=NOW + timedelta(days=1)) == gone
