"""What a lead looks over: who did what, and how often the rules ring (F61, R-TRI-10)."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot import payloads
from bot.views import flags
from bot.views.escalating import tier_label
from bot.views.screen import Screen, button, lines
from bot.views.wording.catalogue import msg
from care import triage
from care.audit import Action
from care.digests import BUDGET
from care.triage import Tier

if TYPE_CHECKING:
    from bot.views.wording.catalogue import Wording
    from care.audit import AuditEvent
    from care.clinic import Clinic
    from care.usecases.oversight import Log, Noise

_NAME = 16
_DONE = {
    Action.COORDINATOR_INVITED: msg("invited a coordinator"),
    Action.COORDINATOR_JOINED: msg("joined the team"),
    Action.COORDINATOR_REMOVED: msg("removed from the team:"),
    Action.LEAD_JOINED: msg("became a lead"),
    Action.OPERATOR_JOINED: msg("became an operator"),
    Action.PROMISE_REVIVED: msg("sent again:"),
    Action.PATIENT_INVITED: msg("invited:"),
    Action.PATIENT_JOINED: msg("joined"),
    Action.PATIENT_DECLINED: msg("declined"),
    Action.PATIENT_STOPPED: msg("ended the check-ins"),
    Action.PATIENT_RESUMED: msg("began the check-ins again"),
    Action.PATIENT_VIEWED: msg("looked at the card:"),
    Action.LIMITS_SET: msg("set limits:"),
    Action.SCORES_VIEWED: msg("looked at the scores:"),
    Action.SCORES_ENTERED: msg("entered scores:"),
    Action.SCORES_WITHDRAWN: msg("withdrew scores:"),
    Action.BREAK_BEGUN: msg("began a break"),
    Action.BREAK_ENDED: msg("ended a break"),
    Action.SESSION_SCHEDULED: msg("scheduled:"),
    Action.SESSION_MOVED: msg("moved:"),
    Action.SESSION_CANCELLED: msg("cancelled:"),
    Action.ESCALATION_TAKEN: msg("took"),
    Action.ESCALATION_HANDED_OVER: msg("handed over"),
    Action.ESCALATION_CLOSED: msg("closed"),
    Action.ESCALATION_REOPENED: msg("opened again:"),
    Action.DUTY_BEGUN: msg("went on duty"),
    Action.DUTY_ENDED: msg("went off duty"),
    Action.QUIET_HOURS_SET: msg("changed the quiet hours"),
    Action.RELAY_READ: msg("read the message"),
    Action.RELAY_ANSWERED: msg("answered the message"),
    Action.TAP_REFUSED: msg("was refused a button"),
    Action.INVITE_REFUSED: msg("tried a link that opens nothing"),
}
_ALONE = frozenset({Action.COORDINATOR_INVITED, Action.TAP_REFUSED, Action.INVITE_REFUSED})
"""What needs no word of what it was done to."""


def audit(say: Wording, of: Log, clinic: Clinic) -> Screen:
    """A page of the log, the newest first, on the clinic's clock."""
    turns = [
        *([button("‹", payloads.AuditPage(of.page - 1))] if of.page else []),
        *([button("›", payloads.AuditPage(of.page + 1))] if of.has_more else []),
    ]
    return Screen(
        text=lines(
            say.say("<b>Who did what</b>"),
            *(_line(say, one, of, clinic) for one in of.events),
            "" if of.events else say.say("Nothing stands here."),
        ),
        keyboard=(tuple(turns),) if turns else (),
    )


def _line(say: Wording, event: AuditEvent, of: Log, clinic: Clinic) -> str:
    at = say.instant(event.at, ZoneInfo(clinic.zone))
    done = say.say(_DONE[event.action])
    is_alone = event.action in _ALONE or event.subject == event.actor
    what = "" if is_alone else f" {_named(say, event.subject, of)}"
    return f"{at} · {_named(say, event.actor, of)} {done}{what}"


def _named(say: Wording, key: str, of: Log) -> str:
    if key in of.names:
        return html.escape(of.names[key][:_NAME])
    kind, _, number = key.partition(":")
    if kind == "escalation":
        return f"E-{number}"
    names = {
        "session": say.say("infusion date"),
        "promise": say.say("a message"),
        "relay": f"M-{number}",
        "operator": say.say("an operator"),
        "chat": say.say("a stranger"),
    }
    return names.get(kind, html.escape(key[:_NAME]))


def noise(say: Wording, of: Noise) -> Screen:
    """Reports of 28 days by tier and by rule, beside the measure."""
    total = sum(of.opened.values())
    tiers = {
        tier: sum(count for (one, _rule), count in of.opened.items() if one is tier)
        for tier in Tier
    }
    rules: dict[str, int] = {}
    for (_tier, rule), count in of.opened.items():
        rules[rule] = rules.get(rule, 0) + count
    return Screen(
        text=lines(
            say.say("<b>Reports of the last 28 days</b>"),
            say.say("In brackets: a month for each patient."),
            "",
            _counted(say, say.say("All"), total, of),
            say.say("The measure is {budget}.", budget=say.decimal(BUDGET)),
            "",
            *(_counted(say, tier_label(say, one), n, of) for one, n in tiers.items() if n),
            "",
            *(
                _counted(say, _rule(say, one), n, of)
                for one, n in sorted(rules.items(), key=lambda pair: (-pair[1], pair[0]))
            ),
        )
    )


def _counted(say: Wording, what: str, count: int, of: Noise) -> str:
    found = of.rate(count)
    return f"{what}: {count}" + ("" if found is None else f" ({say.decimal(found)})")


_RULES = {
    triage.ALARM: msg("“It is an emergency”"),
    triage.PAIN_LIMIT: msg("Pain at the limit"),
    triage.SILENT: msg("Silent for days"),
    triage.CRISIS: msg("Words of crisis"),
    triage.CRISIS_SCORE: msg("Crisis by questionnaire"),
    "R-FLAG-8": msg("Aura that is not usual"),
    "R-FLAG-14": msg("Headache for three days"),
    "R-FLAG-17": msg("Aura over 60 minutes"),
    "R-MOH-3": msg("Days with one class of medicine"),
    "R-MOH-4": msg("Days with medicines together"),
    "R-TRI-8": msg("Silent after a hard day"),
}


def _rule(say: Wording, rule: str) -> str:
    number = rule.removeprefix("R-FLAG-")
    if rule in _RULES:
        return say.say(_RULES[rule])
    if number.isdigit() and int(number) in (*flags.EMERGENCIES, *flags.OTHERS):
        return flags.label(say, int(number))
    return html.escape(rule[:_NAME])
