from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from care.people import Address
from care.promises import Copy, Delivery, Kind, Lane, PromiseState
from tests.storage import samples
from tests.storage.conftest import NOW
from tests.storage.samples import ANN, CAROL, LEASE

if TYPE_CHECKING:
    from care.ports.unit_of_work import UnitOfWork
    from tests.storage.conftest import Begin

SECOND = timedelta(seconds=1)


async def claimed_keys(uow: UnitOfWork) -> list[str]:
    return [one.promise.key for one in await samples.claim(uow)]


async def test_a_promise_comes_out_as_it_went_in(begin: Begin) -> None:
    async with begin() as uow:
        promise = replace(
            samples.promise("a", recipient=Address(-1_001_234_567_890), subject=2**40),
            data={"page": 2, "last": "2026-09-20", "word": "é"},
            expires_at=NOW + SECOND,
        )
        assert await uow.outbox.put(promise)
        delivery = Delivery(id=1, promise=promise, attempt=1, repeat=0)
        assert await samples.claim(uow) == [delivery]


async def test_a_key_is_promised_once(begin: Begin) -> None:
    async with begin() as uow:
        first = samples.promise("a")
        assert await uow.outbox.put(first)
        assert not await uow.outbox.put(samples.promise("a", recipient=CAROL))
        assert [one.promise for one in await samples.claim(uow)] == [first]
        assert not await uow.outbox.put(first)


async def test_promises_go_by_lane_then_instant_then_age(begin: Begin) -> None:
    async with begin() as uow:
        for number, (key, kind, seconds) in enumerate(
            (
                ("summary", Kind.SUMMARY, -9),
                ("checkin", Kind.CHECKIN, -5),
                ("older checkin", Kind.CHECKIN, -6),
                ("page", Kind.ESCALATION_PAGE, 0),
                ("later", Kind.ESCALATION_PAGE, 1),
                ("second page", Kind.ESCALATION_PAGE, 0),
            )
        ):
            due_at = NOW + seconds * SECOND
            promise = samples.promise(key, kind=kind, recipient=Address(number), due_at=due_at)
            await uow.outbox.put(promise)
        assert await claimed_keys(uow) == [
            "page",
            "second page",
            "older checkin",
            "checkin",
            "summary",
        ]


async def test_a_claim_keeps_to_its_lanes_and_its_limit(begin: Begin) -> None:
    async with begin() as uow:
        for number in range(4):
            kind = Kind.ESCALATION_PAGE if number < 2 else Kind.SUMMARY
            promise = samples.promise(str(number), kind=kind, recipient=Address(number))
            await uow.outbox.put(promise)
        routine = await samples.claim(uow, lanes=[Lane.CHECKIN, Lane.SUMMARY], limit=1)
        assert [one.promise.key for one in routine] == ["2"]
        safety = await samples.claim(uow, lanes=[Lane.SAFETY])
        assert [one.promise.key for one in safety] == ["0", "1"]


async def test_one_chat_gets_one_message_of_a_lane_at_a_time(begin: Begin) -> None:
    async with begin() as uow:
        for key, kind, recipient in (
            ("first", Kind.CHECKIN, ANN),
            ("second", Kind.CHECKIN, ANN),
            ("summary", Kind.SUMMARY, ANN),
            ("carol", Kind.CHECKIN, CAROL),
        ):
            await uow.outbox.put(samples.promise(key, kind=kind, recipient=recipient))
        held = await samples.claim(uow)
        assert [one.promise.key for one in held] == ["first", "carol", "summary"]
        assert await claimed_keys(uow) == []
        await uow.outbox.settle(held[0], PromiseState.SENT, now=NOW, message_id=1)
        assert await claimed_keys(uow) == ["second"]


async def test_a_promise_put_back_does_not_hold_up_the_next(begin: Begin) -> None:
    async with begin() as uow:
        for key in ("first", "second"):
            await uow.outbox.put(samples.promise(key))
        [held] = await samples.claim(uow)
        assert await uow.outbox.put_back(held, due_at=NOW + SECOND, is_attempt=True)
        assert await claimed_keys(uow) == ["second"]


async def test_attempts_count_only_when_they_were_made(begin: Begin) -> None:
    async with begin() as uow:
        await uow.outbox.put(samples.promise("a"))
        seen = []
        for is_attempt, is_repeat in ((True, False), (False, False), (True, True), (True, True)):
            [held] = await samples.claim(uow)
            seen.append((held.attempt, held.repeat))
            await uow.outbox.put_back(
                held, due_at=NOW, is_attempt=is_attempt, is_repeat=is_repeat, error="flooded"
            )
        assert seen == [(1, 0), (2, 0), (2, 0), (3, 1)]


async def test_an_expired_lease_is_swept_by_its_policy(begin: Begin) -> None:
    async with begin() as uow:
        for key, kind in (
            ("page", Kind.ESCALATION_PAGE),
            ("redraw", Kind.CHECKIN_REDRAW),
            ("checkin", Kind.CHECKIN),
            ("summary", Kind.SUMMARY),
        ):
            await uow.outbox.put(samples.promise(key, kind=kind, recipient=Address(len(key))))
        await samples.claim(uow)
        end = NOW + LEASE
        assert await uow.outbox.sweep(now=end - SECOND) == 0
        assert await uow.outbox.sweep(now=end) == 4
        assert await uow.outbox.sweep(now=end) == 0

        again = await samples.claim(uow, now=end)
        assert [(one.promise.key, one.attempt, one.repeat) for one in again] == [
            ("page", 2, 1),
            ("redraw", 2, 1),
        ]


async def test_a_result_counts_unless_a_later_attempt_holds_the_lease(begin: Begin) -> None:
    async with begin() as uow:
        await uow.outbox.put(samples.promise("a", kind=Kind.ESCALATION_PAGE))
        [lost] = await samples.claim(uow)
        await uow.outbox.sweep(now=NOW + LEASE)
        [held] = await samples.claim(uow, now=NOW + LEASE)

        assert not await uow.outbox.settle(lost, PromiseState.SENT, now=NOW, message_id=1)
        assert not await uow.outbox.put_back(lost, due_at=NOW, is_attempt=True)
        assert await uow.outbox.settle(held, PromiseState.SENT, now=NOW, message_id=2)
        [copy] = await uow.outbox.copies(Kind.ESCALATION_PAGE, 1)
        assert copy.message_id == 2


async def test_a_late_result_ends_what_was_only_swept(begin: Begin) -> None:
    async with begin() as uow:
        await uow.outbox.put(samples.promise("a"))
        await uow.outbox.put(samples.promise("b", kind=Kind.ESCALATION_PAGE))
        held = await samples.claim(uow)
        await uow.outbox.sweep(now=NOW + LEASE)
        for one in held:
            assert await uow.outbox.settle(one, PromiseState.SENT, now=NOW, message_id=1)
        assert await samples.claim(uow, now=NOW + LEASE) == []
        assert len(await uow.outbox.copies(Kind.CHECKIN, 1)) == 1


@pytest.mark.parametrize("state", [PromiseState.SENT, PromiseState.DEAD, PromiseState.CANCELLED])
async def test_what_has_ended_is_not_put_back(begin: Begin, state: PromiseState) -> None:
    async with begin() as uow:
        await uow.outbox.put(samples.promise("a"))
        [held] = await samples.claim(uow)
        assert await uow.outbox.settle(held, state, now=NOW, error="chat not found")
        assert not await uow.outbox.put_back(held, due_at=NOW, is_attempt=True)
        assert await samples.claim(uow) == []


async def test_only_what_waits_is_cancelled(begin: Begin) -> None:
    async with begin() as uow:
        for key, recipient, subject in (("sending", ANN, 1), ("a", ANN, 1), ("b", ANN, 2)):
            await uow.outbox.put(samples.promise(key, recipient=recipient, subject=subject))
        await uow.outbox.put(samples.promise("carol", recipient=CAROL, subject=2))
        await uow.outbox.put(samples.promise("summary", kind=Kind.SUMMARY))
        [sending] = await samples.claim(uow, lanes=[Lane.CHECKIN], limit=1)

        await uow.outbox.cancel(recipient=ANN, kinds=[Kind.CHECKIN, Kind.CHECKIN_REMINDER])
        assert await uow.outbox.settle(sending, PromiseState.SENT, now=NOW, message_id=1)
        assert await claimed_keys(uow) == ["carol", "summary"]


async def test_cancelling_may_name_the_subject_alone(begin: Begin) -> None:
    async with begin() as uow:
        for subject in (1, 2):
            await uow.outbox.put(
                samples.promise(str(subject), recipient=Address(subject), subject=subject)
            )
        await uow.outbox.cancel(kinds=[Kind.CHECKIN], subject=1)
        assert await claimed_keys(uow) == ["2"]


async def test_a_copy_that_was_sent_anew_is_found_under_its_new_number(begin: Begin) -> None:
    async with begin() as uow:
        for key, recipient, message_id in (("a", ANN, 7), ("b", CAROL, 7)):
            kind = Kind.ESCALATION_PAGE
            await uow.outbox.put(samples.promise(key, kind=kind, recipient=recipient))
            [delivery] = await samples.claim(uow)
            await uow.outbox.settle(delivery, PromiseState.SENT, now=NOW, message_id=message_id)

        await uow.outbox.replace_copy(ANN, old=7, new=9)

        found = await uow.outbox.copies(Kind.ESCALATION_PAGE, 1)
        assert [(one.recipient, one.message_id) for one in found] == [(ANN, 9), (CAROL, 7)]


async def test_copies_are_the_messages_that_stand_somewhere(begin: Begin) -> None:
    async with begin() as uow:
        for number, subject in enumerate((1, 1, 1, 1, 2), start=1):
            promise = samples.promise(
                str(number),
                kind=Kind.ESCALATION_PAGE,
                recipient=Address(number),
                subject=subject,
                due_at=NOW - number * SECOND,
            )
            await uow.outbox.put(replace(promise, data={"page": number}))
        for one in await samples.claim(uow):
            number = one.promise.recipient
            state = PromiseState.DEAD if number == 2 else PromiseState.SENT
            message_id = None if number == 3 else 100 + number
            await uow.outbox.settle(one, state, now=NOW, message_id=message_id)
        assert await uow.outbox.copies(Kind.ESCALATION_PAGE, 1) == [
            Copy(recipient=Address(number), message_id=100 + number, data={"page": number})
            for number in (1, 4)
        ]


async def test_a_chat_with_a_new_id_gets_every_promise_there(begin: Begin) -> None:
    async with begin() as uow:
        await uow.outbox.put(samples.promise("sent"))
        [sent] = await samples.claim(uow)
        await uow.outbox.settle(sent, PromiseState.SENT, now=NOW, message_id=1)
        await uow.outbox.put(samples.promise("waits"))
        await uow.outbox.put(samples.promise("other", recipient=CAROL))

        await uow.outbox.readdress(ANN, Address(-100))
        assert {one.promise.key: one.promise.recipient for one in await samples.claim(uow)} == {
            "waits": -100,
            "other": CAROL,
        }
        assert [one.recipient for one in await uow.outbox.copies(Kind.CHECKIN, 1)] == [-100]


async def test_the_next_instant_is_a_waiting_promise_or_the_end_of_a_lease(begin: Begin) -> None:
    async with begin() as uow:
        assert await uow.outbox.next_at() is None
        await uow.outbox.put(samples.promise("a"))
        assert await uow.outbox.next_at() == NOW
        [held] = await samples.claim(uow)
        assert await uow.outbox.next_at() == NOW + LEASE
        await uow.outbox.put(samples.promise("b", due_at=NOW + SECOND))
        assert await uow.outbox.next_at() == NOW + SECOND
        await uow.outbox.cancel(kinds=[Kind.CHECKIN])
        await uow.outbox.settle(held, PromiseState.SENT, now=NOW)
        assert await uow.outbox.next_at() is None
