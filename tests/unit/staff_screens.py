"""The screens by which the team settles who is there, with awkward values (see screens.py)."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from bot.views import duty, enrolment, general, oversight, staff as staffs
from care.audit import Action, AuditEvent
from care.people import CoordinatorId
from care.triage import TABLE
from care.usecases.duty import Duty
from care.usecases.oversight import A_PAGE, Log, Noise
from care.usecases.staff import Staff
from tests import builders

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.views.screen import Screen
    from bot.views.wording.catalogue import Wording
    from care.people import Coordinator

Named = tuple[str, "Screen"]


def team(me: Coordinator, count: int) -> tuple[Coordinator, ...]:
    """So many, in every state."""
    states: tuple[dict[str, Any], ...] = (
        {},
        {"is_on_duty": False},
        {"is_lead": True},
        {"is_lead": True, "is_on_duty": False},
        {"is_reachable": False},
    )
    return tuple(
        replace(
            me,
            id=CoordinatorId(number),
            name=f"{number} {me.name}",
            **states[number % len(states)],
        )
        for number in range(1, count + 1)
    )


def _oversight(say: Wording, me: Coordinator) -> Iterator[Named]:
    keys = ("coordinator:1", "chat:9", "promise:9", "escalation:9", "session:9", "strange")
    events = tuple(
        AuditEvent(at=builders.NOW, actor=actor, action=action, subject=subject)
        for action in Action
        for actor, subject in ((keys[0], keys[2]), *pairwise(keys))
    )
    for first in range(0, len(events), A_PAGE):
        found = Log(
            lead=me,
            events=events[first : first + A_PAGE],
            names={keys[0]: me.name},
            page=first // A_PAGE,
            has_more=first < A_PAGE,
        )
        yield "oversight.audit", oversight.audit(say, found, builders.clinic())
    none = Log(lead=me, events=(), names={}, page=0, has_more=False)
    yield "oversight.audit none", oversight.audit(say, none, builders.clinic())
    every = {(one.tier, one.id): 10**6 for one in TABLE}
    for opened, days in (({}, 0), (every, 28)):
        heard = Noise(lead=me, opened=opened, patient_days=days)
        yield "oversight.noise", oversight.noise(say, heard)


def staff_screens(say: Wording, me: Coordinator) -> Iterator[Named]:
    """All that is about the team itself."""
    resting = replace(me, quiet_from=time(20), quiet_until=time(7), is_on_duty=False)
    for who in (me, resting):
        for colleagues in (team(me, 64), (resting,)):
            found = Duty(
                coordinator=who, team=colleagues, taken=(builders.escalation(),) * len(colleagues)
            )
            yield "duty.duty", duty.duty(say, found)
            yield "duty.ask_hand_all", duty.ask_hand_all(say, found)
            everybody = Staff(lead=who, team=colleagues, taken={who.id: 3})
            yield "staff.staff", staffs.staff(say, everybody)
            yield "staff.member", staffs.member(say, everybody, who)
            yield "staff.sure", staffs.sure(say, everybody, who)
    yield from _oversight(say, me)
    yield "staff.left", staffs.left(say)
    link = "https://t.me/RespiteDemoBot?start=" + "a" * 32
    invited = enrolment.colleague_invited(say, link, qr=b"a picture", hours=24)
    yield "enrolment.colleague_invited", invited
    clinic = builders.clinic()
    yield "enrolment.welcome lead", enrolment.welcome(say, clinic, is_lead=True)
    yield "general.coordinator_help lead", general.coordinator_help(say, clinic, is_lead=True)
