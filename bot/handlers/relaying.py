"""Words to the team and the answers back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot import drawing
from bot.replies import Reply, Said, Tap
from bot.views import crisis, general, notes, relaying as views
from bot.views.wording.catalogue import wording
from care.notes import NoteId
from care.relay import RelayId, RelayMessage, RelayState
from care.usecases import answer, note, relay

if TYPE_CHECKING:
    from telegram import Bot

    from bot import payloads
    from bot.views.screen import Screen
    from care.people import Address, Patient
    from care.ports.core import Core


@dataclass(frozen=True, kw_only=True)
class RelayingHandlers:
    """A patient writes, a coordinator replies."""

    core: Core

    async def words(self, said: Said) -> Reply | None:
        """Words that are for the team, or answer a patient; None for all others."""
        found = await relay.meant(self.core, by=said.by, reply_to=said.reply_to)
        match found:
            case None:
                return None
            case relay.AnswerTo():
                return await self._answer(said, found.relay_id) if said.text else None
            case relay.ForTeam():
                return await self._send(said, found.prompt_id)

    async def _send(self, said: Said, prompt_id: int | None) -> Reply:
        if not said.text:
            return Reply(screen=general.only_words(wording(said.language), self.core.clinic))
        shown = await relay.send_words(self.core, by=said.by, text=said.text)
        if shown.message is None:
            return Reply()
        relay_id = shown.message.id

        async def note_shown(bot: Bot, message_id: int) -> None:
            await relay.note_shown(self.core, relay_id=relay_id, message_id=message_id)
            if prompt_id is not None:
                await drawing.remove(bot, said.by, prompt_id)

        screen = self._stage(shown.patient, shown.message)
        return Reply(screen=screen, then=note_shown)

    async def ask_words(self, said: Said) -> Reply:
        """The command."""
        return await self._prompt(said.by)

    async def ask_tapped(self, tap: Tap[payloads.WriteTeam]) -> Reply:
        """The button: a message of its own, so that what was there stays."""
        return await self._prompt(tap.by)

    async def _prompt(self, by: Address) -> Reply:
        patient = await relay.expect(self.core, by=by)

        async def note_prompt(_bot: Bot, message_id: int) -> None:
            await relay.note_prompt(self.core, by=by, message_id=message_id)

        say, now = wording(patient.language), self.core.clock.now()
        screen = views.prompt(say, self.core.clinic, patient, now=now)
        return Reply(screen=screen, is_new=True, then=note_prompt)

    async def never_mind(self, tap: Tap[payloads.NeverMind]) -> Reply:
        """Nothing is for the team."""
        patient = await relay.never_mind(self.core, by=tap.by)
        return Reply(screen=views.never_minded(wording(patient.language)))

    async def ask_send(self, tap: Tap[payloads.AskSend]) -> Reply:
        """Before a draft is sent: who reads it, and when."""
        found = await note.look(self.core, by=tap.by, note_id=NoteId(tap.payload.note))
        say = wording(found.patient.language)
        now = self.core.clock.now()
        return Reply(screen=views.ask(say, self.core.clinic, found.patient, found.note, now=now))

    async def keep_back(self, tap: Tap[payloads.KeepBack]) -> Reply:
        """Back to what else a draft can be for."""
        found = await note.look(self.core, by=tap.by, note_id=NoteId(tap.payload.note))
        say = wording(found.patient.language)
        return Reply(screen=notes.offer(say, self.core.clinic, found.note, found.dates))

    async def send_note(self, tap: Tap[payloads.SendNote]) -> Reply:
        """A draft goes to the team."""
        note_id, message_id = NoteId(tap.payload.note), tap.message_id
        shown = await relay.send_note(self.core, by=tap.by, note_id=note_id, message_id=message_id)
        if shown.message is None:
            return Reply(screen=crisis.at_once(wording(shown.patient.language), self.core.clinic))
        return Reply(screen=self._stage(shown.patient, shown.message))

    def _stage(self, patient: Patient, message: RelayMessage) -> Screen:
        return views.stage(wording(patient.language), self.core.clinic, patient, message)

    async def _answer(self, said: Said, relay_id: RelayId) -> Reply:
        found = await answer.answer(self.core, by=said.by, relay_id=relay_id, text=said.text)
        return self._answered(found)

    async def answer_too(self, tap: Tap[payloads.AnswerToo]) -> Reply:
        """My answer goes as well."""
        answer_id = RelayId(tap.payload.answer)
        return self._answered(await answer.send_too(self.core, by=tap.by, answer_id=answer_id))

    async def answer_drop(self, tap: Tap[payloads.AnswerDrop]) -> Reply:
        """My answer does not go."""
        answer_id = RelayId(tap.payload.answer)
        return self._answered(await answer.drop(self.core, by=tap.by, answer_id=answer_id))

    def _answered(self, found: answer.Answered) -> Reply:
        board, written = found.board, found.answer
        say = wording(board.coordinator.language)
        if written.state is RelayState.SENT:
            return Reply(screen=views.under_way(say, board.patient.code))
        if written.state is RelayState.DROPPED:
            return Reply(screen=views.dropped(say))
        held = views.held(say, self.core.clinic, board.message, board.answerer, written.id)
        return Reply(screen=held)

    async def seen(self, tap: Tap[payloads.RelaySeen]) -> Reply:
        """I have read it; every copy is redrawn, this one too."""
        relay_id = RelayId(tap.payload.relay)
        board = await answer.seen(self.core, by=tap.by, relay_id=relay_id)
        say = wording(board.coordinator.language)
        return Reply(notice=say.say("The patient sees that it was read."))

    async def show(self, tap: Tap[payloads.RelayShow]) -> Reply:
        """Show one again, in a message of its own that can be replied to."""
        relay_id = RelayId(tap.payload.relay)
        board = await answer.seen(self.core, by=tap.by, relay_id=relay_id, is_shown=True)
        say = wording(board.coordinator.language)
        return Reply(notice=say.say("It comes below."))

    async def list_said(self, said: Said) -> Reply:
        """What patients wrote to the team."""
        coordinator, boards = await answer.recent(self.core, by=said.by)
        found = tuple((one.message, one.patient, one.answerer) for one in boards)
        return Reply(screen=views.listed(wording(coordinator.language), self.core.clinic, found))
