"""When a page is due, and who is told at it (R-TRI-1, R-TRI-2, R-TRI-3)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from care.clinic import Circle
from care.triage import Tier

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, time

    from care.clinic import Clinic, Ladder
    from care.people import Coordinator

EMERGENCY_WITHIN = timedelta(minutes=15)
URGENT_WITHIN = timedelta(hours=4)
BEFORE_CLOSING = timedelta(hours=1)
AFTER_OPENING = timedelta(hours=1)
"""The times of R-TRI-1 by which somebody should have taken it."""

ROUTINE_DAYS = 2
"""Working days after which a ROUTINE report should have been taken, and is reminded of."""


def ladder(tier: Tier, clinic: Clinic) -> Ladder | None:
    """The ladder that a tier climbs; None for what waits for the daily list."""
    ladders = {Tier.EMERGENCY: clinic.emergency_ladder, Tier.URGENT: clinic.urgent_ladder}
    return ladders.get(tier)


def starts_at(tier: Tier, *, is_at_once: bool, clinic: Clinic, now: datetime) -> datetime:
    """When the first page of a report is due, or the daily list that names it (R-TRI-1).

    `is_at_once` is the rule's own: it rings at any hour whatever its tier (R-SUI-2).
    """
    rungs = ladder(tier, clinic)
    if rungs is None and not is_at_once:
        return clinic.hours.opens_after(now)
    if rungs is None or is_at_once or rungs.is_at_once:
        return now
    return clinic.hours.reopens_at(now)


def next_page_at(
    rungs: Ladder, *, since: datetime, is_at_once: bool, clinic: Clinic, now: datetime
) -> datetime:
    """The first page of a ladder that is still ahead; pages missed meanwhile count as one.

    `since` is when the ladder began. A page that does not ring at any hour waits for the opening.
    """
    at = since + _rung_after(now - since, rungs)
    return at if is_at_once or rungs.is_at_once else clinic.hours.reopens_at(at)


def _rung_after(elapsed: timedelta, rungs: Ladder) -> timedelta:
    last = rungs.pages_after[-1]
    repeats = (elapsed - last) // rungs.then_every + 1
    return next(
        (at for at in rungs.pages_after if at > elapsed), last + repeats * rungs.then_every
    )


def take_by(tier: Tier, *, clinic: Clinic, now: datetime) -> datetime:
    """When somebody should have taken what is raised now (R-TRI-1, X-19)."""
    match tier:
        case Tier.EMERGENCY:
            return now + EMERGENCY_WITHIN
        case Tier.URGENT:
            return _urgent_by(clinic, now)
        case Tier.ROUTINE | Tier.INFO:
            return clinic.hours.closing_after(now, days=ROUTINE_DAYS)


def _urgent_by(clinic: Clinic, now: datetime) -> datetime:
    """Raised an hour before closing or earlier: four working hours or closing; else next day."""
    hours = clinic.hours
    if hours.is_open(now) and hours.closes_at(now) - now >= BEFORE_CLOSING:
        return min(hours.worked(now, URGENT_WITHIN), hours.closes_at(now))
    return hours.opens_after(now) + AFTER_OPENING


def owner_reminded_at(tier: Tier, *, clinic: Clinic, now: datetime) -> datetime:
    """When the owner hears of it again if it is not closed by then (R-TRI-3)."""
    match tier:
        case Tier.EMERGENCY:
            return now + clinic.owner_reminded_after
        case Tier.URGENT:
            return clinic.hours.opens_after(now)
        case Tier.ROUTINE | Tier.INFO:
            return clinic.hours.opening_after(now, days=ROUTINE_DAYS)


def recipients(
    step: int, team: Iterable[Coordinator], *, tier: Tier, clinic: Clinic, now: datetime
) -> tuple[Coordinator, ...]:
    """Who is told at a page: on duty; the backup too; everyone; the lead as well (R-TRI-2).

    Where nobody is on duty all who are off are told at once, and a lead where there is nobody
    else: a page always finds somebody who can be reached.
    """
    reachable = sorted(
        (one for one in team if one.is_active and one.is_reachable), key=lambda one: one.position
    )
    staff = [one for one in reachable if not one.is_lead or one.is_on_duty] or reachable
    local_time = now.astimezone(ZoneInfo(clinic.zone)).time()
    first = [one for one in staff if one.is_on_duty and _hears(one, tier, local_time)]
    order = [*first, *(one for one in staff if one not in first)]
    circle = _circle(step, ladder(tier, clinic))
    if not any(one.is_on_duty for one in staff):
        return tuple(reachable if circle is Circle.LEAD else staff)
    told = {Circle.ON_DUTY: order[:1], Circle.BACKUP: order[:2], Circle.EVERYONE: staff}
    return tuple(told.get(circle, reachable))


def readers(
    team: Iterable[Coordinator], *, clinic: Clinic, now: datetime
) -> tuple[Coordinator, ...]:
    """Who gets the list of what can wait: all on duty, outside their quiet hours (R-TRI-1).

    Where all of them rest, whoever else is up; with nobody on duty everyone.
    """
    reachable = [one for one in team if one.is_active and one.is_reachable]
    staff = [one for one in reachable if not one.is_lead or one.is_on_duty] or reachable
    local_time = now.astimezone(ZoneInfo(clinic.zone)).time()
    awake = [one for one in staff if _hears(one, Tier.ROUTINE, local_time)]
    on_duty = [one for one in awake if one.is_on_duty]
    if not any(one.is_on_duty for one in staff):
        return tuple(staff)
    return tuple(on_duty or awake or staff)


def in_order(team: Iterable[Coordinator]) -> tuple[Coordinator, ...]:
    """The team as the ladder calls it: on duty, off duty, leads who are off duty."""
    return tuple(
        sorted(
            team,
            key=lambda one: (not one.is_on_duty, one.is_lead and not one.is_on_duty, one.position),
        )
    )


def _hears(one: Coordinator, tier: Tier, local_time: time) -> bool:
    """An emergency is heard in quiet hours too."""
    return tier is Tier.EMERGENCY or not one.is_resting(local_time)


def _circle(step: int, rungs: Ladder | None) -> Circle:
    if rungs is None:
        return Circle.EVERYONE
    return rungs.tells[min(step, len(rungs.tells)) - 1]
