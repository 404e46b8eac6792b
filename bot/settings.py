"""Environment and clinic.toml to frozen Settings; refuses placeholders, says what is wrong."""

from __future__ import annotations

import re
import tomllib
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from care import timetable
from care.clinic import Clinic, Definition, Ladder

TELEGRAM = "https://api.telegram.org"

_PLACEHOLDER = re.compile(r"change[-_ ]?me|your[-_ ]|example|placeholder|xxx|<.*>", re.IGNORECASE)
_TOKEN = re.compile(r"\d{6,}:[A-Za-z0-9_-]{30,}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class SettingsError(Exception):
    """The settings are not complete; the message says which, and what to do."""


def _filled(value: str) -> str:
    if not value.strip() or _PLACEHOLDER.search(value):
        raise ValueError("is still a placeholder")
    return value.strip()


def _token(value: SecretStr) -> SecretStr:
    if not _TOKEN.fullmatch(value.get_secret_value()):
        raise ValueError("is not a bot token; @BotFather gives one like 123456789:AA…")
    return value


def _zone(value: str) -> str:
    try:
        timetable.zone(value)
    except timetable.UnknownZone:
        raise ValueError("is not an IANA time zone; Europe/Berlin is one") from None
    return value


def _phone(value: str) -> str:
    if not re.fullmatch(r"\+?[0-9 ()/.-]{2,25}", value):
        raise ValueError("is not a telephone number")
    return value


def _database(value: str) -> str:
    if not value.startswith(("sqlite+aiosqlite:///", "postgresql+asyncpg://")):
        raise ValueError("must begin with sqlite+aiosqlite:/// or postgresql+asyncpg://")
    return value


def _clock(value: str, info: ValidationInfo) -> str:
    if value and not value.startswith("http://"):
        raise ValueError("must begin with http://")
    if value and "telegram.org" in str(info.data.get("bot_api_url")):
        raise ValueError("is for the simulator alone; delete it to talk to Telegram")
    return value


def _address(value: str) -> str:
    if not value:
        return value
    parts = urlsplit(value)
    is_local = parts.scheme == "http" and parts.hostname in _LOOPBACK
    if not parts.hostname or not (parts.scheme == "https" or is_local):
        raise ValueError("must be an https:// address; plain http:// only on this machine")
    return value


def _secret(value: SecretStr, info: ValidationInfo) -> SecretStr:
    found = value.get_secret_value()
    if not found and info.data.get("webhook_url"):
        raise ValueError("is missing; nobody may deliver updates to WEBHOOK_URL without it")
    if found and not _SECRET.fullmatch(found):
        raise ValueError("must be 16 to 256 of the characters A-Z a-z 0-9 _ -")
    return value


def _group(value: int | None) -> int | None:
    if value is not None and value >= 0:
        raise ValueError("is not the id of a group: those are negative numbers")
    return value


Filled = Annotated[str, AfterValidator(_filled)]
Url = Annotated[str, AfterValidator(_address)]
Port = Annotated[int, Field(ge=1, le=65535)]
PortIfAny = Annotated[Port | None, BeforeValidator(lambda value: value or None)]


class Settings(BaseSettings):
    """What the operator sets, from the environment or a `.env` file."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    bot_token: Annotated[SecretStr, AfterValidator(_token)]
    bot_api_url: str = TELEGRAM
    database_url: Annotated[str, AfterValidator(_database)] = "sqlite+aiosqlite:///data/respite.db"
    clinic_name: Filled
    clinic_phone: Annotated[str, AfterValidator(_filled), AfterValidator(_phone)]
    clinic_time_zone: Annotated[str, AfterValidator(_zone)]
    care_team_chat_id: Annotated[
        int | None, BeforeValidator(lambda value: value or None), AfterValidator(_group)
    ] = None
    emergency_number: Annotated[str, AfterValidator(_filled), AfterValidator(_phone)]
    clinic_file: Path = Path("clinic.toml")
    messages_per_second: float = Field(default=30, gt=0, le=1000)
    webhook_url: Url = ""
    webhook_secret: Annotated[SecretStr, AfterValidator(_secret), Field(validate_default=True)] = (
        SecretStr("")
    )
    webhook_port: Port = 8443
    health_port: PortIfAny = None
    listen_address: str = "127.0.0.1"
    heartbeat_url: Url = ""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"
    clock_url: Annotated[str, AfterValidator(_clock)] = ""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _CheckIn(_Strict):
    at: time = Clinic.checkin_time
    reminder_after_minutes: int = Field(default=120, ge=15, le=600)
    next_morning: time = Clinic.backfill_time
    summary_time: time = Clinic.summary_time


class _Limits(_Strict):
    pain: int = Field(default=Clinic.pain_limit, ge=1, le=10)


class _Definitions(_Strict):
    migraine_day: Definition = Clinic.migraine_day


def _climbing(pages: list[int]) -> list[int]:
    if pages[:1] != [0] or pages != sorted(set(pages)):
        raise ValueError("must begin with 0 and climb")
    return pages


class _Ladder(_Strict):
    pages_after_minutes: Annotated[list[int], AfterValidator(_climbing)]
    then_every_minutes: int = Field(ge=1)

    def ladder(self) -> Ladder:
        """The ladder of the core."""
        return Ladder(
            pages_after=tuple(timedelta(minutes=page) for page in self.pages_after_minutes),
            then_every=timedelta(minutes=self.then_every_minutes),
        )


class _Ladders(_Strict):
    emergency: _Ladder = _Ladder(pages_after_minutes=[0, 5, 15, 30], then_every_minutes=30)
    urgent: _Ladder = _Ladder(pages_after_minutes=[0, 60, 240], then_every_minutes=240)
    routine: _Ladder = _Ladder(pages_after_minutes=[0], then_every_minutes=1440)


class _Invites(_Strict):
    patient_hours: int = Field(default=72, ge=1, le=72)
    coordinator_hours: int = Field(default=24, ge=1, le=72)


class ClinicFile(_Strict):
    """What the clinic sets: every key has a default, an unknown one is refused."""

    checkin: _CheckIn = _CheckIn()
    limits: _Limits = _Limits()
    definitions: _Definitions = _Definitions()
    ladder: _Ladders = _Ladders()
    invites: _Invites = _Invites()


def load_settings() -> Settings:
    """Read the environment and `.env`; raises SettingsError with a sentence a setting."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError(_sentences(error, upper=True)) from None


def load_clinic(settings: Settings) -> Clinic:
    """The clinic of the settings and of its clinic.toml; raises SettingsError."""
    path = settings.clinic_file
    if not path.exists():
        if "clinic_file" in settings.model_fields_set:
            raise SettingsError("CLINIC_FILE names a file that does not exist.")
        return clinic_of(ClinicFile(), settings)
    return clinic_of(_clinic_file(path), settings)


def _clinic_file(path: Path) -> ClinicFile:
    try:
        return ClinicFile.model_validate(tomllib.loads(path.read_text("utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not valid TOML: {error}.") from None
    except ValidationError as error:
        raise SettingsError(f"{path}: {_sentences(error, upper=False)}") from None
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"{path} cannot be read as text.") from None


def clinic_of(found: ClinicFile, settings: Settings) -> Clinic:
    """The clinic as the core knows it."""
    return Clinic(
        name=settings.clinic_name,
        phone=settings.clinic_phone,
        zone=settings.clinic_time_zone,
        emergency_number=settings.emergency_number,
        pain_limit=found.limits.pain,
        checkin_time=found.checkin.at,
        backfill_time=found.checkin.next_morning,
        reminder_after=timedelta(minutes=found.checkin.reminder_after_minutes),
        summary_time=found.checkin.summary_time,
        patient_invite_life=timedelta(hours=found.invites.patient_hours),
        coordinator_invite_life=timedelta(hours=found.invites.coordinator_hours),
        emergency_ladder=found.ladder.emergency.ladder(),
        migraine_day=found.definitions.migraine_day,
        urgent_ladder=found.ladder.urgent.ladder(),
        routine_ladder=found.ladder.routine.ladder(),
    )


def _sentences(error: ValidationError, *, upper: bool) -> str:
    """One sentence for each setting, naming it and never its value."""
    found = error.errors(include_input=False, include_url=False)
    said = [
        (_name(one["loc"], upper=upper), _complaint(one["type"], one["msg"], upper=upper))
        for one in found
    ]
    return " ".join(f"{name} {complaint}." for name, complaint in said)


def _name(place: tuple[int | str, ...], *, upper: bool) -> str:
    name = ".".join(str(part) for part in place)
    return name.upper() if upper else name


def _complaint(kind: str, message: str, *, upper: bool) -> str:
    if kind == "missing":
        return "is missing; .env.example shows it" if upper else "is missing"
    if kind == "extra_forbidden":
        return "is not known; delete it or mend its name"
    return message.removeprefix("Value error, ").replace("Input should", "should").rstrip(".")
