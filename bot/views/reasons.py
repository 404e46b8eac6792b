"""Why an escalation was raised, in one line for the care team (F41)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.views import flags, labels, lists
from care import triage
from care.profiles import DrugClass
from care.questions import Item

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.views.wording.catalogue import Wording
    from care.escalation import Escalation
    from care.triage import Reason


def drug_class(say: Wording, code: str) -> str:
    """A class of acute medicines (section 3 of the rules)."""
    return say.say(lists.CLASSES[DrugClass(code)])


def what(say: Wording, escalation: Escalation) -> str:
    """What happened, and how often it was reported."""
    text = _of_rule(say, escalation.rule, escalation.reason)
    if escalation.count > 1:
        text += " " + say.count("Reported {n} time.", "Reported {n} times.", escalation.count)
    return text


def _of_rule(say: Wording, rule: str, reason: Reason) -> str:
    if rule in _RULES and not (rule == "R-FLAG-16" and "kinds" not in reason):
        return _RULES[rule](say, reason)
    number = rule.removeprefix("R-FLAG-")
    if number.isdigit():
        told = flags.statement(say, int(number))
        return say.say("The patient tapped: {statement}.", statement=told)
    return say.say("Rule {rule}.", rule=rule)


def _alarm(say: Wording, _reason: Reason) -> str:
    return say.say("The patient tapped “It is an emergency”.")


def _pain(say: Wording, reason: Reason) -> str:
    text = say.say("Worst pain {pain} of 10.", pain=reason["pain"])
    if "days" not in reason:
        return text
    before = say.count(
        "At {limit} or more on {n} day of the 28 before.",
        "At {limit} or more on {n} days of the 28 before.",
        int(reason["days"]),
        limit=reason["limit"],
    )
    return f"{text} {before}"


def _aura(say: Wording, reason: Reason) -> str:
    kinds = [labels.answer(say, Item.AURA, code) for code in str(reason["kinds"]).split(",")]
    told = ", ".join(kinds)
    if "minutes" in reason:
        return say.say("Aura over 60 minutes: {kinds}.", kinds=told)
    return say.say("Aura that is not usual for this patient: {kinds}.", kinds=told)


def _status(say: Wording, _reason: Reason) -> str:
    return say.say(
        "Headache for three days, never away for 12 hours, and longer or worse than usual."
    )


def _medicine(say: Wording, reason: Reason) -> str:
    days, name = int(reason["days"]), drug_class(say, str(reason["class"]))
    text = say.say("Acute medicine on {n} of 30 days: {name}.", n=days, name=name)
    return _at_least(say, text, reason)


def _pooled(say: Wording, reason: Reason) -> str:
    text = say.say(
        "Acute medicines of {classes} classes together on {n} of 30 days.",
        classes=reason["classes"],
        n=reason["days"],
    )
    return _at_least(say, text, reason)


def _at_least(say: Wording, text: str, reason: Reason) -> str:
    """Below 20 completed days the count is a lower bound (R-MOH-6)."""
    if int(reason["completed"]) >= 20:
        return text
    few = say.say("{n} of 30 days were answered: it may be more.", n=reason["completed"])
    return f"{text} {few}"


def _silent(say: Wording, reason: Reason) -> str:
    return say.count(
        "No answer for {n} day; the messages arrive.",
        "No answer for {n} days in a row; the messages arrive.",
        int(reason["days"]),
    )


def _after_severe(say: Wording, _reason: Reason) -> str:
    return say.say("A hard day, then two check-ins without an answer; the messages arrive.")


def _crisis(say: Wording, _reason: Reason) -> str:
    """Nothing of what was said (R-SUI-4)."""
    return say.say("Please call this patient.")


_RULES: dict[str, Callable[[Wording, Reason], str]] = {
    triage.ALARM: _alarm,
    triage.PAIN_LIMIT: _pain,
    triage.SILENT: _silent,
    triage.CRISIS: _crisis,
    triage.CRISIS_SCORE: _crisis,
    "R-FLAG-8": _aura,
    "R-FLAG-14": _status,
    "R-FLAG-16": _aura,
    "R-FLAG-17": _aura,
    "R-MOH-3": _medicine,
    "R-MOH-4": _pooled,
    "R-TRI-8": _after_severe,
}
