"""Catalogues as the source needs them: new sentences empty, old ones gone (`make catalogues`)."""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from bot.views.wording import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BOT = Path(catalogue.__file__).parents[2]
FOLDER = Path(catalogue.__file__).parent
FORMS = {"say": 1, "msg": 1, "count": 2}
"""How many sentences each of our words takes."""


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A message id: one form, or two where it counts something."""

    forms: tuple[str, ...]
    path: str
    line: int


def extracted(root: Path = BOT) -> Iterator[Sentence]:
    """Every sentence in the order of the source; a repeated one comes each time.

    Babel's own extractor misses what stands inside an f-string.
    """
    for path in sorted(root.rglob("*.py")):
        nodes = ast.walk(ast.parse(path.read_text("utf-8")))
        calls = (node for node in nodes if isinstance(node, ast.Call))
        for call in sorted(calls, key=lambda one: (one.lineno, one.col_offset)):
            if forms := _forms(call):
                name = path.relative_to(root).as_posix()
                yield Sentence(forms=forms, path=name, line=call.lineno)


def _forms(call: ast.Call) -> tuple[str, ...]:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    given = call.args[: FORMS.get(name, 0)]
    texts = (one.value for one in given if isinstance(one, ast.Constant))
    return tuple(text for text in texts if isinstance(text, str))


def updated(po: bytes, language: str, sentences: Sequence[Sentence]) -> bytes:
    """A catalogue with every sentence and no other, sorted; what was translated stays."""
    known = read_po(BytesIO(po), locale=language)
    fresh = Catalog(locale=language)
    for forms in sorted({one.forms for one in sentences}):
        is_many = len(forms) > 1
        found = known.get(forms[0])
        is_same = found is not None and isinstance(found.id, str) is not is_many
        empty = ("",) * fresh.num_plurals if is_many else ""
        fresh.add(
            forms if is_many else forms[0],
            string=found.string if found is not None and is_same and found.string else empty,
        )
    written = BytesIO()
    write_po(written, fresh, width=0, omit_header=True, no_location=True, sort_output=True)
    return _header(fresh, language).encode() + b"\n" + written.getvalue().strip() + b"\n"


def _header(fresh: Catalog, language: str) -> str:
    return (
        'msgid ""\n'
        'msgstr ""\n'
        r'"Content-Type: text/plain; charset=utf-8\n"' + "\n"
        rf'"Language: {language}\n"' + "\n"
        rf'"Plural-Forms: {fresh.plural_forms}\n"' + "\n"
    )


def missing(po: bytes, language: str) -> list[str]:
    """What a translator still has to do."""
    return [
        text
        for message in read_po(BytesIO(po), locale=language)
        for text in [message.id if isinstance(message.id, str) else message.id[0]]
        if text and not (message.string and all(message.string))
    ]


def main() -> None:
    """Update every catalogue, or begin those that are named, and print what is missing."""
    sentences = list(extracted())
    for code in sorted({*sys.argv[1:], *(path.stem for path in FOLDER.glob("*.po"))}):
        path = FOLDER / f"{code}.po"
        po = updated(path.read_bytes() if path.exists() else b"", code, sentences)
        path.write_bytes(po)
        left = missing(po, code)
        print(f"{code}: {len(left)} to translate", *left, sep="\n  ")


if __name__ == "__main__":
    main()
