"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import ARRAY, BigInteger, DateTime, Integer, Text
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from care.people import Risk
from care.timetable import NaiveInstant

if TYPE_CHECKING:
    from collections.abc import Callable

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


class Ids(TypeDecorator[Sequence[int]]):
    """Many ids as one value of a statement: an array, or JSON on SQLite."""

    impl = Text
    cache_ok = True

    @override
    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return Text() if dialect.name == "sqlite" else ARRAY(BigInteger())

    @override
    def process_bind_param(self, value: Sequence[int] | None, dialect: Dialect) -> Any:
        return _json(list(value or ())) if dialect.name == "sqlite" else value


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: refuses naive input, is stored in UTC and comes back aware, in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else _in_utc(value)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is UTC:
            return value
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    @override
    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any] | None:
        """SQLite keeps text; SQLAlchemy writes the same, in several times as long."""
        return _as_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    @override
    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[Any], datetime | None] | None:
        """What `bind_processor` wrote, read back."""
        if dialect.name == "sqlite":
            return _of_text
        return super().result_processor(dialect, coltype)


def _in_utc(value: datetime) -> datetime:
    if value.tzinfo is UTC:
        return value
    if value.utcoffset() is None:
        raise NaiveInstant(f"{value.isoformat()} has no time zone.")
    return value.astimezone(UTC)


def _as_text(value: datetime | None) -> str | None:
    """As SQLAlchemy keeps an instant on SQLite: without its zone, which is UTC."""
    return None if value is None else _in_utc(value).isoformat(" ", "microseconds")[:26]


def _of_text(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(f"{text}+00:00")


class _Codes(dict[Any, Any], Generic[E]):
    """A way in or out, member by member; what is none of them is for the enum to refuse."""

    def __init__(self, kind: type[E], pairs: Mapping[E, str] | Mapping[str, E]) -> None:
        super().__init__(pairs)
        self[None] = None
        self._kind = kind

    def __missing__(self, key: str) -> str | E:
        return self._kind(key)


class Code(TypeDecorator[E]):
    """A stable code: a StrEnum as text."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[E]) -> None:
        super().__init__()
        self.kind = kind
        self._in = _Codes(kind, {member: member.value for member in kind})
        self._out = _Codes(kind, {member.value: member for member in kind})

    @override
    def bind_processor(self, dialect: Dialect) -> Callable[[E | None], str | None]:
        return self._in.__getitem__

    @override
    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[str | None], E | None]:
        return self._out.__getitem__


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
        return None if value is None else _codes_as_text(value)

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        return None if value is None else _codes_of_text(value)


@lru_cache(maxsize=4096)
def _codes_as_text(codes: tuple[str, ...]) -> str:
    return _json(list(codes))


@lru_cache(maxsize=4096)
def _codes_of_text(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


class JsonRisks(TypeDecorator[tuple[Risk, ...]]):
    """What the clinic knows of a patient, as a JSON array."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: tuple[Risk, ...] | None, dialect: Dialect) -> str | None:
        return _json([one.value for one in value or ()])

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Risk, ...]:
        return tuple(Risk(one) for one in json.loads(value or "[]"))


_json = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
