"""What each method of the Bot API does."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from simulator.methods import answering, editing, fetching, looking, sending, settling

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.methods.requests import Request
    from simulator.state import State

    Method = Callable[[State, Request], Any]

# `getUpdates` alone waits and stands apart: simulator.methods.fetching.get_updates.
METHODS: dict[str, Method] = {
    "getMe": settling.get_me,
    "logOut": settling.log_out,
    "close": settling.close,
    "setWebhook": fetching.set_webhook,
    "deleteWebhook": fetching.delete_webhook,
    "getWebhookInfo": fetching.get_webhook_info,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageMedia": editing.edit_message_media,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "pinChatMessage": editing.pin_chat_message,
    "unpinChatMessage": editing.unpin_chat_message,
    "unpinAllChatMessages": editing.unpin_all_chat_messages,
    "answerCallbackQuery": answering.answer_callback_query,
    "getFile": fetching.get_file,
    "setMyCommands": settling.set_my_commands,
    "getMyCommands": settling.get_my_commands,
    "deleteMyCommands": settling.delete_my_commands,
    "setChatMenuButton": settling.set_chat_menu_button,
    "getChatMenuButton": settling.get_chat_menu_button,
    "setMyName": partial(settling.set_text, name="name"),
    "getMyName": partial(settling.get_text, name="name"),
    "setMyDescription": partial(settling.set_text, name="description"),
    "getMyDescription": partial(settling.get_text, name="description"),
    "setMyShortDescription": partial(settling.set_text, name="short_description"),
    "getMyShortDescription": partial(settling.get_text, name="short_description"),
    "getChat": looking.get_chat,
    "getChatMember": looking.get_chat_member,
    "getChatMemberCount": looking.get_chat_member_count,
    "getChatAdministrators": looking.get_chat_administrators,
    "leaveChat": looking.leave_chat,
}
