"""Infusion sessions by buttons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.replies import Reply, Said, Tap
from bot.views import infusing as views
from bot.views.wording.catalogue import wording
from care import timetable
from care.infusions import SessionId
from care.people import Coordinator, Patient, PatientId
from care.usecases import infuse, watch

if TYPE_CHECKING:
    from bot import payloads
    from care.ports.core import Core


@dataclass(frozen=True, kw_only=True)
class InfusingHandlers:
    """What a coordinator schedules, and what a patient looks up."""

    core: Core

    async def list_said(self, said: Said) -> Reply:
        """The sessions ahead: the team's list, or the patient's own."""
        speaker = await watch.who_speaks(self.core, address=said.by, language=said.language)
        booked = await infuse.upcoming(self.core, by=said.by)
        say = wording(speaker.language)
        if isinstance(speaker, Patient):
            own = tuple(booking.session for booking in booked)
            return Reply(screen=views.mine(say, own, speaker))
        pairs = tuple((booking.session, booking.patient) for booking in booked)
        return Reply(screen=views.sessions(say, pairs, self.core.clinic))

    async def list_tapped(self, tap: Tap[payloads.Sessions]) -> Reply:
        """The team's list."""
        say = wording((await self._coordinator(tap)).language)
        booked = await infuse.upcoming(self.core, by=tap.by)
        pairs = tuple((booking.session, booking.patient) for booking in booked)
        return Reply(screen=views.sessions(say, pairs, self.core.clinic))

    async def patients(self, tap: Tap[payloads.Patients]) -> Reply:
        """For whom?"""
        say = wording((await self._coordinator(tap)).language)
        everybody = await infuse.patients(self.core, by=tap.by)
        return Reply(screen=views.patients(say, everybody, tap.payload.page))

    async def month(self, tap: Tap[payloads.Month]) -> Reply:
        """A month of the calendar."""
        say = wording((await self._coordinator(tap)).language)
        patient = await self._for(tap)
        screen = views.month(
            say, patient, tap.payload.session, tap.payload.first, today=self._today()
        )
        return Reply(screen=screen)

    async def day(self, tap: Tap[payloads.Day]) -> Reply:
        """A day: now the time."""
        say = wording((await self._coordinator(tap)).language)
        patient = await self._for(tap)
        return Reply(screen=views.starts(say, patient, tap.payload.session, tap.payload.on))

    async def start(self, tap: Tap[payloads.Start]) -> Reply:
        """A time: right so?"""
        say = wording((await self._coordinator(tap)).language)
        patient = await self._for(tap)
        return Reply(screen=views.confirm(say, patient, tap.payload.session, tap.payload.at))

    async def book(self, tap: Tap[payloads.Book]) -> Reply:
        """Confirmed: a new session, or the new time of one."""
        say = wording((await self._coordinator(tap)).language)
        zone = ZoneInfo(self.core.clinic.zone)
        at = tap.payload.at
        starts_at = timetable.due_at(at.date(), at.time(), zone)
        booking = await self._book(tap, starts_at)
        notice = say.say("Saved. The patient is being told.")
        screen = views.session(say, booking.session, booking.patient, self.core.clinic)
        return Reply(screen=screen, notice=notice)

    async def _book(self, tap: Tap[payloads.Book], starts_at: datetime) -> infuse.Booking:
        if tap.payload.session:
            session_id = SessionId(tap.payload.session)
            return await infuse.move(
                self.core, by=tap.by, session_id=session_id, starts_at=starts_at
            )
        patient_id = PatientId(tap.payload.patient)
        return await infuse.schedule(
            self.core, by=tap.by, patient_id=patient_id, starts_at=starts_at
        )

    async def session(self, tap: Tap[payloads.Session]) -> Reply:
        """One session."""
        say = wording((await self._coordinator(tap)).language)
        found = await infuse.look(self.core, by=tap.by, session_id=SessionId(tap.payload.session))
        return Reply(screen=views.session(say, found.session, found.patient, self.core.clinic))

    async def cancel(self, tap: Tap[payloads.Cancel]) -> Reply:
        """Cancel it, once sure."""
        say = wording((await self._coordinator(tap)).language)
        session_id = SessionId(tap.payload.session)
        if not tap.payload.is_sure:
            found = await infuse.look(self.core, by=tap.by, session_id=session_id)
            screen = views.ask_cancel(say, found.session, found.patient, self.core.clinic)
            return Reply(screen=screen)
        found = await infuse.cancel(self.core, by=tap.by, session_id=session_id)
        return Reply(
            screen=views.session(say, found.session, found.patient, self.core.clinic),
            notice=say.say("Cancelled. The patient is being told."),
        )

    async def nothing(self, _tap: Tap[payloads.Nothing]) -> Reply:
        """A button that only shows something."""
        return Reply()

    async def _coordinator(
        self,
        tap: Tap[payloads.Sessions]
        | Tap[payloads.Patients]
        | Tap[payloads.Month]
        | Tap[payloads.Day]
        | Tap[payloads.Start]
        | Tap[payloads.Book]
        | Tap[payloads.Session]
        | Tap[payloads.Cancel],
    ) -> Coordinator:
        return await infuse.coordinator(self.core, by=tap.by)

    async def _for(
        self, tap: Tap[payloads.Month] | Tap[payloads.Day] | Tap[payloads.Start]
    ) -> Patient:
        patient_id = PatientId(tap.payload.patient)
        return await infuse.patient(self.core, by=tap.by, patient_id=patient_id)

    def _today(self) -> date:
        now = self.core.clock.now().astimezone(UTC)
        return timetable.local_date_at(now, ZoneInfo(self.core.clinic.zone))
