"""What Telegram takes, gives back and refuses of messages."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.simulator.conftest import Phone

BAD = "Bad Request: "


def buttons(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


NO_TEXT = "inline keyboard button text must be non-empty"
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
        ({"reply_markup": buttons([{"text": " ", "callback_data": "x"}])}, NO_TEXT),
        ({"reply_markup": buttons([{"callback_data": "x"}])}, NO_TEXT),
        (
            {"reply_markup": {"inline_keyboard": "x"}},
            'field "inline_keyboard" must be of type Array',
        ),
        (
            {"reply_markup": {"inline_keyboard": ["x"]}},
            (
                "can't parse inline keyboard button: field "
                '"inline_keyboard" must be an Array of Arrays'
            ),
        ),
        (
            {"reply_markup": {"inline_keyboard": [["x"]]}},
            "can't parse inline keyboard button: expected an Object",
        ),
        ({"reply_markup": {"selective": True}}, "can't parse reply keyboard markup JSON object"),
        (
            {"entities": [{"type": "bold", "offset": 0, "length": 2}]},
            "entity beyond the end of the text",
        ),
        (
            {"entities": [{"type": "bold", "offset": -1, "length": 1}]},
            "can't parse MessageEntity: invalid offset or length specified",
        ),
        ({"entities": ["bold"]}, "can't parse MessageEntity: expected an Object with a type"),
        ({"text": "a" * 32_769}, "message is too long"),
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


async def test_bodies_that_are_no_parameters(phone: Phone) -> None:
    address = f"{phone.url}/bot{phone.sim.token}/getMe"
    for body, words in ((b"{", "invalid JSON"), (b"[]", "expected an Object")):
        headers = {"Content-Type": "application/json"}
        async with phone.session.post(address, data=body, headers=headers) as answer:
            assert (await answer.json())["description"] == (
                f"Bad Request: can't parse request: {words}"
            )
    async with phone.session.post(address, data=b"") as answer:
        assert (await answer.json())["ok"]


async def test_formatting_by_entities(phone: Phone) -> None:
    ann = phone.person()
    bold = {"type": "bold", "offset": 2, "length": 1}
    sent = await phone.result(
        "sendMessage", chat_id=ann, text=" a b /help ", entities=[bold | {"x": 1}]
    )
    phone.expected_wrong = ["sendMessage: parameters.entities[0]: unknown field x"]
    assert sent["text"] == "a b /help"
    assert sent["entities"] == [
        {"type": "bold", "offset": 1, "length": 1},
        {"type": "bot_command", "offset": 4, "length": 5},
    ]


async def test_a_url_button_gets_its_scheme(phone: Phone) -> None:
    ann = phone.person()
    markup = buttons([{"text": "Map", "url": "example.org"}])
    sent = await phone.result("sendMessage", chat_id=ann, text="a", reply_markup=markup)
    assert sent["reply_markup"] == buttons([{"text": "Map", "url": "http://example.org/"}])


async def test_pinning_is_said_in_the_chat(phone: Phone) -> None:
    ann = phone.person()
    which = {"chat_id": ann, "message_id": 1}
    await phone.result("pinChatMessage", **which)
    await phone.result("pinChatMessage", **which)
    shown = phone.sim.control.transcript(ann)["messages"]
    assert [message["text"] for message in shown[1:]] == ["Respite pinned a message"]
    assert (await phone.result("getChat", chat_id=ann))["pinned_message"]["message_id"] == 1
    await phone.result("unpinAllChatMessages", chat_id=ann)
    assert await phone.refusal("unpinChatMessage", chat_id=ann) == (
        f"{BAD}message to unpin not found"
    )
    assert await phone.refusal("pinChatMessage", chat_id=ann, message_id=9) == (
        f"{BAD}message to pin not found"
    )


async def test_private_chats_have_no_administrators_and_no_way_out(phone: Phone) -> None:
    ann = phone.person()
    assert await phone.refusal("getChatAdministrators", chat_id=ann) == (
        f"{BAD}there are no administrators in the private chat"
    )
    assert await phone.refusal("leaveChat", chat_id=ann) == (
        f"{BAD}chat member status can't be changed in private chats"
    )
    assert await phone.refusal("sendChatAction", chat_id=ann, action="dancing") == (
        f"{BAD}wrong parameter action in request"
    )
    assert (await phone.result("getChatMember", chat_id=ann, user_id=ann))["status"] == "member"


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
