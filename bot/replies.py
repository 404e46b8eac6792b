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

from telegram.error import TelegramError
from telegram.ext import CallbackContext, CommandHandler, MessageHandler
from telegram.ext.filters import BaseFilter, ChatType as OfChat

from bot import callbacks, drawing, logs, payloads
from bot.payloads.tags import TAGS
from bot.pending import PendingReplies, Showing
from bot.views import general
from bot.views.screen import Screen
from bot.views.wording.catalogue import DEFAULT, wording
from care.errors import AlreadyHandled, InvalidAnswer, NotFound, NotYours, Refusal
from care.people import Address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram import Bot, Message, Update

    from bot.queries import Query
    from care.clinic import Clinic
    from care.people import Speaker

P = TypeVar("P", bound=payloads.Payload)


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What a person gets: a screen, a short notice over the chat, or both.

    A tap's screen redraws its message unless `is_new`; words are always answered anew. With
    `puts_away` the message under the tapped button goes.
    `then` runs after the screen stands, with the id of its message. `is_vital`: better shown
    twice than never. `is_followed`: a tick redraws the screen if it cannot be drawn now.
    """

    screen: Screen | None = None
    notice: str = ""
    is_alert: bool = False
    is_new: bool = False
    puts_away: bool = False
    then: Callable[[Bot, int], Awaitable[None]] | None = None
    is_vital: bool = False
    is_followed: bool = False


@dataclass(frozen=True, kw_only=True)
class Tap(Generic[P]):
    """A person tapped a button; `by` is who, whatever the payload says."""

    payload: P
    by: Address
    message_id: int
    language: str


@dataclass(frozen=True, kw_only=True)
class Said:
    """A person wrote something in their private chat.

    `reply_to` is the message that it replies to, `quotes` the first line of that message.
    """

    text: str
    args: tuple[str, ...]
    by: Address
    name: str
    language: str
    reply_to: int | None = None
    quotes: str = ""


@dataclass(frozen=True, kw_only=True)
class Manners:
    """How refusals are put, to whom, and where refused taps are written down, and replies wait.

    `moves_on` is told of everybody who does something else than write the words they were asked
    for.
    """

    clinic: Clinic
    pending: PendingReplies
    who_speaks: Callable[[Address, str], Awaitable[Speaker]]
    note_refused: Callable[[Address, str], Awaitable[None]]
    moves_on: Callable[[Address], Awaitable[None]]


ASKING = frozenset(
    {
        payloads.AddOwn,
        payloads.AddMedicine,
        payloads.Rename,
        payloads.Usual,
        payloads.WriteTeam,
        payloads.ScoreAsk,
        payloads.ScoreTap,
    }
)
"""Buttons that ask for words."""

ANSWERS = frozenset(
    {
        payloads.Answer,
        payloads.Option,
        payloads.Finish,
        payloads.Back,
        payloads.Skip,
        payloads.Enough,
    }
)
"""Buttons of the check-in: their use case expects no words any more, in the same transaction."""

FORGED = (NotYours, NotFound, InvalidAnswer, callbacks.BadPayloadError)
"""Refusals that no button on the person's own phone leads to, unless it is an old one."""

TapHandler = Callable[[Tap[P]], Awaitable[Reply]]
SaidHandler = Callable[[Said], Awaitable[Reply]]
Context = CallbackContext[Any, Any, Any, Any]


class Taps:
    """Every kind of button, and who answers it.

    Taps are nearly all that comes in, and go past the library: it would build objects from the
    whole message under the button, which nobody looks at.
    """

    def __init__(
        self,
        handlers: Mapping[type[payloads.Payload], TapHandler[Any]],
        manners: Manners,
        *,
        bot: Bot,
    ) -> None:
        """Answer through this bot."""
        self.handlers = handlers
        self._manners = manners
        self._bot = bot

    async def answer(self, tapped: Query) -> None:
        """Do what a tap asks for and show it, or say in one sentence why not."""
        reply = await self._reply(tapped)
        answering = asyncio.create_task(self._notify(tapped, reply))
        try:
            await self._draw(tapped, reply)
        finally:
            await answering
        if TAGS.get(_tag(tapped)) not in ASKING | ANSWERS:
            await self._manners.moves_on(tapped.by)

    async def _reply(self, tapped: Query) -> Reply:
        try:
            tap = _tap(tapped)
            return await self.handlers[type(tap.payload)](tap)
        except (Refusal, callbacks.BadPayloadError) as refusal:
            if isinstance(refusal, FORGED):
                await self._note(tapped)
            speaker = await self._manners.who_speaks(tapped.by, tapped.language)
            text = general.refused(wording(speaker.language), self._manners.clinic, refusal)
            return Reply(notice=text, is_alert=True)
        except AlreadyHandled:
            raise
        except Exception:
            trouble = general.trouble(wording(tapped.language))
            with suppress(TelegramError):
                await drawing.answer(self._bot, tapped.id, trouble)
            raise

    async def _notify(self, tapped: Query, reply: Reply) -> None:
        """End the waiting of the button; what is late is lost, and can be tapped again."""
        try:
            await drawing.answer(self._bot, tapped.id, reply.notice, is_alert=reply.is_alert)
        except TelegramError as error:
            logs.event("tap_unanswered", chat=tapped.by, error=type(error).__name__)

    async def _note(self, tapped: Query) -> None:
        logs.event("tap_refused", chat=tapped.by, update=tapped.id)
        tag = _tag(tapped)
        subject = tag if tag in TAGS else "unknown"
        await self._manners.note_refused(tapped.by, f"button:{subject}")

    async def _draw(self, tapped: Query, reply: Reply) -> None:
        screen, message_id = reply.screen, tapped.message_id
        if reply.puts_away and message_id is not None:
            await drawing.put_away(self._bot, tapped.by, message_id)
        if screen is None or message_id is None:
            return
        edits = None if reply.is_new else message_id
        await self._manners.pending.show(_showing(reply, screen, tapped.by, edits=edits))


def _showing(reply: Reply, screen: Screen, chat_id: int, *, edits: int | None) -> Showing:
    return Showing(
        chat_id=chat_id,
        screen=screen,
        edits=edits,
        then=reply.then,
        is_vital=reply.is_vital,
        is_followed=reply.is_followed,
    )


def _tag(tapped: Query) -> str:
    return tapped.data.partition(":")[0]


def _tap(tapped: Query) -> Tap[Any]:
    if tapped.message_id is None:
        raise NotYours
    return Tap(
        payload=callbacks.decode(tapped.data),
        by=tapped.by,
        message_id=tapped.message_id,
        language=tapped.language,
    )


def on_command(
    name: str, handler: SaidHandler, manners: Manners, *, asks: bool = False
) -> CommandHandler[Context, None]:
    """Route one command, in private chats; `asks` is one that asks for words."""

    async def run(update: Update, context: Context) -> None:
        await _answer(update, context, handler, manners)
        if not asks and update.effective_chat is not None:
            await manners.moves_on(Address(update.effective_chat.id))

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
        speaker = await manners.who_speaks(said.by, said.language)
        text = general.refused(wording(speaker.language), manners.clinic, refusal)
        reply = Reply(screen=Screen(text=text))
    if reply.screen is None:
        return
    await manners.pending.show(_showing(reply, reply.screen, message.chat_id, edits=None))


def _said(message: Message, context: Context) -> Said:
    person = message.from_user
    if person is None:
        raise NotYours
    replied = message.reply_to_message
    quoted = replied.text or "" if replied else ""
    return Said(
        text=message.text or "",
        args=tuple(context.args or ()),
        by=Address(message.chat_id),
        name=person.full_name,
        language=person.language_code or DEFAULT,
        reply_to=replied.message_id if replied else None,
        quotes=quoted.partition("\n")[0],
    )
