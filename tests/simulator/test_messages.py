"""What Telegram takes, gives back and refuses of messages."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest

from simulator.errors import NOT_MODIFIED, QUERY_TOO_OLD

if TYPE_CHECKING:
    from tests.simulator.conftest import Phone

BAD = "Bad Request: "


def buttons(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


YES = buttons([{"text": "Yes", "callback_data": "y"}])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"text": " \n "}, "message text is empty"),
        ({"text": "a" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"chat_id": 99}, "chat not found"),
        ({"chat_id": "@nobody"}, "chat not found"),
        ({"reply_parameters": {"message_id": 77}}, "message to be replied not found"),
        ({"parse_mode": "Word"}, "unsupported parse_mode"),
        (
            {"reply_markup": buttons([{"text": "a", "callback_data": "ä" * 33}])},
            "BUTTON_DATA_INVALID",
        ),
        ({"reply_markup": buttons([{"text": "a", "callback_data": ""}])}, "BUTTON_DATA_INVALID"),
        (
            {"reply_markup": buttons([{"text": "a"}])},
            (
                "can't parse inline keyboard button: "
                "Text buttons are unallowed in the inline keyboard"
            ),
        ),
        (
            {"reply_markup": buttons([{"text": "a", "callback_data": "x", "disabled": {}}])},
            (
                "can't parse inline keyboard button: "
                "Text buttons are unallowed in the inline keyboard"
            ),
        ),
        (
            {"reply_markup": buttons([{"text": "a", "callback_data": "x", "style": "pink"}])},
            "invalid button style specified",
        ),
        (
            {"reply_markup": buttons(*[[{"text": "a", "callback_data": "x"}]] * 101)},
            "reply markup is too long",
        ),
        (
            {"reply_markup": buttons([{"text": "a", "url": "not an address"}])},
            "inline keyboard button URL 'not an address' is invalid: Wrong HTTP URL",
        ),
        ({"reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
    ],
)
async def test_a_message_telegram_refuses(
    phone: Phone, change: dict[str, Any], words: str
) -> None:
    ann = phone.person()
    if change.get("reply_markup") == "{":
        phone.expected_defects = ["sendMessage: reply_markup is not JSON"]
    assert await phone.refusal("sendMessage", **{"chat_id": ann, "text": "a"} | change) == (
        BAD + words
    )
    assert len(phone.sim.control.transcript(ann)["messages"]) == 1


async def test_what_just_fits_is_taken(phone: Phone) -> None:
    ann = phone.person()
    longest = await phone.result(
        "sendMessage", chat_id=ann, text=f"<b>{'a' * 4096}</b>", parse_mode="HTML"
    )
    assert longest["text"] == "a" * 4096
    full = buttons(*[[{"text": "a", "callback_data": "x" * 64}] * 8] * 12)
    sent = await phone.result("sendMessage", chat_id=ann, text="a", reply_markup=full)
    assert sent["reply_markup"] == full


async def test_styles_and_disabled_buttons_come_back(phone: Phone) -> None:
    ann = phone.person()
    keyboard = buttons(
        [{"text": "8", "callback_data": "8", "style": "danger"}, {"text": "9", "disabled": {}}]
    )
    sent = await phone.result("sendMessage", chat_id=ann, text="a", reply_markup=keyboard)
    assert sent["reply_markup"] == keyboard
    ((eight, nine),) = phone.sim.control.transcript(ann)["messages"][-1]["keyboard"]
    assert (eight["style"], eight["disabled"], eight["data"]) == ("danger", False, "8")
    assert (nine["style"], nine["disabled"], nine["data"]) == (None, True, None)


async def test_missing_things_are_refused_and_noted(phone: Phone) -> None:
    assert await phone.refusal("sendMessage", text="a") == f"{BAD}chat_id is empty"
    ann = phone.person()
    assert await phone.refusal("sendMessage", chat_id=ann) == f"{BAD}message text is empty"
    assert await phone.refusal("editMessageText", chat_id=ann, text="a") == (
        f"{BAD}message identifier is not specified"
    )
    phone.expected_defects = [
        "sendMessage: required parameter chat_id is missing",
        "sendMessage: required parameter text is missing",
    ]


async def test_what_the_description_does_not_know_is_ignored_and_noted(phone: Phone) -> None:
    ann = phone.person()
    markup = buttons([{"text": "a", "callback_data": "x", "colour": "red"}])
    sent = await phone.result(
        "sendMessage", chat_id=str(ann), text="a", reply_to_message_id=1, reply_markup=markup
    )
    assert sent["reply_markup"] == buttons([{"text": "a", "callback_data": "x"}])
    assert await phone.api("sendFax", chat_id=ann) == {
        "ok": False,
        "error_code": 404,
        "description": "Not Found: method not found",
    }
    phone.expected_wrong = [
        "sendMessage: parameters.reply_markup.inline_keyboard[0][0]: unknown field colour"
    ]
    phone.expected_defects = [
        "sendMessage: unknown parameter reply_to_message_id",
        "sendMessage: unknown fields ['colour'] in a button",
        "sendFax: no such method here",
    ]


async def test_a_wrong_token_is_refused(phone: Phone) -> None:
    async with phone.session.get(f"{phone.url}/bot1:x/getMe") as answer:
        assert answer.status == 401
        assert await answer.json() == {
            "ok": False,
            "error_code": 401,
            "description": "Unauthorized",
        }


async def test_every_way_to_send_parameters_works(phone: Phone) -> None:
    ann = phone.person()
    address = f"{phone.url}/bot{phone.sim.token}/sendMESSAGE"
    form = {"chat_id": str(ann), "text": "é", "protect_content": "true"}
    async with phone.session.get(address, params=form) as answer:
        assert (await answer.json())["result"]["has_protected_content"]
    async with phone.session.post(address, data=form) as answer:
        assert (await answer.json())["result"]["text"] == "é"
    async with phone.session.post(address, data={**form, "x": io.BytesIO(b"file")}) as answer:
        assert (await answer.json())["result"]["text"] == "é"


async def test_replies_show_what_they_reply_to(phone: Phone) -> None:
    ann = phone.person()
    question = phone.sim.control.send(ann, "May I?")
    reply = {"message_id": question}
    sent = await phone.result("sendMessage", chat_id=ann, text="Yes", reply_parameters=reply)
    assert sent["reply_to_message"]["text"] == "May I?"
    lost = {"message_id": 99, "allow_sending_without_reply": True}
    sent = await phone.result("sendMessage", chat_id=ann, text="Yes", reply_parameters=lost)
    assert "reply_to_message" not in sent
    phone.sim.control.send(ann, "Thanks", reply_to=sent["message_id"])
    (*_, thanks) = await phone.updates()
    assert thanks["message"]["reply_to_message"]["text"] == "Yes"


async def test_edits_keep_what_was(phone: Phone) -> None:
    ann = phone.person()
    sent = await phone.result("sendMessage", chat_id=ann, text="one", reply_markup=YES)
    which = {"chat_id": ann, "message_id": sent["message_id"]}
    same = await phone.refusal("editMessageText", **which, text="one ", reply_markup=YES)
    assert same == BAD + NOT_MODIFIED
    phone.later(minutes=1)
    edited = await phone.result("editMessageText", **which, text="two")
    assert "reply_markup" not in edited
    assert edited["edit_date"] == edited["date"] + 60
    assert await phone.refusal("editMessageReplyMarkup", **which) == BAD + NOT_MODIFIED
    marked = await phone.result("editMessageReplyMarkup", **which, reply_markup=YES)
    assert (marked["text"], marked["reply_markup"]) == ("two", YES)
    shown = phone.sim.control.transcript(ann)["messages"][-1]
    assert [version["text"] for version in shown["versions"]] == ["one", "two"]
    assert shown["versions"][0]["keyboard"][0][0]["text"] == "Yes"
    assert shown["edited_at"] == phone.sim.clock.now().isoformat()


async def test_edits_that_cannot_be(phone: Phone) -> None:
    ann = phone.person()
    which = {"chat_id": ann, "message_id": 1}
    assert await phone.refusal("editMessageText", **which, text="x") == (
        f"{BAD}message can't be edited"
    )
    sent = await phone.result("sendMessage", chat_id=ann, text="one")
    which = {"chat_id": ann, "message_id": sent["message_id"]}
    assert await phone.refusal("editMessageCaption", **which, caption="x") == (
        f"{BAD}there is no caption in the message to edit"
    )
    assert await phone.result("deleteMessage", **which) is True
    assert await phone.refusal("editMessageText", **which, text="x") == (
        f"{BAD}message to edit not found"
    )
    assert await phone.refusal("deleteMessage", **which) == f"{BAD}message to delete not found"
    assert phone.sim.control.transcript(ann)["messages"][-1]["deleted"]


async def test_only_young_messages_can_be_deleted(phone: Phone) -> None:
    ann = phone.person()
    sent = await phone.result("sendMessage", chat_id=ann, text="one")
    phone.later(hours=48)
    old = sent["message_id"]
    assert await phone.refusal("deleteMessage", chat_id=ann, message_id=old) == (
        f"{BAD}message can't be deleted"
    )
    young = phone.sim.control.send(ann, "mine")
    assert await phone.result("deleteMessages", chat_id=ann, message_ids=[old, young, 99]) is True
    shown = phone.sim.control.transcript(ann)["messages"]
    assert [message["deleted"] for message in shown] == [False, False, True]


async def test_a_tap_is_answered_once_and_soon(phone: Phone) -> None:
    ann = phone.person()
    query_id = phone.sim.control.tap(ann, 1, data="x")
    answer = {"callback_query_id": query_id, "text": "Saved"}
    long = await phone.refusal("answerCallbackQuery", **answer | {"text": "a" * 201})
    assert long == f"{BAD}MESSAGE_TOO_LONG"
    assert await phone.result("answerCallbackQuery", **answer) is True
    assert await phone.refusal("answerCallbackQuery", **answer) == BAD + QUERY_TOO_OLD
    late = phone.sim.control.tap(ann, 1, data="x")
    phone.later(seconds=16)
    assert await phone.refusal("answerCallbackQuery", callback_query_id=late) == (
        BAD + QUERY_TOO_OLD
    )


async def test_commands_are_seen_by_scope_and_language(phone: Phone) -> None:
    ann, uwe = phone.person(), phone.person("Uwe", language="de-AT")
    group = phone.sim.control.create_group("Team", [uwe, ann])

    async def put(name: str, scope: dict[str, Any] | None = None, language: str = "") -> None:
        commands = [{"command": name, "description": name}]
        await phone.result("setMyCommands", commands=commands, scope=scope, language_code=language)

    def seen(user_id: int, chat_id: int) -> str:
        shown = phone.sim.control.transcript(chat_id, user_id=user_id)["commands"]
        return str(shown[0]["command"])

    await put("all")
    assert (seen(ann, ann), seen(uwe, group)) == ("all", "all")
    await put("private_de", {"type": "all_private_chats"}, "de")
    assert (seen(ann, ann), seen(uwe, uwe)) == ("all", "private_de")
    await put("one", {"type": "chat", "chat_id": uwe})
    assert seen(uwe, uwe) == "one"
    await put("groups", {"type": "all_group_chats"})
    await put("admins", {"type": "all_chat_administrators"})
    assert (seen(uwe, group), seen(ann, group)) == ("admins", "groups")
    await put("ann", {"type": "chat_member", "chat_id": group, "user_id": ann})
    assert seen(ann, group) == "ann"
    await phone.result("deleteMyCommands", scope={"type": "chat", "chat_id": uwe})
    assert seen(uwe, uwe) == "private_de"
    assert phone.sim.control.transcript(group)["commands"] == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"commands": [{"command": "Help!", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "a", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{"command": "a", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"language_code": "deutsch"}, "invalid language code specified"),
        ({"scope": {"type": "chat", "chat_id": 1}}, "chat not found"),
        ({"scope": {"type": "chat"}}, "chat_id is empty"),
    ],
)
async def test_command_lists_telegram_refuses(
    phone: Phone, change: dict[str, Any], words: str
) -> None:
    good = {"commands": [{"command": "help", "description": "x"}]}
    assert await phone.refusal("setMyCommands", **good | change) == BAD + words
