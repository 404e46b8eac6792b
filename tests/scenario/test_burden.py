"""How many taps a day takes: counted on the phone, written down in docs/burden.md (F09)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from care.lifecycle import Outcome
from tests.scenario import rows

if TYPE_CHECKING:
    from tests.world import Person, World

PAGE = Path(__file__).parents[2] / "docs" / "burden.md"
CORE = ("Yes, a headache", "6", "4 to 12 hours", "Another medicine", "Done", "Some relief")
MILD = ("Yes, a headache", "2", "30 min to 4 hours", "None of these")
REST = ("None of these", "None of these", "As usual", "None of these")
SEVERE = (
    *("Yes, a headache", "8", "Over 12 h, all day", "Another medicine", "Done", "No relief"),
    *("One side", "Nausea", "Light hurts", "Sound hurts", "Done"),
    *("Seeing", "Done", "5 to 60 minutes", "Nothing", "Under 6 h of sleep", "Done"),
)
PATHS: tuple[tuple[str, tuple[str, ...], int | None], ...] = (
    ("headache-free", ("No headache today", "None of these"), 3),
    ("headache-free, one exposure", ("No headache today", "Much stress", "Done"), 3),
    ("too ill to answer", ("Too ill to answer",), 1),
    ("the core of a headache, one medicine", CORE, 6),
    ("the core, then no more today", (*CORE, "Too ill"), None),
    ("mild headache, everything", (*MILD, *REST), None),
    ("severe, with aura and a medicine, everything", SEVERE, None),
)
"""What is answered, by which buttons, and the most taps that it may take (R-ITEM-1)."""

HEAD = """# Taps

How many taps a day's check-in takes, counted by the tests on the simulated phone. A tap is saved
at once, so that stopping anywhere keeps what is said. The limits are those of the clinical rules
(R-ITEM-1); where there is none, [Too ill] ends the questions with one tap at any of them.

| what is answered | taps | at most |
|---|---|---|
"""


async def taps_of(world: World, person: Person, labels: tuple[str, ...]) -> int:
    """Answer a new check-in by these buttons; how many taps reached the bot."""
    await world.fast_forward_to("19:31")
    for text in ("Time for your check-in", "Yesterday is still open"):
        person.sees_if_any(text)
    before = answered(world)
    for label in labels:
        await person.taps(label)
    return answered(world) - before


def answered(world: World) -> int:
    """How many taps the bot has answered so far."""
    return sum(call.method == "answerCallbackQuery" for call in world.simulator.calls)


async def test_taps_stay_within_their_budgets(world: World) -> None:  # R-ITEM-1
    _, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.taps("No headache today")
    await ann.taps("None of these")
    await world.fast_forward_to("12:00", days=1)
    lines = []
    for name, labels, limit in PATHS:
        taps = await taps_of(world, ann, labels)
        assert limit is None or taps <= limit, name
        lines.append(f"| {name} | {taps} | {limit or ''} |\n")
        await world.fast_forward_to("12:00")
        for text in ("Yesterday is still open", "Your week in review."):
            ann.sees_if_any(text)
    page = HEAD + "".join(lines)
    if "WRITE_BURDEN" in os.environ:
        PAGE.write_text(page, "utf-8")

    assert PAGE.read_text("utf-8") == page
    assert Outcome.DELIVERED_UNANSWERED not in await rows.outcomes(world, ann)
    whole = (await rows.outcomes(world, ann))[1:]
    assert whole == [Outcome.ANSWERED] * len(PATHS)
