"""Attack now: one message, edited by every tap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot import drawing
from bot.replies import Reply, Said, Tap
from bot.views import attacking as views
from bot.views.wording.catalogue import wording
from care.attacks import AttackId
from care.usecases import attack

if TYPE_CHECKING:
    from telegram import Bot

    from bot import payloads
    from care.people import Address
    from care.ports.core import Core


@dataclass(frozen=True, kw_only=True)
class AttackingHandlers:
    """What a patient does with an attack that runs."""

    core: Core

    async def start_said(self, said: Said) -> Reply:
        """The command."""
        return await self._start(said.by)

    async def start_tapped(self, tap: Tap[payloads.AttackNow]) -> Reply:
        """The button: the attack has a message of its own."""
        return await self._start(tap.by)

    async def _start(self, by: Address) -> Reply:
        return self._reply(await attack.start(self.core, by=by), is_new=True)

    def _reply(self, shown: attack.ShownAttack, *, is_new: bool = False) -> Reply:
        screen = views.screen(wording(shown.patient.language), shown.attack, shown.profile)
        before = shown.attack.message_id

        async def stand_alone(bot: Bot, message_id: int) -> None:
            attack_id = shown.attack.id
            await attack.note_shown(self.core, attack_id=attack_id, message_id=message_id)
            if before not in {None, message_id} and shown.patient.address is not None:
                await drawing.remove(bot, shown.patient.address, int(before or 0))

        return Reply(screen=screen, is_new=is_new, then=stand_alone)

    async def medicine(self, tap: Tap[payloads.AttackMedicine]) -> Reply:
        """Which one?"""
        attack_id = AttackId(tap.payload.attack)
        return self._reply(await attack.ask_medicine(self.core, by=tap.by, attack_id=attack_id))

    async def took(self, tap: Tap[payloads.AttackTook]) -> Reply:
        """This one, or not."""
        shown = await attack.took(
            self.core,
            by=tap.by,
            attack_id=AttackId(tap.payload.attack),
            code=tap.payload.code,
            chosen=tap.payload.chosen,
        )
        return self._reply(shown)

    async def taken(self, tap: Tap[payloads.AttackTaken]) -> Reply:
        """That was all."""
        attack_id = AttackId(tap.payload.attack)
        return self._reply(await attack.taken(self.core, by=tap.by, attack_id=attack_id))

    async def relief(self, tap: Tap[payloads.AttackRelief]) -> Reply:
        """What it did."""
        shown = await attack.relieved(
            self.core,
            by=tap.by,
            attack_id=AttackId(tap.payload.attack),
            relief=tap.payload.relief,
        )
        return self._reply(shown)

    async def still(self, tap: Tap[payloads.AttackStill]) -> Reply:
        """It goes on."""
        attack_id = AttackId(tap.payload.attack)
        return self._reply(await attack.still(self.core, by=tap.by, attack_id=attack_id))

    async def over(self, tap: Tap[payloads.AttackOver]) -> Reply:
        """It is over."""
        attack_id = AttackId(tap.payload.attack)
        return self._reply(await attack.over(self.core, by=tap.by, attack_id=attack_id))

    async def mistake(self, tap: Tap[payloads.AttackMistake]) -> Reply:
        """There was none."""
        attack_id = AttackId(tap.payload.attack)
        return self._reply(await attack.take_back(self.core, by=tap.by, attack_id=attack_id))
