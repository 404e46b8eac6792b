"""The care team's group: told of every escalation, by nothing of a patient but a code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from care.people import Address


@dataclass(frozen=True, kw_only=True)
class Group:
    """The one group of a clinic.

    `configured` is the id that the operator set, `address` the one that Telegram has given it
    since. `lost_at` is when we were put out of it, or it was gone; None while it is there.
    """

    configured: Address
    address: Address
    lost_at: datetime | None = None
