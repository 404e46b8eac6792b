"""Putting a Screen on a phone: send it, redraw it, answer a tap."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from telegram import Bot, InlineKeyboardMarkup, InputMediaPhoto
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot import transport

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.views.screen import Button, Screen


def deep_link(username: str, start: str) -> str:
    """The link that opens a bot's private chat and says `/start` with something."""
    return f"https://t.me/{username}?start={start}"


_UNCHANGED = "message is not modified"
_LOST = ("message to edit not found", "message can't be edited", "there is no text in the message")
_TOO_OLD = "query is too old"


def keyboard(bot: Bot, screen: Screen) -> list[list[dict[str, str]]]:
    """The inline keyboard of a screen, as Telegram wants it."""
    return [[_button(bot, one) for one in row] for row in screen.keyboard]


def _button(bot: Bot, one: Button) -> dict[str, str]:
    drawn = {"text": one.text}
    if one.start:
        drawn["url"] = deep_link(bot.username, one.start)
    elif one.url:
        drawn["url"] = one.url
    else:
        drawn["callback_data"] = one.data
    if one.style is not None:
        drawn["style"] = one.style
    return drawn


async def _ask(bot: Bot, method: str, /, **parameters: object) -> Any:
    """Call a method with parameters as Telegram wants them; raises its errors.

    Past the library's own methods: they build objects from the screen and from the answer,
    which nobody looks at, and that takes longer than all of the rest of a tap.
    """
    return await bot.request.post(f"{bot.base_url}/{method}", transport.data(parameters))


async def send(bot: Bot, chat_id: int, screen: Screen) -> int:
    """Send a screen as a new message; returns its id. Raises Telegram's errors."""
    if screen.photo is not None:
        shown = await bot.send_photo(
            chat_id,
            screen.photo,
            caption=screen.text,
            reply_markup=_markup(bot, screen),
            protect_content=screen.is_protected,
        )
        return shown.message_id
    sent = await _ask(
        bot,
        "sendMessage",
        chat_id=chat_id,
        protect_content=screen.is_protected,
        **_text(bot, screen),
    )
    return int(sent["message_id"])


def _text(bot: Bot, screen: Screen) -> dict[str, object]:
    buttons = keyboard(bot, screen)
    return {
        "text": screen.text,
        "parse_mode": ParseMode.HTML,
        "link_preview_options": {"is_disabled": True},
        "reply_markup": {"inline_keyboard": buttons} if buttons else None,
    }


def _markup(bot: Bot, screen: Screen) -> InlineKeyboardMarkup | None:
    buttons = keyboard(bot, screen)
    return InlineKeyboardMarkup.de_json({"inline_keyboard": buttons}) if buttons else None


def is_lost(error: TelegramError) -> bool:
    """Whether a message is gone, or cannot be edited into what it should show."""
    return isinstance(error, BadRequest) and error.message.lower().startswith(_LOST)


async def redraw(bot: Bot, chat_id: int, message_id: int, screen: Screen) -> int:
    """Redraw a message; one that shows the screen already is as good as redrawn."""
    try:
        await _edit(bot, chat_id, message_id, screen)
    except BadRequest as error:
        if not error.message.lower().startswith(_UNCHANGED):
            raise
    return message_id


async def _edit(bot: Bot, chat_id: int, message_id: int, screen: Screen) -> None:
    if screen.photo is None:
        where = {"chat_id": chat_id, "message_id": message_id}
        await _ask(bot, "editMessageText", **where, **_text(bot, screen))
        return
    await bot.edit_message_media(
        InputMediaPhoto(screen.photo, caption=screen.text),
        chat_id=chat_id,
        message_id=message_id,
        reply_markup=_markup(bot, screen),
    )


async def answer(bot: Bot, query_id: str, text: str = "", *, is_alert: bool = False) -> None:
    """Answer a tap; too late is as good as done (telegram facts, 4)."""
    try:
        await _ask(
            bot,
            "answerCallbackQuery",
            callback_query_id=query_id,
            text=text or None,
            show_alert=is_alert or None,
        )
    except BadRequest as error:
        if not error.message.lower().startswith(_TOO_OLD):
            raise


async def remove(bot: Bot, chat_id: int, message_id: int) -> None:
    """Delete a message of ours; if that fails it stays, and nothing else fails with it."""
    with suppress(TelegramError):
        await bot.delete_message(chat_id, message_id)


async def put_away(bot: Bot, chat_id: int, message_id: int) -> None:
    """Delete a message of ours; one too old for that loses its buttons (telegram facts, 1)."""
    try:
        await bot.delete_message(chat_id, message_id)
    except TelegramError:
        with suppress(TelegramError):
            await _ask(bot, "editMessageReplyMarkup", chat_id=chat_id, message_id=message_id)


class Drawn:
    """Which revision each check-in's screen shows; collected here, written down by a tick."""

    def __init__(self) -> None:
        """Nothing drawn yet."""
        self._revisions: dict[int, int] = {}

    def note(self, checkin: int, revision: int) -> None:
        """A screen shows this revision now."""
        self._revisions[checkin] = max(revision, self._revisions.get(checkin, 0))

    def has(self, checkin: int, revision: int) -> bool:
        """Whether a screen shows this revision, or a later one, and nobody has written it down."""
        return self._revisions.get(checkin, -1) >= revision

    def take(self) -> Mapping[int, int]:
        """What was drawn since the last time."""
        taken, self._revisions = self._revisions, {}
        return taken
