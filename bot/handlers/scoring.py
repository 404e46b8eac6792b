"""Totals of questionnaires: taps, and the numbers that a coordinator is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot import drawing
from bot.replies import Reply, Said, Tap
from bot.views import scores as views
from bot.views.wording.catalogue import wording
from care import instruments
from care.instruments import Entering, ResultId
from care.people import PatientId
from care.usecases import score
from care.usecases.score import WAITS, Asking, Board, Stored, TooLate

if TYPE_CHECKING:
    from telegram import Bot

    from bot import payloads
    from bot.views.screen import Screen
    from care.ports.core import Core


@dataclass(frozen=True, kw_only=True)
class ScoringHandlers:
    """What staff enter for a patient."""

    core: Core

    async def opened(self, tap: Tap[payloads.Scores]) -> Reply:
        """In place of the card, which has a picture and cannot become a text."""
        patient_id = PatientId(tap.payload.patient)
        found = await score.look(self.core, by=tap.by, patient_id=patient_id)
        screen = _shown(found, is_alone=tap.payload.is_alone)
        return Reply(screen=screen, is_new=True, puts_away=True)

    async def again(self, tap: Tap[payloads.ScoresAgain]) -> Reply:
        """Nothing more is entered."""
        patient_id = PatientId(tap.payload.patient)
        found = await score.look(self.core, by=tap.by, patient_id=patient_id)
        return Reply(screen=_shown(found, is_alone=tap.payload.is_alone))

    async def ask(self, tap: Tap[payloads.ScoreAsk]) -> Reply:
        """The first number of this questionnaire."""
        entering = Entering(
            patient_id=PatientId(tap.payload.patient),
            instrument=tap.payload.instrument,
            until=self.core.clock.now() + WAITS,
            message_id=tap.message_id,
            is_alone=tap.payload.is_alone,
        )
        found = await score.ask(self.core, by=tap.by, entering=entering)
        return Reply(screen=_shown(found, is_alone=entering.is_alone))

    async def tapped(self, tap: Tap[payloads.ScoreTap]) -> Reply:
        """A number that has few values."""
        found = await score.give_tapped(
            self.core,
            by=tap.by,
            patient_id=PatientId(tap.payload.patient),
            code=tap.payload.instrument,
            value=tap.payload.value,
        )
        return Reply(screen=_shown(found, is_alone=tap.payload.is_alone))

    async def undo(self, tap: Tap[payloads.ScoreUndo]) -> Reply:
        """It was no result of this patient."""
        result_id = ResultId(tap.payload.result)
        found = await score.withdraw(self.core, by=tap.by, result_id=result_id)
        say = wording(found.coordinator.language)
        return Reply(
            screen=_shown(found, is_alone=tap.payload.is_alone),
            notice=say.say("Withdrawn. A report that it raised stays open."),
        )

    async def words(self, said: Said) -> Reply | None:
        """The number that somebody was asked for; None if they were asked for none.

        The message that asked for it goes, so that one of them stands.
        """
        entering = await score.asked(self.core, by=said.by)
        if entering is None:
            return None
        value = instruments.number(said.text)
        found = await score.give(self.core, by=said.by, entering=entering, value=value)
        before = entering.message_id

        async def tidy(bot: Bot, message_id: int) -> None:
            if isinstance(found, Asking):
                await score.note_prompt(self.core, by=said.by, message_id=message_id)
            if before is not None:
                await drawing.remove(bot, said.by, before)

        is_paged = isinstance(found, Stored) and found.is_paged
        screen = _shown(found, is_alone=entering.is_alone)
        return Reply(screen=screen, then=tidy, is_vital=is_paged)


def _shown(found: Asking | Stored | TooLate | Board, *, is_alone: bool) -> Screen:
    match found:
        case Asking():
            return views.ask(wording(found.coordinator.language), found)
        case Stored():
            say = wording(found.board.coordinator.language)
            return views.stored(say, found, is_alone=is_alone)
        case TooLate():
            say = wording(found.board.coordinator.language)
            return views.too_late(say, found, is_alone=is_alone)
        case Board():
            return views.scores(wording(found.coordinator.language), found, is_alone=is_alone)
