"""A tap proves nothing: whose it is not, is refused, noted, and changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.payloads.tags import TAGS
from care.audit import Action
from tests.scenario import rows

if TYPE_CHECKING:
    from tests.world import Person, World

NOT_FOR_YOU = "This button is not for you. /help shows what you can do."
NO_LONGER = "This button no longer does anything. /help shows what you can do."

PATIENTS_BUTTONS = (
    "a:1:hd:yes", "o:1:exp:alcohol:1", "f:1:exp", "b:1:hd", "k:1:pk", "e:1:pk", "rv:1",
    "sd:1",
    "dn", "dm:2026-03-01", "dd:2026-03-02", "df:2026-03-01:no", "dx",
    "nk:1:2026-03-02", "nd:1", "ns:2026-03-02", "ne:1:0", "ne:1:1",
    "sf:1:no", "wt", "wx", "wa:1", "wn:1", "wb:1",
    "an", "am:1", "ak:1:unlisted:1", "ax:1", "ar:1:some", "as:1", "ao:1", "aw:1", "ae:1:1",
    "sy:2026-03-02:0", "sy:2026-03-02:1", "sz:2026-03-02:0", "sz:2026-03-02:1",
    "al", "aq:1", "az", "ay", "fl:1", "fl:9", "wd:1:called", "up:1:today", "mi:1",
    "r:1", "co:1", "co:0",
    "rs", "rg:Asia:0", "z:Asia/Tokyo", "ts", "at:0800", "sq", "st:1", "st:0", "re",
    "pg", "pa", "pb:visual:1", "pn", "pe", "pd", "pl:1", "pp", "pc:sleep", "pf", "ph:daily",
    "pt:0", "pv:7", "px", "ol:medicine", "oa:medicine", "om", "ow:1", "on:1", "ou:1", "ox:1",
    "oc:1", "od:1:triptan", "op:1", "ob:1", "la", "sp:xx",
)  # fmt: skip
COORDINATORS_BUTTONS = (
    "in:en:K-1", "tk:1", "cl:1", "hi:1", "ha:1", "ht:1:1", "cb:1",
    "lk:1", "lz:0", "lz:1", "cd:1:advised", "ss", "ps:0", "se:1",
    "mo:1:0:2026-04-01", "d:1:0:2026-04-01", "s:1:0:20260401T0900", "bk:1:0:20260401T0900",
    "ca:1:0", "ca:1:1", "sa:1", "ro:all:0", "rp", "kc:1",
    "kx:0", "kx:1",
    "km:1:0", "kp:1:7:0", "kr:1:cancer:1:0", "kd:1:0",
    "ks:1:0", "kt:1:0", "ka:1:phq9:0", "kb:1:phq9:1:0", "ku:1:0",
    "tl:0", "tf", "ti", "tm:1", "tr:1:0", "tr:1:1", "dy", "do:0", "do:1", "dq:20:7", "dh:1",
    "ws:1", "wo:1", "wy:1", "wz:1",
)  # fmt: skip
GARBAGE = (
    "a", "a:", "a:1:hd", "a:1:hd:no:more", "a:x:hd:no", "a:-1:hd:no", "a:01:hd:no", "a:٣:hd:no",
    "a:1:mood:no", "a:1:hd:maybe", "a:1:pk:11", "a:999999:hd:no",
    "a:999999999999999999999:hd:no", "o:1:exp:alcohol:2", "o:1:exp:luck:1", "f:1:hd", "b:1:mood",
    "mi:999999",
    "fl:0", "fl:8", "fl:20", "fl:99", "wd:1:raised", "wd:1:x", "up:1:x", "az:1",
    "r:-1", "co:yes", "rg:Narnia:0", "z:Nowhere/City", "z:../../etc/passwd",
    "at:2561", "at:1930+0200", "at:19:30", "zz:1", "\N{SLIGHTLY SMILING FACE}", ":", "%s", "A:1",
    "al:1", "'; DROP TABLE patients; --",
)  # fmt: skip


async def refusals(world: World) -> list[tuple[str, str]]:
    """Who was refused which button, by the audit log, oldest first."""
    found = reversed(await rows.audit(world))
    return [(one.actor, one.subject) for one in found if one.action is Action.TAP_REFUSED]


async def ann_and_ben(world: World) -> tuple[Person, Person, Person]:
    """A coordinator, and two patients with an escalation of Ben's."""
    carol, ann, ben = await world.joined("Ann", "Ben", coordinators=("Carol",))
    await ben.alarms()
    ben.sees("Call 112 now")
    ben.sees("Your care team has been told")
    carol.sees("EMERGENCY", ben.code)
    return carol, ann, ben


def test_every_button_is_forged_here() -> None:
    tags = {data.partition(":")[0] for data in (*PATIENTS_BUTTONS, *COORDINATORS_BUTTONS)}
    assert tags == set(TAGS) - {"-"}


async def test_a_tap_on_another_patients_check_in_is_refused(world: World) -> None:
    _, ann, ben = await ann_and_ben(world)
    bens = (await rows.checkins(world, ben))[0].id
    prompt = ann.message("Time for your check-in")["message_id"]

    for data in (f"a:{bens}:hd:yes", f"o:{bens}:exp:alcohol:1", f"f:{bens}:exp", f"b:{bens}:hd"):
        assert ann.notice(await ann.forges(data, on=prompt)) == NOT_FOR_YOU

    assert await rows.history(world, ben) == []
    assert await rows.history(world, ann) == []
    assert ann.message("Time for your check-in")["versions"] == []
    assert await refusals(world) == [(f"chat:{ann.id}", f"button:{tag}") for tag in "aofb"]


async def test_a_patient_cannot_call_anothers_alarm_a_mistake(world: World) -> None:
    carol, ann, _ = await ann_and_ben(world)

    query = await ann.forges("mi:1")

    assert ann.notice(query) == NOT_FOR_YOU
    assert "mistake" not in carol.message("EMERGENCY")["text"]


async def test_a_patient_cannot_use_a_coordinators_buttons(world: World) -> None:
    carol, ann, _ = await ann_and_ben(world)
    before = await rows.stored(world, besides=("inbox", "audit", "heartbeats"))

    for data in COORDINATORS_BUTTONS:
        assert ann.notice(await ann.forges(data)) == NOT_FOR_YOU, data

    assert await rows.stored(world, besides=("inbox", "audit", "heartbeats")) == before
    assert "Nobody has taken it yet" in carol.message("EMERGENCY")["text"]
    tags = [data.partition(":")[0] for data in COORDINATORS_BUTTONS]
    assert await refusals(world) == [(f"chat:{ann.id}", f"button:{tag}") for tag in tags]


async def test_a_coordinator_cannot_use_a_patients_buttons(world: World) -> None:
    carol, ann, _ = await ann_and_ben(world)
    before = await rows.stored(world, besides=("inbox", "audit", "heartbeats"))

    for data in PATIENTS_BUTTONS:
        assert carol.notice(await carol.forges(data)) in {NOT_FOR_YOU, NO_LONGER}, data

    assert await rows.stored(world, besides=("inbox", "audit", "heartbeats")) == before
    assert await rows.history(world, ann) == []
    assert len(await refusals(world)) == len(PATIENTS_BUTTONS)


async def test_a_stranger_cannot_use_any_button(world: World) -> None:
    await ann_and_ben(world)
    sam = world.stranger("Sam")
    await sam.says("Hello")
    sam.sees("This chat is for patients of a clinic")
    before = await rows.stored(world, besides=("inbox", "audit", "heartbeats"))

    for data in (*PATIENTS_BUTTONS, *COORDINATORS_BUTTONS):
        assert sam.notice(await sam.forges(data)) in {NOT_FOR_YOU, NO_LONGER}, data

    assert await rows.stored(world, besides=("inbox", "audit", "heartbeats")) == before
    sam.sees_nothing_more()


async def test_garbage_is_refused_in_one_sentence(world: World) -> None:
    _, ann, _ = await ann_and_ben(world)
    before = await rows.stored(world, besides=("inbox", "audit", "heartbeats"))

    for data in GARBAGE:
        assert ann.notice(await ann.forges(data)) == NO_LONGER, data

    assert await rows.stored(world, besides=("inbox", "audit", "heartbeats")) == before
    assert len(await refusals(world)) == len(GARBAGE)
    assert (f"chat:{ann.id}", "button:unknown") in await refusals(world)


@pytest.mark.parametrize(
    "data",
    [
        "in:xx:K-1",
        "in:en:<b>",
        "cd:1:forgotten",
        "ps:x",
        "tk:999999",
        "ro:none:0",
        "ro:all:x",
        "kc:9999",
        "dq:3:4",
        "dh:9999",
        "kp:1:4:0",
        "kp:9999:7:0",
        "kr:1:luck:1:0",
        "ks:9999:0",
        "ka:1:luck:0",
        "ka:9999:phq9:0",
        "ku:9999:0",
        "tf",
        "ti",
        "tr:1:1",
    ],
)
async def test_garbage_of_a_coordinator_is_refused_too(world: World, data: str) -> None:
    carol, _, _ = await ann_and_ben(world)
    before = await rows.stored(world, besides=("inbox", "audit", "heartbeats"))

    notice = carol.notice(await carol.forges(data))

    assert notice
    assert await rows.stored(world, besides=("inbox", "audit", "heartbeats")) == before


async def test_nothing_is_set_before_the_consent(world: World) -> None:
    carol = await world.coordinator()
    token = await world.invited(carol)
    ann = world.stranger("Ann")
    await ann.says(f"/start {token}")
    ann.sees("1 of 3")

    for data in ("z:Asia/Tokyo", "at:0800", "al", "pg", "pb:visual:1", "pn", "pc:sleep", "pv:7"):
        assert ann.notice(await ann.forges(data)) == NOT_FOR_YOU

    patient = await rows.patient(world, ann)
    assert patient.consented_at is None
    assert patient.zone == "Europe/Berlin"


async def test_65_bytes_from_the_wire_are_refused(world: World) -> None:
    """The simulator, like Telegram, would not carry them: they come past it."""
    _, ann, _ = await ann_and_ben(world)
    prompt = ann.message("Time for your check-in")["message_id"]
    before = await rows.history(world, ann)

    await world.respite.intake.receive([oversized(ann, prompt)])
    await world.settle()

    assert await rows.history(world, ann) == before
    assert await refusals(world) == [(f"chat:{ann.id}", "button:a")]
    answers = [one for one in world.control.calls if one.method == "answerCallbackQuery"]
    assert answers[-1].params["text"] == NO_LONGER


def oversized(person: Person, message_id: int) -> dict[str, object]:
    """An update with a tap of 65 bytes."""
    who = {"id": person.id, "is_bot": False, "first_name": person.name, "language_code": "en"}
    chat = {"id": person.id, "type": "private", "first_name": person.name}
    return {
        "update_id": 999_999_999,
        "callback_query": {
            "id": "4711",
            "from": who,
            "message": {"message_id": message_id, "date": 0, "chat": chat},
            "chat_instance": "1",
            "data": "a:1:hd:" + "n" * 58,
        },
    }
