"""A patient's own medicines and exposures: taps, and the words that they ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot import drawing
from bot.replies import Reply, Said, Tap
from bot.views import general, lists as views
from bot.views.wording.catalogue import wording
from care.errors import ListFull, NotFound, WordsRefused
from care.profiles import Awaits, OwnKind
from care.usecases import lists, watch

if TYPE_CHECKING:
    from telegram import Bot

    from bot import payloads
    from care.people import Address
    from care.ports.core import Core
    from care.profiles import Awaited
    from care.steps.profiles import Told
    from care.usecases.lists import Listed, Taken


@dataclass(frozen=True, kw_only=True)
class ListHandlers:
    """What a patient has named."""

    core: Core

    async def list(self, tap: Tap[payloads.Lists]) -> Reply:
        """What is on it?"""
        kind = _kind(tap.payload.kind)
        return _list(await lists.open_list(self.core, by=tap.by), kind)

    async def add(self, tap: Tap[payloads.AddOwn]) -> Reply:
        """One more: what is its name?"""
        kind = _kind(tap.payload.kind)
        told = await lists.expect_name(self.core, by=tap.by, kind=kind, message_id=tap.message_id)
        return Reply(screen=views.ask_name(wording(told.patient.language), kind))

    async def add_medicine(self, tap: Tap[payloads.AddMedicine]) -> Reply:
        """One more medicine, asked for in a message below the check-in."""
        told = await lists.expect_name(self.core, by=tap.by, kind=OwnKind.MEDICINE)

        async def note(_bot: Bot, message_id: int) -> None:
            await lists.note_prompt(self.core, by=tap.by, message_id=message_id)

        screen = views.ask_name(wording(told.patient.language), OwnKind.MEDICINE)
        return Reply(screen=screen, is_new=True, then=note)

    async def own(self, tap: Tap[payloads.Own]) -> Reply:
        """One of the list."""
        return _card(await lists.look(self.core, by=tap.by, own_id=tap.payload.own))

    async def rename(self, tap: Tap[payloads.Rename]) -> Reply:
        """Another name for it."""
        found = await self._expect(tap, Awaits.NAME)
        say = wording(found.told.patient.language)
        return Reply(screen=views.ask_name(say, found.own.kind, found.own))

    async def usual(self, tap: Tap[payloads.Usual]) -> Reply:
        """How do I take it?"""
        found = await self._expect(tap, Awaits.USUAL)
        return Reply(screen=views.ask_usual(wording(found.told.patient.language), found.own))

    async def _expect(
        self, tap: Tap[payloads.Rename] | Tap[payloads.Usual], what: Awaits
    ) -> Listed:
        own_id, message_id = tap.payload.own, tap.message_id
        return await lists.expect_words(
            self.core, by=tap.by, own_id=own_id, what=what, message_id=message_id
        )

    async def no_usual(self, tap: Tap[payloads.NoUsual]) -> Reply:
        """Leave it open how I take it."""
        own_id = tap.payload.own
        return _card(await lists.leave_usual_empty(self.core, by=tap.by, own_id=own_id))

    async def classes(self, tap: Tap[payloads.Classes]) -> Reply:
        """Which kind is it?"""
        found = await lists.look(self.core, by=tap.by, own_id=tap.payload.own)
        if found.own.kind is not OwnKind.MEDICINE:
            raise NotFound
        return Reply(screen=views.classes(wording(found.told.patient.language), found.own))

    async def classify(self, tap: Tap[payloads.Class]) -> Reply:
        """It is of this kind."""
        own_id, drug_class = tap.payload.own, tap.payload.drug_class
        return _card(
            await lists.classify(self.core, by=tap.by, own_id=own_id, drug_class=drug_class)
        )

    async def put_away(self, tap: Tap[payloads.PutAway]) -> Reply:
        """Off the list."""
        found = await lists.put_away(self.core, by=tap.by, own_id=tap.payload.own)
        say = wording(found.told.patient.language)
        kind = found.own.kind
        return Reply(screen=views.own(say, found.told.profile, kind, away=found.own))

    async def put_back(self, tap: Tap[payloads.PutBack]) -> Reply:
        """Back on the list."""
        found = await lists.put_back(self.core, by=tap.by, own_id=tap.payload.own)
        return _list(found.told, found.own.kind)

    async def words(self, said: Said) -> Reply | None:
        """The words that somebody was asked for; None if they were asked for none."""
        awaited = await lists.awaits_words(self.core, by=said.by)
        if awaited is None:
            return None
        try:
            taken = await lists.take_words(self.core, by=said.by, awaited=awaited, text=said.text)
        except (WordsRefused, ListFull) as refusal:
            speaker = await watch.who_speaks(self.core, address=said.by, language=said.language)
            say = wording(speaker.language)
            why = general.refused(say, self.core.clinic, refusal)
            return Reply(screen=views.refused(say, why, awaited))
        return Reply() if taken is None else _taken(taken, said.by)


def _kind(raw: str) -> OwnKind:
    try:
        return OwnKind(raw)
    except ValueError:
        raise NotFound from None


def _list(told: Told, kind: OwnKind) -> Reply:
    return Reply(screen=views.own(wording(told.patient.language), told.profile, kind))


def _card(found: Listed) -> Reply:
    return Reply(screen=views.card(wording(found.told.patient.language), found.own))


def _taken(taken: Taken, by: Address) -> Reply:
    """What follows a name; the message that asked for it goes."""
    say, own = wording(taken.told.patient.language), taken.own
    if taken.awaited.what is Awaits.MEDICINE and own.drug_class is None:
        screen = views.classes(say, own, is_new=True)
    elif taken.awaited.what is Awaits.EXPOSURE:
        screen = views.own(say, taken.told.profile, own.kind)
    else:
        screen = views.card(say, own)

    async def tidy(bot: Bot, _message_id: int) -> None:
        await _remove(bot, by, taken.awaited)

    return Reply(screen=screen, then=tidy)


async def _remove(bot: Bot, by: Address, awaited: Awaited) -> None:
    if awaited.message_id is not None:
        await drawing.remove(bot, by, awaited.message_id)
