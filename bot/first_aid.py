"""The words of an emergency when nothing can be stored: sent all the same (R-EMG-1, R-SUI-1).

What was tapped stays with Telegram and is handled in full once the database is back.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from telegram.error import TelegramError

from bot import callbacks, drawing, logs, payloads
from bot.pending import Showing
from bot.views import crisis, flags, safety
from bot.views.wording.catalogue import DEFAULT, wording
from care.crisis import stated
from care.safety import Safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from telegram import Bot

    from bot.pending import PendingReplies
    from bot.views.screen import Screen
    from care.clinic import Clinic

_REMEMBERED = 1000
"""Updates that were answered already: Telegram offers them again and again."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """Somebody in need: how their tap is known, and what to say at once."""

    chat_id: int
    query_id: str | None
    screen: Screen
    notice: str


class FirstAid:
    """Answers emergencies that could not be stored, each once, without the database."""

    def __init__(self, bot: Bot, clinic: Clinic, *, pending: PendingReplies) -> None:
        """Nobody has called yet."""
        self._pending = pending
        self._bot = bot
        self._clinic = clinic
        self._answered: dict[int, None] = {}

    async def give(self, updates: Iterable[Mapping[str, Any]]) -> None:
        """Say what must be said to each who calls; what Telegram refuses is let go."""
        for update in updates:
            update_id = int(update["update_id"])
            found = call(update, self._clinic)
            if found is None or update_id in self._answered:
                continue
            self._answered[update_id] = None
            while len(self._answered) > _REMEMBERED:
                self._answered.pop(next(iter(self._answered)))
            logs.event("first_aid_given", chat=found.chat_id, update=update_id)
            await self._say(found)

    async def _say(self, found: Call) -> None:
        with suppress(TelegramError):
            await self._pending.show(
                Showing(chat_id=found.chat_id, screen=found.screen, is_vital=True)
            )
        if found.query_id is not None:
            with suppress(TelegramError):
                notice = found.notice
                await drawing.answer(self._bot, found.query_id, notice, is_alert=True)


def call(update: Mapping[str, Any], clinic: Clinic) -> Call | None:
    """Whether an update calls for help in a private chat, and what to say."""
    query, message = update.get("callback_query"), update.get("message")
    if query is not None:
        return _tapped(query, clinic)
    if message is not None and message.get("chat", {}).get("type") == "private":
        return _wrote(message, clinic)
    return None


def _wrote(message: Mapping[str, Any], clinic: Clinic) -> Call | None:
    """The command, or words of crisis: nobody knows yet who wrote, so everybody gets the card."""
    text = str(message.get("text") or "")
    command = text.partition(" ")[0].partition("@")[0]
    if command == "/alarm":
        return _call(message["from"], clinic, query_id=None)
    return None if stated(text) is None else _crisis(message["from"], clinic, query_id=None)


def _tapped(query: Mapping[str, Any], clinic: Clinic) -> Call | None:
    try:
        payload = callbacks.decode(str(query.get("data") or ""))
    except callbacks.BadPayloadError:
        return None
    match payload:
        case payloads.Alarm() | payloads.AlarmNow():
            return _call(query["from"], clinic, query_id=query["id"])
        case payloads.RedFlag(number=number) if number in flags.EMERGENCIES:
            return _call(query["from"], clinic, query_id=query["id"])
        case payloads.RedFlag(number=19) | payloads.SayingSafe(safe=Safe.NO | Safe.UNSURE):
            return _crisis(query["from"], clinic, query_id=query["id"])
        case _:
            return None


def _call(person: Mapping[str, Any], clinic: Clinic, *, query_id: str | None) -> Call:
    say = wording(person.get("language_code") or DEFAULT)
    return Call(
        chat_id=int(person["id"]),
        query_id=query_id,
        screen=safety.unstored(say, clinic),
        notice=safety.alarm_notice(say, clinic),
    )


def _crisis(person: Mapping[str, Any], clinic: Clinic, *, query_id: str | None) -> Call:
    say = wording(person.get("language_code") or DEFAULT)
    return Call(
        chat_id=int(person["id"]),
        query_id=query_id,
        screen=crisis.at_once(say, clinic),
        notice="",
    )
