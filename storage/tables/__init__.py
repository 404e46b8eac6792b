"""One SQLModel class per table; constraints live here."""

from __future__ import annotations

from storage.tables import (
    attacks,
    audit,
    checkins,
    escalations,
    groups,
    heartbeats,
    inbox,
    infusions,
    notes,
    occurrences,
    outbox,
    people,
    relay,
    scores,
)
from storage.tables.base import Base

__all__ = [
    "Base",
    "attacks",
    "audit",
    "checkins",
    "escalations",
    "groups",
    "heartbeats",
    "inbox",
    "infusions",
    "notes",
    "occurrences",
    "outbox",
    "people",
    "relay",
    "scores",
]
