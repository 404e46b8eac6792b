"""Whether Telegram would take a message for a chat, asked so that nobody sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import ChatMemberRestricted
from telegram.constants import ChatAction, ChatMemberStatus
from telegram.error import TelegramError
from typing_extensions import override

from bot.outcomes import outcome_of
from bot.pending import patiently
from care.ports.messenger import Gone, Result, Sent
from care.ports.presence import Presence

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Bot

    from care.people import Address

_AWAY = frozenset({ChatMemberStatus.LEFT, ChatMemberStatus.BANNED})


class TelegramPresence(Presence):
    """A chat action for a person, refused as a message would be; our membership of a group."""

    def __init__(self, bot: Bot) -> None:
        """Ask as this bot."""
        self._bot = bot

    @override
    async def of_person(self, address: Address) -> Result:
        async def ask() -> Result:
            await self._bot.send_chat_action(address, ChatAction.TYPING)
            return Sent(message_id=None)

        return await _answered(ask)

    @override
    async def of_group(self, address: Address) -> Result:
        async def ask() -> Result:
            member = await self._bot.get_chat_member(address, self._bot.id)
            is_mute = isinstance(member, ChatMemberRestricted) and not member.can_send_messages
            is_there = member.status not in _AWAY and not is_mute
            return Sent(message_id=None) if is_there else Gone(error=member.status)

        return await _answered(ask)


async def _answered(ask: Callable[[], Awaitable[Result]]) -> Result:
    try:
        return await patiently(ask, is_again=lambda _: True)
    except TelegramError as error:
        return outcome_of(error)
