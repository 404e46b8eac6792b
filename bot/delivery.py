"""Promise to message, and Telegram's answer to an outcome (telegram facts, 4)."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from telegram.error import (
    TelegramError,
)
from typing_extensions import override

from bot import drawing, logs, sending
from bot.composing import screen_of
from bot.outcomes import outcome_of
from care.escalation import EscalationState
from care.ports.messenger import (
    AttackLetter,
    CheckInLetter,
    EscalationLetter,
    GroupLetter,
    Letter,
    Messenger,
    Rejected,
    Result,
    Sent,
    SessionLetter,
    SummaryLetter,
)
from care.ports.relay_letters import RelayLetter, RelayStateLetter
from care.promises import Delivery, Lane
from care.usecases import deliver

if TYPE_CHECKING:
    from collections.abc import Iterable

    from telegram import Bot

    from bot.limiter import Limiter
    from bot.views.screen import Screen
    from bot.vitals import Vitals
    from care.clinic import Clinic
    from care.ports.core import Core

BATCH = 30
"""How many promises one line leases, sends side by side and settles."""

LINES = 2
"""While one line waits for Telegram the other claims; below 64 calls in flight (facts, 1)."""

SHORTEST_WAIT_S = 0.02
LONGEST_WAIT_S = 0.5

_QUIET = CheckInLetter | SessionLetter | AttackLetter | EscalationLetter | RelayLetter

Drawable = CheckInLetter | EscalationLetter | GroupLetter | RelayLetter | RelayStateLetter

SAFETY = (Lane.SAFETY,)
ROUTINE = (Lane.REPLY, Lane.INFUSION, Lane.CHECKIN, Lane.SUMMARY)


class TelegramMessenger(Messenger):
    """Sends letters by the Bot API."""

    def __init__(self, bot: Bot, clinic: Clinic) -> None:
        """Speak as this bot, for this clinic."""
        self._bot = bot
        self._clinic = clinic

    @override
    async def send(self, delivery: Delivery, letter: Letter) -> Result:
        """Send or redraw one message; every answer of Telegram's has its outcome."""
        screen = (
            await asyncio.to_thread(screen_of, letter, self._clinic)
            if isinstance(letter, SummaryLetter)
            else screen_of(letter, self._clinic)
        )
        try:
            message_id = await self._put(delivery.promise.recipient, letter, screen)
        except TelegramError as error:
            return outcome_of(error)
        return Sent(message_id=message_id)

    async def _put(self, chat_id: int, letter: Letter, screen: Screen) -> int:
        edits = letter.edits if isinstance(letter, Drawable) else None
        if edits is not None:
            anew = _is_worth_sending_anew(letter)
            return await sending.redraw(self._bot, chat_id, edits, screen, anew=anew)
        is_silent = isinstance(letter, _QUIET) and letter.is_silent
        message_id = await sending.send(self._bot, chat_id, screen, is_silent=is_silent)
        if isinstance(letter, CheckInLetter | AttackLetter) and letter.replaces is not None:
            await drawing.remove(self._bot, chat_id, letter.replaces)
        return message_id


def _is_worth_sending_anew(letter: Letter) -> bool:
    """Whether a message that somebody deleted still asks for something, or tells who has it."""
    match letter:
        case CheckInLetter():
            return letter.now < letter.checkin.locks_at
        case EscalationLetter() | GroupLetter():
            return letter.escalation.state is not EscalationState.CLOSED
        case _:
            return False


class CountingMessenger(Messenger):
    """Another messenger, with its outcomes counted."""

    def __init__(self, messenger: Messenger, vitals: Vitals) -> None:
        """Count what comes of each letter."""
        self._messenger = messenger
        self._vitals = vitals

    @override
    async def send(self, delivery: Delivery, letter: Letter) -> Result:
        result = await self._messenger.send(delivery, letter)
        self._vitals.sent(type(result).__name__.lower())
        return result


class Sender:
    """Claims, sends side by side, writes down; one round at a time for its lanes."""

    def __init__(
        self, core: Core, *, messenger: Messenger, gate: Limiter, lanes: Iterable[Lane]
    ) -> None:
        """Deliver the promises of these lanes."""
        self._core = core
        self._messenger = messenger
        self._gate = gate
        self._lanes = tuple(lanes)
        self._turn = asyncio.Lock()
        self._is_waiting = False
        self._is_ending = False

    def wait_for_room(self) -> None:
        """Stay until all that is due is sent, also where the limiter makes us wait.

        Otherwise what has no room is put off to when it has, as a clock that stands still needs.
        """
        self._is_waiting = True

    def end(self) -> None:
        """Begin nothing new; what is being sent is still written down."""
        self._is_ending = True

    async def deliver_due(self) -> int:
        """Deliver until nothing is due any more; returns how many promises were handled."""
        async with self._turn:
            lines = (self._line() for _ in range(LINES))
            ends = await asyncio.gather(*lines, return_exceptions=True)  # what is sent is settled
        total = 0
        for end in ends:
            if isinstance(end, BaseException):
                raise end
            total += end
        return total

    async def _line(self) -> int:
        total = 0
        while (room := await self._room()) and (claimed := await self._round(room)):
            total += claimed
        return total

    async def _room(self) -> int:
        """How many to claim: no more than may be sent, or each would be put off one by one."""
        while self._is_waiting and not self._is_ending:
            room, wait = self._gate.room(lane=self._lanes[0], now=self._core.clock.now())
            if room:
                return min(room, BATCH)
            await asyncio.sleep(min(max(wait.total_seconds(), SHORTEST_WAIT_S), LONGEST_WAIT_S))
        return 0 if self._is_ending else BATCH

    async def _round(self, limit: int) -> int:
        claimed, prepared = await deliver.claim_due(
            self._core, gate=self._gate, lanes=self._lanes, limit=limit
        )
        if prepared:
            attempts = await asyncio.gather(*(self._attempt(one) for one in prepared))
            await deliver.record(self._core, gate=self._gate, attempts=attempts)
        return claimed

    async def _attempt(self, prepared: deliver.Prepared) -> deliver.Attempt:
        try:
            result = await self._messenger.send(prepared.delivery, prepared.letter)
        except Exception as error:  # noqa: BLE001 - one that cannot be drawn holds up no other
            name = type(error).__name__
            logs.event("letter_failed", logging.ERROR, promise=prepared.delivery.id, error=name)
            result = Rejected(error=name)
        logs.event(
            "promise_attempted",
            promise=prepared.delivery.id,
            kind=prepared.delivery.promise.kind,
            outcome=type(result).__name__,
        )
        return deliver.Attempt(prepared=prepared, result=result)
