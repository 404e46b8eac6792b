from __future__ import annotations

import ast
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from tests.architecture.sources import PACKAGES, ROOT, modules, place, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

CLOCKS = {
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.monotonic",
    "time.monotonic_ns",
}
THE_CLOCK = ROOT / "bot" / "clock.py"


def imported(module: ast.Module) -> dict[str, str]:
    """What each imported name of a module stands for, in full."""
    names: dict[str, str] = {}
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            for alias in node.names:
                whole = alias.name if alias.asname else alias.name.partition(".")[0]
                names[alias.asname or whole] = whole
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


def spoken(node: ast.expr, names: dict[str, str]) -> str:
    """A dotted expression in full: `datetime.datetime.now` for `datetime.now`."""
    if isinstance(node, ast.Name):
        return names.get(node.id, "")
    if isinstance(node, ast.Attribute):
        return f"{spoken(node.value, names)}.{node.attr}"
    return ""


def clock_reads(module: ast.Module) -> Iterator[ast.expr]:
    names = imported(module)
    for node in ast.walk(module):
        if isinstance(node, ast.Name | ast.Attribute) and spoken(node, names) in CLOCKS:
            yield node


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import datetime\nx = datetime.now()",
        "import datetime\nx = datetime.datetime.utcnow()",
        "import datetime as dt\nx = dt.date.today",
        "from datetime import date as day\nx = day.today()",
        "from time import monotonic\nx = monotonic()",
        "import time\nsource = time.time",
    ],
)
def test_a_clock_is_found_however_it_is_written(source: str) -> None:
    assert list(clock_reads(ast.parse(source)))


def test_a_clock_of_our_own_is_no_clock_of_the_machine() -> None:
    assert not list(clock_reads(ast.parse("now = core.clock.now()\ntime.time()")))


def test_only_one_module_reads_a_clock() -> None:
    readers = {path for path in modules(*PACKAGES) if any(True for _ in clock_reads(tree(path)))}

    assert readers == {THE_CLOCK}


def roots(module: ast.Module) -> set[str]:
    """The packages that a module imports from."""
    return {whole.partition(".")[0] for whole in imported(module).values()}


def test_the_core_imports_the_standard_library_and_itself() -> None:
    foreign = {
        place(path): strangers
        for path in modules("care")
        if (strangers := roots(tree(path)) - sys.stdlib_module_names - {"care"})
    }

    assert foreign == {}


def test_every_module_of_the_core_can_be_imported() -> None:
    """Also those that others import for their types only."""
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in modules("care")
    ]

    assert [import_module(name).__name__ for name in names] == names
