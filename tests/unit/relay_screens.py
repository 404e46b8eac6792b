"""The screens of words between a patient and the team, with awkward values (see screens.py)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import TYPE_CHECKING

from bot.views import relaying
from care import relay
from care.ports.relay_letters import RelayLetter
from tests import builders

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.views.screen import Screen
    from bot.views.wording.catalogue import Wording
    from care.clinic import Clinic
    from care.people import Coordinator, Patient
    from care.relay import RelayMessage

Named = tuple[str, "Screen"]

LARGE = 2**53
LATER = builders.NOW + timedelta(minutes=31)
TEXTS = ("x", "<b>& " + "\U00010400" * 2000, "one\ntwo\x1b[31m\u202e", "<" * 4096)
STAGES: tuple[dict[str, object], ...] = (
    {},
    {"failed_at": LATER},
    {"delivered_at": LATER},
    {"delivered_at": LATER, "read_at": LATER, "read_by": 2},
    {"read_at": LATER, "read_by": 2, "answered_at": LATER, "answered_by": 2},
)


def messages() -> Iterator[RelayMessage]:
    """Words of every length, at every stage."""
    for text, stage in product(TEXTS, STAGES):
        yield builders.relay_message(id=LARGE, text=text, **stage)


def patients_relay(say: Wording, clinic: Clinic, patient: Patient) -> Iterator[Named]:
    """What the patient sees."""
    for now in (builders.NOW, builders.NOW.replace(hour=10)):
        yield "relaying.prompt", relaying.prompt(say, clinic, patient, now=now)
        for text in TEXTS:
            note = builders.note(id=LARGE, text=text)
            yield "relaying.ask", relaying.ask(say, clinic, patient, note, now=now)
    yield "relaying.never_minded", relaying.never_minded(say)
    for text in TEXTS:
        answer = builders.relay_message(id=LARGE, text=text[: relay.LONGEST_ANSWER // 2])
        for number in (1, 2):
            yield "relaying.answer", relaying.answer(say, answer, number=number)
    for one in messages():
        yield f"relaying.stage {one.stage}", relaying.stage(say, clinic, patient, one)


def teams_relay(
    say: Wording, clinic: Clinic, patient: Patient, carol: Coordinator
) -> Iterator[Named]:
    """What the coordinators see."""
    failed = builders.relay_message(failed_at=LATER)
    for one, who, answers in product(messages(), (carol, None), ((), (failed,))):
        letter = RelayLetter(
            coordinator=carol,
            patient=patient,
            message=one,
            part=1,
            reader=who,
            answerer=who,
            answers=answers,
        )
        for part in range(1, len(relay.parts(one.text)) + 1):
            shown = replace(letter, part=part, number=LARGE)
            yield f"relaying.page {one.stage}", relaying.page(say, clinic, shown)
        yield "relaying.held", relaying.held(say, clinic, one, who, LARGE)
        for count in (0, 1, 20):
            found = ((one, patient, who),) * count
            yield f"relaying.listed {count}", relaying.listed(say, clinic, found)
    yield "relaying.under_way", relaying.under_way(say, patient.code)
    yield "relaying.dropped", relaying.dropped(say)
