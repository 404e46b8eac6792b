"""The environment to frozen Settings; refuses placeholders, says what is wrong."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from care import hours, timetable

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


def _hours(value: str) -> str:
    try:
        hours.parse(value, zone="UTC")
    except hours.NoHours:
        raise ValueError("are no opening hours; Mon-Fri 09:00-17:00 are") from None
    return value


def _phone(value: str) -> str:
    if not re.fullmatch(r"\+?[0-9 ()/.-]{2,25}", value):
        raise ValueError("is not a telephone number")
    return value


def _phone_if_any(value: str) -> str:
    return _phone(value) if value else value


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
    clinic_hours: Annotated[str, AfterValidator(_hours)] = hours.WORKING_WEEK
    care_team_chat_id: Annotated[
        int | None, BeforeValidator(lambda value: value or None), AfterValidator(_group)
    ] = None
    emergency_number: Annotated[str, AfterValidator(_filled), AfterValidator(_phone)]
    crisis_line: Annotated[str, AfterValidator(_phone_if_any)] = ""
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


def load_settings() -> Settings:
    """Read the environment and `.env`; raises SettingsError with a sentence a setting."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError(sentences(error, upper=True)) from None


def sentences(error: ValidationError, *, upper: bool) -> str:
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
