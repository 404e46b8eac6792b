from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.page.conftest import EVENING, phone

if TYPE_CHECKING:
    from tests.page.conftest import Bot, OpenPage

pytestmark = pytest.mark.page


class Morning:
    """Writes to one person at one instant, as soon as it is let."""

    def __init__(self, bot: Bot, user_id: int, due_at: datetime) -> None:
        self.bot = bot
        self.user_id = user_id
        self.due_at: datetime | None = due_at
        self.let = asyncio.Event()

    async def next_due_at(self) -> datetime | None:
        return self.due_at

    async def settle(self) -> None:
        if self.due_at is not None and self.due_at <= self.bot.sim.clock.now():
            self.due_at = None
            await self.let.wait()
            await self.bot.says(self.user_id, "Good morning")


async def test_the_clock_is_shown_in_the_zone_of_the_address_or_the_one_chosen(
    open_page: OpenPage,
) -> None:
    page = await open_page("/?tz=Asia/Kathmandu")
    clock = page.locator(".clock__now")
    await expect(clock).to_have_text("Mon 21 Sept 2026 · 22:45")

    await page.get_by_label("Time zone").select_option("America/New_York")
    await expect(clock).to_have_text("Mon 21 Sept 2026 · 13:00")


async def test_a_zone_that_does_not_exist_leaves_the_browser_s_own(open_page: OpenPage) -> None:
    page = await open_page("/?tz=Mars/Olympus")
    await expect(page.locator(".clock__now")).to_have_text("Mon 21 Sept 2026 · 19:00")


@pytest.mark.parametrize(
    ("button", "then"),
    [
        ("+1 hour", EVENING + timedelta(hours=1)),
        ("tomorrow", datetime(2026, 9, 22, 6, 0, tzinfo=UTC)),
        ("next week", datetime(2026, 9, 28, 6, 0, tzinfo=UTC)),
    ],
)
async def test_a_button_moves_the_clock(
    bot: Bot, open_page: OpenPage, button: str, then: datetime
) -> None:
    page = await open_page()
    await page.get_by_role("button", name=button).click()
    await expect(page.locator(".clock__now")).to_have_attribute("datetime", then.isoformat())
    assert bot.sim.clock.now() == then


async def test_tomorrow_morning_is_eight_o_clock_after_the_clocks_go_back(
    bot: Bot, open_page: OpenPage
) -> None:
    bot.sim.clock.move_to(datetime(2026, 10, 24, 20, 0, tzinfo=UTC))
    page = await open_page()
    await page.get_by_role("button", name="tomorrow").click()
    await expect(page.locator(".clock__now")).to_have_text("Sun 25 Oct 2026 · 08:00")
    assert bot.sim.clock.now() == datetime(2026, 10, 25, 7, 0, tzinfo=UTC)


async def test_travelling_to_the_next_message_shows_its_progress(
    bot: Bot, open_page: OpenPage
) -> None:
    ann = await bot.person()
    morning = Morning(bot, ann, datetime(2026, 9, 22, 6, 30, tzinfo=UTC))
    bot.sim.passenger = morning
    page = await open_page()
    buttons = page.locator(".travel__button")

    await page.get_by_role("button", name="to the next message").click()
    await expect(page.get_by_role("progressbar", name="Moving the clock")).to_be_visible()
    for button in await buttons.all():
        await expect(button).to_be_disabled()
    morning.let.set()

    await expect(phone(page, ann).get_by_text("Good morning")).to_be_visible()
    await expect(page.locator(".clock__now")).to_have_text("Tue 22 Sept 2026 · 08:30")
    await expect(page.get_by_role("progressbar")).to_be_hidden()
    for button in await buttons.all():
        await expect(button).to_be_enabled()
    await expect(phone(page, ann).locator(".day")).to_have_text(
        ["Monday 21 September", "Tuesday 22 September"]
    )


async def test_time_moved_by_somebody_else_shows_at_once(bot: Bot, open_page: OpenPage) -> None:
    page = await open_page()
    await bot.sim.travel(until=EVENING + timedelta(minutes=5))
    await expect(page.locator(".clock__now")).to_have_text("Mon 21 Sept 2026 · 19:05")
