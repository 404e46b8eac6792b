"""The published Bot API, told by another project's models: an independent look at every call.

`check_call` says what is wrong with a call, in sentences; nothing wrong is an empty list.
aiogram's models are generated from the published description; nothing of ours is used here.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

import aiogram.methods
import aiogram.types
from aiogram.methods.base import TelegramMethod
from pydantic import BaseModel, TypeAdapter, ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


@cache
def methods() -> dict[str, type[TelegramMethod[Any]]]:
    found = (getattr(aiogram.methods, name) for name in aiogram.methods.__all__)
    return {
        method.__api_method__: method
        for method in found
        if issubclass(method, TelegramMethod) and isinstance(method.__api_method__, str)
    }


@cache
def outdated(method: str) -> frozenset[str]:
    """Give the parameters that Telegram has taken out of its description."""
    fields = methods()[method].model_fields
    return frozenset(
        name for name, field in fields.items() if field.json_schema_extra == {"deprecated": True}
    )


@cache
def _returning(method: str) -> TypeAdapter[Any]:
    return TypeAdapter(methods()[method].__returning__)


def check_call(method: str, params: Mapping[str, Any], result: object) -> list[str]:
    """Check one call; `result` is `None` for a call that was refused."""
    if method not in methods():
        return [f"{method}: no such method"]
    wrong = [f"{method}: {words}" for words in _wrong_params(method, params)]
    if result is not None:
        wrong += [f"{method}: result{words}" for words in _wrong_value(_returning(method), result)]
    return wrong


class Recorded(Protocol):
    """A call as the simulator keeps it."""

    method: str
    params: dict[str, Any]
    ok: bool | None
    result: Any


def check_calls(calls: Iterable[Recorded]) -> list[str]:
    """Check what was asked in every call, and what was answered where it succeeded."""
    return [
        words
        for call in calls
        for words in check_call(call.method, call.params, call.result if call.ok else None)
    ]


def _wrong_params(method: str, params: Mapping[str, Any]) -> Iterator[str]:
    model = methods()[method]
    yield from (f"outdated parameter {name}" for name in params if name in outdated(method))
    try:
        read = model.model_validate(params)
    except ValidationError as error:
        for one in error.errors():
            place = ".".join(map(str, one["loc"]))
            if _is_upload(one["input"]):
                continue  # where aiogram wants its own InputFile
            yield f"parameter {place}: {one['msg']}"
        return
    yield from (f"parameters{words}" for words in _differences(read, dict(params)))


def _is_upload(value: object) -> bool:
    return isinstance(value, str) and value.startswith("attach://")


def _wrong_value(adapter: TypeAdapter[Any], value: object) -> Iterator[str]:
    try:
        read = adapter.validate_python(value)
    except ValidationError as error:
        for one in error.errors():
            yield f".{'.'.join(map(str, one['loc']))}: {one['msg']}"
        return
    yield from _differences(read, value)


def check_update(update: object) -> list[str]:
    """Check one update as a webhook gets it."""
    return [f"update{words}" for words in _wrong_value(_update_adapter(), update)]


@cache
def _update_adapter() -> TypeAdapter[Any]:
    return TypeAdapter(aiogram.types.Update)


def _differences(read: object, given: object) -> Iterator[str]:
    """Walk what was read beside what was given: nothing unknown, nothing silently converted."""
    if isinstance(read, BaseModel) and isinstance(given, dict):
        yield from _inside_object(read, given)
    elif isinstance(read, list) and isinstance(given, list):
        for place, pair in enumerate(zip(read, given, strict=True)):
            yield from (f"[{place}]{words}" for words in _differences(*pair))
    elif isinstance(read, datetime) and type(given) is int:
        return
    elif type(read) is not type(given):
        yield f": {given!r} is not of type {type(read).__name__}"


def _inside_object(read: BaseModel, given: dict[str, Any]) -> Iterator[str]:
    for name in read.model_extra or ():
        yield f": unknown field {name}"
    for name, field in type(read).model_fields.items():
        key = field.alias or name
        if key in given:
            differences = _differences(getattr(read, name), given[key])
            yield from (f".{key}{words}" for words in differences)
