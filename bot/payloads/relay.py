"""The buttons of words between a patient and the team."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WriteTeam:
    """I want to write to my team."""


@dataclass(frozen=True)
class NeverMind:
    """I do not want to write to my team after all."""


@dataclass(frozen=True)
class AskSend:
    """This draft is for my team; tell me first who reads it, and when."""

    note: int


@dataclass(frozen=True)
class SendNote:
    """Send this draft to my team."""

    note: int


@dataclass(frozen=True)
class KeepBack:
    """Do not send this draft; what else can it be for?"""

    note: int


@dataclass(frozen=True)
class RelaySeen:
    """I, a coordinator, have read it."""

    relay: int


@dataclass(frozen=True)
class RelayShow:
    """Show me this message again, so that I can reply to it."""

    relay: int


@dataclass(frozen=True)
class AnswerToo:
    """Send my answer as well."""

    answer: int


@dataclass(frozen=True)
class AnswerDrop:
    """Do not send my answer."""

    answer: int
