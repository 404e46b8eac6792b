"""Updates fetched or pushed, and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator import webhooks
from simulator.errors import bad_request, webhook_is_set
from simulator.media import LARGEST_DOWNLOAD

if TYPE_CHECKING:
    from simulator.methods.requests import Request
    from simulator.state import State


async def get_updates(state: State, request: Request) -> list[dict[str, Any]]:
    """Give updates, waiting for them in real time."""
    if state.webhook is not None:
        raise webhook_is_set()
    params = request.params
    state.updates.allow(params.get("allowed_updates"))
    return await state.updates.poll(
        offset=params.get("offset", 0),
        limit=params.get("limit", 100),
        seconds=params.get("timeout", 0),
    )


def set_webhook(state: State, request: Request) -> bool:
    """Have updates delivered; an empty address means no longer."""
    if not request.params.get("url"):
        return delete_webhook(state, request)
    webhook = webhooks.checked(request.params)
    state.updates.allow(request.params.get("allowed_updates"))
    if request.params.get("drop_pending_updates"):
        state.updates.drop_all()
    state.updates.end_poll_for_webhook()
    state.webhook = webhook
    state.updates.tell()
    return True


def delete_webhook(state: State, request: Request) -> bool:
    """Have updates kept until they are fetched."""
    if request.params.get("drop_pending_updates"):
        state.updates.drop_all()
    state.webhook = None
    state.updates.tell()
    return True


def get_webhook_info(state: State, _: Request) -> dict[str, Any]:
    """Say where updates go and how that went."""
    webhook = state.webhook
    info: dict[str, Any] = {
        "url": "" if webhook is None else webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(state.updates.pending()),
    }
    if webhook is not None:
        info |= webhook.describe()
    if state.updates.allowed is not None:
        info["allowed_updates"] = sorted(state.updates.allowed)
    return info


def get_file(state: State, request: Request) -> dict[str, Any]:
    """Say where a file can be downloaded."""
    stored = state.files.get(request.params.get("file_id"))
    if len(stored.content) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return {**stored.describe(), "file_path": stored.path}
