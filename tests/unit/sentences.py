"""Every sentence in the source, as the catalogues see it, and what they make of it."""

from __future__ import annotations

import ast
from functools import cache
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po

from bench.catalogues import BOT, FOLDER, FORMS, Sentence, extracted
from bot.views.wording.catalogue import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from babel.messages.catalog import Catalog

FOR_THE_TEAM = (
    "views/escalating.py",
    "views/operating.py",
    "views/roster.py",
    "views/card.py",
    "views/scores.py",
    "views/digest.py",
    "handlers/coordinating.py",
    "handlers/scoring.py",
)
"""Where every sentence is only for coordinators and operators (R-SAY-1, A4)."""


@cache
def sentences() -> tuple[Sentence, ...]:
    """All of them, in the order of the source; a repeated one comes each time."""
    return tuple(extracted())


def for_patients() -> tuple[Sentence, ...]:
    """Those that a patient may read."""
    return tuple(one for one in sentences() if one.path not in FOR_THE_TEAM)


def catalogue_of(language: str) -> Catalog:
    """The catalogue of any language but English."""
    with (FOLDER / f"{language}.po").open("rb") as source:
        return read_po(source, locale=language)


def forms(found: str | Iterable[str] | None) -> tuple[str, ...]:
    """One sentence, or the singular and the plural of it."""
    return (found,) if isinstance(found, str) else tuple(found or ())


def said_to_patients(language: str) -> tuple[str, ...]:
    """Every form of a sentence that a patient may read, in a language."""
    wanted = {one.forms for one in for_patients()}
    if language == DEFAULT:
        return tuple(form for known in wanted for form in known)
    known = [one for one in catalogue_of(language) if forms(one.id) in wanted]
    return tuple(form for one in known for form in forms(one.string))


def unmarked() -> set[str]:
    """Words in the views and handlers that no catalogue sees, docstrings left out."""
    paths = [*(BOT / "views").rglob("*.py"), *(BOT / "handlers").rglob("*.py")]
    return {text for path in paths for text in _unmarked(ast.parse(path.read_text("utf-8")))}


def _unmarked(tree: ast.Module) -> set[str]:
    nodes = list(ast.walk(tree))
    seen = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for call in (node for node in nodes if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        seen |= {id(given) for given in call.args[: FORMS.get(name, 0)]}
    constants = (one for one in nodes if isinstance(one, ast.Constant) and id(one) not in seen)
    return {one.value for one in constants if isinstance(one.value, str)}
