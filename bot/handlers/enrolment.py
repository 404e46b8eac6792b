"""Joining, settings, stopping and coming back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.replies import Reply, Said, Tap
from bot.views import enrolment as views, general, habits, operating, settings
from bot.views.wording.catalogue import LANGUAGES, Wording, wording
from care import timetable
from care.errors import AlreadyJoined, NotFound
from care.people import Coordinator, Operator, Patient, PatientState, Speaker, Stranger
from care.timetable import UnknownZone
from care.usecases import enrol, invite, profile, watch
from reports.qr import qr_png

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Bot

    from bot import payloads
    from bot.views.screen import Screen
    from care.people import Address
    from care.ports.core import Core


@dataclass(frozen=True, kw_only=True)
class EnrolmentHandlers:
    """What newcomers do, and what everybody can set.

    `new_token` gives an invite's secret, `link` makes its address of it, `greet` gives a
    menu of their own to a coordinator, and to a patient whose phone speaks another language.
    """

    core: Core
    new_token: Callable[[], str]
    link: Callable[[str], str]
    greet: Callable[[Bot, Patient | Coordinator], Awaitable[None]]

    async def start(self, said: Said) -> Reply:
        """Open an invite, or go on where this person is."""
        if said.args:
            return await self._open(said)
        speaker = await watch.who_speaks(self.core, address=said.by, language=said.language)
        if isinstance(speaker, Patient) and speaker.state is PatientState.STOPPED:
            return await self._resume(said)
        if isinstance(speaker, Patient | Coordinator) and not speaker.is_reachable:
            await watch.note_reachable(self.core, address=said.by, is_reachable=True)
        return Reply(screen=self._home(speaker))

    async def _open(self, said: Said) -> Reply:
        newcomer = enrol.Newcomer(address=said.by, name=said.name, language=said.language)
        try:
            joined = await enrol.open_invite(self.core, token=said.args[0], newcomer=newcomer)
        except AlreadyJoined:
            speaker = await watch.who_speaks(self.core, address=said.by, language=said.language)
            if isinstance(speaker, Patient) and speaker.state is PatientState.JOINING:
                return Reply(screen=self._home(speaker))
            raise
        if isinstance(joined, Coordinator):
            screen = views.welcome(
                wording(joined.language), self.core.clinic, is_lead=joined.is_lead
            )
            return Reply(screen=screen, then=self._greeting(joined))
        is_foreign = wording(said.language).language != wording(joined.language).language
        if isinstance(joined, Patient) and is_foreign:
            return Reply(screen=self._home(joined), then=self._greeting(joined))
        return Reply(screen=self._home(joined))

    def _greeting(self, person: Patient | Coordinator) -> Callable[[Bot, int], Awaitable[None]]:
        async def greet(bot: Bot, _message_id: int) -> None:
            await self.greet(bot, person)

        return greet

    def _home(self, speaker: Speaker) -> Screen:
        say, clinic = wording(speaker.language), self.core.clinic
        match speaker:
            case Operator():
                return operating.welcome(say)
            case Stranger():
                return general.stranger(say)
            case Coordinator(is_lead=is_lead):
                return general.coordinator_help(say, clinic, is_lead=is_lead)
            case Patient(state=PatientState.JOINING, consented_at=None):
                return views.read(say, clinic, 0)
            case Patient(state=PatientState.JOINING):
                return settings.zone(say, speaker, now=self.core.clock.now())
            case Patient():
                today = timetable.local_date_at(self.core.clock.now(), ZoneInfo(speaker.zone))
                return general.patient_help(say, clinic, speaker, today=today)

    async def help(self, said: Said) -> Reply:
        """What this person can do."""
        speaker = await watch.who_speaks(self.core, address=said.by, language=said.language)
        return Reply(screen=self._home(speaker))

    async def read(self, tap: Tap[payloads.Read]) -> Reply:
        """Turn a page."""
        say = wording((await self._patient(tap)).language)
        return Reply(screen=views.read(say, self.core.clinic, tap.payload.page))

    async def consent(self, tap: Tap[payloads.Consent]) -> Reply:
        """Agree, or not."""
        if not tap.payload.agrees:
            patient = await enrol.decline(self.core, by=tap.by)
            say = wording(patient.language)
            return Reply(screen=views.declined(say, self.core.clinic))
        patient = await enrol.consent(self.core, by=tap.by)
        say = wording(patient.language)
        return Reply(screen=settings.zone(say, patient, now=self.core.clock.now()))

    async def regions(self, tap: Tap[payloads.Regions]) -> Reply:
        """Where in the world?"""
        return Reply(screen=settings.regions(await self._say(tap)))

    async def region(self, tap: Tap[payloads.Region]) -> Reply:
        """Which place?"""
        say = await self._say(tap)
        if tap.payload.name not in settings.REGIONS:
            raise NotFound
        return Reply(screen=settings.region(say, tap.payload.name, tap.payload.page))

    async def zone(self, tap: Tap[payloads.Zone]) -> Reply:
        """This place."""
        try:
            patient = await enrol.choose_zone(self.core, by=tap.by, zone=tap.payload.name)
        except UnknownZone:
            raise NotFound from None
        say = wording(patient.language)
        if patient.state is PatientState.JOINING:
            return Reply(screen=settings.times(say, patient, now=self.core.clock.now()))
        return await self._settings(tap.by)

    async def times(self, tap: Tap[payloads.Times]) -> Reply:
        """Which time of day?"""
        patient = await self._patient(tap)
        say = wording(patient.language)
        return Reply(screen=settings.times(say, patient, now=self.core.clock.now()))

    async def at(self, tap: Tap[payloads.At]) -> Reply:
        """At this time."""
        patient = await enrol.choose_time(self.core, by=tap.by, at=tap.payload.time)
        if patient.state is PatientState.JOINING:
            return Reply(screen=habits.aura(wording(patient.language), patient))
        return await self._settings(tap.by)

    async def _settings(self, by: Address) -> Reply:
        known = await profile.told(self.core, by=by)
        say = wording(known.patient.language)
        return Reply(screen=settings.settings(say, known, now=self.core.clock.now()))

    async def ask_stop(self, tap: Tap[payloads.AskStop]) -> Reply:
        """End the check-ins? The message under the tap stays as it is."""
        patient = await self._patient(tap)
        return Reply(screen=views.stop(wording(patient.language)), is_new=True)

    async def stop_said(self, said: Said) -> Reply:
        """End the check-ins?"""
        speaker = await watch.who_speaks(self.core, address=said.by, language=said.language)
        if isinstance(speaker, Patient) and speaker.state is PatientState.ACTIVE:
            return Reply(screen=views.stop(wording(speaker.language)))
        return Reply(screen=self._home(speaker))

    async def stop(self, tap: Tap[payloads.Stop]) -> Reply:
        """Yes, or no."""
        if tap.payload.is_sure:
            patient = await enrol.stop(self.core, by=tap.by)
        else:
            patient = await self._patient(tap)
        say = wording(patient.language)
        return Reply(screen=views.stopped(say, has_stopped=tap.payload.is_sure))

    async def resume(self, tap: Tap[payloads.Resume]) -> Reply:
        """Begin again."""
        patient = await enrol.resume(self.core, by=tap.by)
        return Reply(screen=views.resumed(wording(patient.language), patient))

    async def _resume(self, said: Said) -> Reply:
        patient = await enrol.resume(self.core, by=said.by)
        return Reply(screen=views.resumed(wording(patient.language), patient))

    async def ask_invite(self, said: Said) -> Reply:
        """A link for a new patient: with the next code, or one of the clinic's own."""
        speaker = await watch.who_speaks(self.core, address=said.by, language=said.language)
        if not isinstance(speaker, Coordinator):
            return Reply(screen=self._home(speaker))
        code = await invite.check_code(self.core, code=" ".join(said.args) or None)
        return Reply(screen=views.invite(wording(speaker.language), code))

    async def invite(self, tap: Tap[payloads.Invite]) -> Reply:
        """In this language."""
        if tap.payload.language not in LANGUAGES:
            raise NotFound
        token = self.new_token()
        coordinator, patient = await invite.invite_patient(
            self.core,
            token=token,
            language=tap.payload.language,
            by=tap.by,
            code=tap.payload.code,
        )
        link = self.link(token)
        hours = self.core.clinic.patient_invite_life // timedelta(hours=1)
        say = wording(coordinator.language)
        screen = views.invited(say, patient, link, qr=qr_png(link), hours=hours)
        return Reply(screen=screen, is_new=True)

    async def _say(self, tap: Tap[payloads.Regions] | Tap[payloads.Region]) -> Wording:
        return wording((await self._patient(tap)).language)

    async def _patient(
        self,
        tap: Tap[payloads.Read]
        | Tap[payloads.Regions]
        | Tap[payloads.Region]
        | Tap[payloads.Times]
        | Tap[payloads.AskStop]
        | Tap[payloads.Stop],
    ) -> Patient:
        speaker = await watch.who_speaks(self.core, address=tap.by, language=tap.language)
        if not isinstance(speaker, Patient):
            raise NotFound
        return speaker
