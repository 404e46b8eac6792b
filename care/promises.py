"""A promise: a message we owe, stored with the decision that caused it; no wording."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from care.people import Address


class Kind(StrEnum):
    """What the message is about; its subject is the id of the row it speaks of."""

    CHECKIN = "checkin"
    CHECKIN_REMINDER = "checkin_reminder"
    CHECKIN_BACKFILL = "checkin_backfill"
    CHECKIN_REDRAW = "checkin_redraw"
    CHECKIN_REFRESH = "checkin_refresh"
    ATTACK_QUESTION = "attack_question"
    STATUS_QUESTION = "status_question"
    MEDICINE_DAYS = "medicine_days"
    SUMMARY = "summary"
    INFUSION_BOOKED = "infusion_booked"
    INFUSION_MOVED = "infusion_moved"
    INFUSION_CANCELLED = "infusion_cancelled"
    INFUSION_REMINDER = "infusion_reminder"
    ESCALATION_PAGE = "escalation_page"
    ESCALATION_REDRAW = "escalation_redraw"
    EMERGENCY_TEXT = "emergency_text"
    CRISIS_CARD = "crisis_card"
    DAILY_LIST = "daily_list"
    TEAM_TOLD = "team_told"
    TEAM_TOOK = "team_took"
    TEAM_CALLS = "team_calls"
    REPORT_NOTED = "report_noted"
    TEAM_UNREACHABLE = "team_unreachable"
    ESCALATION_CLOSED = "escalation_closed"
    PATIENT_JOINED = "patient_joined"
    PATIENT_BLOCKED = "patient_blocked"
    GROUP_PAGE = "group_page"
    GROUP_REDRAW = "group_redraw"
    RELAY_TO_TEAM = "relay_to_team"
    RELAY_TO_PATIENT = "relay_to_patient"
    RELAY_STATE = "relay_state"
    RELAY_REDRAW = "relay_redraw"
    TROUBLE = "trouble"
    DIGEST = "digest"


class Reminds(IntEnum):
    """Why a page comes to whoever has taken it: it does not, it was forgotten, there is news."""

    NOTHING = 0
    FORGOTTEN = 1
    NEWS = 2


class Policy(StrEnum):
    """What to do when nobody can say whether Telegram took a message (telegram facts, 4)."""

    AT_LEAST_ONCE = "at_least_once"
    AT_MOST_ONCE = "at_most_once"
    IDEMPOTENT = "idempotent"


class Lane(IntEnum):
    """Which promises go first; lane 0 cannot be filled by routine traffic."""

    SAFETY = 0
    REPLY = 1
    INFUSION = 2
    CHECKIN = 3
    SUMMARY = 4


class PromiseState(StrEnum):
    """How far a promise has come."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    DEAD = "dead"
    CANCELLED = "cancelled"


_SAFETY = (Lane.SAFETY, Policy.AT_LEAST_ONCE)
_RULES: Mapping[Kind, tuple[Lane, Policy]] = {
    Kind.CHECKIN: (Lane.CHECKIN, Policy.AT_MOST_ONCE),
    Kind.CHECKIN_REMINDER: (Lane.CHECKIN, Policy.AT_MOST_ONCE),
    Kind.CHECKIN_BACKFILL: (Lane.CHECKIN, Policy.AT_MOST_ONCE),
    Kind.CHECKIN_REDRAW: (Lane.REPLY, Policy.IDEMPOTENT),
    Kind.CHECKIN_REFRESH: (Lane.REPLY, Policy.IDEMPOTENT),
    Kind.ATTACK_QUESTION: (Lane.REPLY, Policy.AT_MOST_ONCE),
    Kind.STATUS_QUESTION: (Lane.REPLY, Policy.AT_MOST_ONCE),
    Kind.MEDICINE_DAYS: (Lane.REPLY, Policy.AT_MOST_ONCE),
    Kind.SUMMARY: (Lane.SUMMARY, Policy.AT_MOST_ONCE),
    Kind.INFUSION_BOOKED: (Lane.INFUSION, Policy.AT_MOST_ONCE),
    Kind.INFUSION_MOVED: (Lane.INFUSION, Policy.AT_MOST_ONCE),
    Kind.INFUSION_CANCELLED: (Lane.INFUSION, Policy.AT_MOST_ONCE),
    Kind.INFUSION_REMINDER: (Lane.INFUSION, Policy.AT_MOST_ONCE),
    Kind.ESCALATION_PAGE: _SAFETY,
    Kind.ESCALATION_REDRAW: (Lane.REPLY, Policy.IDEMPOTENT),
    Kind.EMERGENCY_TEXT: _SAFETY,
    Kind.CRISIS_CARD: _SAFETY,
    Kind.TEAM_TOLD: _SAFETY,
    Kind.TEAM_TOOK: _SAFETY,
    Kind.TEAM_CALLS: _SAFETY,
    Kind.REPORT_NOTED: _SAFETY,
    Kind.DAILY_LIST: (Lane.REPLY, Policy.AT_LEAST_ONCE),
    Kind.TEAM_UNREACHABLE: _SAFETY,
    Kind.ESCALATION_CLOSED: _SAFETY,
    Kind.TROUBLE: (Lane.REPLY, Policy.AT_LEAST_ONCE),
    Kind.DIGEST: (Lane.SUMMARY, Policy.AT_MOST_ONCE),
    Kind.PATIENT_JOINED: (Lane.REPLY, Policy.AT_MOST_ONCE),
    Kind.PATIENT_BLOCKED: (Lane.REPLY, Policy.AT_LEAST_ONCE),
    Kind.RELAY_TO_TEAM: (Lane.REPLY, Policy.AT_LEAST_ONCE),
    Kind.RELAY_TO_PATIENT: (Lane.REPLY, Policy.AT_LEAST_ONCE),
    Kind.RELAY_STATE: (Lane.REPLY, Policy.IDEMPOTENT),
    Kind.RELAY_REDRAW: (Lane.REPLY, Policy.IDEMPOTENT),
    Kind.GROUP_PAGE: _SAFETY,
    Kind.GROUP_REDRAW: (Lane.REPLY, Policy.IDEMPOTENT),
}


def lane(kind: Kind) -> Lane:
    """The lane in which a kind travels."""
    return _RULES[kind][0]


def policy(kind: Kind) -> Policy:
    """What an unknown outcome means for a kind."""
    return _RULES[kind][1]


@dataclass(frozen=True, kw_only=True)
class Promise:
    """One message owed to one chat.

    `key` is unique: a second promise with the same key is not stored. After `expires_at` it is
    cancelled instead of sent. `data` holds ids and small facts, never words of a person.
    """

    kind: Kind
    recipient: Address
    subject: int
    key: str
    due_at: datetime
    data: Mapping[str, int | str] = field(default_factory=dict)
    expires_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """A promise in the hands of a sender: `attempt` fences its result, `repeat` counts doubts."""

    id: int
    promise: Promise
    attempt: int
    repeat: int


@dataclass(frozen=True, kw_only=True)
class DeadLetter:
    """A promise that was not kept, or nobody knows whether it was; `error` is Telegram's."""

    id: int
    promise: Promise
    state: PromiseState
    error: str
    settled_at: datetime


@dataclass(frozen=True, kw_only=True)
class Copy:
    """A message that stands in somebody's chat because of a promise."""

    recipient: Address
    message_id: int
    data: Mapping[str, int | str]
