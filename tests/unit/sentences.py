"""Every sentence in the source, as the catalogues see it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.extract import extract_from_file

BOT = Path(__file__).parents[2] / "bot"
KEYWORDS = {"say": None, "count": (1, 2)}

FOR_THE_TEAM = ("views/escalating.py", "views/operating.py", "handlers/coordinating.py")
"""Where every sentence is only for coordinators and operators (R-SAY-1, A4)."""


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A message id: one form, or two where it counts something."""

    forms: tuple[str, ...]
    path: str
    line: int


@cache
def sentences() -> tuple[Sentence, ...]:
    """All of them, in the order of the source; a repeated one comes each time."""
    return tuple(
        Sentence(
            forms=(found,) if isinstance(found, str) else tuple(found),
            path=path.relative_to(BOT).as_posix(),
            line=line,
        )
        for path in sorted(BOT.rglob("*.py"))
        for line, found, _comments, _context in extract_from_file(
            "python", path, keywords=KEYWORDS
        )
    )


def for_patients() -> tuple[Sentence, ...]:
    """Those that a patient may read."""
    return tuple(one for one in sentences() if one.path not in FOR_THE_TEAM)
