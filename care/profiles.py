"""What a patient has told about themselves once: usual aura, own medicines, own exposures."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

OwnId = NewType("OwnId", int)

MAX_EXPOSURES = 5
"""Own exposures that may be active at a time (clinical rules, section 2)."""

MAX_MEDICINES = 8
"""Own medicines that may be active at a time."""

MAX_LABEL = 24
"""Characters of a name that still stand on half a row of a phone."""


class DrugClass(StrEnum):
    """The class of an acute medicine (clinical rules, section 3)."""

    TRIPTAN = "triptan"
    ERGOT = "ergot"
    GEPANT = "gepant"
    DITAN = "ditan"
    PARACETAMOL = "paracetamol"
    NSAID = "nsaid"
    NONOPIOID_OTHER = "nonopioid_other"
    OPIOID = "opioid"
    COMBINATION = "combination"
    OTHER = "other"


class OwnKind(StrEnum):
    """What a line of a patient's own lists names."""

    MEDICINE = "medicine"
    EXPOSURE = "exposure"


_PREFIX = {OwnKind.MEDICINE: "m", OwnKind.EXPOSURE: "x"}


@dataclass(frozen=True, kw_only=True)
class Own:
    """A medicine or an exposure that a patient has named.

    `label` is the patient's own word, echoed only to the patient and the care team. `usual` is
    how a medicine is usually taken, in the patient's words; it is never interpreted. One that is
    not active is no longer offered; answers that name it keep their meaning.
    """

    id: OwnId
    kind: OwnKind
    label: str
    drug_class: DrugClass | None = None
    usual: str = ""
    is_active: bool = True

    @property
    def code(self) -> str:
        """What stands for it in an answer."""
        return f"{_PREFIX[self.kind]}{self.id}"


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What decides which questions a patient is asked, and with which options.

    `usual_aura` is None until the patient has said which kinds of aura are usual; empty when
    none is (R-AURA-1). `practice` is the self-care that the patient chose to keep, if any (F16).
    """

    usual_aura: tuple[str, ...] | None = None
    is_usual_over_60: bool = False
    practice: str | None = None
    own: tuple[Own, ...] = ()

    @property
    def has_usual_aura(self) -> bool:
        """Whether aura is asked with every headache: usual, or not told yet."""
        return self.usual_aura is None or bool(self.usual_aura)

    def active(self, kind: OwnKind) -> tuple[Own, ...]:
        """What is offered now, oldest first."""
        return tuple(one for one in self.own if one.kind is kind and one.is_active)

    def named(self, code: str) -> Own | None:
        """What a code in an answer stands for, active or not."""
        return next((one for one in self.own if one.code == code), None)
