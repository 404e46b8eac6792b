"""The people: patients, coordinators, and the invites by which they join."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

from care.errors import InvalidCode

if TYPE_CHECKING:
    from datetime import datetime, time

PatientId = NewType("PatientId", int)
CoordinatorId = NewType("CoordinatorId", int)
OperatorId = NewType("OperatorId", int)
Address = NewType("Address", int)
"""Where a person is reached: the id of a private chat, which is the person's id too."""

NO_END = 0
BREAKS = (3, 7, 14, NO_END)
"""Days that a break may take; NO_END lasts until the patient returns."""

UNTIL_I_RETURN = date(9000, 1, 1)
"""Where a break ends that nobody has set an end to."""

_CODE = re.compile(r"[A-Z0-9](?:[A-Z0-9-]{0,10}[A-Z0-9])?")


class PatientState(StrEnum):
    """How far a patient has come."""

    INVITED = "invited"
    JOINING = "joining"
    ACTIVE = "active"
    STOPPED = "stopped"


class Pace(StrEnum):
    """How often a patient is asked (F13)."""

    DAILY = "daily"
    EVERY_OTHER_DAY = "every_other_day"


class Risk(StrEnum):
    """What the clinic knows of a patient that makes a change of headache urgent (R-FLAG-16)."""

    CANCER = "cancer"
    IMMUNE = "immune"
    AGE_50 = "age_50"


class Role(StrEnum):
    """What an invite makes of the person who opens it."""

    PATIENT = "patient"
    COORDINATOR = "coordinator"
    LEAD = "lead"
    OPERATOR = "operator"


@dataclass(frozen=True, kw_only=True)
class Patient:
    """A person who answers check-ins; known to the team by `code`.

    `zone` is an IANA name and `checkin_time` a local wall time. `is_reachable` is false
    from the moment the person blocks the bot until they return. `usual_aura` is None until they
    have told it, empty when no kind is usual (R-AURA-1). `practice` is the self-care they keep
    (F16). `paused_until` is the first local date on which they are asked again. `pain_limit` is
    set by a coordinator where the clinic's own does not fit (0-10), `risks` are what the clinic
    knows and triage asks for (R-FLAG-16).
    """

    id: PatientId
    code: str
    state: PatientState
    address: Address | None
    language: str
    zone: str
    checkin_time: time
    consented_at: datetime | None = None
    is_reachable: bool = True
    usual_aura: tuple[str, ...] | None = None
    is_usual_over_60: bool = False
    practice: str | None = None
    pace: Pace = Pace.DAILY
    paused_until: date | None = None
    pain_limit: int | None = None
    risks: tuple[Risk, ...] = ()

    @property
    def is_active(self) -> bool:
        """Consented, not stopped, and with an address to write to."""
        return self.state is PatientState.ACTIVE and self.address is not None

    def is_paused(self, on: date) -> bool:
        """Whether nothing is asked on a local date: a break (F60)."""
        return self.paused_until is not None and on < self.paused_until


@dataclass(frozen=True, kw_only=True)
class Coordinator:
    """A member of the care team; `position` is the order in which the ladder calls.

    A lead invites and removes colleagues, sees the audit log, and is rung last unless on duty.
    Between `quiet_from` and `quiet_until`, clinic time, only an emergency rings.
    """

    id: CoordinatorId
    name: str
    address: Address
    language: str
    position: int
    is_active: bool = True
    is_reachable: bool = True
    is_lead: bool = False
    is_on_duty: bool = True
    quiet_from: time | None = None
    quiet_until: time | None = None

    def is_resting(self, local_time: time) -> bool:
        """Whether these are their quiet hours, which may run over midnight."""
        if self.quiet_from is None or self.quiet_until is None:
            return False
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= local_time < self.quiet_until
        return local_time >= self.quiet_from or local_time < self.quiet_until


@dataclass(frozen=True, kw_only=True)
class Operator:
    """Who keeps the bot running: hears of technical trouble, sees nothing of patients."""

    id: OperatorId
    address: Address
    language: str


@dataclass(frozen=True, kw_only=True)
class Invite:
    """A single-use way in, bound to a role; only the token's hash is kept."""

    token_hash: str
    role: Role
    language: str
    created_at: datetime
    expires_at: datetime
    patient_id: PatientId | None = None


@dataclass(frozen=True, kw_only=True)
class Stranger:
    """A chat we do not know."""

    address: Address
    language: str


Speaker = Patient | Coordinator | Operator | Stranger


def token_hash(token: str) -> str:
    """The SHA-256 of an invite's token, as hexadecimal digits; what is stored instead of it."""
    return hashlib.sha256(token.encode()).hexdigest()


def patient_code(raw: str) -> str:
    """The clinic's own code for a patient, in capitals; raises InvalidCode."""
    code = raw.strip().upper()
    if not _CODE.fullmatch(code):
        raise InvalidCode
    return code
