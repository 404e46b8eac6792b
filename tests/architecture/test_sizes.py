from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.architecture.sources import PACKAGES, Function, modules, place, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

MODULE_LINES = 300
FUNCTION_LINES = 50
MEDIAN_FUNCTION_LINES = 8


def functions() -> Iterator[tuple[str, int]]:
    for path in modules(*PACKAGES):
        for node in ast.walk(tree(path)):
            if isinstance(node, Function):
                yield place(path, node), (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_module_is_longer_than_300_lines() -> None:
    lines = {place(path): len(path.read_text("utf-8").splitlines()) for path in modules(*PACKAGES)}

    assert {name: count for name, count in lines.items() if count > MODULE_LINES} == {}


def test_no_function_is_longer_than_50_lines() -> None:
    assert {name: count for name, count in functions() if count > FUNCTION_LINES} == {}


def test_most_functions_are_short() -> None:
    sizes = sorted(count for _name, count in functions())

    assert sizes[len(sizes) // 2] <= MEDIAN_FUNCTION_LINES


def public(node: ast.Module | ast.ClassDef) -> Iterator[ast.ClassDef | Function]:
    """The public classes and functions in a body, and those inside public classes."""
    for child in node.body:
        if not isinstance(child, ast.ClassDef | Function) or child.name.startswith("_"):
            continue
        yield child
        if isinstance(child, ast.ClassDef):
            yield from public(child)


def is_described_elsewhere(node: ast.Module | ast.ClassDef | Function) -> bool:
    """An override is described where it is declared, a setter by its property."""
    decorators = [] if isinstance(node, ast.Module) else node.decorator_list
    return any(
        (isinstance(one, ast.Name) and one.id == "override")
        or (isinstance(one, ast.Attribute) and one.attr == "setter")
        for one in decorators
    )


def test_everything_public_says_what_it_is() -> None:
    silent = [
        place(path, node)
        for path in modules(*PACKAGES)
        for node in (tree(path), *public(tree(path)))
        if not ast.get_docstring(node) and not is_described_elsewhere(node)
    ]

    assert silent == []
