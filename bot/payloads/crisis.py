"""The buttons of the card for words of crisis."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SayingSafe:
    """Are you safe right now? `safe` is what I answer."""

    escalation: int
    safe: str
