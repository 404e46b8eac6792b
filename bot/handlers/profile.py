"""What patients tell about themselves, and how often they are asked: all behind /settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.replies import Reply, Said, Tap
from bot.views import enrolment, general, habits, languages, rhythm, settings
from bot.views.wording.catalogue import LANGUAGES, wording
from care.errors import NotFound, NotYours
from care.people import Coordinator, Patient, PatientState
from care.usecases import profile, rhythm as rhythms, speak, watch

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import date

    from telegram import Bot

    from bot import payloads
    from bot.views.screen import Screen
    from care.people import Address
    from care.ports.core import Core
    from care.steps.profiles import Told


@dataclass(frozen=True, kw_only=True)
class ProfileHandlers:
    """What a patient can set; `greet` gives somebody their command menu."""

    core: Core
    greet: Callable[[Bot, Patient | Coordinator], Awaitable[None]]

    async def settings_said(self, said: Said) -> Reply:
        """Everything that can be set."""
        speaker = await watch.who_speaks(self.core, address=said.by, language=said.language)
        if isinstance(speaker, Patient) and speaker.consented_at:
            return Reply(screen=await self._settings(said.by))
        if isinstance(speaker, Coordinator) and len(LANGUAGES) > 1:
            return Reply(screen=languages.languages(wording(speaker.language), speaker))
        return Reply(screen=general.not_for(wording(speaker.language), speaker))

    async def settings(self, tap: Tap[payloads.Settings]) -> Reply:
        """Back to everything that can be set."""
        return Reply(screen=await self._settings(tap.by))

    async def _settings(self, by: Address) -> Screen:
        return self._hub(await profile.told(self.core, by=by))

    def _hub(self, known: Told) -> Screen:
        say, now = wording(known.patient.language), self.core.clock.now()
        if known.patient.state is PatientState.JOINING:
            return settings.zone(say, known.patient, now=now)
        return settings.settings(say, known, now=now)

    async def languages(self, tap: Tap[payloads.Languages]) -> Reply:
        """In which language?"""
        patient = await self._patient(tap.by)
        return Reply(screen=languages.languages(wording(patient.language), patient))

    async def speak(self, tap: Tap[payloads.Speak]) -> Reply:
        """In this one, at once, with its menu of commands."""
        if tap.payload.language not in LANGUAGES:
            raise NotFound
        language = tap.payload.language
        person = await speak.choose_language(self.core, by=tap.by, language=language)

        async def greet(bot: Bot, _message_id: int) -> None:
            await self.greet(bot, person)

        if isinstance(person, Patient):
            return Reply(screen=await self._settings(tap.by), then=greet)
        return Reply(screen=languages.languages(wording(language), person), then=greet)

    async def auras(self, tap: Tap[payloads.Auras]) -> Reply:
        """Which aura is usual?"""
        return _aura(await profile.told(self.core, by=tap.by))

    async def aura(self, tap: Tap[payloads.Aura]) -> Reply:
        """This kind is usual, or is not."""
        kind, chosen = tap.payload.kind, tap.payload.chosen
        return _aura(await profile.mark_aura(self.core, by=tap.by, kind=kind, chosen=chosen))

    async def aura_done(self, tap: Tap[payloads.AuraDone]) -> Reply:
        """These kinds are usual: how long does it last?"""
        patient = (await profile.told(self.core, by=tap.by)).patient
        if not patient.usual_aura:
            return Reply(screen=habits.aura(wording(patient.language), patient))
        return Reply(screen=habits.aura_length(wording(patient.language), patient))

    async def no_aura(self, tap: Tap[payloads.NoAura]) -> Reply:
        """None is usual."""
        return self._told(await profile.know_no_aura(self.core, by=tap.by))

    async def aura_open(self, tap: Tap[payloads.AuraOpen]) -> Reply:
        """Ask about it each time."""
        return self._told(await profile.leave_aura_open(self.core, by=tap.by))

    async def aura_long(self, tap: Tap[payloads.AuraLong]) -> Reply:
        """It sometimes lasts longer than an hour, or never."""
        is_over_60 = tap.payload.is_over_60
        told = await profile.tell_aura_length(self.core, by=tap.by, is_over_60=is_over_60)
        return self._told(told)

    def _told(self, known: Told) -> Reply:
        """The end of joining, or back to the settings."""
        if known.has_joined:
            return Reply(screen=enrolment.done(wording(known.patient.language), known.patient))
        return Reply(screen=self._hub(known))

    async def practices(self, tap: Tap[payloads.Practices]) -> Reply:
        """Which self-care?"""
        patient = await self._patient(tap.by)
        return Reply(screen=habits.practices(wording(patient.language), patient))

    async def practice(self, tap: Tap[payloads.Practice]) -> Reply:
        """This one, or none."""
        code = tap.payload.code
        return self._told(await profile.choose_practice(self.core, by=tap.by, practice=code))

    async def paces(self, tap: Tap[payloads.Paces]) -> Reply:
        """How often?"""
        patient = await self._patient(tap.by)
        return Reply(screen=rhythm.paces(wording(patient.language), patient))

    async def pace(self, tap: Tap[payloads.Pace]) -> Reply:
        """So often."""
        await rhythms.choose_pace(self.core, by=tap.by, pace=tap.payload.pace)
        return Reply(screen=await self._settings(tap.by))

    async def breaks(self, tap: Tap[payloads.Breaks]) -> Reply:
        """How long a break, or is it over?"""
        return self._break(await self._patient(tap.by), is_apart=tap.payload.is_apart)

    async def take_break(self, tap: Tap[payloads.Break]) -> Reply:
        """A break of so many days."""
        days = tap.payload.days
        return self._break(await rhythms.take_break(self.core, by=tap.by, days=days))

    async def end_break(self, tap: Tap[payloads.BreakOver]) -> Reply:
        """The break is over."""
        await rhythms.end_break(self.core, by=tap.by)
        return Reply(screen=await self._settings(tap.by))

    def _break(self, patient: Patient, *, is_apart: bool = False) -> Reply:
        say, today = wording(patient.language), self._today(patient)
        return Reply(screen=rhythm.breaks(say, patient, today=today), is_new=is_apart)

    def _today(self, patient: Patient) -> date:
        return self.core.clock.now().astimezone(ZoneInfo(patient.zone)).date()

    async def _patient(self, by: Address) -> Patient:
        patient = (await profile.told(self.core, by=by)).patient
        if patient.state is PatientState.JOINING:
            raise NotYours
        return patient


def _aura(known: Told) -> Reply:
    return Reply(screen=habits.aura(wording(known.patient.language), known.patient))
