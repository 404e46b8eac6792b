"""The screens by which the team settles who is there, with awkward values (see screens.py)."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING, Any

from bot.views import duty, enrolment, general, staff as staffs
from care.people import CoordinatorId
from care.usecases.duty import Duty
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
    yield "staff.left", staffs.left(say)
    link = "https://t.me/RespiteDemoBot?start=" + "a" * 32
    invited = enrolment.colleague_invited(say, link, qr=b"a picture", hours=24)
    yield "enrolment.colleague_invited", invited
    clinic = builders.clinic()
    yield "enrolment.welcome lead", enrolment.welcome(say, clinic, is_lead=True)
    yield "general.coordinator_help lead", general.coordinator_help(say, clinic, is_lead=True)
