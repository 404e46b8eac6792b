"""The gate of the status question: three whole days, or an attack over 72 hours (R-SM-1)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from care import question_sets as daily
from care.classification import SEVERE_FROM, is_headache_day
from care.questions import Item, said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from care.questions import Answers

DAYS = 3
REARMS_AFTER = timedelta(days=7)
"""Asked again after a headache-free day, or after so long."""


def is_gate_open(
    entries: Mapping[date, Answers], last: date, *, has_long_attack: bool, asked_on: date | None
) -> bool:
    """Whether the two questions are to be asked (R-SM-1, X-8).

    `entries` are those of the days up to `last` that were answered; `has_long_attack` says that
    an attack has run for more than 72 hours.
    """
    days = [last - timedelta(days=back) for back in range(DAYS)]
    known = [entries[on] for on in days if on in entries]
    is_long = len(known) == DAYS and all(lasts_all_day(entry) for entry in known)
    is_hard = any(_is_hard(entry) for entry in known)
    return (is_long or has_long_attack) and is_hard and _is_armed(entries, last, asked_on)


def lasts_all_day(entry: Answers) -> bool:
    """A headache day that lasted all day, goes on, or left too ill to answer."""
    if not is_headache_day(entry):
        return False
    is_still = said(entry, Item.HEADACHE) == (daily.STILL,)
    is_whole = said(entry, Item.DURATION) == (daily.DURATION_OVER_12_H,)
    return is_still or is_whole or daily.is_too_ill(entry)


def _is_hard(entry: Answers) -> bool:
    pain = said(entry, Item.PAIN)
    could_not = said(entry, Item.FUNCTION) == (daily.COULD_NOT,)
    return daily.is_too_ill(entry) or could_not or (bool(pain) and int(pain[0]) >= SEVERE_FROM)


def _is_armed(entries: Mapping[date, Answers], last: date, asked_on: date | None) -> bool:
    if asked_on is None or last - asked_on >= REARMS_AFTER:
        return True
    between = (entries[on] for on in entries if asked_on < on < last)
    return any(not is_headache_day(entry) for entry in between)
