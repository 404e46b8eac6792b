"""The whole product on the chat page: a patient and a coordinator, side by side in a browser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp
import pytest
from playwright.async_api import expect

from bot.app import new_token
from bot.drawing import deep_link
from care.usecases import invite
from tests.page.conftest import Bot, phone

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Locator, Page

    from tests.page.conftest import OpenPage
    from tests.world import World

pytestmark = pytest.mark.page

IN_BERLIN = "/?tz=Europe/Berlin"
TARGET_PX = 44  # the smallest thing a thumb hits
PATIENCE_MS = 20_000  # all of the bot is behind a tap


@pytest.fixture
async def bot(world: World) -> AsyncIterator[Bot]:
    """The page shows the world's simulator, in which the real bot lives."""
    async with aiohttp.ClientSession() as session:
        yield Bot(sim=world.simulator, url=str(world.settings().bot_api_url), session=session)
    world.people.clear()  # what reached whom is read on the page


@dataclass(frozen=True, kw_only=True)
class Screen:
    """One phone on the page; after each act the bot is at rest and the page has caught up."""

    world: World
    page: Page
    user_id: int

    @property
    def shown(self) -> Locator:
        return phone(self.page, self.user_id)

    async def says(self, text: str) -> None:
        await self.shown.get_by_label("Message", exact=True).fill(text)
        async with self.page.expect_response("**/sim/send"):
            await self.page.keyboard.press("Enter")
        await self.catch_up()

    async def taps(self, *labels: str) -> None:
        """Tap the newest button with each of these labels, one after the other."""
        for label in labels:
            newest = self.shown.locator(".keyboard").get_by_role("button", name=label, exact=True)
            async with self.page.expect_response("**/sim/tap"):
                await newest.last.click()
            await self.catch_up()

    async def sees(self, *texts: str) -> Locator:
        """The newest message that has these words, which is visible once scrolled to."""
        found = self.shown.locator(".message-in")
        for text in texts:
            found = found.filter(has_text=text)
        await found.last.scroll_into_view_if_needed()
        await expect(found.last.locator(".bubble__text")).to_be_visible()
        return found.last

    async def catch_up(self) -> None:
        await self.world.settle()
        chat = self.world.control.transcript(self.user_id)
        messages = [one for one in chat["messages"] if not one["deleted"]]
        keyboards = [row for one in messages for row in one["keyboard"] or []]
        await expect(self.shown.locator(".bubble__text")).to_have_text(
            [one["text"] for one in messages], timeout=PATIENCE_MS
        )
        await expect(self.shown.locator(".keyboard__button")).to_have_text(
            [button["text"] for row in keyboards for button in row], timeout=PATIENCE_MS
        )


async def test_a_patient_joins_answers_reads_the_week_and_is_heard(
    world: World, open_page: OpenPage
) -> None:
    page = await open_page(IN_BERLIN)
    page.set_default_timeout(PATIENCE_MS)
    carol = await _first_coordinator(world, page)
    ann = await _joins_by_the_link_of(carol, "Ann")

    await ann.sees("Time for your check-in")
    await ann.taps("Yes, a headache", "6", "4 to 12 hours", "Another medicine", "Done")
    await ann.taps("Some relief", "Nausea", "Light hurts", "Done")
    await ann.taps("Seeing", "Done", "5 to 60 minutes", "Half or less")
    await ann.taps("Much stress", "Done")
    answered = await ann.sees("Saved. That is all for today.")
    await expect(answered).to_contain_text("Worst pain: 6 of 10")
    await expect(answered).to_contain_text("Aura: seeing, 5 to 60 minutes")
    await expect(answered).to_contain_text("The day: much stress")

    await _a_week_passes(page)
    await _reads_the_week(ann)

    await ann.taps("⚠ Something is alarming")
    await ann.taps("It is an emergency")
    notice = ann.shown.get_by_role("alertdialog")
    await expect(notice).to_contain_text("Call 112 now")
    await notice.get_by_role("button", name="OK").click()
    await ann.sees("Call 112 now", "Do not drive")
    await ann.sees("Your care team has been told")
    await _takes_and_closes(carol, told=ann)


async def _a_week_passes(page: Page) -> None:
    async with page.expect_response("**/sim/clock", timeout=3 * PATIENCE_MS):
        await page.get_by_role("button", name="next week").click()
    await expect(page.locator(".clock__now")).to_have_text("Mon 9 Mar 2026 · 08:00")


async def _first_coordinator(world: World, page: Page) -> Screen:
    token = new_token()
    await invite.invite_colleague(world.respite.core, token=token, language="en")
    await page.get_by_role("button", name="Add the first phone").click()
    await page.get_by_label("Invite link").fill(deep_link(world.simulator.username, token))
    carol = await _names_the_phone(world, page, "Carol", by="Add phone")
    await carol.sees("You are a coordinator of Lindenhof Clinic")
    return carol


async def _joins_by_the_link_of(carol: Screen, name: str) -> Screen:
    """The coordinator asks for an invite, its link is opened on a new phone, which joins."""
    await carol.says("/invite")
    await carol.taps("English")
    message = await carol.sees("Invite for P-001", "for one person")
    await _has_a_picture(message)
    await message.get_by_role("link", name=re.compile("start=")).click()
    patient = await _names_the_phone(carol.world, carol.page, name, by="Open")
    await patient.sees("Welcome to Lindenhof Clinic")
    await patient.taps("Next ›")
    await patient.sees("It is no emergency service")
    await patient.taps("Next ›", "I agree")
    await patient.sees("Is it 09:00 where you are?")
    await patient.taps("Yes", "19:30", "Ask me each time")
    await patient.sees("You have joined")
    await carol.sees("P-001 has joined")
    return patient


async def _names_the_phone(world: World, page: Page, name: str, *, by: str) -> Screen:
    dialog = page.locator("#person")
    await dialog.get_by_label("Name").fill(name)
    async with page.expect_response("**/sim/send"):
        await dialog.get_by_role("button", name=by, exact=True).click()
    people = world.simulator.control.state()["people"]
    user_id = next(one["user_id"] for one in people if one["first_name"] == name)
    screen = Screen(world=world, page=page, user_id=user_id)
    await screen.catch_up()
    return screen


async def _has_a_picture(message: Locator) -> None:
    picture = message.locator(".bubble__photo img")
    await expect(picture).to_be_visible()
    await expect(picture).to_have_js_property("complete", value=True)
    assert await picture.evaluate("image => image.naturalWidth") > 0


async def _reads_the_week(ann: Screen) -> None:
    week = await ann.sees("Your week in review")
    await _has_a_picture(week)
    await expect(week).to_contain_text("You answered 1 of 7 days.")
    await expect(week).to_contain_text("Headache on 1 of 1 answered day.")
    await expect(week).to_contain_text("Pain at its worst: 6 of 10.")
    await expect(week).to_contain_text("Aura on 1 day.")
    await expect(week).to_contain_text("much stress (1 day)")


async def _takes_and_closes(carol: Screen, *, told: Screen) -> None:
    await carol.sees("EMERGENCY", "P-001", "Nobody has taken it yet")
    await carol.taps("Take")
    await carol.sees("EMERGENCY", "Taken by Carol")
    await told.sees("A coordinator has seen your report")

    await carol.taps("Close …", "Spoke with the patient")
    await carol.sees("EMERGENCY", "Closed by Carol", "spoke with the patient")
    await told.sees("Your care team has closed your report")


async def test_an_infusion_is_scheduled_in_a_calendar_of_buttons(
    world: World, open_page: OpenPage
) -> None:
    owner = await world.coordinator("Carol")
    patient = await world.patient("Ann", by=owner)
    page = await open_page(IN_BERLIN)
    page.set_default_timeout(PATIENCE_MS)
    carol = Screen(world=world, page=page, user_id=owner.id)
    ann = Screen(world=world, page=page, user_id=patient.id)

    await carol.says("/infusions")
    await carol.sees("No infusion is scheduled")
    await carol.taps("+ New session", patient.code)
    await carol.sees("which day?", "Monday 2 March")
    await carol.taps("›")
    await expect(carol.shown.get_by_role("button", name="Apr 2026")).to_be_visible()
    await carol.taps("‹", "12", "13:00")
    await carol.sees("Thursday 12 March", "13:00")
    await carol.taps("Schedule")

    await ann.sees("You have a new appointment", "Thu 12 Mar, 13:00", "030 5550 0123")
    await _a_week_passes(page)
    await ann.sees("your appointment is in a week", "Thu 12 Mar, 13:00")
    await carol.says("/infusions")
    await carol.sees("Infusions ahead")
    await expect(carol.shown.get_by_role("button", name=f"{patient.code} · Thu")).to_be_visible()


async def test_two_taps_on_a_narrow_dark_screen_are_a_day_without_headache(
    world: World, open_page: OpenPage
) -> None:
    owner = await world.coordinator("Carol")
    patient = await world.patient("Ann", by=owner)
    page = await open_page(IN_BERLIN, width=390, color_scheme="dark")
    page.set_default_timeout(PATIENCE_MS)
    await page.locator(f'.people__chip[data-user="{patient.id}"]').click()
    ann = Screen(world=world, page=page, user_id=patient.id)
    await expect(ann.shown).to_be_in_viewport(ratio=1)
    assert await page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")

    await ann.sees("Time for your check-in")
    await _buttons_are_easy_to_hit(ann)
    await ann.taps("No headache today")
    await _buttons_are_easy_to_hit(ann)
    await ann.taps("None of these")
    await ann.sees("No headache", "Saved. That is all for today.")
    await _buttons_are_easy_to_hit(ann)

    await ann.taps("‹ Change an answer", "✓ Headache", "Yes, a headache")
    await ann.sees("How bad was the pain")
    await _buttons_are_easy_to_hit(ann)


async def _buttons_are_easy_to_hit(screen: Screen) -> None:
    buttons = await screen.shown.locator(".keyboard__button").all()
    width = await screen.page.evaluate("document.documentElement.clientWidth")
    assert await screen.page.evaluate("document.documentElement.scrollWidth") == width
    for button in buttons:
        box = await button.bounding_box()
        label = await button.inner_text()
        assert box is not None, label
        assert box["height"] >= TARGET_PX, (label, box)
        assert box["x"] >= 0, (label, box)
        assert box["x"] + box["width"] <= width, (label, box)
        assert await button.evaluate("node => node.scrollWidth <= node.clientWidth"), label
