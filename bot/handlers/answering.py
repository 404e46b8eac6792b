"""The check-in: taps in, redrawn message out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot import drawing
from bot.replies import Reply, Said, Tap
from bot.views import checkin as views, general, safety
from bot.views.questions import Sheet
from bot.views.wording.catalogue import wording
from care import question_sets as daily
from care.attacks import AttackId
from care.errors import DayLocked
from care.lifecycle import CheckInId
from care.taps import Choose, Enough, Finish, GoTo, Skip, Toggle
from care.triage import Tier
from care.usecases import attack, check_in

if TYPE_CHECKING:
    from telegram import Bot

    from bot import payloads
    from bot.drawing import Drawn
    from care import taps
    from care.ports.core import Core

    DiaryTap = (
        Tap[payloads.Answer]
        | Tap[payloads.Option]
        | Tap[payloads.Finish]
        | Tap[payloads.Back]
        | Tap[payloads.Skip]
        | Tap[payloads.Enough]
    )


@dataclass(frozen=True, kw_only=True)
class AnsweringHandlers:
    """What a patient does with a check-in."""

    core: Core
    drawn: Drawn

    async def answer(self, tap: Tap[payloads.Answer]) -> Reply:
        """The one answer to a question."""
        item = daily.item(tap.payload.item)
        return await self._record(tap, Choose(item=item, value=tap.payload.value))

    async def option(self, tap: Tap[payloads.Option]) -> Reply:
        """One option of many."""
        item = daily.item(tap.payload.item)
        chosen = tap.payload.chosen
        return await self._record(tap, Toggle(item=item, value=tap.payload.value, chosen=chosen))

    async def finish(self, tap: Tap[payloads.Finish]) -> Reply:
        """No more options."""
        return await self._record(tap, Finish(item=daily.item(tap.payload.item)))

    async def back(self, tap: Tap[payloads.Back]) -> Reply:
        """Back to a question."""
        return await self._record(tap, GoTo(item=daily.item(tap.payload.item)))

    async def skip(self, tap: Tap[payloads.Skip]) -> Reply:
        """Leave a question out."""
        return await self._record(tap, Skip(item=daily.item(tap.payload.item)))

    async def enough(self, tap: Tap[payloads.Enough]) -> Reply:
        """No more questions."""
        return await self._record(tap, Enough(item=daily.item(tap.payload.item)))

    async def review(self, tap: Tap[payloads.Review]) -> Reply:
        """What can be changed?"""
        shown = await check_in.show(
            self.core, by=tap.by, checkin_id=CheckInId(tap.payload.checkin)
        )
        if self.core.clock.now() >= shown.checkin.locks_at:
            return self.reply(shown)
        return Reply(screen=views.review(self._sheet(shown)))

    async def stand(self, tap: Tap[payloads.Stand]) -> Reply:
        """The check-in as it stands."""
        checkin_id = CheckInId(tap.payload.checkin)
        return self.reply(await check_in.show(self.core, by=tap.by, checkin_id=checkin_id))

    async def attack_ends(self, tap: Tap[payloads.AttackEnds]) -> Reply:
        """The attack that runs is over; the check-in stays on the screen."""
        attack_id = AttackId(tap.payload.attack)
        await attack.over(self.core, by=tap.by, attack_id=attack_id)
        checkin_id = CheckInId(tap.payload.checkin)
        return self.reply(await check_in.show(self.core, by=tap.by, checkin_id=checkin_id))

    async def _record(self, tap: DiaryTap, decision: taps.Tap) -> Reply:
        checkin_id = CheckInId(tap.payload.checkin)
        try:
            shown = await check_in.record_answer(
                self.core,
                by=tap.by,
                checkin_id=checkin_id,
                tap=decision,
                message_id=tap.message_id,
            )
        except DayLocked:
            shown = await check_in.show(self.core, by=tap.by, checkin_id=checkin_id)
            say = wording(shown.patient.language)
            notice = general.refused(say, self.core.clinic, DayLocked())
            return self.reply(shown, notice=notice)
        return replace(self._alarmed(shown) or self.reply(shown), is_followed=True)

    def _alarmed(self, shown: check_in.Shown) -> Reply | None:
        """An answer that is an emergency: the fixed words over the chat too (R-EMG-1)."""
        if not any(one.tier is Tier.EMERGENCY for one in shown.raised):
            return None
        notice = safety.alarm_notice(wording(shown.patient.language), self.core.clinic)
        return replace(self.reply(shown, notice=notice), is_alert=True)

    def reply(self, shown: check_in.Shown, *, notice: str = "", is_new: bool = False) -> Reply:
        """The check-in as it stands, in the one message that shows it from now on."""
        screen = views.screen(
            self._sheet(shown),
            clinic=self.core.clinic,
            now=self.core.clock.now(),
            raised=shown.raised,
        )

        async def note(bot: Bot, message_id: int) -> None:
            self.drawn.note(shown.checkin.id, shown.checkin.revision)
            await self._stand_alone(bot, shown, message_id)

        return Reply(screen=screen, notice=notice, is_new=is_new, then=note)

    def _sheet(self, shown: check_in.Shown) -> Sheet:
        return Sheet(
            say=wording(shown.patient.language),
            checkin=shown.checkin,
            answers=shown.answers,
            profile=shown.profile,
            is_late=shown.checkin.is_late(now=self.core.clock.now()),
            was_late=shown.was_late,
            notes=shown.notes,
            attack=shown.attack,
        )

    async def _stand_alone(self, bot: Bot, shown: check_in.Shown, message_id: int) -> None:
        """One message shows the check-in: others go, so that its buttons stand once."""
        before = {shown.left, shown.checkin.message_id} - {None, message_id}
        if message_id != shown.checkin.message_id:
            await check_in.note_shown(
                self.core, checkin_id=shown.checkin.id, message_id=message_id
            )
        for old in before:
            if old is not None and shown.patient.address is not None:
                await drawing.remove(bot, shown.patient.address, old)

    async def today(self, said: Said) -> Reply:
        """Show today's check-in again, or ask it now."""
        shown = await check_in.today(self.core, by=said.by)
        if shown is not None:
            return self.reply(shown, is_new=True)
        if await check_in.ask_today(self.core, by=said.by):
            return Reply()
        return Reply(screen=general.nothing_today(wording(said.language)))
