"""The people of a run: they join, and then do what the plan says with what their phones show."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

from bench.chaos.plan import Deed
from bot import callbacks, payloads
from bot.demo.phone import Thumb

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.chaos.ledger import Ledger
    from bench.chaos.plan import Action
    from simulator.control import Control

NAMES = ("Ann", "Ben", "Cleo", "Dora", "Emil", "Fay", "Gus", "Hana")
TEAM = ("Carol", "Dave", "Erin")
LOOK_AGAIN_S = 0.01
PATIENCE_S = 20.0

_ANSWERS = payloads.Answer | payloads.Option | payloads.Finish | payloads.Skip | payloads.Enough
_TENDS = payloads.Take | payloads.Close | payloads.Closed


class Phone(Thumb):
    """A person whose taps are written down."""

    def __init__(self, control: Control, name: str, ledger: Ledger) -> None:
        """A new person with a phone."""
        super().__init__(control, name)
        self._ledger = ledger

    async def sees(self, *labels: str, after: int = 0) -> dict[str, Any]:
        """Wait for a message with these buttons."""
        async with asyncio.timeout(PATIENCE_S):
            while (found := self.latest(*labels, after=after)) is None:  # noqa: ASYNC110 - as eyes do
                await asyncio.sleep(LOOK_AGAIN_S)
        return found

    async def reads(self, pattern: str, *, after: int = 0) -> str:
        """Wait for words; gives what the pattern's group holds."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                texts = (message["text"] for message in self.messages(after=after))
                found = next((m for text in texts if (m := re.search(pattern, text))), None)
                if found is not None:
                    return found[1]
                await asyncio.sleep(LOOK_AGAIN_S)

    async def turns(self, label: str) -> None:
        """Tap a button and wait until the screen has changed."""
        message = await self.sees(label)
        self.tap(message, label)
        known = (message["message_id"], len(message["versions"]))
        async with asyncio.timeout(PATIENCE_S):
            while known == self._latest_drawing():  # noqa: ASYNC110 - as eyes do
                await asyncio.sleep(LOOK_AGAIN_S)

    def _latest_drawing(self) -> tuple[int, int]:
        message = next(self.messages())
        return message["message_id"], len(message["versions"])

    def press(self, message: dict[str, Any], button: dict[str, Any]) -> None:
        """Tap a button by its words."""
        self._ledger.tapped(self.id, message["message_id"], button["data"], button["text"])
        self.tap(message, button["text"])

    def newest(self, wanted: Callable[[Any], bool]) -> tuple[dict[str, Any], list[Any]] | None:
        """The newest message with such buttons, and these."""
        for message in self.messages():
            rows = message["keyboard"] or []
            buttons = [one for row in rows for one in row if one["data"]]
            found = [one for one in buttons if wanted(callbacks.decode(one["data"]))]
            if found:
                return message, found
        return None

    def press_one(self, wanted: Callable[[Any], bool], pick: float) -> None:
        """Tap one of the newest buttons of a kind, if there is any."""
        found = self.newest(wanted)
        if found is not None:
            message, buttons = found
            self.press(message, buttons[int(pick * len(buttons))])

    def do(self, action: Action) -> None:
        """What the plan says, as far as the phone offers it."""
        match action.deed:
            case Deed.ANSWER:
                self._answer(action.pick)
            case Deed.ALARM:
                alarms = payloads.Alarm | payloads.AlarmNow  # the list first, then the tap in it
                self.press_one(lambda payload: isinstance(payload, alarms), 0.0)
            case Deed.TODAY:
                self.write("/today")
            case Deed.TEND:
                self.press_one(lambda payload: isinstance(payload, _TENDS), action.pick)

    def _answer(self, pick: float) -> None:
        """Mostly an answer, often a severe one; now and then back to change one."""
        if pick > 0.9:
            self.press_one(lambda payload: isinstance(payload, payloads.Back), 0.0)
            return
        pick /= 0.9
        found = self.newest(lambda payload: isinstance(payload, _ANSWERS))
        if found is None:
            return
        message, buttons = found
        labels = [one["text"].lstrip("✓ ") for one in buttons]
        if "10" in labels and pick > 0.5:
            buttons = buttons[labels.index("9") : labels.index("10") + 1]
        elif "Yes, a headache" in labels:
            buttons = [buttons[index] for index in (1, 1, 1, 2, 0, 1, 3, 1)]
        self.press(message, buttons[int(pick * len(buttons)) % len(buttons)])


async def join_coordinator(phone: Phone, token: str) -> None:
    """Open an operator's invite."""
    phone.write(f"/start {token}")
    await phone.reads(r"(coordinator) of")


async def join_patient(phone: Phone, by: Phone) -> None:
    """Be invited in the chat, read, agree, and choose a time."""
    known = max((message["message_id"] for message in by.messages()), default=0)
    by.write("/invite")
    by.tap(await by.sees("English", after=known), "English")
    token = await by.reads(r"start=([\w-]+)", after=known)
    phone.write(f"/start {token}")
    for label in ("Next", "Next", "I agree", "Yes", "19:30", "Ask me each time"):
        await phone.turns(label)
    await phone.reads(r"(You have joined)")
