"""Who saw or changed what."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class Action(StrEnum):
    """What is written down."""

    COORDINATOR_JOINED = "coordinator_joined"
    COORDINATOR_INVITED = "coordinator_invited"
    COORDINATOR_REMOVED = "coordinator_removed"
    LEAD_JOINED = "lead_joined"
    OPERATOR_JOINED = "operator_joined"
    PROMISE_REVIVED = "promise_revived"
    PATIENT_INVITED = "patient_invited"
    PATIENT_JOINED = "patient_joined"
    PATIENT_DECLINED = "patient_declined"
    PATIENT_STOPPED = "patient_stopped"
    PATIENT_RESUMED = "patient_resumed"
    PATIENT_VIEWED = "patient_viewed"
    LIMITS_SET = "limits_set"
    SCORES_VIEWED = "scores_viewed"
    SCORES_ENTERED = "scores_entered"
    SCORES_WITHDRAWN = "scores_withdrawn"
    BREAK_BEGUN = "break_begun"
    BREAK_ENDED = "break_ended"
    SESSION_SCHEDULED = "session_scheduled"
    SESSION_MOVED = "session_moved"
    SESSION_CANCELLED = "session_cancelled"
    ESCALATION_TAKEN = "escalation_taken"
    ESCALATION_HANDED_OVER = "escalation_handed_over"
    ESCALATION_CLOSED = "escalation_closed"
    ESCALATION_REOPENED = "escalation_reopened"
    DUTY_BEGUN = "duty_begun"
    DUTY_ENDED = "duty_ended"
    QUIET_HOURS_SET = "quiet_hours_set"
    RELAY_READ = "relay_read"
    RELAY_ANSWERED = "relay_answered"
    TAP_REFUSED = "tap_refused"
    INVITE_REFUSED = "invite_refused"


@dataclass(frozen=True, kw_only=True)
class AuditEvent:
    """One line of the log; `actor` is `patient:7`, `coordinator:2`, `operator` or `chat:9`."""

    at: datetime
    actor: str
    action: Action
    subject: str
