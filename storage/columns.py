"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import BigInteger, DateTime, Integer, Text
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from care.timetable import NaiveInstant

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect
    from sqlalchemy.types import TypeEngine

E = TypeVar("E", bound=StrEnum)

Facts = Mapping[str, int | str]
"""Ids and small facts, as kept in a `JsonFacts` column."""


class BigId(TypeDecorator[int]):
    """A 64-bit id that numbers itself on both databases; Telegram's ids need it too."""

    impl = BigInteger
    cache_ok = True

    @override
    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[int]:
        return Integer() if dialect.name == "sqlite" else BigInteger()


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: refuses naive input, is stored in UTC and comes back aware, in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is UTC:
            return value
        if value.utcoffset() is None:
            raise NaiveInstant(f"{value.isoformat()} has no time zone.")
        return value.astimezone(UTC)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is UTC:
            return value
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Code(TypeDecorator[E]):
    """A stable code: a StrEnum as text."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[E]) -> None:
        super().__init__()
        self.kind = kind
        self._members: dict[str | None, E] = {member.value: member for member in kind}

    @override
    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:
        return None if value is None else self.kind(value).value

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:
        return None if value is None else self._members.get(value) or self.kind(value)


class JsonFacts(TypeDecorator[Facts]):
    """Ids and small facts as JSON text; equal mappings give equal text."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: Facts | None, dialect: Dialect) -> str | None:
        return None if value is None else _json(dict(value))

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> Facts | None:
        return None if value is None else json.loads(value)


class JsonCodes(TypeDecorator[tuple[str, ...]]):
    """The codes of one answer as a JSON array; None stands for "no answer"."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        return None if value is None else _json(list(value))

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        return None if value is None else tuple(json.loads(value))


def _json(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
