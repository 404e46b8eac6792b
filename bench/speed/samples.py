"""What Telegram would send: a person's tap, and the message that it changes."""

from __future__ import annotations

from typing import Any

import orjson

TOKEN = "123456789:AAbenchbenchbenchbenchbenchbenchbench"  # noqa: S105 - nobody's
BOT = {"id": 123456789, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
NO_WEBHOOK = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
FIRST_CHAT = 5_000_000_001
MESSAGE_ID = 4_711
DATE = 1_790_000_000

_LABELS = (
    ("No headache today", "success"),
    ("Yes, a headache", "primary"),
    ("Yes, still from yesterday", "primary"),
    ("Too ill to answer", "primary"),
    ("⚠ Something is alarming", "danger"),
)
_BUTTONS = [
    [{"text": text, "callback_data": f"a:1:hd:{number}", "style": style}]
    for number, (text, style) in enumerate(_LABELS)
]

DAY = (
    "a:{checkin}:hd:yes",
    "a:{checkin}:pk:6",
    "a:{checkin}:dur:4to12h",
    "o:{checkin}:med:unlisted:1",
    "f:{checkin}:med",
    "a:{checkin}:rel:some",
    "o:{checkin}:feat:light:1",
    "f:{checkin}:feat",
    "o:{checkin}:aura:visual:1",
    "f:{checkin}:aura",
    "a:{checkin}:aura_min:5to60",
    "a:{checkin}:fn:reduced",
    "o:{checkin}:exp:stress_high:1",
    "f:{checkin}:exp",
    "b:{checkin}:exp",
    "o:{checkin}:exp:stress_high:0",
    "f:{checkin}:exp",
    "b:{checkin}:hd",
    "a:{checkin}:hd:no",
    "b:{checkin}:hd",
)
"""One patient's taps, over and over: a headache with all that is asked, then changes of mind."""


def person(chat_id: int) -> dict[str, Any]:
    """Somebody with a phone."""
    return {"id": chat_id, "is_bot": False, "first_name": "Ann", "language_code": "en"}


def chat(chat_id: int) -> dict[str, Any]:
    """Their private chat with the bot."""
    return {"id": chat_id, "first_name": "Ann", "type": "private"}


def message(chat_id: int, message_id: int) -> dict[str, Any]:
    """A message of the bot's."""
    return {
        "message_id": message_id,
        "from": BOT,
        "chat": chat(chat_id),
        "date": DATE,
        "text": "Monday 21 September\n\n✓ Headache\n\nHow bad was the pain at its worst?",
        "entities": [{"type": "bold", "offset": 0, "length": 19}],
        "has_protected_content": True,
        "reply_markup": {"inline_keyboard": _BUTTONS},
    }


def tap_of(chat_id: int) -> tuple[bytes, bytes, bytes]:
    """A callback query in three pieces; update id and query id, then data go between them."""
    query = {
        "id": "ID",
        "from": person(chat_id),
        "message": message(chat_id, MESSAGE_ID),
        "chat_instance": "-3141592653589793238",
        "data": "DATA",
    }
    head, _, rest = orjson.dumps(query).partition(b'"ID"')
    middle, _, tail = rest.partition(b'"DATA"')
    return head, middle, tail
