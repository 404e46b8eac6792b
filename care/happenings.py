"""What happens to an escalation: the lines of its history (R-TRI-3)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from care.escalation import EscalationId
    from care.triage import Reason


class Happening(StrEnum):
    """What stands in the history of an escalation."""

    RAISED = "raised"
    AGAIN = "again"
    PAGED = "paged"
    NOBODY = "nobody"
    TAKEN = "taken"
    HANDED_OVER = "handed_over"
    CALLING = "calling"
    REMINDED = "reminded"
    NOTED = "noted"
    CLOSED = "closed"
    REOPENED = "reopened"
    MISTAKE = "mistake"
    CALLED = "called"
    ACCOMPANIED = "accompanied"
    URGENCY = "urgency"
    SAFE = "safe"


CAUSES = frozenset({Happening.RAISED, Happening.AGAIN, Happening.SAFE})
"""What gives cause for an escalation: what a patient does, or leaves unanswered."""

_NEWS = frozenset({Happening.AGAIN, Happening.URGENCY, Happening.SAFE, Happening.MISTAKE})
_HEARD = frozenset({Happening.TAKEN, Happening.HANDED_OVER, Happening.CALLING, Happening.REMINDED})
_NEW_OWNER = frozenset({Happening.TAKEN, Happening.HANDED_OVER, Happening.REOPENED})


@dataclass(frozen=True, kw_only=True)
class EscalationEvent:
    """One line of that history: `actor` is `patient`, `ladder` or `coordinator:2`.

    `detail` holds ids and codes, never words of a person.
    """

    escalation_id: EscalationId
    at: datetime
    happening: Happening
    actor: str
    detail: Reason


def has_news(history: Iterable[EscalationEvent]) -> bool:
    """Whether something was said since somebody of the team last heard of it or acted on it."""
    is_new = False
    for one in history:
        is_new = one.happening in _NEWS or (is_new and one.happening not in _HEARD)
    return is_new


def so_far(history: Iterable[EscalationEvent]) -> frozenset[Happening]:
    """What has happened by now; that somebody calls back is said of who has it now."""
    found: set[Happening] = set()
    for one in history:
        if one.happening in _NEW_OWNER:
            found.discard(Happening.CALLING)
        found.add(one.happening)
    return frozenset(found)
