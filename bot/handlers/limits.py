"""What a coordinator sets for one patient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.replies import Reply, Tap
from bot.views import limits as views
from bot.views.wording.catalogue import wording
from care.errors import NotFound
from care.people import PatientId, Risk
from care.usecases import limits

if TYPE_CHECKING:
    from bot import payloads
    from bot.views.screen import Screen
    from care.people import Coordinator, Patient
    from care.ports.core import Core


@dataclass(frozen=True, kw_only=True)
class LimitsHandlers:
    """The pain limit, and what the clinic knows."""

    core: Core

    async def opened(self, tap: Tap[payloads.Limits]) -> Reply:
        """In place of the card, which has a picture and cannot become a text."""
        patient_id = PatientId(tap.payload.patient)
        found = await limits.look(self.core, by=tap.by, patient_id=patient_id)
        screen = self._screen(*found, is_alone=tap.payload.is_alone)
        return Reply(screen=screen, is_new=True, puts_away=True)

    async def pain(self, tap: Tap[payloads.PainLimit]) -> Reply:
        """Another limit, or the clinic's own."""
        found = await limits.set_pain(
            self.core,
            by=tap.by,
            patient_id=PatientId(tap.payload.patient),
            limit=tap.payload.limit or None,
        )
        return Reply(screen=self._screen(*found, is_alone=tap.payload.is_alone))

    async def known(self, tap: Tap[payloads.Known]) -> Reply:
        """One thing more that the clinic knows, or one less."""
        try:
            risk = Risk(tap.payload.risk)
        except ValueError:
            raise NotFound from None
        found = await limits.set_risk(
            self.core,
            by=tap.by,
            patient_id=PatientId(tap.payload.patient),
            risk=risk,
            is_known=tap.payload.is_known,
        )
        return Reply(screen=self._screen(*found, is_alone=tap.payload.is_alone))

    def _screen(self, coordinator: Coordinator, patient: Patient, *, is_alone: bool) -> Screen:
        say = wording(coordinator.language)
        return views.limits(say, patient, self.core.clinic, is_alone=is_alone)
