"""The screens of the card for words of crisis (see screens.py)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.views import crisis
from care.safety import Safe
from care.triage import CRISIS
from tests import builders

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.views.screen import Screen
    from bot.views.wording.catalogue import Wording
    from care.clinic import Clinic

LARGE = 2**53


def crisis_screens(say: Wording, clinic: Clinic) -> Iterator[tuple[str, Screen]]:
    """With and without a crisis line, before and after the answer."""
    found = builders.escalation(id=LARGE, rule=CRISIS, reason={})
    for line in ("", "+49 (800) 111-0-111 / 112"):
        there = replace(clinic, crisis_line=line)
        yield "crisis.at_once", crisis.at_once(say, there)
        for safe in (None, *Safe):
            yield f"crisis.card {safe}", crisis.card(say, there, found, safe)
