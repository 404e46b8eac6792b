"""HTML as Telegram reads it: tags in, plain text and entities out."""

from __future__ import annotations

import html as html_words
import re
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from simulator.entities import FormattedText, merged, trimmed, utf16_length
from simulator.errors import bad_request

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "blockquote": "blockquote",
}
_REFERENCE = re.compile(r"&(#x[0-9A-Fa-f]+|#[0-9]+|lt|gt|amp|quot);")
_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(
    r"\s*(?P<name>[^\s=>]*)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'"
    r"|(?P<bare>[A-Za-z0-9.-]*)))?"
)
_TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")


@dataclass(slots=True, kw_only=True)
class _Open:
    """A tag that waits for its end."""

    name: str
    attributes: dict[str, str]
    offset: int
    start: int


class _Reader:
    """Reads one piece of HTML from left to right."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.out: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[tuple[int, dict[str, Any]]] = []

    def read(self) -> FormattedText:
        """Read to the end; every tag must have been closed."""
        while self.at < len(self.source):
            begin = self.source.find("<", self.at)
            self._text(self.source[self.at : begin if begin >= 0 else None])
            if begin < 0:
                break
            self.at = begin
            self._end_tag() if self.source.startswith("/", begin + 1) else self._start_tag()
        if self.open:
            raise self._refusal(
                f'can\'t find end tag corresponding to start tag "{self.open[-1].name}"'
            )
        in_order = [entity for _, entity in sorted(self.entities, key=itemgetter(0))]
        return trimmed("".join(self.out), merged(in_order))

    def _text(self, piece: str) -> None:
        """Take over characters, with references decoded."""
        plain = _decoded(piece)
        self.out.append(plain)
        self.length += utf16_length(plain)

    def _start_tag(self) -> None:
        """Read `<name attribute="value">`."""
        name = _NAME.match(self.source, self.at + 1)
        word = name.group().lower() if name else ""
        if name is None or name.end() == len(self.source):
            raise self._refusal(f"unclosed start tag at byte offset {self._byte()}")
        if word not in _KINDS:
            raise self._refusal(f'unsupported start tag "{word}" at byte offset {self._byte()}')
        attributes, end = self._attributes(word, name.end())
        if word == "span" and attributes.get("class") != "tg-spoiler":
            raise self._refusal(
                f'tag "span" must have class "tg-spoiler" at byte offset {self._byte()}'
            )
        self.open.append(
            _Open(name=word, attributes=attributes, offset=self.length, start=self.at)
        )
        self.at = end

    def _attributes(self, word: str, at: int) -> tuple[dict[str, str], int]:
        """Read attributes up to the closing bracket; give them and the place after it."""
        attributes: dict[str, str] = {}
        while True:
            while at < len(self.source) and self.source[at].isspace():
                at += 1
            if at >= len(self.source):
                raise self._refusal(f"unclosed start tag at byte offset {self._byte()}")
            if self.source[at] == ">":
                return attributes, at + 1
            match = _ATTRIBUTE.match(self.source, at)
            if match is None or not match["name"]:
                raise self._refusal(
                    f'empty attribute name in the tag "{word}" at byte offset {self._byte()}'
                )
            value = match["double"] or match["single"] or match["bare"] or ""
            attributes[match["name"].lower()] = _decoded(value)
            at = match.end()

    def _end_tag(self) -> None:
        """Read `</name>` and make the entity."""
        close = self.source.find(">", self.at)
        if not self.open:
            raise self._refusal(f"unexpected end tag at byte offset {self._byte()}")
        if close < 0:
            raise self._refusal(f"unclosed end tag at byte offset {self._byte()}")
        name = self.source[self.at + 2 : close].strip().lower()
        tag = self.open.pop()
        if name and name != tag.name:
            raise self._refusal(
                f"unmatched end tag at byte offset {self._byte()}, "
                f'expected "</{tag.name}>", found "</{name}>"'
            )
        self.at = close + 1
        if self.length > tag.offset:
            self._close(tag)

    def _close(self, tag: _Open) -> None:
        """Turn a finished tag into its entity; a link without address is plain text."""
        entity = {
            "type": _KINDS[tag.name],
            "offset": tag.offset,
            "length": self.length - tag.offset,
        }
        extra = _EXTRAS.get(tag.name)
        if extra is not None and not extra(self, tag, entity):
            return
        self.entities.append((tag.start, entity))

    def plain(self, tag: _Open) -> str:
        """Give the text since a tag was opened."""
        whole = "".join(self.out).encode("utf-16-le")
        return whole[tag.offset * 2 :].decode("utf-16-le")

    def _byte(self) -> int:
        """Give the place of the current tag in bytes, as Telegram counts it."""
        return len(self.source[: self.at].encode())

    def _refusal(self, words: str) -> Exception:
        return bad_request(f"can't parse entities: {words[0].upper()}{words[1:]}")


def _link(reader: _Reader, tag: _Open, entity: dict[str, Any]) -> bool:
    """Give a link its address, or its own text when that is one."""
    url = tag.attributes.get("href") or reader.plain(tag)
    if url.startswith("tg://user?id="):
        return False
    if re.match(r"(https?|tg|mailto|tel):", url) is None:
        if "." not in url or re.search(r"\s", url):
            return False
        url = f"http://{url}"
    entity["url"] = url
    return True


def _quote(_: _Reader, tag: _Open, entity: dict[str, Any]) -> bool:
    """Tell a folded quote from an open one."""
    if "expandable" in tag.attributes:
        entity["type"] = "expandable_blockquote"
    return True


def _code(reader: _Reader, tag: _Open, entity: dict[str, Any]) -> bool:
    """Let `<pre><code class="language-x">` be one entity."""
    parent = reader.open[-1] if reader.open else None
    language = tag.attributes.get("class", "").removeprefix("language-")
    if parent is None or parent.name != "pre" or parent.offset != entity["offset"]:
        return True
    if language:
        parent.attributes["language"] = language
    return False


def _pre(_: _Reader, tag: _Open, entity: dict[str, Any]) -> bool:
    """Keep the language of a code block."""
    if "language" in tag.attributes:
        entity["language"] = tag.attributes["language"]
    return True


def _emoji(_: _Reader, tag: _Open, entity: dict[str, Any]) -> bool:
    """Give a custom emoji its id."""
    number = tag.attributes.get("emoji-id", "")
    if not number.isdigit():
        raise bad_request("can't parse entities: invalid custom emoji identifier specified")
    entity["custom_emoji_id"] = number
    return True


def _time(_: _Reader, tag: _Open, entity: dict[str, Any]) -> bool:
    """Give an instant its number and its format."""
    unix = tag.attributes.get("unix", "")
    shape = tag.attributes.get("format", "")
    if not unix.isdigit():
        raise bad_request('can\'t parse entities: invalid "unix" attribute of tag "tg-time"')
    if _TIME_FORMAT.fullmatch(shape) is None:
        raise bad_request('can\'t parse entities: invalid "format" attribute of tag "tg-time"')
    entity["unix_time"] = int(unix)
    if shape:
        entity["date_time_format"] = shape
    return True


_EXTRAS = {
    "a": _link,
    "blockquote": _quote,
    "code": _code,
    "pre": _pre,
    "tg-emoji": _emoji,
    "tg-time": _time,
}


def _decoded(piece: str) -> str:
    """Replace the references Telegram knows; others stay as they are."""
    if "&" not in piece:
        return piece
    return _REFERENCE.sub(lambda match: html_words.unescape(match.group()), piece)


def parse_html(source: str) -> FormattedText:
    """Read Telegram's HTML; raise the 400 Telegram would answer."""
    if "<" not in source and "&" not in source:
        return trimmed(source, [])
    return _Reader(source).read()
