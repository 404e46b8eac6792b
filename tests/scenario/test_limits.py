from __future__ import annotations

from typing import TYPE_CHECKING

from care.audit import Action
from care.people import Risk
from tests.scenario import rows

if TYPE_CHECKING:
    from tests.world import Person, World


async def opens_limits(carol: Person, ann: Person) -> None:
    await carol.says(f"/patient {ann.code}")
    carol.sees(ann.code, "Reports from pain 9 on, the clinic's limit.")
    await carol.taps("Limits")
    carol.sees(f"Limits of {ann.code}")


async def test_a_limit_of_ones_own_raises_a_report(world: World) -> None:  # PAIN-LIMIT
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await opens_limits(carol, ann)
    assert "✓ The clinic's own: 9" in carol.labels()
    await carol.taps("6")
    assert "✓ 6" in carol.labels()
    await carol.taps("Done")
    carol.sees(ann.code, "Reports from pain 6 on, set for this patient.")

    await ann.taps("Yes, a headache")
    await ann.taps("6")

    carol.sees("URGENT", ann.code, "Worst pain 6 of 10.")
    ann.sees_if_any("team")
    found = await rows.audit(world)
    assert [one.subject for one in found if one.action is Action.LIMITS_SET] == ["patient:1"]


async def test_what_the_clinic_knows_is_toggled_and_stands_on_the_card(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))  # R-FLAG-16
    await opens_limits(carol, ann)
    await carol.taps("Immune disease")
    await carol.taps("Cancer")
    await carol.taps("✓ Cancer")
    assert (await rows.patient(world, ann)).risks == (Risk.IMMUNE,)

    await carol.taps("Done")

    carol.sees(ann.code, "Known: immune disease.")


async def test_the_clinics_own_limit_comes_back(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await opens_limits(carol, ann)
    await carol.taps("5")

    await carol.taps("The clinic's own: 9")

    assert (await rows.patient(world, ann)).pain_limit is None


async def test_two_taps_of_one_button_are_one_change(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await opens_limits(carol, ann)

    for _ in range(2):
        await carol.forges("kr:1:cancer:1:1")

    assert (await rows.patient(world, ann)).risks == (Risk.CANCER,)
    found = [one.action for one in await rows.audit(world)]
    assert found.count(Action.LIMITS_SET) == 1
