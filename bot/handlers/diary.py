"""The diary: a calendar in one message, whose days open in its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.replies import Reply, Said, Tap
from bot.views import diary as views, notes as written
from bot.views.wording.catalogue import wording
from care.errors import NotYours
from care.notes import NoteId
from care.people import Patient
from care.usecases import check_in, diary, note, watch

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from bot import payloads
    from care.people import Address
    from care.ports.core import Core


@dataclass(frozen=True, kw_only=True)
class DiaryHandlers:
    """What a patient looks up and fills in; `answer` shows a check-in that takes answers."""

    core: Core
    answer: Callable[[check_in.Shown], Reply]

    async def said(self, said: Said) -> Reply:
        """The command."""
        return await self._month(said.by)

    async def opened(self, tap: Tap[payloads.DiaryOpen]) -> Reply:
        """The button: a message of its own, so that what was there stays."""
        return await self._month(tap.by, is_new=True)

    async def month(self, tap: Tap[payloads.DiaryMonth]) -> Reply:
        """Another month, in the same message."""
        return await self._month(tap.by, first=tap.payload.first)

    async def _month(
        self, by: Address, *, first: date | None = None, is_new: bool = False
    ) -> Reply:
        shown = await diary.month(self.core, by=by, first=first)
        return Reply(screen=views.month(wording(shown.patient.language), shown), is_new=is_new)

    async def day(self, tap: Tap[payloads.DiaryDay]) -> Reply:
        """One day: to answer while it is open, to read afterwards."""
        shown = await diary.day(self.core, by=tap.by, on=tap.payload.on)
        if shown.checkin is not None and shown.day.is_open:
            checkin_id = shown.checkin.id
            return self.answer(await check_in.show(self.core, by=tap.by, checkin_id=checkin_id))
        is_today = shown.day.local_date == shown.today
        if is_today and await check_in.ask_today(self.core, by=tap.by):
            return Reply()
        return Reply(screen=views.day(wording(shown.patient.language), shown))

    async def fill(self, tap: Tap[payloads.DiaryFill]) -> Reply:
        """The first answer of a day that no check-in stood for."""
        shown = await check_in.fill(
            self.core,
            by=tap.by,
            on=tap.payload.on,
            value=tap.payload.value,
            message_id=tap.message_id,
        )
        return self.answer(shown)

    async def keep_note(self, tap: Tap[payloads.KeepNote]) -> Reply:
        """What was written is part of this day."""
        note_id = NoteId(tap.payload.note)
        kept = await note.keep(
            self.core,
            by=tap.by,
            note_id=note_id,
            on=tap.payload.on,
            message_id=tap.message_id,
        )
        return _settled(kept)

    async def drop_note(self, tap: Tap[payloads.DropNote]) -> Reply:
        """What was written is not for the diary."""
        note_id = NoteId(tap.payload.note)
        return _settled(await note.drop(self.core, by=tap.by, note_id=note_id))

    async def notes(self, tap: Tap[payloads.Notes]) -> Reply:
        """The notes of a day, in the message of that day."""
        return _noted(await note.of_day(self.core, by=tap.by, on=tap.payload.on))

    async def erase_note(self, tap: Tap[payloads.EraseNote]) -> Reply:
        """Erase one, once sure."""
        note_id = NoteId(tap.payload.note)
        if tap.payload.is_sure:
            left = await note.erase(
                self.core, by=tap.by, note_id=note_id, message_id=tap.message_id
            )
            return _noted(left)
        found = await note.look(self.core, by=tap.by, note_id=note_id)
        return Reply(screen=written.ask_erase(wording(found.patient.language), found.note))

    async def close(self, tap: Tap[payloads.DiaryClose]) -> Reply:
        """Put the calendar away."""
        speaker = await watch.who_speaks(self.core, address=tap.by, language=tap.language)
        if not isinstance(speaker, Patient):
            raise NotYours
        return Reply(screen=views.closed(wording(speaker.language)))


def _settled(found: note.Written) -> Reply:
    return Reply(screen=written.settled(wording(found.patient.language), found.note))


def _noted(found: note.Noted) -> Reply:
    say = wording(found.patient.language)
    return Reply(screen=written.day(say, found.local_date, found.notes))
