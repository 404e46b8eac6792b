"""People and groups: writing, tapping, blocking, moving on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from simulator.errors import NotThereError, RefusalError

if TYPE_CHECKING:
    from tests.simulator.conftest import Phone

KEYBOARD = {
    "inline_keyboard": [
        [{"text": "1", "callback_data": "p:1"}, {"text": "10", "callback_data": "p:10"}],
        [{"text": "✓ Done", "callback_data": "done"}, {"text": "Call", "url": "tg://resolve"}],
        [{"text": "Gone", "disabled": {}}],
    ]
}


async def with_buttons(phone: Phone, chat_id: int) -> int:
    sent = await phone.result("sendMessage", chat_id=chat_id, text="?", reply_markup=KEYBOARD)
    return int(sent["message_id"])


async def last_tap(phone: Phone) -> dict[str, Any]:
    (*_, update) = await phone.updates()
    found: dict[str, Any] = update["callback_query"]
    return found


@pytest.mark.parametrize(("label", "data"), [("1", "p:1"), ("10", "p:10"), ("Done", "done")])
async def test_a_button_is_found_by_its_label(phone: Phone, label: str, data: str) -> None:
    ann = phone.person()
    message_id = await with_buttons(phone, ann)
    phone.sim.control.tap(ann, message_id, label=label)
    tap = await last_tap(phone)
    assert (tap["data"], tap["from"]["id"], tap["message"]["message_id"]) == (
        data,
        ann,
        message_id,
    )


@pytest.mark.parametrize(
    ("label", "words"),
    [
        (
            "Maybe",
            "no button 'Maybe' on message 2; there are: '1', '10', '✓ Done', 'Call', 'Gone'",
        ),
        (
            "o",
            "2 buttons 'o' on message 2; there are: '1', '10', '✓ Done', 'Call', 'Gone'",
        ),
        ("Gone", "the button 'Gone' is disabled"),
        ("Call", "the button 'Call' sends nothing to the bot"),
    ],
)
async def test_a_button_that_cannot_be_tapped(phone: Phone, label: str, words: str) -> None:
    ann = phone.person()
    message_id = await with_buttons(phone, ann)
    with pytest.raises(RefusalError) as refused:
        phone.sim.control.tap(ann, message_id, label=label)
    assert str(refused.value) == words
    assert isinstance(refused.value, LookupError) is ("there are" in words)


async def test_a_tap_can_be_forged_but_only_at_home(phone: Phone) -> None:
    ann, bea = phone.person(), phone.person("Bea")
    phone.sim.control.tap(ann, 12345, data="p:7:someone-else")
    tap = await last_tap(phone)
    assert tap["data"] == "p:7:someone-else"
    assert tap["message"] == {
        "chat": {"id": ann, "type": "private", "first_name": "Ann"},
        "message_id": 12345,
        "date": 0,
    }
    with pytest.raises(NotThereError, match="Ann is not in chat"):
        phone.sim.control.tap(ann, 1, data="x", chat_id=bea)
    with pytest.raises(RefusalError, match="1 to 64 bytes"):
        phone.sim.control.tap(ann, 1, data="ä" * 33)
    with pytest.raises(RefusalError, match="label or data"):
        phone.sim.control.tap(ann, 1)


async def test_who_never_pressed_start_cannot_be_written_to(phone: Phone) -> None:
    bea = phone.sim.control.create_user("Bea")
    assert await phone.refusal("sendMessage", chat_id=bea, text="x") == (
        "Forbidden: bot can't initiate conversation with a user"
    )
    phone.sim.control.send(bea, "Hello")
    await phone.result("sendMessage", chat_id=bea, text="x")


async def test_blocking_stops_the_bot_and_tells_it(phone: Phone) -> None:
    ann = phone.person()
    message_id = await with_buttons(phone, ann)
    await phone.updates()
    phone.sim.control.block(ann)
    phone.sim.control.block(ann)
    (update,) = await phone.updates(1)
    change = update["my_chat_member"]
    assert change["chat"]["id"] == change["from"]["id"] == ann
    assert change["old_chat_member"]["status"] == "member"
    assert change["new_chat_member"]["status"] == "kicked"
    words = "Forbidden: bot was blocked by the user"
    assert await phone.refusal("sendMessage", chat_id=ann, text="x") == words
    which = {"chat_id": ann, "message_id": message_id}
    assert await phone.refusal("editMessageText", **which, text="x") == words
    with pytest.raises(RefusalError, match="Ann has blocked the bot"):
        phone.sim.control.send(ann, "x")
    with pytest.raises(RefusalError, match="Ann has blocked the bot"):
        phone.sim.control.tap(ann, message_id, label="1")
    phone.sim.control.block(ann, blocked=False)
    (update,) = await phone.updates(2)
    assert update["my_chat_member"]["new_chat_member"]["status"] == "member"
    await phone.result("sendMessage", chat_id=ann, text="x")


async def test_a_deleted_account_cannot_be_written_to(phone: Phone) -> None:
    ann = phone.person()
    phone.sim.control.deactivate(ann)
    assert await phone.refusal("sendMessage", chat_id=ann, text="x") == (
        "Forbidden: user is deactivated"
    )


async def test_the_bot_hears_little_of_a_group(phone: Phone) -> None:
    carol, dave = phone.person("Carol"), phone.person("Dave")
    group = phone.sim.control.create_group("Team", [carol, dave])
    sent = await phone.result("sendMessage", chat_id=group, text="Who takes it?")
    await phone.updates()
    say = phone.sim.control.send
    say(carol, "Lunch?", chat_id=group)
    say(dave, "/roster", chat_id=group)
    say(dave, "/roster@RespiteDemoBot now", chat_id=group)
    say(dave, "/roster@OtherBot", chat_id=group)
    say(carol, "I do", chat_id=group, reply_to=sent["message_id"])
    heard = [update["message"]["text"] for update in await phone.updates(1)]
    assert heard == ["/roster", "/roster@RespiteDemoBot now", "I do"]


async def test_a_group_becomes_a_supergroup(phone: Phone) -> None:
    carol = phone.person("Carol")
    group = phone.sim.control.create_group("Team", [carol])
    await phone.updates()
    new = phone.sim.control.migrate_group(group)
    assert new < -1_000_000_000_000
    old_says, new_says = await phone.updates(1)
    assert old_says["message"]["migrate_to_chat_id"] == new
    assert new_says["message"]["migrate_from_chat_id"] == group
    assert await phone.api("sendMessage", chat_id=group, text="x") == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": new},
    }
    sent = await phone.result("sendMessage", chat_id=new, text="x")
    assert (sent["chat"]["type"], sent["message_id"]) == ("supergroup", 2)
    with pytest.raises(RefusalError, match="has become the supergroup"):
        phone.sim.control.send(carol, "x", chat_id=group)
    assert phone.sim.control.state()["groups"] == [
        {"chat_id": new, "title": "Team", "members": [carol]}
    ]


async def test_the_bot_is_removed_or_leaves(phone: Phone) -> None:
    carol = phone.person("Carol")
    one, two = (phone.sim.control.create_group(title, [carol]) for title in ("One", "Two"))
    await phone.updates()
    phone.sim.control.remove_bot(one)
    (update,) = await phone.updates(1)
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert await phone.refusal("sendMessage", chat_id=one, text="x") == (
        "Forbidden: bot was kicked from the group chat"
    )
    await phone.result("leaveChat", chat_id=two)
    assert await phone.refusal("sendMessage", chat_id=two, text="x") == (
        "Forbidden: bot is not a member of the group chat"
    )
    with pytest.raises(RefusalError):
        phone.sim.control.remove_bot(two)


async def test_joining_a_group_is_told(phone: Phone) -> None:
    carol = phone.person("Carol")
    await phone.updates()
    group = phone.sim.control.create_group("Team", [carol])
    joined, created = await phone.updates(1)
    assert joined["my_chat_member"]["chat"] == {"id": group, "type": "group", "title": "Team"}
    assert created["message"]["group_chat_created"] is True


def test_what_makes_no_sense_is_refused(sim: Any) -> None:
    with pytest.raises(RefusalError, match="first name"):
        sim.control.create_user(" ")
    with pytest.raises(RefusalError, match="title"):
        sim.control.create_group("", [])
    with pytest.raises(NotThereError, match="no person 7"):
        sim.control.send(7, "x")
    ann = sim.control.create_user("Ann")
    with pytest.raises(RefusalError, match="nothing to send"):
        sim.control.send(ann, " ")
    with pytest.raises(RefusalError, match="4096"):
        sim.control.send(ann, "a" * 4097)
    with pytest.raises(RefusalError, match="cannot send 'fax'"):
        sim.control.send(ann, "x", kind="fax")
    with pytest.raises(NotThereError, match="no message 9"):
        sim.control.send(ann, "x", reply_to=9)
    with pytest.raises(RefusalError, match="unknown kind of fault"):
        sim.control.inject_fault("earthquake")
    with pytest.raises(RefusalError, match="at least once"):
        sim.control.inject_fault("flood", times=0)
