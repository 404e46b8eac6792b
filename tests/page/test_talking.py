from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.page.conftest import keyboard, message, phone

if TYPE_CHECKING:
    from tests.page.conftest import Bot, OpenPage

pytestmark = pytest.mark.page


async def test_the_first_phone_joins_by_its_invite_link(bot: Bot, open_page: OpenPage) -> None:
    page = await open_page()
    await expect(page.get_by_role("heading", name="No phones yet")).to_be_visible()

    await page.get_by_role("button", name="Add the first phone").click()
    await page.get_by_label("Name").fill("Zoë")
    await page.get_by_label("Language of the phone").select_option("es")
    await page.get_by_label("Invite link").fill("https://t.me/SomeOtherBot?start=abc")
    await page.get_by_role("button", name="Add phone").click()
    await expect(page.get_by_role("alert")).to_contain_text("no link to Respite")
    await page.get_by_label("Invite link").fill("https://t.me/RespiteDemoBot?start=abc")
    await page.get_by_role("button", name="Add phone").click()

    heard = await bot.hears()
    assert heard["text"] == "/start abc"
    assert heard["from"]["first_name"] == "Zoë"
    assert heard["from"]["language_code"] == "es"
    hello = await bot.says(heard["chat"]["id"], "Hola")
    await expect(message(page, heard["chat"]["id"], hello)).to_contain_text("Hola")


@pytest.mark.parametrize(
    "link",
    ["https://t.me/RespiteDemoBot?start=INV-1", "tg://resolve?domain=respitedemobot&start=INV-1"],
)
async def test_an_invite_in_a_message_opens_on_the_phone_that_is_chosen(
    bot: Bot, open_page: OpenPage, link: str
) -> None:
    carol, ann = await bot.person("Carol"), await bot.person("Ann")
    page = await open_page()
    await bot.says(carol, f"Invite a patient: {link}.")

    await phone(page, carol).get_by_role("link", name=link, exact=True).click()
    await page.get_by_role("radio", name="Ann").check()
    await page.get_by_role("button", name="Open", exact=True).click()

    heard = await bot.hears()
    assert (heard["from"]["id"], heard["text"]) == (ann, "/start INV-1")


async def test_an_invite_opens_on_a_new_phone(bot: Bot, open_page: OpenPage) -> None:
    carol = await bot.person("Carol")
    page = await open_page()
    await bot.says(carol, "Join", [{"text": "Open", "url": "https://t.me/RespiteDemoBot?start=X"}])

    await phone(page, carol).get_by_role("button", name="Open").click()
    await page.get_by_label("Name").fill("Bo")
    await page.locator("#person").get_by_role("button", name="Open").click()

    heard = await bot.hears()
    assert heard["text"] == "/start X"
    await expect(phone(page, heard["from"]["id"]).locator(".phone__name")).to_have_text("Bo")


async def test_a_tap_spins_until_it_is_answered_and_the_message_changes_in_place(
    bot: Bot, open_page: OpenPage
) -> None:
    ann = await bot.person()
    page = await open_page()
    asked = await bot.says(ann, "Pain today?", ["2", {**_button("8"), "style": "danger"}])
    bubble = message(page, ann, asked)
    await bubble.evaluate("node => { node.sameAsBefore = true; }")

    eight = bubble.get_by_role("button", name="8")
    await expect(eight).to_have_attribute("data-style", "danger")
    await eight.click()
    await expect(eight).to_have_attribute("aria-busy", "true")
    tap = await bot.hears("callback_query")
    assert tap["data"] == "8"
    await bot.call(
        "editMessageText",
        chat_id=ann,
        message_id=asked,
        text="<b>Pain 8</b>, saved",
        parse_mode="HTML",
        reply_markup=keyboard(["Undo", {"text": "Next", "disabled": {}}]),
    )

    await expect(bubble.locator(".bubble__text")).to_have_text("Pain 8, saved")
    await expect(bubble.locator("b")).to_have_text("Pain 8")
    await expect(bubble.get_by_role("button", name="Undo")).not_to_have_attribute(
        "aria-busy", "true"
    )
    await expect(bubble.get_by_role("button", name="Next")).to_be_disabled()
    assert await bubble.evaluate("node => node.sameAsBefore")
    await bubble.get_by_role("button", name="edited").click()
    await expect(page.locator(".history li p")).to_have_text(["Pain today?", "Pain 8, saved"])


async def test_an_answer_to_a_tap_is_a_toast_or_a_dialog(bot: Bot, open_page: OpenPage) -> None:
    ann = await bot.person()
    page = await open_page()
    await bot.says(ann, "Ready?", ["Yes", "No"])
    screen = phone(page, ann)

    await screen.get_by_role("button", name="Yes").click()
    tap = await bot.hears("callback_query")
    await bot.call("answerCallbackQuery", callback_query_id=tap["id"], text="Noted")
    await expect(screen.locator(".phone__toast")).to_have_text("Noted")
    await expect(screen.locator("[aria-busy=true]")).to_have_count(0)

    await screen.get_by_role("button", name="No").click()
    tap = await bot.hears("callback_query")
    await bot.call(
        "answerCallbackQuery", callback_query_id=tap["id"], text="Call 112", show_alert=True
    )
    dialog = screen.get_by_role("alertdialog")
    await expect(dialog).to_contain_text("Call 112")
    await page.keyboard.press("Enter")
    await expect(dialog).to_have_count(0)


async def test_a_person_writes_replies_and_sends_a_sticker(bot: Bot, open_page: OpenPage) -> None:
    ann = await bot.person()
    page = await open_page()
    asked = await bot.says(ann, "Which medicine?")
    screen = phone(page, ann)

    await message(page, ann, asked).locator(".bubble__text").click()
    await screen.get_by_label("Message", exact=True).fill("<i>the</i> usual")
    await page.keyboard.press("Enter")
    heard = await bot.hears()
    assert heard["text"] == "<i>the</i> usual"
    assert heard["reply_to_message"]["message_id"] == asked
    written = message(page, ann, heard["message_id"])
    await expect(written.locator(".bubble__text")).to_have_text("<i>the</i> usual")
    await expect(written.locator(".bubble__quote")).to_contain_text("Which medicine?")
    await expect(written.locator("i")).to_have_count(0)

    await screen.get_by_role("button", name="Attach").click()
    await screen.get_by_role("menuitem", name="Sticker").click()
    assert "sticker" in await bot.hears()


async def test_the_slash_button_lists_the_commands_of_the_chat(
    bot: Bot, open_page: OpenPage
) -> None:
    ann = await bot.person()
    page = await open_page()
    await bot.call("setMyCommands", commands=[{"command": "help", "description": "What I can do"}])

    await phone(page, ann).get_by_role("button", name="Commands").click()
    await phone(page, ann).get_by_role("menuitem", name=re.compile("What I can do")).click()

    assert (await bot.hears())["text"] == "/help"


async def test_a_command_in_a_message_can_be_pressed(bot: Bot, open_page: OpenPage) -> None:
    ann = await bot.person()
    page = await open_page()
    await bot.says(ann, "Questions: /help")

    await phone(page, ann).get_by_role("button", name="/help").click()

    assert (await bot.hears())["text"] == "/help"


async def test_a_person_blocks_the_bot_and_comes_back(bot: Bot, open_page: OpenPage) -> None:
    ann = await bot.person()
    page = await open_page()
    screen = phone(page, ann)

    await screen.get_by_role("button", name="Menu").click()
    await screen.get_by_role("menuitem", name="Block the bot").click()
    assert (await bot.hears("my_chat_member"))["new_chat_member"]["status"] == "kicked"
    await expect(screen).to_have_attribute("data-blocked", "true")
    await expect(screen.locator(".phone__status")).to_have_text("has blocked Respite")
    await expect(screen.get_by_label("Message", exact=True)).to_be_hidden()

    await screen.get_by_role("button", name="Unblock the bot").click()
    assert (await bot.hears("my_chat_member"))["new_chat_member"]["status"] == "member"
    await expect(screen.get_by_label("Message", exact=True)).to_be_visible()


async def test_a_new_phone_starts_with_a_button(bot: Bot, open_page: OpenPage) -> None:
    page = await open_page()
    ann = bot.sim.control.create_user("Ann")

    await phone(page, ann).get_by_role("button", name="Start").click()

    assert (await bot.hears())["text"] == "/start"
    await expect(phone(page, ann).get_by_label("Message", exact=True)).to_be_visible()


def _button(label: str) -> dict[str, str]:
    return {"text": label, "callback_data": label}
