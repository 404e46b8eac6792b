"""The /sim calls over HTTP, the event stream, the page, and stopping."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import aiohttp
import orjson
import pytest

if TYPE_CHECKING:
    from tests.simulator.conftest import Phone


async def test_a_conversation_over_http(phone: Phone) -> None:
    status, ann = await phone.sim_post("users", first_name="Ann", language_code="es")
    assert status == 200
    user_id = ann["user_id"]
    assert await phone.sim_post("send", user_id=user_id, text="/start") == (200, {"message_id": 1})
    keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
    await phone.result("sendMessage", chat_id=user_id, text="<b>?</b>", reply_markup=keyboard)
    status, tapped = await phone.sim_post("tap", user_id=user_id, message_id=2, label="Yes")
    await phone.result("answerCallbackQuery", callback_query_id=tapped["query_id"])
    shown = await phone.sim_get(f"chats/{user_id}?user_id={user_id}")
    assert shown["messages"][1]["html"] == "&lt;b&gt;?&lt;/b&gt;"
    assert shown == phone.sim.control.transcript(user_id)
    assert await phone.sim_post("block", user_id=user_id, blocked=True) == (200, {})
    state = await phone.sim_get("state")
    assert state == {
        "now": "2026-09-01T08:00:00+00:00",
        "bot": {"id": 7000000001, "username": "RespiteDemoBot", "first_name": "Respite"},
        "people": [
            {
                "user_id": user_id,
                "first_name": "Ann",
                "language_code": "es",
                "blocked": True,
                "chats": [user_id],
            }
        ],
        "groups": [],
        "travelling": False,
    }
    calls = await phone.sim_get("calls")
    assert [call["method"] for call in calls] == ["sendMessage", "answerCallbackQuery"]
    assert calls[0]["params"]["chat_id"] == user_id
    assert calls[0]["result"]["message_id"] == 2


async def test_groups_over_http(phone: Phone) -> None:
    carol = phone.person("Carol")
    _, group = await phone.sim_post("groups", title="Team", members=[carol])
    assert (await phone.sim_get("state"))["groups"] == [
        {"chat_id": group["chat_id"], "title": "Team", "members": [carol]}
    ]
    _, new = await phone.sim_post(f"groups/{group['chat_id']}/migrate")
    assert await phone.sim_post(f"groups/{new['chat_id']}/remove_bot") == (200, {})
    assert "was kicked from the supergroup chat" in await phone.refusal(
        "sendMessage", chat_id=new["chat_id"], text="x"
    )


async def test_time_over_http(phone: Phone) -> None:
    assert await phone.sim_post("clock", advance=90) == (200, {"now": "2026-09-01T08:01:30+00:00"})
    at = "2026-09-01T12:00:00+02:00"
    assert await phone.sim_post("clock", at=at) == (200, {"now": "2026-09-01T10:00:00+00:00"})
    assert (await phone.sim_post("clock", to="next_message"))[0] == 200


async def test_faults_over_http(phone: Phone) -> None:
    await phone.sim_post("faults", kind="flood", method="getMe", retry_after=9)
    assert await phone.refusal("getMe") == "Too Many Requests: retry after 9"
    assert (await phone.sim_get("calls"))[0]["fault"] == "flood"


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("users", {}, "first_name is missing"),
        ("users", {"first_name": 5}, "first_name is a text"),
        ("groups", {"title": "x", "members": "all"}, "members is a list of user ids"),
        ("send", {"user_id": "a", "text": "x"}, "user_id is a number"),
        ("send", {"user_id": 1, "text": "x"}, "there is no person 1"),
        ("tap", {"user_id": 5000001, "message_id": 1, "label": "x"}, "no button 'x'"),
        ("tap", {"user_id": 5000001}, "message_id is missing"),
        ("block", {}, "user_id is missing"),
        ("clock", {}, "say advance (seconds), at (ISO 8601) or to (next_message)"),
        ("clock", {"advance": -1}, "the clock does not run backwards"),
        ("clock", {"advance": "x"}, "advance is a number of seconds"),
        ("clock", {"at": "tomorrow"}, "at is an instant in ISO 8601"),
        ("clock", {"at": "2027-01-01T00:00:00"}, "at needs a time zone"),
        ("faults", {"kind": "fire"}, "unknown kind of fault 'fire'"),
        ("groups/x/migrate", {}, "chat_id is a number"),
    ],
)
async def test_wrong_input_is_one_clear_sentence(
    phone: Phone, path: str, body: dict[str, Any], words: str
) -> None:
    phone.person()
    status, answer = await phone.sim_post(path, **body)
    assert status == 400
    assert words in answer["error"]


async def test_a_body_that_is_no_object_is_refused(phone: Phone) -> None:
    for body in (b"{", b"[]"):
        async with phone.session.post(f"{phone.url}/sim/users", data=body) as answer:
            assert answer.status == 400
    for path in ("chats/x", "chats/1", "chats/1?user_id=x", "files/x"):
        async with phone.session.get(f"{phone.url}/sim/{path}") as answer:
            assert answer.status == 400


class Stream:
    """The page's live stream."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._answer = answer

    async def next(self) -> dict[str, Any]:
        async with asyncio.timeout(5):
            while True:
                line = await self._answer.content.readline()
                assert line, "the stream has ended"
                if line.startswith(b"data: "):
                    found: dict[str, Any] = orjson.loads(line[6:])
                    return found


async def test_the_page_hears_what_happens(phone: Phone) -> None:
    async with phone.session.get(f"{phone.url}/sim/events") as answer:
        assert answer.content_type == "text/event-stream"
        stream = Stream(answer)
        ann = phone.person()
        person = await stream.next()
        assert (person["type"], person["first_name"], person["user_id"]) == ("person", "Ann", ann)
        start = await stream.next()
        assert (start["type"], start["chat_id"], start["message"]["text"]) == (
            "message",
            ann,
            "/start",
        )
        await phone.result("sendChatAction", chat_id=ann, action="typing")
        assert await stream.next() == {"type": "typing", "chat_id": ann}
        sent = await phone.result("sendMessage", chat_id=ann, text="one")
        assert (await stream.next())["message"]["text"] == "one"
        which = {"chat_id": ann, "message_id": sent["message_id"]}
        await phone.result("editMessageText", **which, text="two")
        edit = await stream.next()
        assert (edit["type"], edit["message"]["text"]) == ("edit", "two")
        query_id = phone.sim.control.tap(ann, sent["message_id"], data="x")
        await phone.result(
            "answerCallbackQuery", callback_query_id=query_id, text="Saved", show_alert=True
        )
        assert await stream.next() == {
            "type": "answer",
            "user_id": ann,
            "chat_id": ann,
            "data": "x",
            "text": "Saved",
            "show_alert": True,
        }
        await phone.result("deleteMessage", **which)
        assert await stream.next() == {"type": "delete", **which}
        group = phone.sim.control.create_group("Team", [ann])
        assert (await stream.next())["message"]["kind"] == "service"
        assert await stream.next() == {
            "type": "group",
            "chat_id": group,
            "title": "Team",
            "members": [ann],
        }
        await phone.sim.travel(until=phone.sim.clock.now() + timedelta(hours=1))
        clocks = [await stream.next() for _ in range(3)]
        assert [one["travelling"] for one in clocks] == [True, True, False]
        assert clocks[-1]["now"] == phone.sim.clock.now().isoformat()


async def test_the_page_is_served(phone: Phone) -> None:
    async with phone.session.get(phone.url) as answer:
        assert (answer.status, answer.content_type) == (200, "text/html")
        assert "/static/" in await answer.text()
    async with phone.session.get(f"{phone.url}/static/index.html") as answer:
        assert answer.status == 200


async def test_the_page_gives_nothing_from_outside_its_folder(phone: Phone) -> None:
    for path in ("/static/none.css", "/static/%2e%2e/page.py", "/static/../page.py"):
        async with phone.session.get(phone.url + path) as answer:
            assert answer.status == 404


async def test_stopping_is_instant_with_everything_open(phone: Phone) -> None:
    ann = phone.person()
    await phone.updates()
    loop = asyncio.get_running_loop()
    phone.sim.control.inject_fault("commit_then_hang", method="sendMessage")
    poll = asyncio.create_task(phone.api("getUpdates", offset=1, timeout=50))
    hang = asyncio.create_task(phone.api("sendMessage", chat_id=ann, text="x"))
    await phone.polled()
    async with phone.session.get(f"{phone.url}/sim/events") as stream:
        await stream.content.readline()
        began = loop.time()
        await phone.sim.stop()
        assert loop.time() - began < 1
        assert await stream.content.read() == b"\n"
    for waiting in (poll, hang):
        with pytest.raises(aiohttp.ClientError):
            await waiting


async def test_it_can_start_again_on_the_same_port(phone: Phone) -> None:
    await phone.sim.stop()
    port = int(phone.url.rpartition(":")[2])
    assert await phone.sim.start(port=port) == phone.url
    assert (await phone.result("getMe"))["is_bot"]
