"""A coordinator enters totals of questionnaires; patients never see them (R-INS-2, R-SUI-1)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from care.audit import Action
from care.people import Address
from care.triage import CRISIS_SCORE, Tier
from care.usecases import score
from tests.scenario import rows
from tests.scenario.test_forged_taps import NO_LONGER, NOT_FOR_YOU
from tests.scenario.test_staff import lead, removes

if TYPE_CHECKING:
    from care.escalation import Escalation
    from care.instruments import Result
    from tests.world import Person, World

REFUSED = "That is no whole number from 36 to 78. Please type it again."


async def opens_scores(carol: Person, ann: Person) -> str:
    await carol.says(f"/patient {ann.code}")
    carol.sees(ann.code, "there now")
    await carol.taps("Scores")
    return carol.sees(f"Scores of {ann.code}")


async def there(world: World) -> tuple[Person, Person]:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await opens_scores(carol, ann)
    return carol, ann


async def entered(world: World, ann: Person) -> list[Result]:
    """All that was ever stored, oldest first."""
    patient = await rows.patient(world, ann)
    async with world.uow() as uow:
        return list(await uow.scores.history(patient.id))


async def totals(world: World, ann: Person) -> list[dict[str, int]]:
    return [dict(one.scores) for one in await entered(world, ann)]


async def escalations(world: World) -> list[Escalation]:
    async with world.uow() as uow:
        return list(await uow.escalations.unclosed())


async def scores_phq9(carol: Person, ann: Person, *, total: int, item_9: int) -> None:
    await carol.taps("PHQ-9")
    carol.sees(f"PHQ-9 of {ann.code}", "Please type: total, a whole number from 0 to 27.")
    await carol.says(str(total))
    carol.sees("Please tap the answer to item 9.")
    await carol.taps(str(item_9))


async def test_a_total_is_typed_and_stands_with_its_date(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    text = await opens_scores(carol, ann)
    assert "HIT-6: none yet" in text
    assert carol.labels() == ["HIT-6", "MSQ 2.1", "PHQ-9", "GAD-7", "Done"]

    await carol.taps("HIT-6")
    carol.sees(f"HIT-6 of {ann.code}", "Please type: total, a whole number from 36 to 78.")
    await carol.says("64")

    text = carol.sees("✓ Stored: HIT-6 64.", f"Scores of {ann.code}", "HIT-6: 64 (Mon 2 Mar)")
    assert "paged" not in text
    (found,) = await entered(world, ann)
    assert (found.scores, found.instrument) == ({"total": 64}, "hit6")
    assert (found.local_date, found.entered_at) == (world.now().date(), world.clock.now())
    actions = [(one.action, one.subject) for one in await rows.audit(world)]
    assert actions[0] == (Action.SCORES_ENTERED, "patient:1")
    assert (Action.SCORES_VIEWED, "patient:1") in actions


async def test_the_message_that_asked_goes(world: World) -> None:
    carol, _ann = await there(world)
    await carol.taps("HIT-6")
    await carol.says("64")

    carol.sees("✓ Stored: HIT-6 64.")
    assert not [one for one in carol.messages() if "Please type" in one["text"]]


async def test_wrong_numbers_get_one_sentence_and_stay_waited_for(world: World) -> None:
    carol, ann = await there(world)
    await carol.taps("HIT-6")
    for wrong in ("35", "79", "sixty", "64.5", "-40", "6 4", "640"):
        await carol.says(wrong)
        carol.sees(REFUSED, f"HIT-6 of {ann.code}")
    await carol.says(kind="sticker")
    carol.sees(REFUSED)
    assert await entered(world, ann) == []

    await carol.says("36")

    carol.sees("✓ Stored: HIT-6 36.")
    assert await totals(world, ann) == [{"total": 36}]


async def test_three_numbers_are_stored_together_or_not_at_all(world: World) -> None:
    carol, ann = await there(world)
    await carol.taps("MSQ 2.1")
    carol.sees("Please type: role restrictive, a whole number from 0 to 100.")
    await carol.says("54")
    carol.sees("role restrictive: 54", "Please type: role preventive")
    await carol.says("101")
    carol.sees("That is no whole number from 0 to 100.", "role restrictive: 54", "role preventive")
    await carol.says("100")
    carol.sees("Please type: emotional function")
    assert await entered(world, ann) == []

    await carol.says("0")

    carol.sees("role restrictive: 54, role preventive: 100, emotional function: 0 (Mon 2 Mar)")
    wanted = {"role_restrictive": 54, "role_preventive": 100, "emotional": 0}
    assert await totals(world, ann) == [wanted]


async def test_the_one_before_stands_below_and_the_newest_on_the_card(world: World) -> None:
    carol, ann = await there(world)
    await carol.taps("HIT-6")
    await carol.says("66")
    carol.sees("✓ Stored: HIT-6 66.")
    await scores_phq9(carol, ann, total=9, item_9=0)
    await world.fast_forward_to("09:00", days=1)
    for person in (carol, ann):
        person.sees_if_any("")
    await opens_scores(carol, ann)
    await carol.taps("HIT-6")
    await carol.says("60")

    carol.sees("HIT-6: 60 (Wed 4 Mar)", "before: 66 (Mon 2 Mar)")
    await carol.taps("Done")
    carol.sees(ann.code, "Scores: HIT-6 60 (Wed 4 Mar), PHQ-9 9 (Mon 2 Mar).")


async def test_an_item_9_of_0_raises_nothing_at_any_total(world: World) -> None:  # R-SUI-1
    carol, ann = await there(world)

    await scores_phq9(carol, ann, total=24, item_9=0)

    text = carol.sees("✓ Stored: PHQ-9 24, item 9: 0.")
    assert "paged" not in text
    assert await escalations(world) == []


@pytest.mark.parametrize("item_9", [1, 2, 3])
async def test_item_9_pages_at_three_in_the_morning(world: World, item_9: int) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))  # R-SUI-1, R-SUI-4
    dave = await world.coordinator("Dave")
    await world.fast_forward_to("03:00")
    for person in (carol, ann, dave):
        person.sees_if_any("")
    before = len(ann.messages())
    await opens_scores(dave, ann)

    await scores_phq9(dave, ann, total=item_9, item_9=item_9)

    dave.sees(f"✓ Stored: PHQ-9 {item_9}, item 9: {item_9}.", "The team is being paged now")
    page = carol.sees("URGENT", ann.code, "Please call this patient.")
    assert "The patient was told nothing of this." in page
    assert not any(word in page for word in ("PHQ", "item", "questionnaire"))
    assert "Tue 3 Mar, 03:00" in page
    await world.fast_forward(timedelta(minutes=59))
    carol.sees_nothing_more()
    assert len(ann.messages()) == before
    ann.sees_nothing_more()


async def test_whoever_takes_and_closes_it_tells_the_patient_nothing(world: World) -> None:
    carol, ann = await there(world)
    before = len(ann.messages())
    await scores_phq9(carol, ann, total=5, item_9=1)
    carol.sees("The team is being paged now")
    carol.sees("URGENT", ann.code)

    await carol.taps("Take")
    assert "I call back" not in carol.labels()
    await carol.taps("Close …")
    await carol.taps("Spoke with the patient")

    assert await escalations(world) == []
    assert len(ann.messages()) == before
    assert ann.notice(await ann.forges("sf:1:no")) == NOT_FOR_YOU


async def test_while_it_is_open_it_counts_up(world: World) -> None:  # R-TRI-4
    carol, ann = await there(world)
    await scores_phq9(carol, ann, total=5, item_9=1)
    carol.sees("URGENT", ann.code)
    carol.sees("The team is being paged now")

    await scores_phq9(carol, ann, total=6, item_9=2)

    carol.sees("✓ Stored: PHQ-9 6, item 9: 2.", "It takes the place of the one")
    (found,) = await escalations(world)
    assert (found.rule, found.tier, found.count) == (CRISIS_SCORE, Tier.URGENT, 2)
    assert "Reported 2 times." in carol.message("URGENT", ann.code)["text"]
    assert await totals(world, ann) == [{"total": 5, "item_9": 1}, {"total": 6, "item_9": 2}]


async def test_two_taps_of_one_button_are_one_result(world: World) -> None:
    carol, ann = await there(world)
    await carol.taps("PHQ-9")
    await carol.says("5")
    asked = carol.message("Please tap the answer to item 9.")["message_id"]
    for _ in range(2):
        await carol.forges("kb:1:phq9:1:1", on=asked)

    assert len(await entered(world, ann)) == 1
    assert (await escalations(world))[0].count == 1
    carol.sees(f"Scores of {ann.code}", "PHQ-9: 5, item 9: 1 (Mon 2 Mar)")
    carol.sees("URGENT", ann.code)


async def test_item_9_can_be_typed_too_and_not_forged_higher(world: World) -> None:
    carol, ann = await there(world)
    await carol.taps("PHQ-9")
    await carol.says("5")
    carol.sees("Please tap the answer to item 9.")
    await carol.forges("kb:1:phq9:4:1")
    carol.sees("That is no whole number from 0 to 3.")
    await carol.says("0")

    carol.sees("✓ Stored: PHQ-9 5, item 9: 0.")
    assert await totals(world, ann) == [{"total": 5, "item_9": 0}]


async def test_numbers_that_cannot_go_together_are_stored_paged_and_pointed_out(
    world: World,
) -> None:
    carol, ann = await there(world)

    await scores_phq9(carol, ann, total=0, item_9=2)

    carol.sees("✓ Stored: PHQ-9 0, item 9: 2.", "Please look again", "The team is being paged now")
    carol.sees("URGENT", ann.code)
    assert await totals(world, ann) == [{"total": 0, "item_9": 2}]


async def test_a_question_that_arrives_late_waits_for_nothing(world: World) -> None:
    carol, ann = await there(world)
    await carol.taps("HIT-6")
    await carol.taps("Never mind")

    by = Address(carol.id)
    await score.note_prompt(world.respite.core, by=by, message_id=1)

    await carol.says("64")
    carol.sees("I only know commands and buttons.")
    assert await entered(world, ann) == []


async def test_nothing_is_entered_for_who_has_not_joined(world: World) -> None:
    carol, _ann = await there(world)
    await world.invited(carol, code="K-9")

    for data in ("ks:2:0", "ka:2:hit6:0"):
        assert carol.notice(await carol.forges(data)) == NO_LONGER


async def test_a_restart_in_the_middle_loses_nothing(world: World) -> None:
    carol, ann = await there(world)
    await carol.taps("PHQ-9")
    await world.restart()
    await carol.says("14")
    carol.sees("Please tap the answer to item 9.")
    await world.restart()

    await carol.taps("0")

    carol.sees("✓ Stored: PHQ-9 14, item 9: 0.")
    assert await totals(world, ann) == [{"total": 14, "item_9": 0}]


async def test_after_ten_minutes_nothing_is_stored_and_that_is_said(world: World) -> None:
    carol, ann = await there(world)
    await carol.taps("HIT-6")
    await world.fast_forward(timedelta(minutes=10))
    await carol.says("64")
    carol.sees("That took longer than 10 minutes, so nothing was stored.")
    await carol.says("64")
    carol.sees("I only know commands and buttons.")

    await carol.taps("PHQ-9")
    await carol.says("14")
    carol.sees("Please tap the answer to item 9.")
    await world.fast_forward(timedelta(minutes=10))
    await carol.taps("3")

    carol.sees("That took longer than 10 minutes, so nothing was stored.")
    assert await entered(world, ann) == []
    assert await escalations(world) == []


@pytest.mark.parametrize("way", ["/open", "/nonsense", "Never mind", "HIT-6", "All patients"])
async def test_whoever_goes_elsewhere_is_not_waited_for(world: World, way: str) -> None:
    carol, ann = await there(world)
    await carol.says("/patients")
    carol.sees("Patients")
    await opens_scores(carol, ann)
    await carol.taps("GAD-7")
    carol.sees(f"GAD-7 of {ann.code}")
    if way.startswith("/"):
        await carol.says(way)
    elif way == "Never mind":
        await carol.taps(way)
    else:
        await carol.forges("rp" if way == "All patients" else "ks:1:1")
    for text in ("open", "command", "Patients", "Scores of"):
        carol.sees_if_any(text)

    await carol.says("12")

    carol.sees("I only know commands and buttons.")
    assert await entered(world, ann) == []


async def test_an_answer_to_a_patient_is_no_number(world: World) -> None:
    carol, ann = await there(world)
    await ann.says("/team")
    await ann.says("May I call you?")
    ann.sees("May I call you?")
    carol.sees(ann.code, "May I call you?")
    await carol.taps("GAD-7")
    await carol.replies("12", "May I call you?")
    carol.sees("on its way")
    ann.sees("12")

    await carol.says("12")

    carol.sees("I only know commands and buttons.")
    assert await entered(world, ann) == []


async def test_whoever_entered_it_withdraws_it_on_the_same_day(world: World) -> None:
    carol, ann = await there(world)
    dave = await world.coordinator("Dave")
    await carol.taps("GAD-7")
    await carol.says("12")
    carol.sees("✓ Stored: GAD-7 12.")
    text = await opens_scores(dave, ann)
    assert "GAD-7: 12 (Mon 2 Mar)" in text
    assert not [one for one in dave.labels() if one.startswith("Withdraw")]
    assert dave.notice(await dave.forges("ku:1:1")) == NOT_FOR_YOU

    await carol.taps("Withdraw today's GAD-7")
    carol.sees("GAD-7: none yet")
    await carol.forges("ku:1:1")

    (found,) = await entered(world, ann)
    assert found.ended_at == world.clock.now()
    done = [one.action for one in await rows.audit(world)]
    assert done.count(Action.SCORES_WITHDRAWN) == 1


async def test_on_the_next_day_it_stays(world: World) -> None:
    carol, ann = await there(world)
    await carol.taps("GAD-7")
    await carol.says("12")
    carol.sees("✓ Stored: GAD-7 12.")
    await world.fast_forward_to("09:00")
    for person in (carol, ann):
        person.sees_if_any("")
    old = carol.message("✓ Stored: GAD-7 12.")["message_id"]

    query = await carol.taps("Withdraw today's GAD-7", on=old)

    assert carol.notice(query) == NO_LONGER
    assert (await entered(world, ann))[0].ended_at is None


async def test_a_withdrawn_answer_leaves_the_report_open(world: World) -> None:  # R-SUI-1
    carol, ann = await there(world)
    await scores_phq9(carol, ann, total=5, item_9=1)
    carol.sees("The team is being paged now")
    carol.sees("URGENT", ann.code)

    query = await carol.taps("Withdraw today's PHQ-9")

    assert carol.notice(query) == "Withdrawn. A report that it raised stays open."
    assert len(await escalations(world)) == 1


async def test_a_patient_who_forges_the_buttons_is_refused(world: World) -> None:
    carol, ann = await there(world)
    await carol.taps("PHQ-9")
    await carol.says("5")
    carol.sees("Please tap the answer to item 9.")

    for data in ("ks:1:0", "kt:1:0", "ka:1:hit6:0", "kb:1:phq9:0:0", "ku:1:0"):
        assert ann.notice(await ann.forges(data)) == NOT_FOR_YOU
    await ann.says("5")

    ann.sees("5")
    assert await entered(world, ann) == []


async def test_a_removed_coordinators_old_button_and_words_do_nothing(world: World) -> None:
    carol, ann = await there(world)
    lena = await lead(world)
    await carol.taps("PHQ-9")
    await carol.says("5")
    asked = carol.message("Please tap the answer to item 9.")["message_id"]
    carol.sees("Please tap the answer to item 9.")
    await removes(lena, "Carol")
    for person in (carol, lena):
        person.sees_if_any("")

    query = await carol.taps("3", on=asked)
    assert carol.notice(query) == NOT_FOR_YOU
    await carol.says("3")

    carol.sees("This chat is for patients of a clinic")
    assert await entered(world, ann) == []
    assert await escalations(world) == []


async def test_the_date_is_the_patients_own(world: World) -> None:
    carol = await world.coordinator()
    ann = await world.patient("Ann", by=carol, zone="Pacific/Auckland")
    await opens_scores(carol, ann)
    await world.fast_forward_to("14:00")
    ann.sees_if_any("")
    await carol.taps("HIT-6")
    await carol.says("64")

    carol.sees("HIT-6: 64 (Tue 3 Mar)")
