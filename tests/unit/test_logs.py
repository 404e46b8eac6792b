from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Literal

import pytest

from bot import logs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Begin = Callable[["Style"], Callable[[], list[str]]]

TOKEN = "123456789:" + "Ab-_" * 9
Style = Literal["text", "json"]
STYLES: list[Style] = ["text", "json"]


@pytest.fixture
def read(capsys: pytest.CaptureFixture[str]) -> Iterator[Begin]:
    """Set logging up for a style; gives what reads the lines that were written."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level)

    def begin(style: Style) -> Callable[[], list[str]]:
        logs.set_up(level="DEBUG", style=style)

        def written() -> list[str]:
            return capsys.readouterr().err.splitlines()

        return written

    yield begin
    root.handlers[:], root.level = before


def test_an_event_is_one_readable_line(read: Begin) -> None:
    lines = read("text")

    logs.event("checkin_missed", checkin=7, patient=3)

    (line,) = lines()
    assert line.endswith(" INFO    checkin_missed checkin=7 patient=3")


def test_an_event_is_one_json_object(read: Begin) -> None:
    lines = read("json")

    logs.event("tick_failed", logging.ERROR, tick="days_locked", error="ValueError")

    (line,) = lines()
    found = json.loads(line)
    assert found.pop("at")
    assert found == {
        "level": "error",
        "event": "tick_failed",
        "tick": "days_locked",
        "error": "ValueError",
    }


@pytest.mark.parametrize("style", STYLES)
def test_no_token_leaves_whoever_writes_it(
    style: Style, read: Begin
) -> None:  # telegram facts, 10
    lines = read(style)

    logs.event("telegram_asked", url=f"https://api.telegram.org/bot{TOKEN}/getMe")
    logging.getLogger("aiohttp.client").warning("GET https://host/bot%s/getMe", TOKEN)
    logging.getLogger("telegram").error("Bot[token=%s]", TOKEN)
    logging.getLogger().warning("%r and %r", {"token": TOKEN}, [TOKEN])

    assert len(lines()) == 4
    assert TOKEN not in "\n".join(lines())
    assert all("[token]" in line for line in lines())


@pytest.mark.parametrize("style", STYLES)
def test_no_traceback_leaves(style: Style, read: Begin) -> None:
    lines = read(style)

    try:
        int(f"{TOKEN} of Ann")
    except ValueError:
        logging.getLogger("telegram.ext").exception("An error was raised")

    (line,) = lines()
    assert "Ann" not in line
    assert "An error was raised" in line


@pytest.mark.parametrize("style", STYLES)
def test_whole_updates_stay_inside(style: Style, read: Begin) -> None:
    """At DEBUG the library logs whole updates: libraries speak from WARNING on."""
    lines = read(style)

    for name in ("telegram.ext.Application", "httpx", "apscheduler.scheduler", "aiosqlite"):
        logging.getLogger(name).debug("Update(message=Message(text='I feel ill'))")
        logging.getLogger(name).info("POST https://host/bot/sendMessage")

    assert lines() == []


def test_json_stays_json_with_odd_values(read: Begin) -> None:
    lines = read("json")

    logs.event("update_parked", error='a "quoted"\nline', update=object)

    (line,) = lines()
    assert json.loads(line)["error"] == 'a "quoted"\nline'
