"""Messages changed and deleted, taps answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.errors import NOT_MODIFIED, QUERY_TOO_OLD

if TYPE_CHECKING:
    from tests.simulator.conftest import Phone

BAD = "Bad Request: "
YES = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}


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
