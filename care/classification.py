"""Each day by the rules: headache day, migraine day, moderate or severe day (R-DAY-3 to R-DAY-7).

Answers are yes, no or unknown (None); what is unknown stays so unless the rest decides without it
(R-DAY-5). Nothing of this is ever said to a patient.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from care import question_sets as daily
from care.clinic import Definition
from care.profiles import DrugClass, Profile
from care.questions import NONE, SKIPPED, Answers, Item, said

if TYPE_CHECKING:
    from collections.abc import Iterable

Known = bool | None
"""Yes, no, or not known."""

MODERATE_FROM, SEVERE_FROM = 4, 7
"""Worst pain from which a day is moderate, and severe (R-DAY-7)."""

SPECIFIC = frozenset({DrugClass.TRIPTAN, DrugClass.ERGOT, DrugClass.GEPANT, DrugClass.DITAN})
"""Classes whose intake on a headache day makes a migraine day (R-DAY-4c)."""

_LONG = frozenset({daily.DURATION_4_TO_12_H, daily.DURATION_OVER_12_H})
_AURA_LONG = frozenset({daily.MINUTES_5_TO_60, daily.MINUTES_OVER_60})
_RELIEVED = frozenset({daily.RELIEF_SOME, daily.RELIEF_FREE})
_CHARACTER = ("one_side", "pulsating", "movement")


@dataclass(frozen=True, kw_only=True)
class DayClass:
    """What a completed day is; None stands for "not known"."""

    is_headache: bool
    is_migraine: Known
    is_moderate_or_severe: Known


def classify(answers: Answers, profile: Profile, definition: Definition) -> DayClass | None:
    """The class of a day, or None when the day is missing (R-DAY-2)."""
    if Item.HEADACHE not in answers:
        return None
    return DayClass(
        is_headache=is_headache_day(answers),
        is_migraine=is_migraine_day(answers, profile, definition),
        is_moderate_or_severe=is_moderate_or_severe(answers),
    )


def is_headache_day(answers: Answers) -> bool:
    """R-DAY-3: a headache, unless it was under 30 minutes and nothing was taken."""
    if not _hurts(answers):
        return False
    is_short = said(answers, Item.DURATION) == (daily.DURATION_UNDER_30_MIN,)
    return not is_short or daily.has_drug(answers)


def is_migraine_day(answers: Answers, profile: Profile, definition: Definition) -> Known:
    """R-DAY-4, or R-DAY-6 where the clinic has chosen it."""
    by_features = _by_features if definition is Definition.LEIDEN else _by_features_or_either
    drug = _took_specific(answers, profile)
    if definition is Definition.IHS:
        drug = both(drug, _relieved(answers))
    return either([by_features(answers), _has_visual_aura(answers, profile), drug])


def is_moderate_or_severe(answers: Answers) -> Known:
    """R-DAY-7: pain of 4 or more for 4 hours or more, or a headache with any acute medicine."""
    if not _hurts(answers):
        return False
    return either([both(_pain_from(answers, MODERATE_FROM), _is_long(answers)), _took(answers)])


def _hurts(answers: Answers) -> bool:
    return daily.has_headache(answers) or daily.is_too_ill(answers)


def _by_features(answers: Answers) -> Known:
    """R-DAY-4a."""
    lasted = _lasted_half_an_hour(answers)
    return both(both(lasted, _two_of_four(answers)), _symptoms(answers))


def _by_features_or_either(answers: Answers) -> Known:
    """The first part of R-DAY-6."""
    return both(_is_long(answers), either([_two_of_four(answers), _symptoms(answers)]))


def _two_of_four(answers: Answers) -> Known:
    found = [_felt(answers, code) for code in _CHARACTER]
    found.append(_pain_from(answers, MODERATE_FROM))
    certain, possible = found.count(True), found.count(None)
    if certain >= 2:
        return True
    return None if certain + possible >= 2 else False


def _symptoms(answers: Answers) -> Known:
    light_and_sound = both(_felt(answers, "light"), _felt(answers, "sound"))
    return either([_felt(answers, "nausea"), _felt(answers, "vomiting"), light_and_sound])


def _felt(answers: Answers, code: str) -> Known:
    if not _hurts(answers):
        return False
    values = said(answers, Item.FEATURES)
    return code in values if values else None


def _pain_from(answers: Answers, level: int) -> Known:
    if not _hurts(answers):
        return False
    values = said(answers, Item.PAIN)
    return int(values[0]) >= level if values else None


def _lasted_half_an_hour(answers: Answers) -> Known:
    if not _hurts(answers):
        return False
    values = said(answers, Item.DURATION)
    return values != (daily.DURATION_UNDER_30_MIN,) if values else None


def _is_long(answers: Answers) -> Known:
    if not _hurts(answers):
        return False
    values = said(answers, Item.DURATION)
    return values[0] in _LONG if values else None


def _has_visual_aura(answers: Answers, profile: Profile) -> Known:
    """R-DAY-4b; where aura is not asked for, not to mention it means that there was none."""
    if Item.AURA not in answers:
        return None if _hurts(answers) and profile.has_usual_aura else False
    if answers[Item.AURA] == (SKIPPED,):
        return None
    if "visual" not in answers[Item.AURA]:
        return False
    minutes = said(answers, Item.AURA_MINUTES)
    return minutes[0] in _AURA_LONG if minutes else None


def _took(answers: Answers) -> Known:
    values = said(answers, Item.MEDICINES)
    if values:
        return values != (NONE,)
    return None if _hurts(answers) else False


def _took_specific(answers: Answers, profile: Profile) -> Known:
    """R-DAY-4c: yes or still, and a medicine of a class made for migraine."""
    if not daily.has_headache(answers):
        return False
    values = said(answers, Item.MEDICINES)
    if not values:
        return None
    named = (profile.named(code) for code in values)
    return any(own is not None and own.drug_class in SPECIFIC for own in named)


def _relieved(answers: Answers) -> Known:
    values = said(answers, Item.RELIEF)
    if not values or values == (daily.RELIEF_EARLY,):
        return None
    return values[0] in _RELIEVED


def both(left: Known, right: Known) -> Known:
    """Yes when both are; no as soon as one is not."""
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def either(found: Iterable[Known]) -> Known:
    """Yes as soon as one is; no when all are not."""
    values = list(found)
    if True in values:
        return True
    return None if None in values else False
