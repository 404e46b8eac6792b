"""Something is alarming: the red flags, and what the patient says of a report (F47, F48)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.replies import Reply, Said, Tap
from bot.views import crisis as crisis_views, flags, safety, status
from bot.views.wording.catalogue import wording
from care.errors import NotFound, NotYours
from care.escalation import EscalationId, EscalationState, Urgency
from care.happenings import Happening
from care.people import Patient
from care.safety import Safe
from care.triage import Tells, tells
from care.usecases import crisis, escalate, watch

if TYPE_CHECKING:
    from bot import payloads
    from care.ports.core import Core

_WORDS = frozenset({Happening.CALLED, Happening.ACCOMPANIED})


@dataclass(frozen=True, kw_only=True)
class AlarmingHandlers:
    """What a patient does when something is alarming."""

    core: Core

    async def opened(self, tap: Tap[payloads.Alarm]) -> Reply:
        """What is it? The number to call stands first; the screen below stays."""
        patient = await escalate.menu(self.core, by=tap.by)
        say = wording(patient.language)
        return Reply(screen=flags.menu(say, self.core.clinic), is_new=True, is_vital=True)

    async def said(self, said: Said) -> Reply:
        """The command; for who has not joined the numbers alone."""
        try:
            patient = await escalate.menu(self.core, by=said.by)
        except NotYours:
            speaker = await watch.who_speaks(self.core, address=said.by, language=said.language)
            if not isinstance(speaker, Patient):
                raise
            say = wording(speaker.language)
            return Reply(screen=safety.alarm_unheard(say, self.core.clinic), is_vital=True)
        screen = flags.menu(wording(patient.language), self.core.clinic)
        return Reply(screen=screen, is_vital=True)

    async def more(self, tap: Tap[payloads.AlarmMore]) -> Reply:
        """The other page."""
        patient = await escalate.menu(self.core, by=tap.by)
        say = wording(patient.language)
        return Reply(screen=flags.menu(say, self.core.clinic, is_more=tap.payload.is_more))

    async def close(self, tap: Tap[payloads.AlarmClose]) -> Reply:
        """Nothing of it."""
        patient = await escalate.menu(self.core, by=tap.by)
        return Reply(screen=flags.closed(wording(patient.language)))

    async def now(self, tap: Tap[payloads.AlarmNow]) -> Reply:
        """It is an emergency: the fixed words first (R-EMG-1)."""
        raised = await escalate.raise_alarm(self.core, by=tap.by)
        return self._emergency(raised)

    async def flag(self, tap: Tap[payloads.RedFlag]) -> Reply:
        """One red flag: one tap, one result."""
        number = tap.payload.number
        if number not in {*flags.EMERGENCIES, *flags.OTHERS}:
            raise NotFound
        raised = await escalate.raise_flag(self.core, by=tap.by, number=number)
        if tells(raised.escalation.rule) is Tells.EMERGENCY:
            return self._emergency(raised)
        say = wording(raised.patient.language)
        if tells(raised.escalation.rule) is Tells.CRISIS:
            return Reply(screen=crisis_views.at_once(say, self.core.clinic))
        if raised.escalation.state is EscalationState.CLOSED:
            return Reply(screen=flags.resting(say, self.core.clinic, number))
        return Reply(screen=flags.tapped(say, number))

    async def safe(self, tap: Tap[payloads.SayingSafe]) -> Reply:
        """Are you safe right now?"""
        if tap.payload.safe not in {*Safe}:
            raise NotFound
        safe, escalation_id = Safe(tap.payload.safe), EscalationId(tap.payload.escalation)
        told = await crisis.say_safe(self.core, by=tap.by, escalation_id=escalation_id, safe=safe)
        say = wording(told.patient.language)
        return Reply(screen=crisis_views.card(say, self.core.clinic, told.escalation, safe))

    def _emergency(self, raised: escalate.Raised) -> Reply:
        """Over the chat and in it at once; the message with the buttons is a promise."""
        say, clinic = wording(raised.patient.language), self.core.clinic
        notice = safety.alarm_notice(say, clinic)
        return Reply(screen=safety.at_once(say, clinic), notice=notice, is_alert=True)

    async def mistake(self, tap: Tap[payloads.Mistake]) -> Reply:
        """It was a mistake."""
        escalation_id = EscalationId(tap.payload.escalation)
        raised = await escalate.say_mistake(self.core, by=tap.by, escalation_id=escalation_id)
        say = wording(raised.patient.language)
        return Reply(screen=safety.mistake(say, self.core.clinic, raised.escalation))

    async def word(self, tap: Tap[payloads.Word]) -> Reply:
        """Called, or not alone."""
        if tap.payload.happening not in _WORDS:
            raise NotFound
        raised = await escalate.say_of_emergency(
            self.core,
            by=tap.by,
            escalation_id=EscalationId(tap.payload.escalation),
            happening=Happening(tap.payload.happening),
        )
        say = wording(raised.patient.language)
        shown = safety.alarm(say, self.core.clinic, raised.escalation, raised.said)
        return Reply(screen=shown, notice=say.say("Your care team sees that."))

    async def press(self, tap: Tap[payloads.Press]) -> Reply:
        """Urgent, or can it wait?"""
        if tap.payload.urgency not in {*Urgency}:
            raise NotFound
        raised = await escalate.say_urgency(
            self.core,
            by=tap.by,
            escalation_id=EscalationId(tap.payload.escalation),
            urgency=Urgency(tap.payload.urgency),
        )
        say = wording(raised.patient.language)
        shown = safety.report(
            say,
            self.core.clinic,
            raised.patient,
            raised.escalation,
            is_ringing=raised.is_ringing,
        )
        return Reply(screen=shown)

    async def status_away(self, tap: Tap[payloads.StatusAway]) -> Reply:
        """Gone away in between: all is said. If not, the second question."""
        patient = await escalate.menu(self.core, by=tap.by)
        say = wording(patient.language)
        if tap.payload.was_away:
            return Reply(screen=status.noted(say))
        return Reply(screen=status.worse(say, tap.payload.on))

    async def status_worse(self, tap: Tap[payloads.StatusWorse]) -> Reply:
        """Longer or worse than usual: the team hears of it (R-FLAG-14)."""
        if not tap.payload.is_worse:
            patient = await escalate.menu(self.core, by=tap.by)
            return Reply(screen=status.noted(wording(patient.language)))
        raised = await escalate.raise_status(self.core, by=tap.by)
        return Reply(screen=status.reported(wording(raised.patient.language)))
