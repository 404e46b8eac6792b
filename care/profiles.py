"""What a patient has told about themselves once: usual aura, own medicines, own exposures."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

from care.errors import ListFull, NameEmpty, NameTaken, NameTooLong, WordsTooLong

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

OwnId = NewType("OwnId", int)

MAX_EXPOSURES = 5
"""Own exposures that may be active at a time (clinical rules, section 2)."""

MAX_MEDICINES = 8
"""Own medicines that may be active at a time."""

MAX_LABEL = 24
"""Characters of a name that still stand on half a row of a phone."""


MAX_USUAL = 80
"""Characters of how a medicine is usually taken, in the patient's words."""


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


class Awaits(StrEnum):
    """What the next words of a patient are for."""

    MEDICINE = "medicine"
    EXPOSURE = "exposure"
    NAME = "name"
    USUAL = "usual"
    TEAM = "team"


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
class Awaited:
    """Words that a patient was asked for: the name of a new one, or words about one of theirs.

    `message_id` is the message that asked. After `until` words mean nothing special any more.
    """

    what: Awaits
    until: datetime
    own_id: OwnId | None = None
    message_id: int | None = None


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
        for one in self.own:
            if one.code == code:
                return one
        return None


ROOM = {OwnKind.MEDICINE: MAX_MEDICINES, OwnKind.EXPOSURE: MAX_EXPOSURES}
"""How many of a kind may be active at a time."""


def label(raw: str) -> str:
    """A name as it is kept; raises NameEmpty and NameTooLong.

    Without control characters, and with single spaces; it needs a letter or a digit.
    """
    clean = _clean(raw)
    if not any(character.isalnum() for character in clean):
        raise NameEmpty
    if len(clean) > MAX_LABEL:
        raise NameTooLong
    return clean


def usual(raw: str) -> str:
    """How a medicine is usually taken, as it is kept; raises WordsTooLong."""
    clean = _clean(raw)
    if len(clean) > MAX_USUAL:
        raise WordsTooLong
    return clean


def _clean(raw: str) -> str:
    seen = (" " if character.isspace() else character for character in raw)
    visible = (one for one in seen if not unicodedata.category(one).startswith("C"))
    return " ".join(unicodedata.normalize("NFC", "".join(visible)).split())


def named_before(own: Iterable[Own], kind: OwnKind, name: str) -> Own | None:
    """The one of a kind that goes by this name, active or not; capitals do not matter."""
    same = (one for one in own if one.kind is kind and one.label.casefold() == name.casefold())
    return max(same, key=lambda one: one.is_active, default=None)


def require_room(own: Iterable[Own], kind: OwnKind) -> None:
    """Raises ListFull when there is no room for one more of a kind."""
    if sum(one.kind is kind and one.is_active for one in own) >= ROOM[kind]:
        raise ListFull


def renamed(own: Iterable[Own], one: Own, name: str) -> Own:
    """One by another name; raises NameTaken when another active one has it."""
    before = named_before((it for it in own if it.id != one.id), one.kind, name)
    if before is not None and before.is_active:
        raise NameTaken
    return replace(one, label=name)
