from __future__ import annotations

import asyncio
import io
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib.image
import numpy as np
import pytest
from playwright.async_api import expect

from tests.page.conftest import message, phone

if TYPE_CHECKING:
    from playwright.async_api import Locator

    from tests.page.conftest import Bot, OpenPage

pytestmark = pytest.mark.page


async def test_a_picture_is_shown_and_can_be_enlarged(bot: Bot, open_page: OpenPage) -> None:
    ann = await bot.person()
    page = await open_page()
    sent = await bot.upload(
        "sendPhoto", "photo", "week.png", _picture(), chat_id=str(ann), caption="Your week"
    )

    picture = message(page, ann, sent["message_id"]).get_by_role("button", name="Enlarge")
    await expect(picture.get_by_role("img")).to_have_js_property("naturalWidth", 120)
    await expect(message(page, ann, sent["message_id"])).to_contain_text("Your week")
    await picture.click()
    await expect(page.get_by_role("dialog", name="Picture")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_a_document_can_be_saved(bot: Bot, open_page: OpenPage) -> None:
    ann = await bot.person()
    page = await open_page()
    sent = await bot.upload(
        "sendDocument", "document", "infusion.ics", b"BEGIN:VCALENDAR", chat_id=str(ann)
    )

    link = message(page, ann, sent["message_id"]).get_by_role("link", name="infusion.ics")
    async with page.expect_download() as download:
        await link.click()
    saved = await download.value
    assert saved.suggested_filename == "infusion.ics"
    content = await asyncio.to_thread(Path(await saved.path()).read_bytes)
    assert content == b"BEGIN:VCALENDAR"


async def test_formatted_text_looks_formatted(bot: Bot, open_page: OpenPage) -> None:
    ann = await bot.person()
    page = await open_page("/?tz=Asia/Kathmandu")
    text = (
        "<b>Infusion</b> <tg-time unix='1790325000' format='wDt'>soon</tg-time>\n"
        "<blockquote expandable>one\ntwo\nthree\nfour\nfive</blockquote>\n"
        "<tg-spoiler>hidden</tg-spoiler>"
    )
    sent = message(page, ann, await bot.says(ann, text, parse_mode="HTML", protect_content=True))

    await expect(sent.locator("b")).to_have_text("Infusion")
    await expect(sent.locator(".moment")).to_have_text("Friday, 25 September 2026, 14:15")
    await expect(sent.get_by_role("img", name="protected")).to_be_visible()
    await sent.get_by_role("button", name="Show all").click()
    await expect(sent.get_by_role("button", name="Show less")).to_be_visible()
    await sent.get_by_role("button", name="Hidden text").click()
    await expect(sent.locator(".spoiler-open")).to_have_text("hidden")


async def test_a_deleted_message_goes(bot: Bot, open_page: OpenPage) -> None:
    ann = await bot.person()
    sent = await bot.says(ann, "By mistake")
    page = await open_page()
    await expect(message(page, ann, sent)).to_be_visible()

    await bot.call("deleteMessage", chat_id=ann, message_id=sent)

    await expect(message(page, ann, sent)).to_have_count(0)


async def test_a_chat_sticks_to_its_end_only_while_it_is_there(
    bot: Bot, open_page: OpenPage
) -> None:
    ann = await bot.person()
    bot.sim.state.floods.enabled = False
    for number in range(30):
        await bot.says(ann, f"Line {number}")
    page = await open_page()
    scroller = phone(page, ann).locator(".conversation__scroller")
    await bot.says(ann, "The end")
    await expect(phone(page, ann).get_by_text("The end")).to_be_in_viewport()

    await scroller.evaluate("node => { node.scrollTop = 200; }")
    latest = phone(page, ann).get_by_role("button", name="To the latest message")
    await expect(latest).to_be_visible()
    await bot.says(ann, "Further on")
    await expect(latest).to_contain_text("1")
    assert await scroller.evaluate("node => node.scrollTop") == 200
    await expect(page).to_have_title("(1) Respite · a Telegram on your laptop")

    await latest.click()
    await expect(phone(page, ann).get_by_text("Further on")).to_be_in_viewport()
    await expect(page).to_have_title("Respite · a Telegram on your laptop")


async def test_a_hidden_phone_and_another_chat_count_what_is_unread(
    bot: Bot, open_page: OpenPage
) -> None:
    ann, carol = await bot.person("Ann"), await bot.person("Carol")
    team = bot.sim.control.create_group("Care team", [carol])
    page = await open_page()
    chip = page.locator(f'.people__chip[data-user="{ann}"]')

    await chip.click()
    await expect(phone(page, ann)).to_be_hidden()
    await bot.says(ann, "Time for your check-in")
    await expect(chip.locator(".unread")).to_have_text("1")
    await chip.click()
    await expect(phone(page, ann)).to_be_visible()
    await expect(chip.locator(".unread")).to_be_hidden()

    await bot.says(team, "Ann is worse")
    tab = phone(page, carol).get_by_role("button", name="Care team")
    await expect(tab.locator(".unread")).to_have_text("1")
    await tab.click()
    await expect(phone(page, carol).get_by_text("Ann is worse")).to_be_visible()
    await expect(tab.locator(".unread")).to_be_hidden()


async def test_what_happened_while_the_line_was_down_is_read_afterwards(
    bot: Bot, open_page: OpenPage
) -> None:
    ann = await bot.person()
    page = await open_page()
    await bot.sim.stop()
    await expect(page.get_by_text("The simulator does not answer")).to_be_visible()

    bot.sim.control.send(ann, "Written in the gap")
    await bot.sim.start(port=int(bot.url.rsplit(":", 1)[1]))

    await expect(phone(page, ann).get_by_text("Written in the gap")).to_be_visible()
    await expect(page.get_by_text("The simulator does not answer")).to_be_hidden()


async def test_the_page_is_dark_when_the_system_is_and_can_be_turned(
    bot: Bot, open_page: OpenPage
) -> None:
    await bot.person()
    page = await open_page(color_scheme="dark")
    assert await _brightness(page.locator("body")) < 40

    await page.get_by_role("button", name="Turn the lights on").click()
    assert await _brightness(page.locator("body")) > 200
    await page.reload()
    await expect(page.locator("html")).to_have_attribute("data-theme", "light")


async def test_a_narrow_screen_shows_one_phone_at_a_time(bot: Bot, open_page: OpenPage) -> None:
    ann, carol = await bot.person("Ann"), await bot.person("Carol")
    await bot.says(ann, "Pain?", [str(number) for number in range(6)])
    page = await open_page(width=390)
    await expect(phone(page, ann)).to_be_visible()
    await expect(phone(page, carol)).to_be_hidden()
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    for box in [await one.bounding_box() for one in await _buttons(phone(page, ann))]:
        assert box is not None
        assert box["height"] >= 44
        assert box["width"] >= 44

    await bot.says(carol, "EMERGENCY")
    tab = page.get_by_role("button", name="Carol")
    await expect(tab.locator(".unread")).to_have_text("1")
    await tab.click()
    await expect(phone(page, ann)).to_be_hidden()
    await expect(phone(page, carol).get_by_text("EMERGENCY")).to_be_visible()


async def test_the_keyboard_alone_answers_question_after_question(
    bot: Bot, open_page: OpenPage
) -> None:
    ann = await bot.person()
    page = await open_page(reduced_motion="reduce")
    asked = await bot.says(ann, "Pain?", ["None", "Some"])
    await message(page, ann, asked).get_by_role("button", name="Some").focus()
    await page.keyboard.press("Enter")
    await bot.hears("callback_query")
    await bot.call("editMessageText", chat_id=ann, message_id=asked, text="Aura?", **_rows())

    await expect(message(page, ann, asked).get_by_role("button", name="No")).to_be_focused()
    await page.keyboard.press("Enter")
    assert (await bot.hears("callback_query"))["data"] == "No"


def _rows() -> dict[str, object]:
    row = [{"text": label, "callback_data": label} for label in ("Yes", "No")]
    return {"reply_markup": {"inline_keyboard": [row]}}


async def _buttons(screen: Locator) -> list[Locator]:
    return await screen.locator(".keyboard__button").all()


async def _brightness(node: Locator) -> float:
    colour = await node.evaluate("node => getComputedStyle(node).backgroundColor")
    red, green, blue = (int(part) for part in colour[4:-1].split(", "))
    return (red + green + blue) / 3


def _picture() -> bytes:
    out = io.BytesIO()
    matplotlib.image.imsave(out, np.full((80, 120, 3), 200, dtype=np.uint8), format="png")
    return out.getvalue()
