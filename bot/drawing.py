"""Putting a Screen on a phone: send it, redraw it, answer a tap."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto
from telegram.error import BadRequest, RetryAfter, TelegramError

from bot.transport import NotSent

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.views.screen import Button, Screen


T = TypeVar("T")

TRIES = 3
LONGEST_WAIT_S = 30.0
PAUSE_S = 0.5

_UNCHANGED = "message is not modified"
_LOST = ("message to edit not found", "message can't be edited", "there is no text in the message")
_TOO_OLD = "query is too old"


def keyboard(screen: Screen) -> InlineKeyboardMarkup | None:
    """The inline keyboard of a screen, None when it has none."""
    if not screen.keyboard:
        return None
    return InlineKeyboardMarkup([[_button(one) for one in row] for row in screen.keyboard])


def _button(one: Button) -> InlineKeyboardButton:
    if one.url:
        return InlineKeyboardButton(one.text, url=one.url, style=one.style)
    return InlineKeyboardButton(one.text, callback_data=one.data, style=one.style)


async def patiently(call: Callable[[], Awaitable[T]]) -> T:
    """Make a call again where Telegram surely did not do it: told to wait, or not reached.

    Bounded: after that the error goes on, and what must not be lost is a row somewhere else.
    """
    for _ in range(TRIES - 1):
        try:
            return await call()
        except RetryAfter as error:
            wait = error.retry_after
            seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
            if seconds > LONGEST_WAIT_S:
                raise
            await asyncio.sleep(seconds)
        except NotSent:
            await asyncio.sleep(PAUSE_S)
    return await call()


async def send(bot: Bot, chat_id: int, screen: Screen) -> int:
    """Send a screen as a new message; returns its id. Raises Telegram's errors."""
    if screen.photo is not None:
        sent = await bot.send_photo(
            chat_id,
            screen.photo,
            caption=screen.text,
            reply_markup=keyboard(screen),
            protect_content=screen.is_protected,
        )
    else:
        sent = await bot.send_message(
            chat_id,
            screen.text,
            reply_markup=keyboard(screen),
            protect_content=screen.is_protected,
        )
    return sent.message_id


async def edit(bot: Bot, chat_id: int, message_id: int, screen: Screen) -> int:
    """Redraw a message; one that is gone or cannot be edited is sent anew.

    Returns the id of the message that shows the screen now.
    """
    try:
        return await redraw(bot, chat_id, message_id, screen)
    except BadRequest as error:
        if not error.message.lower().startswith(_LOST):
            raise
    return await send(bot, chat_id, screen)


async def redraw(bot: Bot, chat_id: int, message_id: int, screen: Screen) -> int:
    """Redraw a message; one that shows the screen already is as good as redrawn."""
    try:
        await _edit(bot, chat_id, message_id, screen)
    except BadRequest as error:
        if not error.message.lower().startswith(_UNCHANGED):
            raise
    return message_id


async def _edit(bot: Bot, chat_id: int, message_id: int, screen: Screen) -> None:
    markup = keyboard(screen)
    if screen.photo is None:
        await bot.edit_message_text(
            screen.text, chat_id=chat_id, message_id=message_id, reply_markup=markup
        )
        return
    await bot.edit_message_media(
        InputMediaPhoto(screen.photo, caption=screen.text),
        chat_id=chat_id,
        message_id=message_id,
        reply_markup=markup,
    )


async def answer(bot: Bot, query_id: str, text: str = "", *, is_alert: bool = False) -> None:
    """Answer a tap; too late is as good as done (telegram facts, 4)."""
    try:
        await bot.answer_callback_query(query_id, text=text or None, show_alert=is_alert)
    except BadRequest as error:
        if not error.message.lower().startswith(_TOO_OLD):
            raise


async def remove(bot: Bot, chat_id: int, message_id: int) -> None:
    """Delete a message of ours; if that fails it stays, and nothing else fails with it."""
    with suppress(TelegramError):
        await bot.delete_message(chat_id, message_id)


class Drawn:
    """Which revision each check-in's screen shows; collected here, written down by a tick."""

    def __init__(self) -> None:
        """Nothing drawn yet."""
        self._revisions: dict[int, int] = {}

    def note(self, checkin: int, revision: int) -> None:
        """A screen shows this revision now."""
        self._revisions[checkin] = max(revision, self._revisions.get(checkin, 0))

    def take(self) -> Mapping[int, int]:
        """What was drawn since the last time."""
        taken, self._revisions = self._revisions, {}
        return taken
