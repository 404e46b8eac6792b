"""Every update we react to, in order."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    BaseHandler,
    ChatMemberHandler,
    MessageHandler,
)
from telegram.ext.filters import COMMAND, ChatType as OfChat, UpdateType

from bot import logs
from bot.intake import handling
from bot.replies import Context, Reply, Said, on_command, on_words
from bot.views import general
from bot.views.wording.catalogue import DEFAULT, wording
from care.people import Address
from care.usecases import gather, score, watch

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import ChatMemberUpdated, Update

    from bot.buttons import Handlers
    from care.ports.core import Core

ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member")
"""What Telegram keeps for us; always sent in full (telegram facts, 2)."""


_PRESENT = frozenset({ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR})


Route = BaseHandler[Any, Context, None]


def add_to(application: Application[Any, Any, Any, Any, Any, Any], handlers: Handlers) -> None:
    """Route every update but taps; the first that matches has it."""
    application.add_handlers([*commands(handlers), *others(handlers)])
    application.add_error_handler(keep_error)


def commands(of: Handlers) -> list[Route]:
    """Every command, and the rest of them."""
    manners = of.manners
    return [
        on_command("start", _started(of), manners),
        on_command("help", of.enrolment.help, manners),
        on_command("today", of.answering.today, manners),
        on_command("diary", of.diary.said, manners),
        on_command("attack", of.attacking.start_said, manners),
        on_command("alarm", of.alarming.said, manners),
        on_command("team", of.relaying.ask_words, manners, asks=True),
        on_command("messages", of.relaying.list_said, manners),
        on_command("infusions", of.infusing.list_said, manners),
        on_command("settings", of.profile.settings_said, manners),
        on_command("stop", of.enrolment.stop_said, manners),
        on_command("invite", of.enrolment.ask_invite, manners),
        on_command("patients", of.desk.said, manners),
        on_command("patient", of.desk.said, manners),
        on_command("audit", of.staff.audit_said, manners),
        on_command("noise", of.staff.noise, manners),
        on_command("staff", of.staff.said, manners),
        on_command("duty", of.duty.said, manners),
        on_command("undelivered", of.coordinating.list_undelivered, manners),
        on_command("open", of.coordinating.list_open, manners),
        on_words(COMMAND & UpdateType.MESSAGE, _mistyped(of), manners),
    ]


def _started(of: Handlers) -> Callable[[Said], Awaitable[Reply]]:
    """What a link brings: a report from the team's group, or an invite."""

    async def start(said: Said) -> Reply:
        return await of.coordinating.opened(said) or await of.enrolment.start(said)

    return start


def _mistyped(of: Handlers) -> Callable[[Said], Awaitable[Reply]]:
    """A command that we do not have is something else than words, too."""

    async def mistyped(said: Said) -> Reply:
        reply = await of.general.unknown_command(said)
        await of.moves_on(said.by)
        return reply

    return mistyped


def others(of: Handlers) -> list[Route]:
    """Words, pictures, chats that come and go."""

    async def membership(update: Update, context: Context) -> None:
        if update.my_chat_member is not None:
            await _membership(update.my_chat_member, context, of.core)

    async def grouped(update: Update, context: Context) -> None:
        await _grouped(update, context, of.core)

    async def words(said: Said) -> Reply:
        """Those that are for the team or answer somebody, then those that were asked for."""
        replied = await of.relaying.words(said) or await of.coordinating.words(said)
        if replied is not None:
            await score.leave(of.core, by=said.by)
            return replied
        return (
            await of.lists.words(said)
            or await of.scoring.words(said)
            or await of.general.words(said)
        )

    return [
        on_words(UpdateType.MESSAGE, words, of.manners),
        ChatMemberHandler(membership, ChatMemberHandler.MY_CHAT_MEMBER),
        MessageHandler(OfChat.GROUPS, grouped),
    ]


async def _membership(change: ChatMemberUpdated, context: Context, core: Core) -> None:
    """Somebody blocked the bot or came back; or the bot was put into a group."""
    status = change.new_chat_member.status
    if change.chat.type == ChatType.PRIVATE:
        is_reachable = status == ChatMemberStatus.MEMBER
        address = Address(change.chat.id)
        logs.event("reachability_changed", chat=address, reachable=is_reachable)
        await watch.note_reachable(core, address=address, is_reachable=is_reachable)
        return
    chat_id, is_there = Address(change.chat.id), status in _PRESENT
    if await gather.is_ours(core, chat_id=chat_id):
        logs.event("group_presence_changed", chat=chat_id, there=is_there)
        await gather.note_presence(core, chat_id=chat_id, is_there=is_there)
    elif is_there:
        await _say_goodbye(context, chat_id, change.from_user.language_code)


async def _grouped(update: Update, context: Context, core: Core) -> None:
    """The care team's group may get another id; any other is left (telegram facts, 8, 10)."""
    message = update.message
    if message is None:
        return
    chat_id = Address(message.chat_id)
    old, new = message.migrate_from_chat_id or chat_id, message.migrate_to_chat_id or chat_id
    if await gather.is_ours(core, chat_id=Address(old)):
        if old != new:
            logs.event("group_moved", chat=old, to=new)
            await gather.move(core, old=Address(old), new=Address(new))
        return
    language = message.from_user.language_code if message.from_user else None
    await _say_goodbye(context, chat_id, language)


async def _say_goodbye(context: Context, chat_id: int, language: str | None) -> None:
    logs.event("group_left", chat=chat_id)
    screen = general.group(wording(language or DEFAULT))
    with suppress(TelegramError):
        await context.bot.send_message(chat_id, screen.text)
    try:
        await context.bot.leave_chat(chat_id)
    except TelegramError as error:
        logs.event("group_leaving_failed", chat=chat_id, error=type(error).__name__)


async def keep_error(_update: object, context: Context) -> None:
    """Hand a handler's error to the intake, which retries or parks the update."""
    current = handling.get()
    if current is not None:
        current.error = context.error
