"""Replies on their way to a phone: at once, or as soon as Telegram lets us.

A reply that surely was not shown waits here, behind those that the same chat waits for already;
what the person does next is handled meanwhile, so that no flood limit holds up an alarm. Where
nobody can say whether it was shown, an edit is made again, and a new message is not sent twice,
unless it is vital: who asked and hears nothing asks again.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from telegram.error import RetryAfter, TelegramError

from bot import drawing, logs, sending
from bot.outcomes import outcome_of
from bot.transport import NotSent, OutcomeUnknown, ServerFailed
from care.ports.messenger import Flooded, Gone, Rejected

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Bot

    from bot.views.screen import Screen
    from care.ports.clock import Clock

T = TypeVar("T")

TRIES = 3
PAUSE_S = 0.5
LONGEST_PAUSE_S = 3.0
"""How long one chat's updates may wait for a reply; who waits longer waits here."""

LONGEST_WAIT = timedelta(seconds=60)
GIVE_UP_AFTER = timedelta(hours=1)
DOUBTS = 2
"""How often something is shown again of which nobody knows whether it arrived."""


@dataclass(frozen=True, kw_only=True)
class Showing:
    """A screen for one phone: in the place of a message, or as a new one; `then` comes after.

    `is_vital`: better twice than never. `is_followed`: a tick redraws it if we do not.
    """

    chat_id: int
    screen: Screen
    edits: int | None = None
    then: Callable[[Bot, int], Awaitable[None]] | None = None
    is_vital: bool = False
    is_followed: bool = False


@dataclass(kw_only=True)
class _Owed:
    """A reply that is not shown yet; `doubts` counts the tries that may have shown it."""

    showing: Showing
    since: datetime
    tries: int = 0
    doubts: int = 0

    def is_shown_again(self, error: OutcomeUnknown) -> bool:
        """Whether to show it again when nobody can say whether it was shown.

        Telegram's own word that something broke there (5xx) is taken for "not shown".
        """
        is_edit = self.showing.edits is not None
        return is_edit or self.showing.is_vital or isinstance(error, ServerFailed)


@dataclass(kw_only=True)
class _Chat:
    """What one chat waits for, in order, and when Telegram may be asked again."""

    owed: deque[_Owed]
    due_at: datetime


class PendingReplies:
    """Puts replies on phones, those of one chat in their order."""

    def __init__(self, bot: Bot, *, clock: Clock) -> None:
        """Nothing waits."""
        self._bot = bot
        self._clock = clock
        self._chats: dict[int, _Chat] = {}
        self._turn = asyncio.Lock()

    async def show(self, showing: Showing) -> None:
        """Show it now, or keep it until that is possible; raises what Telegram finds wrong."""
        now = self._clock.now()
        owed = _Owed(showing=showing, since=now)
        chat = self._chats.get(showing.chat_id)
        if chat is not None:
            chat.owed.append(owed)
            return
        wait = await self._attempt(owed)
        if wait is None or (showing.is_followed and showing.edits is not None):
            return
        logs.event("reply_put_off", chat=showing.chat_id)
        waiting = self._chats.setdefault(
            showing.chat_id, _Chat(owed=deque(), due_at=self._clock.now() + wait)
        )
        waiting.owed.append(owed)

    async def show_due(self) -> int:
        """Show what may be shown by now; returns how many replies were dealt with."""
        async with self._turn:
            now = self._clock.now()
            due = [chat_id for chat_id, chat in self._chats.items() if chat.due_at <= now]
            return sum(await asyncio.gather(*(self._go_on(chat_id) for chat_id in due)))

    async def _go_on(self, chat_id: int) -> int:
        chat, count = self._chats[chat_id], 0
        while chat.owed:
            owed = chat.owed[0]
            wait = await self._attempt_late(owed)
            if wait is not None and self._clock.now() - owed.since < GIVE_UP_AFTER:
                chat.due_at = self._clock.now() + wait
                return count
            if wait is not None:
                _given_up(owed, "too late")
            chat.owed.popleft()
            count += 1
        del self._chats[chat_id]
        return count

    async def _attempt_late(self, owed: _Owed) -> timedelta | None:
        try:
            return await self._attempt(owed)
        except Exception as error:  # noqa: BLE001 - nobody waits for it; the others go on
            _given_up(owed, type(error).__name__)
            return None

    async def _attempt(self, owed: _Owed) -> timedelta | None:
        """Try it; how long to wait before the next try, or None when it is over with."""
        showing = owed.showing
        owed.tries += 1
        try:
            shown = await patiently(lambda: self._put(owed), is_again=owed.is_shown_again)
        except TelegramError as error:
            return self._after(owed, error)
        if showing.then is not None:
            await showing.then(self._bot, shown)
        return None

    async def _put(self, owed: _Owed) -> int:
        showing = owed.showing
        if showing.edits is not None:
            try:
                return await drawing.redraw(
                    self._bot, showing.chat_id, showing.edits, showing.screen
                )
            except TelegramError as error:
                if not drawing.is_lost(error):
                    raise
                owed.showing = replace(showing, edits=None)
        return await sending.send(self._bot, showing.chat_id, showing.screen)

    def _after(self, owed: _Owed, error: TelegramError) -> timedelta | None:
        """What an error means for a reply (telegram facts, 4)."""
        result = outcome_of(error)
        if isinstance(result, Rejected):
            raise error
        if isinstance(result, Gone):
            logs.event("reply_refused", chat=owed.showing.chat_id, error=type(error).__name__)
            return None
        if isinstance(result, Flooded):
            return result.retry_after
        if isinstance(error, OutcomeUnknown):
            owed.doubts += 1
            if not owed.is_shown_again(error) or owed.doubts > DOUBTS:
                name = type(error).__name__
                logs.event(
                    "reply_doubtful", logging.WARNING, chat=owed.showing.chat_id, error=name
                )
                return None
        return min(timedelta(seconds=2 ** min(owed.tries, 6)), LONGEST_WAIT)

    def is_waiting(self, chat_id: int) -> bool:
        """Whether a chat waits for a reply."""
        return chat_id in self._chats

    def next_at(self) -> datetime | None:
        """When Telegram may be asked again for any chat."""
        return min((chat.due_at for chat in self._chats.values()), default=None)


async def patiently(
    call: Callable[[], Awaitable[T]], *, is_again: Callable[[OutcomeUnknown], bool]
) -> T:
    """Make a call again after a moment, where that is safe; then its error goes on."""
    for _ in range(TRIES - 1):
        try:
            return await call()
        except RetryAfter as error:
            wait = error.retry_after
            seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
            if seconds > LONGEST_PAUSE_S:
                raise
            await asyncio.sleep(seconds)
        except NotSent:
            await asyncio.sleep(PAUSE_S)
        except OutcomeUnknown as error:
            if not is_again(error):
                raise
            await asyncio.sleep(PAUSE_S)
    return await call()


def _given_up(owed: _Owed, why: str) -> None:
    logs.event("reply_failed", logging.WARNING, chat=owed.showing.chat_id, error=why)
