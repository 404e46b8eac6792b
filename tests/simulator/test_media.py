"""Pictures and files: limits, ids, downloads."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from simulator.media import LARGEST_DOWNLOAD, LARGEST_PHOTO, LARGEST_UPLOAD, image_size
from simulator.samples import PIXEL
from tests.simulator.test_ptb import png

if TYPE_CHECKING:
    from tests.simulator.conftest import Phone

JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    b"\xff\xc0\x00\x11\x08\x00\x20\x00\x40\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01"
)


async def upload(
    phone: Phone, method: str, content: bytes, *, name: str = "x.png", **fields: str
) -> dict[str, Any]:
    form = aiohttp.FormData({key: str(value) for key, value in fields.items()})
    kind = "photo" if method == "sendPhoto" else "document"
    form.add_field(kind, io.BytesIO(content), filename=name)
    address = f"{phone.url}/bot{phone.sim.token}/{method}"
    async with phone.session.post(address, data=form) as answer:
        found: dict[str, Any] = await answer.json()
        return found


def test_sizes_are_read_from_the_picture() -> None:
    assert image_size(png(7, 5)) == (7, 5)
    assert image_size(b"GIF89a\x07\x00\x05\x00") == (7, 5)
    assert image_size(JPEG) == (64, 32)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "file must be non-empty"),
        (b"text", "IMAGE_PROCESS_FAILED"),
        (b"\xff\xd8\xff\xd9", "IMAGE_PROCESS_FAILED"),
        (png(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (PIXEL[:16] + b"\0\0\x20\0\0\0\x10\0" + PIXEL[24:], "PHOTO_INVALID_DIMENSIONS"),
        (
            PIXEL + bytes(LARGEST_PHOTO),
            (
                f"file of size {LARGEST_PHOTO + len(PIXEL)} bytes is too big for a photo; "
                f"the maximum size is {LARGEST_PHOTO} bytes"
            ),
        ),
    ],
    ids=["empty", "text", "broken", "long", "large", "heavy"],
)
async def test_photos_telegram_refuses(phone: Phone, content: bytes, words: str) -> None:
    ann = phone.person()
    refused = await upload(phone, "sendPhoto", content, chat_id=str(ann))
    assert refused["description"] == f"Bad Request: {words}"


async def test_a_file_may_have_fifty_megabytes_to_send_and_twenty_to_fetch(phone: Phone) -> None:
    ann = str(phone.person())
    heavy = await upload(phone, "sendDocument", bytes(LARGEST_DOWNLOAD + 1), chat_id=ann)
    file_id = heavy["result"]["document"]["file_id"]
    assert await phone.refusal("getFile", file_id=file_id) == "Bad Request: file is too big"
    too_heavy = await upload(phone, "sendDocument", bytes(LARGEST_UPLOAD + 1), chat_id=ann)
    assert (too_heavy["error_code"], too_heavy["description"]) == (413, "Request Entity Too Large")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "there is no photo in the request"),
        ("attach://nothing", "there is no photo in the request"),
        ("https://example.org/x.png", "failed to get HTTP URL content"),
        ("AgACunknown", "wrong file identifier/HTTP URL specified"),
    ],
)
async def test_a_photo_that_is_not_there(phone: Phone, value: str | None, words: str) -> None:
    ann = phone.person()
    if value is None:
        phone.expected_defects = ["sendPhoto: required parameter photo is missing"]
    assert await phone.refusal("sendPhoto", chat_id=ann, photo=value) == f"Bad Request: {words}"


async def test_a_file_is_only_what_it_was_sent_as(phone: Phone) -> None:
    ann = phone.person()
    sent = await upload(phone, "sendDocument", b"a,b", name="x.csv", chat_id=str(ann))
    document = sent["result"]["document"]
    assert (document["file_name"], document["mime_type"]) == ("x.csv", "text/csv")
    assert await phone.refusal("sendPhoto", chat_id=ann, photo=document["file_id"]) == (
        "Bad Request: can't use file of type Document as Photo"
    )
    again = await phone.result("sendDocument", chat_id=ann, document=document["file_id"])
    assert again["document"] == document


async def test_media_and_text_are_edited_apart(phone: Phone) -> None:
    ann = phone.person()
    sent = await upload(phone, "sendPhoto", PIXEL, chat_id=str(ann), caption="one")
    which = {"chat_id": ann, "message_id": sent["result"]["message_id"]}
    assert await phone.refusal("editMessageText", **which, text="x") == (
        "Bad Request: there is no text in the message to edit"
    )
    too_long = await phone.refusal("editMessageCaption", **which, caption="a" * 1025)
    assert too_long == "Bad Request: message caption is too long"
    edited = await phone.result("editMessageCaption", **which, caption="two")
    assert edited["caption"] == "two"
    bare = await phone.result("editMessageCaption", **which)
    assert "caption" not in bare
    assert await phone.refusal("editMessageMedia", **which, media={"type": "audio"}) == (
        "Bad Request: unsupported input media type specified"
    )


async def test_files_come_back_over_both_addresses(phone: Phone) -> None:
    ann = phone.person()
    await upload(phone, "sendPhoto", PIXEL, chat_id=str(ann))
    await upload(phone, "sendDocument", b"<svg/>", name="x.svg", chat_id=str(ann))
    photo, document = phone.sim.control.transcript(ann)["messages"][1:]
    assert photo["photo"]["width"] == 1
    assert (document["document"]["file_name"], document["document"]["size"]) == ("x.svg", 6)
    async with phone.session.get(phone.url + photo["photo"]["url"]) as answer:
        assert (answer.content_type, await answer.read()) == ("image/png", PIXEL)
    async with phone.session.get(phone.url + document["document"]["url"]) as answer:
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="x.svg"'
    for path in (f"/file/bot{phone.sim.token}/photos/none.png", "/file/botx/photos/file_1.png"):
        async with phone.session.get(phone.url + path) as answer:
            assert answer.status in (401, 404)
