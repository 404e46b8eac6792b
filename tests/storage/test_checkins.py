from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from care.entries import Change
from care.errors import NotFound
from care.lifecycle import CheckIn, CheckInId, CheckInState, NewCheckIn
from care.people import Address, PatientId
from care.questions import Item
from tests.storage import samples
from tests.storage.conftest import NOW
from tests.storage.samples import TODAY, change

if TYPE_CHECKING:
    from tests.storage.conftest import Begin

DAY = timedelta(days=1)


async def test_a_new_checkin_asks_its_first_question(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        new = NewCheckIn(
            patient_id=ann.id,
            local_date=TODAY,
            zone="Europe/Berlin",
            state=CheckInState.OPEN,
            due_at=NOW,
            locks_at=NOW + 2 * DAY,
            is_delayed=True,
        )
        added = await uow.checkins.add(new)
        assert added is not None
        assert added == CheckIn(
            id=added.id, asking=Item.HEADACHE, revision=1, drawn_revision=0, **vars(new)
        )
        assert await uow.checkins.get(added.id) == added
        assert await uow.checkins.on(ann.id, TODAY) == added


async def test_a_date_has_one_checkin(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        first = await samples.checkin(uow, ann)
        new = NewCheckIn(
            patient_id=ann.id,
            local_date=TODAY,
            zone="Asia/Tokyo",
            state=CheckInState.DUE,
            due_at=NOW,
            locks_at=NOW,
        )
        assert await uow.checkins.add(new) is None
        assert await uow.checkins.on(ann.id, TODAY) == first


async def test_many_checkins_are_read_at_once(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        ben = await samples.ann(uow, code="B1", address=Address(8))
        first, second = await samples.checkin(uow, ann), await samples.checkin(uow, ben)
        found = await uow.checkins.get_many([second.id, CheckInId(99), first.id])
        assert found == {first.id: first, second.id: second}
        assert await uow.checkins.get_many([]) == {}
        await uow.commit()
    async with begin(is_reading=True) as uow:
        assert await uow.checkins.get_many([first.id]) == {first.id: first}


async def test_a_checkin_that_is_not_there_is_not_found(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        checkin = await samples.checkin(uow, ann)
        assert await uow.checkins.on(ann.id, TODAY + DAY) is None
        assert await uow.checkins.on(PatientId(99), TODAY) is None
        with pytest.raises(NotFound):
            await uow.checkins.get(CheckInId(99))
        with pytest.raises(NotFound):
            await uow.checkins.save(replace(checkin, id=CheckInId(99)))


async def test_a_checkin_is_saved_whole(begin: Begin) -> None:
    async with begin() as uow:
        checkin = await samples.checkin(uow, await samples.ann(uow))
        changed = replace(
            checkin,
            state=CheckInState.COMPLETED,
            asking=None,
            revision=7,
            drawn_revision=5,
            is_delayed=True,
            message_id=2**40,
            delivered_at=NOW,
            completed_at=NOW + DAY,
        )
        await uow.checkins.save(changed)
        assert await uow.checkins.get(checkin.id) == changed


async def test_checkins_between_two_dates_come_by_date_with_both_ends(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        ben = await samples.ann(uow, code="B2", address=Address(8))
        for days in (3, 1, 0, 2):
            await samples.checkin(uow, ann, local_date=TODAY + days * DAY)
        await samples.checkin(uow, ben)
        found = await uow.checkins.between(ann.id, TODAY, TODAY + 2 * DAY)
        assert [one.local_date for one in found] == [TODAY, TODAY + DAY, TODAY + 2 * DAY]


async def test_an_older_drawing_never_replaces_a_newer(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        for days in (0, 1):
            checkin = await samples.checkin(uow, ann, local_date=TODAY + days * DAY)
            await uow.checkins.save(replace(checkin, revision=5))
        first, second = await uow.checkins.between(ann.id, TODAY, TODAY + DAY)
        await uow.checkins.drawn({})
        await uow.checkins.drawn({second.id: 4, first.id: 3})
        await uow.checkins.drawn({second.id: 5, first.id: 2})
        found = await uow.checkins.between(ann.id, TODAY, TODAY + DAY)
        assert [one.drawn_revision for one in found] == [3, 5]


async def test_a_screen_lags_when_its_message_is_behind(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        for days, message_id, drawn in ((0, 11, 1), (1, 12, 2), (2, None, 1), (3, 13, 1)):
            checkin = await samples.checkin(uow, ann, local_date=TODAY + days * DAY)
            shown = replace(checkin, revision=2, message_id=message_id, drawn_revision=drawn)
            await uow.checkins.save(replace(shown, due_at=NOW - days * DAY))
        found = await uow.checkins.lagging(limit=9)
        assert [one.message_id for one in found] == [13, 11]
        assert [one.message_id for one in await uow.checkins.lagging(limit=1)] == [13]


async def test_an_entry_holds_what_was_written_last(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        assert await uow.checkins.answers(ann.id, TODAY) == {}

        many = Change(item=Item.AURA, before=None, after=("visual", "speech"))
        await samples.write(uow, ann, change(Item.HEADACHE, None, "yes"), many)
        await samples.write(uow, ann, change(Item.HEADACHE, "yes", "still"))
        assert await uow.checkins.answers(ann.id, TODAY) == {
            Item.HEADACHE: ("still",),
            Item.AURA: ("visual", "speech"),
        }


async def test_an_answer_taken_back_stands_no_more(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        await samples.write(uow, ann, change(Item.PAIN, None, "8"))
        await samples.write(uow, ann, change(Item.PAIN, "8", None))
        assert await uow.checkins.answers(ann.id, TODAY) == {}
        assert await uow.checkins.answers_between(ann.id, TODAY, TODAY) == {}


async def test_answers_between_two_dates_come_by_date(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        ben = await samples.ann(uow, code="B2", address=Address(8))
        for days, value in ((0, "no"), (2, "yes"), (3, "still")):
            day = TODAY + days * DAY
            await samples.write(uow, ann, change(Item.HEADACHE, None, value), local_date=day)
        await samples.write(uow, ann, change(Item.PAIN, None, "4"), local_date=TODAY + 2 * DAY)
        await samples.write(uow, ben, change(Item.HEADACHE, None, "yes"))
        assert await uow.checkins.answers_between(ann.id, TODAY, TODAY + 2 * DAY) == {
            TODAY: {Item.HEADACHE: ("no",)},
            TODAY + 2 * DAY: {Item.HEADACHE: ("yes",), Item.PAIN: ("4",)},
        }


async def test_every_change_is_kept_even_at_one_instant(begin: Begin) -> None:  # R-FILL-2
    async with begin() as uow:
        ann = await samples.ann(uow)
        made = [
            (change(Item.HEADACHE, None, "yes"), change(Item.PAIN, None, "8")),
            (change(Item.PAIN, "8", "9"),),
            (change(Item.HEADACHE, "yes", "no"), change(Item.PAIN, "9", None)),
            (change(Item.HEADACHE, "no", "yes"), change(Item.PAIN, None, "3")),
        ]
        for changes in made:
            await samples.write(uow, ann, *changes)
        await samples.write(uow, ann)

        kept = [one for changes in made for one in changes]
        assert await uow.checkins.history(ann.id, TODAY) == kept
        assert await uow.checkins.history(ann.id, date(2026, 9, 20)) == []


async def test_dates_on_which_something_that_stands_came_late(begin: Begin) -> None:  # R-FILL-1
    async with begin() as uow:
        ann = await samples.ann(uow)
        for on, is_late in ((TODAY - 2 * DAY, True), (TODAY - DAY, False), (TODAY, True)):
            await uow.checkins.write(
                ann.id, on, [change(Item.HEADACHE, None, "yes")],
                now=NOW, is_late=is_late, author="patient:1",
            )  # fmt: skip
        again = [change(Item.HEADACHE, "yes", "no")]
        await uow.checkins.write(
            ann.id, TODAY, again, now=NOW + DAY, is_late=False, author="patient:1"
        )

        assert await uow.checkins.late_between(ann.id, TODAY - 3 * DAY, TODAY) == {TODAY - 2 * DAY}
        assert await uow.checkins.late_between(PatientId(99), TODAY - 3 * DAY, TODAY) == set()
