"""The buttons of an attack."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class AttackNow:
    """An attack begins."""


@dataclass(frozen=True)
class AttackMedicine:
    """I took a medicine for this attack."""

    attack: int


@dataclass(frozen=True)
class AttackTook:
    """This medicine; `chosen` is the state that the tap asks for."""

    attack: int
    code: str
    chosen: bool


@dataclass(frozen=True)
class AttackTaken:
    """That was all of it."""

    attack: int


@dataclass(frozen=True)
class AttackRelief:
    """What the medicine did."""

    attack: int
    relief: str


@dataclass(frozen=True)
class AttackStill:
    """It goes on."""

    attack: int


@dataclass(frozen=True)
class AttackOver:
    """It is over."""

    attack: int


@dataclass(frozen=True)
class AttackMistake:
    """There was no attack."""

    attack: int


@dataclass(frozen=True)
class AttackEnds:
    """The attack that runs is over, said in a check-in."""

    checkin: int
    attack: int
