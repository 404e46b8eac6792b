"""The source as text: what the tests of the architecture read."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "care", "reports", "simulator", "storage")
GENERATED = ROOT / "storage" / "migrations"

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules(*packages: str) -> list[Path]:
    """Every module of these packages that a person wrote."""
    found = (path for package in packages for path in (ROOT / package).rglob("*.py"))
    return sorted(path for path in found if GENERATED not in path.parents)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def place(path: Path, node: ast.AST | None = None) -> str:
    """Where to look: `care/triage.py:12 name`."""
    name = path.relative_to(ROOT).as_posix()
    if node is None:
        return name
    return f"{name}:{getattr(node, 'lineno', 0)} {getattr(node, 'name', '')}".strip()
