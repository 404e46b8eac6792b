"""Whatever a bot sends, the answer is Telegram's: a result or a refusal, never a crash."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import given, strategies as st

from simulator import spec
from simulator.clock import FrozenSource, VirtualClock
from simulator.errors import ApiError
from simulator.methods import METHODS
from simulator.methods.requests import Request
from simulator.server import Simulator
from tests.simulator.description import check_call

FIELDS = st.sampled_from(
    [
        *("type", "chat_id", "user_id", "message_id", "text", "callback_data", "url", "style"),
        *("disabled", "inline_keyboard", "media", "caption", "parse_mode", "command"),
        *("description", "offset", "length"),
    ]
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.sampled_from([5_000_001, 5_000_002, -4_000_001, 1, 2, 3]),
    st.sampled_from(["", "HTML", "chat", "chat_member", "photo", "attach://x", "<b>a</b>", "{}"]),
    st.text(max_size=5),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=4),
    max_leaves=8,
)


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    method = draw(st.sampled_from(sorted(METHODS)))
    names = st.sampled_from(sorted(spec.parameters(method)) or ["nothing"])
    params = draw(st.dictionaries(names, VALUES, max_size=5))
    if "chat_id" in spec.parameters(method) and draw(st.booleans()):
        params["chat_id"] = draw(st.sampled_from([5_000_001, -4_000_001]))
    if "text" in spec.parameters(method) and draw(st.booleans()):
        params["text"] = "hello"
    return method, params


@given(st.lists(calls(), max_size=8))
def test_no_request_breaks_the_simulator(wanted: list[tuple[str, dict[str, Any]]]) -> None:
    source = FrozenSource(datetime(2026, 9, 1, tzinfo=UTC))
    sim = Simulator(clock=VirtualClock(source))
    ann = sim.control.create_user("Ann")
    sim.control.create_user("Bea")
    sim.control.send(ann, "/start")
    sim.control.create_group("Team", [ann])
    for method, raw in wanted:
        defects: list[str] = []
        try:
            params = spec.read(method, raw, defects)
            result = METHODS[method](sim.state, Request(params))
        except ApiError:
            continue
        wrong = [words for words in check_call(method, {}, result) if "result" in words]
        assert wrong == []
    for chat_id in (ann, -4_000_001):
        sim.control.transcript(chat_id, user_id=ann)
