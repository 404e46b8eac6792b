"""Everything else that people send, and chats that come and go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.replies import Reply, Said
from bot.views import general as views, notes, operating
from bot.views.wording.catalogue import wording
from care.people import Coordinator, Operator, Patient, PatientState, Stranger
from care.usecases import note, watch

if TYPE_CHECKING:
    from bot.views.wording.catalogue import Wording
    from care.ports.core import Core


@dataclass(frozen=True, kw_only=True)
class GeneralHandlers:
    """Words where a tap is expected, commands that do not exist, other kinds of messages."""

    core: Core

    async def words(self, said: Said) -> Reply:
        """Text, a sticker, a photo, a voice message."""
        speaker = await watch.who_speaks(self.core, address=said.by, language=said.language)
        say = wording(speaker.language)
        match speaker:
            case Stranger():
                return Reply(screen=views.stranger(say))
            case Operator():
                return Reply(screen=operating.welcome(say))
            case Coordinator():
                return Reply(screen=views.text_from_coordinator(say))
            case Patient(state=PatientState.JOINING):
                return Reply(screen=views.text_while_joining(say))
            case Patient():
                return await self._of_patient(said, say)

    async def _of_patient(self, said: Said, say: Wording) -> Reply:
        """Words are kept at once, and offered to the diary; of other things nothing is kept.

        Words of crisis are answered by the card alone, which is a promise.
        """
        if not said.text:
            return Reply(screen=views.only_words(say, self.core.clinic))
        found = await note.write(self.core, by=said.by, text=said.text)
        if found.is_crisis:
            return Reply()
        return Reply(screen=notes.offer(say, self.core.clinic, found.note, found.dates))

    async def unknown_command(self, said: Said) -> Reply:
        """A command that we do not have."""
        speaker = await watch.who_speaks(self.core, address=said.by, language=said.language)
        return Reply(screen=views.not_for(wording(speaker.language), speaker, said=said.text))
