"""Sending a letter's screen: without a sound, plain, or anew where Telegram wants it so."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from telegram import InlineKeyboardMarkup
from telegram.error import BadRequest

from bot import drawing

if TYPE_CHECKING:
    from telegram import Bot

    from bot.views.screen import Screen

LONGEST: Final = 4096
"""How much text a message holds, in UTF-16 units (telegram facts, 1)."""

_OURS = ("can't parse entities", "message is too long", "message caption is too long")
_LOST = ("message to edit not found", "message can't be edited", "message_id_invalid")
_TAG = re.compile(r"<[^<>]*>")


async def send(bot: Bot, chat_id: int, screen: Screen, *, is_silent: bool = False) -> int:
    """Send a screen; what Telegram cannot read for our fault goes once more: plain, short.

    Returns the message's id. Raises Telegram's errors.
    """
    try:
        if is_silent and screen.photo is None:
            return await _send(bot, chat_id, screen.text, screen, is_silent=True)
        return await drawing.send(bot, chat_id, screen)
    except BadRequest as error:
        if not _starts(error, _OURS):
            raise
    return await _send(bot, chat_id, plain(screen), screen, is_silent=is_silent, is_plain=True)


async def redraw(
    bot: Bot, chat_id: int, message_id: int, screen: Screen, *, anew: bool = True
) -> int:
    """Redraw a message; with `anew` one that is gone is sent again, as `send` does.

    Returns the id of the message that shows the screen now. Raises Telegram's errors.
    """
    try:
        return await drawing.redraw(bot, chat_id, message_id, screen)
    except BadRequest as error:
        if _starts(error, _OURS):
            return await _redraw_plain(bot, chat_id, message_id, screen)
        if not (anew and _starts(error, _LOST)):
            raise
    return await send(bot, chat_id, screen, is_silent=True)


def plain(screen: Screen) -> str:
    """The words of a screen without any formatting, short enough for Telegram."""
    text = html.unescape(_TAG.sub("", screen.text))
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return text
    return units[: 2 * (LONGEST - 1)].decode("utf-16-le", "ignore").rstrip() + "…"


async def _send(
    bot: Bot, chat_id: int, text: str, screen: Screen, *, is_silent: bool, is_plain: bool = False
) -> int:
    sent = await bot.send_message(
        chat_id,
        text,
        parse_mode=None if is_plain else "HTML",
        reply_markup=_buttons(bot, screen),
        disable_notification=is_silent,
        protect_content=screen.is_protected,
    )
    return sent.message_id


async def _redraw_plain(bot: Bot, chat_id: int, message_id: int, screen: Screen) -> int:
    await bot.edit_message_text(
        plain(screen), chat_id=chat_id, message_id=message_id, reply_markup=_buttons(bot, screen)
    )
    return message_id


def _buttons(bot: Bot, screen: Screen) -> InlineKeyboardMarkup | None:
    rows = drawing.keyboard(bot, screen)
    return InlineKeyboardMarkup.de_json({"inline_keyboard": rows}) if rows else None


def _starts(error: BadRequest, words: tuple[str, ...]) -> bool:
    return error.message.lower().startswith(words)
