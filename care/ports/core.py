"""What every use case is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from care.clinic import Clinic
    from care.ports.clock import Clock
    from care.ports.unit_of_work import NewUnitOfWork


@dataclass(frozen=True, kw_only=True)
class Core:
    """The memory, the clock and the clinic's rules."""

    new_uow: NewUnitOfWork
    clock: Clock
    clinic: Clinic
