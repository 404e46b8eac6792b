"""From Telegram's update to a tap or words of a person, and from a reply to what they see.

Handlers are plain async functions from a Tap or Said to a Reply; the adapters here route to
them, turn refusals into one clear sentence, and put the reply on the phone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import CallbackContext, CallbackQueryHandler, CommandHandler, MessageHandler
from telegram.ext.filters import BaseFilter, ChatType as OfChat

from bot import callbacks, drawing, logs, payloads
from bot.views import general
from bot.views.screen import Screen
from bot.views.wording.catalogue import DEFAULT, wording
from care.errors import AlreadyHandled, InvalidAnswer, NotFound, NotYours, Refusal
from care.people import Address

if TYPE_CHECKING:
    from telegram import Bot, CallbackQuery, Message, Update

    from care.clinic import Clinic
    from care.people import Speaker

P = TypeVar("P", bound=payloads.Payload)


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What a person gets: a screen, a short notice over the chat, or both.

    A tap's screen redraws its message unless `is_new`; words are always answered anew.
    `then` runs after the screen stands, with the id of its message.
    """

    screen: Screen | None = None
    notice: str = ""
    is_alert: bool = False
    is_new: bool = False
    then: Callable[[Bot, int], Awaitable[None]] | None = None


@dataclass(frozen=True, kw_only=True)
class Tap(Generic[P]):
    """A person tapped a button; `by` is who, whatever the payload says."""

    payload: P
    by: Address
    message_id: int
    language: str


@dataclass(frozen=True, kw_only=True)
class Said:
    """A person wrote something in their private chat."""

    text: str
    args: tuple[str, ...]
    by: Address
    name: str
    language: str


@dataclass(frozen=True, kw_only=True)
class Manners:
    """How refusals are put, to whom, and where refused taps are written down."""

    clinic: Clinic
    who_speaks: Callable[[Address, str], Awaitable[Speaker]]
    note_refused: Callable[[Address, str], Awaitable[None]]


FORGED = (NotYours, NotFound, InvalidAnswer, callbacks.BadPayloadError)
"""Refusals that no button on the person's own phone leads to, unless it is an old one."""

TapHandler = Callable[[Tap[P]], Awaitable[Reply]]
SaidHandler = Callable[[Said], Awaitable[Reply]]
Context = CallbackContext[Any, Any, Any, Any]


def on_tap(
    kind: type[P], handler: TapHandler[P], manners: Manners
) -> CallbackQueryHandler[Context, None]:
    """Route the taps on one kind of button."""
    tag = next(tag for tag, of in payloads.TAGS.items() if of is kind)

    async def run(update: Update, context: Context) -> None:
        await _tapped(update, context, handler, manners)

    return CallbackQueryHandler(run, pattern=rf"^{tag}(:|$)")


async def _tapped(
    update: Update, context: Context, handler: Callable[[Any], Awaitable[Reply]], manners: Manners
) -> None:
    query = update.callback_query
    if query is None:
        return
    language = query.from_user.language_code or DEFAULT
    try:
        reply = await handler(_tap(query, language))
    except (Refusal, callbacks.BadPayloadError) as refusal:
        if isinstance(refusal, FORGED):
            await _note(query, manners)
        text = general.refused(wording(language), manners.clinic, refusal)
        reply = Reply(notice=text, is_alert=True)
    except AlreadyHandled:
        raise
    except Exception:
        with suppress(TelegramError):
            await drawing.answer(context.bot, query.id, general.trouble(wording(language)))
        raise
    await asyncio.gather(
        _draw(context.bot, query, reply),
        drawing.answer(context.bot, query.id, reply.notice, is_alert=reply.is_alert),
    )


def _tap(query: CallbackQuery, language: str) -> Tap[Any]:
    message = query.message
    if message is None or message.chat.type != ChatType.PRIVATE:
        raise NotYours
    return Tap(
        payload=callbacks.decode(query.data or ""),
        by=Address(query.from_user.id),
        message_id=message.message_id,
        language=language,
    )


async def _note(query: CallbackQuery, manners: Manners) -> None:
    logs.event("tap_refused", chat=query.from_user.id, update=query.id)
    tag = (query.data or "").partition(":")[0]
    subject = tag if tag in payloads.TAGS else "unknown"
    await manners.note_refused(Address(query.from_user.id), f"button:{subject}")


async def _draw(bot: Bot, query: CallbackQuery, reply: Reply) -> None:
    if reply.screen is None or query.message is None:
        return
    chat_id, message_id = query.from_user.id, query.message.message_id
    screen = reply.screen
    if reply.is_new:
        shown = await drawing.patiently(lambda: drawing.send(bot, chat_id, screen))
    else:
        shown = await drawing.patiently(lambda: drawing.edit(bot, chat_id, message_id, screen))
    if reply.then is not None:
        await reply.then(bot, shown)


async def on_unknown_tap(update: Update, context: Context, manners: Manners) -> None:
    """A button that is not one of ours."""

    async def refuse(_tap: Tap[Any]) -> Reply:
        raise callbacks.BadPayloadError

    await _tapped(update, context, refuse, manners)


def on_command(name: str, handler: SaidHandler, manners: Manners) -> CommandHandler[Context, None]:
    """Route one command, in private chats."""

    async def run(update: Update, context: Context) -> None:
        await _answer(update, context, handler, manners)

    return CommandHandler(name, run, filters=OfChat.PRIVATE)


def on_words(
    filters: BaseFilter, handler: SaidHandler, manners: Manners
) -> MessageHandler[Context, None]:
    """Route other messages in private chats."""

    async def run(update: Update, context: Context) -> None:
        await _answer(update, context, handler, manners)

    return MessageHandler(filters & OfChat.PRIVATE, run)


async def _answer(
    update: Update, context: Context, handler: SaidHandler, manners: Manners
) -> None:
    message = update.message
    if message is None or message.from_user is None:
        return
    said = _said(message, context)
    try:
        reply = await handler(said)
    except NotYours:
        speaker = await manners.who_speaks(said.by, said.language)
        reply = Reply(screen=general.not_for(wording(speaker.language), speaker))
    except Refusal as refusal:
        text = general.refused(wording(said.language), manners.clinic, refusal)
        reply = Reply(screen=Screen(text=text))
    if reply.screen is None:
        return
    screen = reply.screen
    shown = await drawing.patiently(lambda: drawing.send(context.bot, message.chat_id, screen))
    if reply.then is not None:
        await reply.then(context.bot, shown)


def _said(message: Message, context: Context) -> Said:
    person = message.from_user
    if person is None:
        raise NotYours
    return Said(
        text=message.text or "",
        args=tuple(context.args or ()),
        by=Address(message.chat_id),
        name=person.full_name,
        language=person.language_code or DEFAULT,
    )
