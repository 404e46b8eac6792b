"""clinic.toml to the clinic of the core: what a clinic may set, checked, with clear errors."""

from __future__ import annotations

import tomllib
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from bot.settings import SettingsError, sentences
from care.clinic import WIDENING, Circle, Clinic, Definition, Ladder

if TYPE_CHECKING:
    from pathlib import Path

    from bot.settings import Settings


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


def _widening(tells: list[Circle]) -> list[Circle]:
    """Who was told at a page is told at the next too, and sooner or later everyone is."""
    order = [WIDENING.index(one) for one in tells]
    if order != sorted(order) or order[-1] < WIDENING.index(Circle.EVERYONE):
        raise ValueError('must widen, from "on_duty" to "everyone" or "lead"')
    return tells


class _Ladder(_Strict):
    pages_after_minutes: Annotated[list[int], AfterValidator(_climbing)]
    then_every_minutes: int = Field(ge=1)
    tells: Annotated[list[Circle], Field(min_length=1), AfterValidator(_widening)] = [*WIDENING]

    def ladder(self, *, is_at_once: bool) -> Ladder:
        """The ladder of the core."""
        return Ladder(
            pages_after=tuple(timedelta(minutes=page) for page in self.pages_after_minutes),
            then_every=timedelta(minutes=self.then_every_minutes),
            tells=tuple(self.tells),
            is_at_once=is_at_once,
        )


class _Urgent(_Ladder):
    pages_after_minutes: Annotated[list[int], AfterValidator(_climbing)] = [0, 60, 240]
    then_every_minutes: int = Field(default=240, ge=1)
    out_of_hours: Literal["at_opening", "at_once"] = "at_opening"


class _Ladders(_Strict):
    emergency: _Ladder = _Ladder(pages_after_minutes=[0, 5, 15, 30], then_every_minutes=30)
    urgent: _Urgent = _Urgent()
    owner_reminded_after_minutes: int = Field(default=60, ge=5, le=1440)


class _Hours(_Strict):
    closed_on: list[date] = Field(default=[], max_length=200)


class _Invites(_Strict):
    patient_hours: int = Field(default=72, ge=1, le=72)
    coordinator_hours: int = Field(default=24, ge=1, le=72)


class ClinicFile(_Strict):
    """What the clinic sets: every key has a default, an unknown one is refused."""

    checkin: _CheckIn = _CheckIn()
    hours: _Hours = _Hours()
    limits: _Limits = _Limits()
    definitions: _Definitions = _Definitions()
    ladder: _Ladders = _Ladders()
    invites: _Invites = _Invites()


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
        raise SettingsError(f"{path}: {sentences(error, upper=False)}") from None
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"{path} cannot be read as text.") from None


def clinic_of(found: ClinicFile, settings: Settings) -> Clinic:
    """The clinic as the core knows it."""
    return Clinic(
        name=settings.clinic_name,
        phone=settings.clinic_phone,
        zone=settings.clinic_time_zone,
        emergency_number=settings.emergency_number,
        crisis_line=settings.crisis_line,
        pain_limit=found.limits.pain,
        checkin_time=found.checkin.at,
        backfill_time=found.checkin.next_morning,
        reminder_after=timedelta(minutes=found.checkin.reminder_after_minutes),
        summary_time=found.checkin.summary_time,
        patient_invite_life=timedelta(hours=found.invites.patient_hours),
        coordinator_invite_life=timedelta(hours=found.invites.coordinator_hours),
        opening_hours=settings.clinic_hours,
        closed_on=frozenset(found.hours.closed_on),
        emergency_ladder=found.ladder.emergency.ladder(is_at_once=True),
        migraine_day=found.definitions.migraine_day,
        urgent_ladder=found.ladder.urgent.ladder(
            is_at_once=found.ladder.urgent.out_of_hours == "at_once"
        ),
        owner_reminded_after=timedelta(minutes=found.ladder.owner_reminded_after_minutes),
    )
