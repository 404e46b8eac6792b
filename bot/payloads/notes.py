"""A patient's buttons about their own notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class KeepNote:
    """What I wrote belongs to this day."""

    note: int
    on: date


@dataclass(frozen=True)
class DropNote:
    """What I wrote is not for the diary."""

    note: int


@dataclass(frozen=True)
class Notes:
    """The notes of a day."""

    on: date


@dataclass(frozen=True)
class EraseNote:
    """Erase a note, once sure."""

    note: int
    is_sure: bool
