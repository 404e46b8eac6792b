"""A lead's buttons."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StaffOpen:
    """Who is in the team."""


@dataclass(frozen=True)
class StaffInvite:
    """Make a coordinator's link."""


@dataclass(frozen=True)
class Member:
    """One of the team."""

    coordinator: int


@dataclass(frozen=True)
class Remove:
    """Out of the team, once sure."""

    coordinator: int
    is_sure: bool


@dataclass(frozen=True)
class AuditPage:
    """A page of the audit log."""

    page: int
