"""What is declared is tested: settings, clinic.toml, commands, buttons, promises."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import BaseModel
from telegram.ext import CommandHandler

from bot.clinic_file import ClinicFile
from bot.composing import screen_of
from bot.payloads.tags import TAGS
from bot.settings import Settings, load_settings
from bot.views import general
from bot.views.wording.catalogue import wording
from care import promises
from care.attacks import Asking, NewAttack, asked
from care.infusions import Ahead
from care.people import Address
from care.promises import Delivery, Kind
from care.steps import bundling, letters
from care.triage import TABLE, Rule, Tells, Tier
from care.usecases.audit import Trouble
from storage import engine
from storage.unit_of_work import SqlUnitOfWork
from tests import builders
from tests.architecture.sources import ROOT
from tests.databases import template_sqlite
from tests.storage import samples
from tests.storage.conftest import NOW, StandingClock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from care.people import Coordinator, Patient
    from care.ports.unit_of_work import UnitOfWork
    from tests.world import World

REQUIRED = {
    "BOT_TOKEN": "123456789:" + "A" * 35,
    "CLINIC_NAME": "Lindenhof Clinic",
    "CLINIC_PHONE": "030 5550 0123",
    "CLINIC_TIME_ZONE": "Europe/Berlin",
    "EMERGENCY_NUMBER": "112",
}
SETTINGS = {name.upper() for name in Settings.model_fields}


def shown() -> dict[str, str]:
    """The settings of `.env.example`, with what stands there."""
    text = (ROOT / ".env.example").read_text("utf-8")
    return dict(re.findall(r"(?m)^([A-Z_]+)=(.*)$", text))


def test_the_example_shows_every_setting_and_no_other() -> None:
    assert set(shown()) == SETTINGS


def test_the_example_filled_in_means_the_defaults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    filled = {**shown(), **REQUIRED}
    (tmp_path / ".env").write_text("".join(f"{name}={it}\n" for name, it in filled.items()))

    found = load_settings()

    least = {name.lower(): value for name, value in REQUIRED.items()}
    assert found == Settings.model_validate(least)


def test_the_example_gives_nothing_away() -> None:
    assert {name: value for name, value in shown().items() if name in REQUIRED and value} == {}


def test_every_setting_is_described() -> None:
    table = (ROOT / "docs" / "settings.md").read_text("utf-8")

    assert set(re.findall(r"(?m)^\| `([A-Z_]+)` \|", table)) == SETTINGS


def leaves(model: BaseModel) -> Iterator[str]:
    """Every key that a clinic may set, with its sections."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, BaseModel):
            yield from (f"{name}.{leaf}" for leaf in leaves(value))
        else:
            yield name


def keys(table: Mapping[str, Any]) -> Iterator[str]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from (f"{name}.{key}" for key in keys(value))
        else:
            yield name


def test_the_clinic_file_shows_every_key_with_its_default() -> None:
    found = tomllib.loads((ROOT / "clinic.toml").read_text("utf-8"))

    assert set(keys(found)) == set(leaves(ClinicFile()))
    assert ClinicFile.model_validate(found) == ClinicFile()


def commands(world: World) -> set[str]:
    """Every command that has a route."""
    routes = world.respite._application.handlers[0]
    return {name for one in routes if isinstance(one, CommandHandler) for name in one.commands}


SHORT_FORMS = {"patient"}
"""What a person may type beside a command of the menu: one `/patient` of the `/patients`."""


def test_every_command_of_a_menu_has_a_route_and_every_route_is_in_a_menu(world: World) -> None:
    say = wording("en")
    menus = [*general.patient_commands(say), *general.coordinator_commands(say, is_lead=True)]

    assert commands(world) == {name for name, _text in menus} | {"start", *SHORT_FORMS}


def test_every_command_can_be_registered() -> None:  # telegram facts, 1
    say = wording("en")
    for menu in (general.patient_commands(say), general.coordinator_commands(say, is_lead=True)):
        names = [name for name, _text in menu]

        assert len(set(names)) == len(names) <= 100
        assert all(re.fullmatch(r"[a-z0-9_]{1,32}", name) for name in names)
        assert all(1 <= len(text) <= 256 for _name, text in menu)


def test_every_button_has_a_route_of_its_own(world: World) -> None:
    handlers = world.respite.taps.handlers

    assert set(handlers) == set(TAGS.values())
    assert len(set(handlers.values())) == len(handlers)


async def subjects(uow: UnitOfWork, ann: Patient, carol: Coordinator) -> dict[str, int]:
    """One row of everything that a promise can speak of, by the first word of its kind."""
    checkin = await samples.checkin(uow, ann)
    await uow.checkins.save(replace(checkin, message_id=101))
    raised = await uow.escalations.add(ann.id, builders.flag(), now=NOW)
    session = await uow.infusions.add(
        patient_id=ann.id, starts_at=NOW + timedelta(days=8), zone="Europe/Berlin"
    )
    attack = await uow.attacks.add(
        NewAttack(patient_id=ann.id, zone="Europe/Berlin", started_at=NOW)
    )
    await uow.attacks.save(asked(attack, Asking.HOW))
    waits = builders.flag(rule="R-FLAG-18", tier=Tier.ROUTINE, reason={})
    await uow.escalations.add(ann.id, waits, now=NOW)
    message = await uow.relay.add(builders.new_relay(patient_id=ann.id))
    return {
        "relay": message.id,
        "checkin": checkin.id,
        "attack": attack.id,
        "summary": ann.id,
        "patient": ann.id,
        "infusion": session.id,
        "escalation": raised.id,
        "emergency": raised.id,
        "crisis": raised.id,
        "group": raised.id,
        "team": raised.id,
        "report": raised.id,
        "status": ann.id,
        "medicine": ann.id,
        "daily": carol.id,
        "trouble": carol.id,
        "digest": carol.id,
    }


DATA: Mapping[Kind, Mapping[str, int | str]] = {
    Kind.ATTACK_QUESTION: {"asking": Asking.HOW},
    Kind.SUMMARY: {"last": samples.TODAY.isoformat()},
    Kind.STATUS_QUESTION: {"on": samples.TODAY.isoformat()},
    Kind.MEDICINE_DAYS: {"class": "triptan", "days": 8, "at_least": 0},
    Kind.ESCALATION_REDRAW: {"page": 1, "message_id": 102},
    Kind.INFUSION_REMINDER: {"ahead": Ahead.HOURS_24},
    Kind.GROUP_REDRAW: {"message_id": 103},
    Kind.RELAY_TO_TEAM: {"part": 1, "silent": 0},
    Kind.RELAY_REDRAW: {"part": 1, "message_id": 104},
    Kind.RELAY_STATE: {"new": 0},
    Kind.TROUBLE: {"trouble": Trouble.NOBODY_TO_PAGE, "about": "today", "n": 1},
}
OPERATOR = Address(7_000_000_003)
READERS = {
    Kind.ESCALATION_PAGE: samples.CAROL,
    Kind.ESCALATION_REDRAW: samples.CAROL,
    Kind.DAILY_LIST: samples.CAROL,
    Kind.RELAY_TO_TEAM: samples.CAROL,
    Kind.RELAY_REDRAW: samples.CAROL,
    Kind.PATIENT_JOINED: samples.CAROL,
    Kind.PATIENT_BLOCKED: samples.CAROL,
    Kind.TROUBLE: OPERATOR,
    Kind.DIGEST: samples.CAROL,
}


@pytest.mark.parametrize("kind", list(Kind))
async def test_every_promise_has_a_letter_and_a_screen(kind: Kind, tmp_path: Path) -> None:
    opened = engine.create(template_sqlite(tmp_path / "respite.db"))
    async with SqlUnitOfWork(opened, clock=StandingClock()) as uow:
        ann, carol = await samples.ann(uow), await samples.carol(uow)
        await uow.people.add_operator(address=OPERATOR, language="en")
        found = await subjects(uow, ann, carol)
        await uow.people.save_patient(replace(ann, is_reachable=kind is not Kind.PATIENT_BLOCKED))
        promise = builders.promise(
            kind=kind,
            subject=found[kind.partition("_")[0]],
            recipient=READERS.get(kind, samples.ANN),
            data=DATA.get(kind, {}),
        )
        delivery = Delivery(id=1, promise=promise, attempt=1, repeat=0)

        bundle = await bundling.bundled(uow, [promise])
        letter = await letters.letter_for(uow, delivery, bundle=bundle, now=NOW)
    await opened.dispose()

    assert letter is not None
    assert screen_of(letter, builders.clinic()).text
    assert promises.lane(kind) in promises.Lane


def test_the_table_of_triage_is_the_one_that_the_clinic_signs() -> None:  # R-GEN-2
    told = {
        Tells.EMERGENCY: "the emergency words",
        Tells.CRISIS: "the card",
        Tells.REPORT: "how far it is",
        Tells.NOTHING: "nothing",
    }
    written = [
        tuple(cell.strip() for cell in line.strip("|").split("|"))
        for line in (ROOT / "docs" / "rules.md").read_text("utf-8").splitlines()
        if line.startswith("| ") and not line.startswith("| rule")
    ]

    assert [(rule, *rest) for rule, _when, *rest in written] == [
        (row.id, row.tier.upper(), told[row.tells], _team(row), _once_closed(row)) for row in TABLE
    ]


def _team(row: Rule) -> str:
    if row.is_at_once or row.tier is Tier.EMERGENCY:
        return "rings at any hour"
    return "rings in hours" if row.tier is Tier.URGENT else "the daily list"


def _once_closed(row: Rule) -> str:
    return f"rests {row.rests_for.days} days" if row.rests_for else "comes anew"
