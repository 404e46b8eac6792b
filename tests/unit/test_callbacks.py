from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, get_type_hints
from zoneinfo import available_timezones

import pytest
from hypothesis import given, strategies as st

from bot import payloads
from bot.callbacks import LIMIT_BYTES, BadPayloadError, decode, encode
from bot.payloads.tags import TAGS
from care.escalation import Closing
from care.question_sets import DAILY
from care.questions import Item

if TYPE_CHECKING:
    from bot.payloads import Payload

LARGEST_ID = 2**53
words = st.text(st.characters(codec="utf-8", exclude_characters=":"), max_size=20)
values: dict[type, st.SearchStrategy[Any]] = {
    int: st.integers(0, LARGEST_ID),
    str: words.filter(lambda word: len(word.encode()) <= 20),
    bool: st.booleans(),
    date: st.dates(),
    time: st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    datetime: st.datetimes(datetime(1970, 1, 1)).map(  # noqa: DTZ001 - the clinic's clock
        lambda at: at.replace(second=0, microsecond=0)
    ),
}


def built(kind: type[Payload]) -> st.SearchStrategy[Payload]:
    hints = get_type_hints(kind)
    return st.builds(kind, *(values[hints[field.name]] for field in fields(kind)))


everything = st.sampled_from(list(TAGS.values())).flatmap(built)


def fits(payload: Payload) -> bool:
    try:
        return bool(encode(payload))
    except ValueError:
        return False


@given(everything.filter(fits))
def test_every_payload_comes_back_as_it_was(payload: Payload) -> None:
    data = encode(payload)

    assert decode(data) == payload
    assert 1 <= len(data.encode()) <= LIMIT_BYTES


@pytest.mark.parametrize("tag", TAGS)
def test_every_kind_comes_back_under_its_own_tag(tag: str) -> None:
    @given(built(TAGS[tag]).filter(fits))
    def law(payload: Payload) -> None:
        assert encode(payload).partition(":")[0] == tag
        assert decode(encode(payload)) == payload

    law()


def test_every_kind_of_tap_has_one_tag() -> None:
    kinds = {
        kind
        for kind in vars(payloads).values()
        if isinstance(kind, type)
        and is_dataclass(kind)
        and kind.__module__.startswith(payloads.__name__)
    }

    assert set(TAGS.values()) == kinds
    assert len(set(TAGS.values())) == len(TAGS)


LONGEST = [
    *(
        payloads.Option(LARGEST_ID, question.item, value, chosen=False)
        for question in DAILY
        for value in question.options
    ),
    *(payloads.Closed(LARGEST_ID, closing) for closing in Closing),
    *(payloads.Back(LARGEST_ID, item) for item in Item),
    payloads.Invite("de", "A" * 12),
    payloads.Book(LARGEST_ID, LARGEST_ID, datetime(2026, 5, 12, 13, 0)),  # noqa: DTZ001 - likewise
    payloads.Month(LARGEST_ID, LARGEST_ID, date.min),
]


@pytest.mark.parametrize("payload", LONGEST, ids=repr)
def test_the_largest_ids_leave_room_for_every_code(payload: Payload) -> None:
    assert decode(encode(payload)) == payload


def test_every_zone_fits_into_a_button() -> None:
    assert all(fits(payloads.Zone(name)) for name in available_timezones())


def test_64_bytes_fit_and_65_do_not() -> None:  # telegram facts, 1
    assert len(encode(payloads.Zone("x" * 62))) == LIMIT_BYTES
    with pytest.raises(ValueError, match="Zone payload takes at most 64 bytes"):
        encode(payloads.Zone("x" * 63))


def test_the_limit_is_of_bytes_not_of_letters() -> None:
    assert len(encode(payloads.Zone("ä" * 31)).encode()) == LIMIT_BYTES
    with pytest.raises(ValueError, match="at most 64 bytes"):
        encode(payloads.Zone("ä" * 32))


GARBAGE = [
    "",
    ":",
    "x",
    "zz:1",  # a tag that we do not use
    "A:1:hd:yes",
    "a",
    "a:1:hd",  # too little
    "a:1:hd:yes:1",  # too much
    "a:one:hd:yes",
    "a:-1:hd:yes",
    "a:1.0:hd:yes",
    "a: 1:hd:yes",
    "a:٣:hd:yes",  # a digit, but not of ours
    "a:01:hd:yes",  # we would not have written it so
    "a:" + "9" * 19 + ":hd:yes",  # more than a row id can be
    "o:1:aura:visual:2",
    "o:1:aura:visual:True",
    "at:25:00",
    "at:2500",
    "at:19:30",
    "at:193000",
    "at:1930Z",
    "d:1:0:2026-02-30",
    "d:1:0:20260302",
    "s:1:0:20260302T0930Z",
    "s:1:0:2026-03-02T09:30",
    "al:",
    "-:1",
    "z:" + "x" * 63,  # 65 bytes
    "z:" + "ä" * 32,
]


@pytest.mark.parametrize("data", GARBAGE)
def test_what_we_would_not_have_written_is_refused(data: str) -> None:
    with pytest.raises(BadPayloadError, match="not one of ours"):
        decode(data)


@given(st.text(max_size=70) | st.from_regex(r"(a|o|f|at|d|s|bk|mo|st|z):[0-9a-z:T-]{0,60}"))
def test_whatever_decodes_is_what_we_write(data: str) -> None:
    try:
        payload = decode(data)
    except BadPayloadError:
        return
    assert encode(payload) == data
