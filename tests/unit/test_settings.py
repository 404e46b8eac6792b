from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.clinic_file import ClinicFile, load_clinic
from bot.settings import TELEGRAM, SettingsError, load_settings
from care.clinic import WIDENING, Clinic, Ladder

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = "123456789:" + "A" * 35
GOOD = {
    "BOT_TOKEN": TOKEN,
    "CLINIC_NAME": "Lindenhof Clinic",
    "CLINIC_PHONE": "+49 30 5550-0123",
    "CLINIC_TIME_ZONE": "Europe/Berlin",
    "EMERGENCY_NUMBER": "112",
}
OTHERS = (
    "BOT_API_URL",
    "DATABASE_URL",
    "CLINIC_FILE",
    "MESSAGES_PER_SECOND",
    "WEBHOOK_URL",
    "WEBHOOK_SECRET",
    "WEBHOOK_PORT",
    "HEALTH_PORT",
    "LISTEN_ADDRESS",
    "HEARTBEAT_URL",
    "LOG_LEVEL",
    "LOG_FORMAT",
    "CLOCK_URL",
)


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder, and an environment with the least that is needed."""
    monkeypatch.chdir(tmp_path)
    for name in OTHERS:
        monkeypatch.delenv(name, raising=False)
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    return tmp_path


def complaint() -> str:
    with pytest.raises(SettingsError) as caught:
        load_clinic(load_settings())
    return str(caught.value)


def test_five_settings_are_enough() -> None:
    settings = load_settings()

    assert settings.bot_token.get_secret_value() == TOKEN
    assert settings.bot_api_url == TELEGRAM
    assert settings.database_url == "sqlite+aiosqlite:///data/respite.db"
    assert load_clinic(settings) == Clinic(
        name="Lindenhof Clinic",
        phone="+49 30 5550-0123",
        zone="Europe/Berlin",
        emergency_number="112",
    )


def test_an_env_file_will_do_and_the_environment_wins(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".env").write_text("CLINIC_NAME=Of the file\nEMERGENCY_NUMBER=144\nOTHER=1\n")
    monkeypatch.delenv("EMERGENCY_NUMBER")

    settings = load_settings()

    assert (settings.clinic_name, settings.emergency_number) == ("Lindenhof Clinic", "144")


@pytest.mark.parametrize("name", GOOD)
def test_a_missing_setting_is_named_with_a_way_out(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(name)

    assert complaint() == f"{name} is missing; .env.example shows it."


WRONG = [
    ("BOT_TOKEN", "", "is not a bot token; @BotFather gives one like 123456789:AA…"),
    ("BOT_TOKEN", "12:secret", "is not a bot token; @BotFather gives one like 123456789:AA…"),
    ("DATABASE_URL", "mysql://me:pw@h/d", "must begin with sqlite+aiosqlite:/// or "),
    ("CLINIC_NAME", "  ", "is still a placeholder"),
    ("CLINIC_PHONE", "ask Eve", "is not a telephone number"),
    ("CLINIC_TIME_ZONE", "Berlin", "is not an IANA time zone; Europe/Berlin is one"),
    ("CLINIC_TIME_ZONE", "../etc", "is not an IANA time zone; Europe/Berlin is one"),
    ("EMERGENCY_NUMBER", "1", "is not a telephone number"),
    ("CLINIC_FILE", "clinc.toml", "names a file that does not exist"),
    ("MESSAGES_PER_SECOND", "0", "should be greater than 0"),
    ("MESSAGES_PER_SECOND", "1001", "should be less than or equal to 1000"),
    ("MESSAGES_PER_SECOND", "many", "should be a valid number"),
    ("WEBHOOK_URL", "http://bot.clinic.org", "must be an https:// address; plain http:// only"),
    ("WEBHOOK_URL", "https:///x/y", "must be an https:// address; plain http:// only"),
    ("WEBHOOK_SECRET", "too short", "must be 16 to 256 of the characters A-Z a-z 0-9 _ -"),
    ("WEBHOOK_SECRET", "sixteen letters, or more", "must be 16 to 256 of the characters"),
    ("WEBHOOK_PORT", "0", "should be greater than or equal to 1"),
    ("HEALTH_PORT", "http", "should be a valid integer"),
    ("HEARTBEAT_URL", "ftp://monitor.org/ping", "must be an https:// address"),
    ("LOG_LEVEL", "LOUD", "should be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
    ("LOG_FORMAT", "xml", "should be 'text' or 'json'"),
]


@pytest.mark.parametrize(("name", "value", "expected"), WRONG)
def test_a_wrong_setting_gives_one_sentence_that_never_shows_its_value(
    name: str, value: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    said = complaint()

    assert said.startswith(f"{name} {expected}")
    assert said.endswith(".")
    assert "\n" not in said
    if len(value.strip()) > 4:
        assert value not in said.replace("Europe/Berlin", "")


@pytest.mark.parametrize(
    "value", ["change-me", "CHANGE ME", "Your clinic", "example", "<name>", "xxx", "placeholder"]
)
@pytest.mark.parametrize("name", ["CLINIC_NAME", "CLINIC_PHONE", "EMERGENCY_NUMBER"])
def test_placeholders_are_refused(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)

    assert complaint() == f"{name} is still a placeholder."


def test_a_followed_clock_is_refused_with_telegrams_own_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CLOCK_URL", "http://127.0.0.1:8081/sim/state")

    assert complaint() == ("CLOCK_URL is for the simulator alone; delete it to talk to Telegram.")

    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:8081")

    assert load_settings().clock_url == "http://127.0.0.1:8081/sim/state"


def test_several_wrong_settings_are_all_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLINIC_NAME")
    monkeypatch.setenv("LOG_FORMAT", "xml")

    said = complaint()

    assert said == (
        "CLINIC_NAME is missing; .env.example shows it. LOG_FORMAT should be 'text' or 'json'."
    )


def test_settings_never_show_the_token() -> None:
    assert TOKEN not in repr(load_settings())


def write(folder: Path, text: str) -> None:
    (folder / "clinic.toml").write_text(text, "utf-8")


def test_a_clinic_sets_what_it_may(folder: Path) -> None:  # R-GEN-1
    write(
        folder,
        """
        [checkin]
        at = 18:00:00
        reminder_after_minutes = 60
        summary_time = 17:30:00
        [limits]
        pain = 8
        [ladder.emergency]
        pages_after_minutes = [0, 3]
        then_every_minutes = 10
        [invites]
        patient_hours = 48
        """,
    )

    clinic = load_clinic(load_settings())

    assert (clinic.checkin_time, clinic.summary_time) == (time(18), time(17, 30))
    assert (clinic.reminder_after, clinic.pain_limit) == (timedelta(hours=1), 8)
    assert clinic.emergency_ladder == Ladder(
        pages_after=(timedelta(0), timedelta(minutes=3)),
        then_every=timedelta(minutes=10),
        tells=WIDENING,
        is_at_once=True,
    )
    assert (
        clinic.urgent_ladder
        == Clinic(name="", phone="", zone="", emergency_number="").urgent_ladder
    )
    assert clinic.patient_invite_life == timedelta(hours=48)


def test_the_file_has_the_defaults_of_the_core(folder: Path) -> None:
    write(folder, "")

    assert load_clinic(load_settings()) == Clinic(
        name="Lindenhof Clinic",
        phone="+49 30 5550-0123",
        zone="Europe/Berlin",
        emergency_number="112",
    )


BAD_FILES = [
    ("[limits]\npain = 0", "limits.pain should be greater than or equal to 1"),
    ("[limits]\npain = 11", "limits.pain should be less than or equal to 10"),
    ("[limits]\npain = 8.5", "limits.pain should be a valid integer"),
    ("[limits]\nsleep = 8", "limits.sleep is not known; delete it or mend its name"),
    ("colour = 1", "colour is not known; delete it or mend its name"),
    ("limits = 9", "limits should be a valid dictionary"),
    ("[checkin]\nat = 'late'", "checkin.at should be in a valid time format"),
    ("[checkin]\nreminder_after_minutes = 5", "checkin.reminder_after_minutes should be greater"),
    ("[invites]\npatient_hours = 100", "invites.patient_hours should be less than or equal to 72"),
    ("[invites]\ncoordinator_hours = 0", "invites.coordinator_hours should be greater than or"),
    (
        "[ladder.emergency]\npages_after_minutes = [0, 60]",
        "ladder.emergency.then_every_minutes is missing.",
    ),
    ('[ladder.urgent]\ntells = ["on_duty"]', "ladder.urgent.tells must widen"),
    ('[ladder.urgent]\nout_of_hours = "never"', "ladder.urgent.out_of_hours should be"),
    (
        '[hours]\nclosed_on = ["soon"]',
        "hours.closed_on.0 should be",
    ),
    (
        "[ladder.urgent]\npages_after_minutes = [0, 60]\nthen_every_minutes = 0",
        "ladder.urgent.then_every_minutes should be greater than or equal to 1",
    ),
]


@pytest.mark.parametrize(("text", "expected"), BAD_FILES)
def test_a_wrong_line_of_the_clinic_file_is_named(text: str, expected: str, folder: Path) -> None:
    write(folder, text)

    said = complaint()

    assert said.startswith(f"clinic.toml: {expected}")
    assert said.endswith(".")


@pytest.mark.parametrize("pages", ["[]", "[5, 15]", "[0, 15, 5]", "[0, 5, 5]", "[-5, 0]"])
@pytest.mark.parametrize("tier", ["emergency", "urgent"])
def test_a_ladder_begins_at_once_and_climbs(tier: str, pages: str, folder: Path) -> None:
    write(folder, f"[ladder.{tier}]\npages_after_minutes = {pages}\nthen_every_minutes = 30")

    assert complaint() == (
        f"clinic.toml: ladder.{tier}.pages_after_minutes must begin with 0 and climb."
    )


def test_what_is_no_toml_is_said_with_its_place(folder: Path) -> None:
    write(folder, "[limits]\npain = ")

    assert complaint().startswith("clinic.toml is not valid TOML: ")


def test_a_clinic_file_that_cannot_be_read_is_said(folder: Path) -> None:
    (folder / "clinic.toml").write_bytes(b"\xff\xfe")
    assert complaint() == "clinic.toml cannot be read as text."

    (folder / "clinic.toml").unlink()
    (folder / "clinic.toml").mkdir()
    assert complaint() == "clinic.toml cannot be read as text."


def test_without_a_clinic_file_the_defaults_hold() -> None:
    assert ClinicFile().limits.pain == Clinic.pain_limit


def test_a_webhook_needs_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_URL", "https://bot.clinic.org")

    expected = "WEBHOOK_SECRET is missing; nobody may deliver updates to WEBHOOK_URL without it."
    assert complaint() == expected


def test_a_webhook_of_this_machine_may_do_without_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_URL", "http://127.0.0.1:8080")
    monkeypatch.setenv("WEBHOOK_SECRET", "s" * 256)
    monkeypatch.setenv("HEALTH_PORT", "")

    settings = load_settings()

    assert (settings.webhook_url, settings.webhook_port) == ("http://127.0.0.1:8080", 8443)
    assert settings.webhook_secret.get_secret_value() == "s" * 256
    assert settings.health_port is None
    assert "s" * 16 not in repr(settings)
