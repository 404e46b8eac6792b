"""Every kind of answer parses in python-telegram-bot, without a field it does not know."""

from __future__ import annotations

import struct
import zlib
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import KeyboardButtonStyle
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter

from simulator.samples import PIXEL

if TYPE_CHECKING:
    from tests.simulator.conftest import Phone

KEYBOARD = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton("Yes", callback_data="y", style=KeyboardButtonStyle.DANGER),
            InlineKeyboardButton("No", api_kwargs={"disabled": {}}),
        ]
    ]
)


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content))
            + kind
            + content
            + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (width + 1) * height)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


async def test_who_the_bot_is(bot: telegram.Bot) -> None:
    me = await bot.get_me()
    assert (me.username, me.first_name, me.is_bot) == ("RespiteDemoBot", "Respite", True)


async def test_a_start_link_arrives_as_a_command(phone: Phone, bot: telegram.Bot) -> None:
    ann = phone.sim.control.create_user("Ann", "de")
    phone.sim.control.send(ann, "/start abc-DEF_1")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "/start abc-DEF_1"
    assert [entity.type for entity in update.message.entities] == ["bot_command"]
    assert update.effective_user is not None
    assert update.effective_user.language_code == "de"
    assert update.message.date == phone.sim.clock.now()


async def test_a_message_its_tap_and_its_edit(phone: Phone, bot: telegram.Bot) -> None:
    ann = phone.person()
    sent = await bot.send_message(
        ann,
        "How was <b>today</b>?",
        parse_mode="HTML",
        reply_markup=KEYBOARD,
        protect_content=True,
    )
    assert sent.has_protected_content
    assert sent.reply_markup == KEYBOARD
    query_id = phone.sim.control.tap(ann, sent.message_id, label="Yes")
    (*_, update) = await bot.get_updates()
    query = update.callback_query
    assert query is not None
    assert (query.id, query.data) == (query_id, "y")
    assert await query.answer("Saved", show_alert=True)
    edited = await query.edit_message_text("Thank you")
    assert isinstance(edited, telegram.Message)
    assert edited.text == "Thank you"
    assert edited.reply_markup is None
    assert phone.sim.control.answer_to(query_id)["text"] == "Saved"


async def test_a_tap_on_a_message_that_is_gone(phone: Phone, bot: telegram.Bot) -> None:
    ann = phone.person()
    phone.sim.control.tap(ann, 4711, data="old:1")
    (*_, update) = await bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.data == "old:1"
    assert update.callback_query.message is not None
    assert update.callback_query.message.message_id == 4711


async def test_pictures_and_files_go_both_ways(phone: Phone, bot: telegram.Bot) -> None:
    ann = phone.person()
    picture = png(640, 360)
    sent = await bot.send_photo(ann, picture, caption="Your <i>week</i>", parse_mode="HTML")
    assert (sent.photo[-1].width, sent.photo[-1].height) == (640, 360)
    assert sent.caption == "Your week"
    again = await bot.send_photo(ann, sent.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id
    report = await bot.send_document(ann, b"%PDF-1.7", filename="Bericht für Ann.pdf")
    assert report.document is not None
    assert report.document.file_name == "Bericht für Ann.pdf"
    assert report.document.mime_type == "application/pdf"
    file = await bot.get_file(report.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"%PDF-1.7"
    media = telegram.InputMediaPhoto(png(10, 10), caption="new")
    edited = await bot.edit_message_media(media, ann, sent.message_id)
    assert isinstance(edited, telegram.Message)
    assert edited.photo[-1].width == 10
    captioned = await bot.edit_message_caption(ann, sent.message_id, caption="newer")
    assert isinstance(captioned, telegram.Message)
    assert captioned.caption == "newer"


async def test_what_people_send_beside_text(phone: Phone, bot: telegram.Bot) -> None:
    ann = phone.person()
    for kind in ("sticker", "photo", "voice"):
        phone.sim.control.send(ann, kind=kind)
    messages = [update.message for update in await bot.get_updates()]
    sticker, photo, voice = (message for message in messages[1:] if message is not None)
    assert sticker.sticker is not None
    assert sticker.sticker.emoji == "🙂"
    assert voice.voice is not None
    assert voice.voice.duration in (3, timedelta(seconds=3))
    file = await bot.get_file(photo.photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == PIXEL


async def test_chats_members_and_commands(phone: Phone, bot: telegram.Bot) -> None:
    ann, carol = phone.person(), phone.person("Carol")
    group = phone.sim.control.create_group("Team", [carol, ann])
    assert (await bot.get_chat(group)).title == "Team"
    assert (await bot.get_chat(ann)).first_name == "Ann"
    assert (await bot.get_chat_member(group, carol)).status == "creator"
    assert (await bot.get_chat_member(group, ann)).status == "member"
    assert (await bot.get_chat_member(group, bot.id)).status == "member"
    assert await bot.get_chat_member_count(group) == 3
    assert [one.user.id for one in await bot.get_chat_administrators(group)] == [carol]
    commands = [telegram.BotCommand("help", "What I can do")]
    assert await bot.set_my_commands(commands, scope=telegram.BotCommandScopeAllPrivateChats())
    scope = telegram.BotCommandScopeAllPrivateChats()
    assert list(await bot.get_my_commands(scope=scope)) == commands
    assert await bot.get_my_commands() == ()
    assert await bot.set_chat_menu_button(ann, telegram.MenuButtonCommands())
    assert (await bot.get_chat_menu_button(ann)).type == "commands"
    assert await bot.set_my_description("A diary", language_code="de")
    assert (await bot.get_my_description("de")).description == "A diary"
    assert await bot.set_my_short_description("Diary")
    assert (await bot.get_my_short_description()).short_description == "Diary"
    assert (await bot.get_my_name()).name == "Respite"
    assert await bot.send_chat_action(ann, "typing")


async def test_groups_change_and_end(phone: Phone, bot: telegram.Bot) -> None:
    carol = phone.person("Carol")
    group = phone.sim.control.create_group("Team", [carol])
    phone.sim.control.block(carol)
    new = phone.sim.control.migrate_group(group)
    kinds = [
        update.my_chat_member or update.message
        for update in await bot.get_updates(allowed_updates=telegram.Update.ALL_TYPES)
    ]
    assert len(kinds) == 6
    sent = await bot.send_message(new, "Here now")
    assert await bot.pin_chat_message(new, sent.message_id)
    assert await bot.unpin_chat_message(new)
    assert await bot.leave_chat(new)


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("flood", RetryAfter),
        ("blocked", Forbidden),
        ("unauthorized", InvalidToken),
        ("conflict", Conflict),
        ("migrate", ChatMigrated),
    ],
)
async def test_asked_for_failures_are_ptb_errors(
    phone: Phone, bot: telegram.Bot, kind: str, error: type[Exception]
) -> None:
    group = phone.sim.control.create_group("Team", [phone.person()])
    phone.sim.control.inject_fault(kind, method="sendMessage", chat_id=group)
    with pytest.raises(error):
        await bot.send_message(group, "Hello")


async def test_telegrams_words_reach_ptb(phone: Phone, bot: telegram.Bot) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(1, "Hello")
    stranger = phone.sim.control.create_user("Bea")
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await bot.send_message(stranger, "Hello")


async def test_the_webhook_is_told_back(phone: Phone, bot: telegram.Bot) -> None:
    assert await bot.set_webhook("https://example.org/hook", max_connections=5)
    info = await bot.get_webhook_info()
    assert (info.url, info.max_connections) == ("https://example.org/hook", 5)
    assert await bot.delete_webhook()
    assert (await bot.get_webhook_info()).url == ""
