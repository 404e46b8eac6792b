"""Taps answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.errors import bad_request
from simulator.queries import shown

if TYPE_CHECKING:
    from simulator.methods.requests import Request
    from simulator.state import State

LONGEST_ANSWER = 200


def answer_callback_query(state: State, request: Request) -> bool:
    """Answer a tap, once and in time."""
    if len(request.params.get("text", "")) > LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    query = state.queries.close(request.params.get("callback_query_id"), state.clock.now())
    if state.events.heard:
        state.events.publish(shown(request.params, query))
    return True
