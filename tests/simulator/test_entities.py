"""HTML in, text and entities out, in UTF-16 units; and back to HTML that is safe to show."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from simulator.entities import FormattedText, detect, utf16_length, with_detected
from simulator.errors import ApiError
from simulator.markup import parse_html
from simulator.rendering import to_html


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("plain", "plain", []),
        ("a &lt;b&gt; &amp; &quot;c&quot; &#233; &nbsp;", 'a <b> & "c" é &nbsp;', []),
        ("<b>a</b> <strong>b</strong>", "a b", [entity("bold", 0, 1), entity("bold", 2, 1)]),
        ("<b>a</b><b>b<b>c</b></b>", "abc", [entity("bold", 0, 3)]),
        ("<i><b>a</b></i>", "a", [entity("italic", 0, 1), entity("bold", 0, 1)]),
        (
            "😀<i>é</i> <u>u</u><s>s</s>",
            "😀é us",
            [entity("italic", 2, 1), entity("underline", 4, 1), entity("strikethrough", 5, 1)],
        ),
        ("<b>a<i>b</i></b>", "ab", [entity("bold", 0, 2), entity("italic", 1, 1)]),
        ("<code>x</code>", "x", [entity("code", 0, 1)]),
        ("<pre>x</pre>", "x", [entity("pre", 0, 1)]),
        (
            '<pre><code class="language-py">x</code></pre>',
            "x",
            [entity("pre", 0, 1, language="py")],
        ),
        (
            '<a href="https://e.org/?a=1&amp;b=2">x</a>',
            "x",
            [entity("text_link", 0, 1, url="https://e.org/?a=1&b=2")],
        ),
        (
            "<a href='example.org'>x</a>",
            "x",
            [entity("text_link", 0, 1, url="http://example.org")],
        ),
        ("<a href='none'>x</a>", "x", []),
        ("<blockquote>q</blockquote>", "q", [entity("blockquote", 0, 1)]),
        (
            "<blockquote expandable>q</blockquote>",
            "q",
            [entity("expandable_blockquote", 0, 1)],
        ),
        ("<tg-spoiler>s</tg-spoiler>", "s", [entity("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">s</span>', "s", [entity("spoiler", 0, 1)]),
        (
            '<tg-emoji emoji-id="5">👍</tg-emoji>',
            "👍",
            [entity("custom_emoji", 0, 2, custom_emoji_id="5")],
        ),
        (
            '<tg-time unix="1790000000" format="wDt">Mon</tg-time>',
            "Mon",
            [entity("date_time", 0, 3, unix_time=1790000000, date_time_format="wDt")],
        ),
        ('<tg-time unix="5">x</tg-time>', "x", [entity("date_time", 0, 1, unix_time=5)]),
        (" \n<b> a </b>\n", "a", [entity("bold", 0, 1)]),
        ("<B>a</B >", "a", [entity("bold", 0, 1)]),
        ("<b>a</>", "a", [entity("bold", 0, 1)]),
    ],
)
def test_html_is_read(html: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert parse_html(html) == FormattedText(text=text, entities=entities)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("é<font>x</font>", 'Unsupported start tag "font" at byte offset 2'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<a ='x'>x</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji>x</tg-emoji>", "invalid custom emoji identifier specified"),
        ("<tg-time>x</tg-time>", 'invalid "unix" attribute of tag "tg-time"'),
        (
            '<tg-time unix="1" format="z">x</tg-time>',
            'invalid "format" attribute of tag "tg-time"',
        ),
    ],
)
def test_html_telegram_refuses(html: str, words: str) -> None:
    with pytest.raises(ApiError) as refused:
        parse_html(html)
    assert refused.value.description == f"Bad Request: can't parse entities: {words}"


def test_telegram_marks_commands_links_and_names_by_itself() -> None:
    text = "😀 /help@Bot, see https://e.org/a?b=1. Mail a.b@e.org or @carol #pain 1/2"
    found = [(one["type"], _cut(text, one)) for one in detect(text)]
    assert found == [
        ("bot_command", "/help@Bot"),
        ("url", "https://e.org/a?b=1"),
        ("email", "a.b@e.org"),
        ("mention", "@carol"),
        ("hashtag", "#pain"),
    ]


def test_what_is_marked_already_is_not_marked_again() -> None:
    linked = parse_html('<a href="https://e.org">/help</a> <blockquote>/stop</blockquote>')
    kinds = [one["type"] for one in with_detected(linked).entities]
    assert kinds == ["text_link", "blockquote", "bot_command"]


def _cut(text: str, one: dict[str, Any]) -> str:
    units = text.encode("utf-16-le")
    return units[one["offset"] * 2 : (one["offset"] + one["length"]) * 2].decode("utf-16-le")


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<b>a &lt; b</b>", "<b>a &lt; b</b>"),
        ("😀<i>x</i>&lt;script&gt;", "😀<i>x</i>&lt;script&gt;"),
        ("<b>a<i>b</i></b>c", "<b>a<i>b</i></b>c"),
        (
            '<a href="https://e.org/?a&quot;">x</a>',
            '<a href="https://e.org/?a&quot;" target="_blank" rel="noopener noreferrer">x</a>',
        ),
        (
            "<blockquote expandable>q</blockquote>",
            '<blockquote class="expandable">q</blockquote>',
        ),
        (
            '<tg-time unix="0" format="t">now</tg-time>',
            (
                '<time class="tg-time" datetime="1970-01-01T00:00:00+00:00" data-format="t">'
                "now</time>"
            ),
        ),
        ("<tg-spoiler>s</tg-spoiler>", '<span class="tg-spoiler">s</span>'),
    ],
)
def test_formatted_text_is_shown_safely(html: str, shown: str) -> None:
    formatted = parse_html(html)
    assert to_html(formatted.text, formatted.entities) == shown


def test_entities_that_cross_are_shown_well_formed() -> None:
    crossing = [entity("bold", 0, 2), entity("italic", 1, 2)]
    assert to_html("abc", crossing) == "<b>a<i>b</i></b><i>c</i>"


TAGS = st.sampled_from(["b", "i", "u", "s", "tg-spoiler"])
PIECES = st.recursive(
    st.text(alphabet="aé😀<>& \n"),
    lambda inner: st.tuples(TAGS, st.lists(inner, max_size=3)),
    max_leaves=12,
)


def _written(piece: Any) -> tuple[str, str]:
    if isinstance(piece, str):
        escaped = piece.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return escaped, piece
    tag, inner = piece
    parts = [_written(one) for one in inner]
    html = "".join(part[0] for part in parts)
    return f"<{tag}>{html}</{tag}>", "".join(part[1] for part in parts)


@given(PIECES)
def test_any_nested_html_keeps_its_text_and_its_entities_inside(piece: Any) -> None:
    html, plain = _written(piece)
    formatted = parse_html(html)
    assert formatted.text == plain.strip()
    length = utf16_length(formatted.text)
    for one in formatted.entities:
        assert one["offset"] >= 0
        assert one["length"] > 0
        assert one["offset"] + one["length"] <= length
    assert parse_html(to_html(formatted.text, formatted.entities)) == formatted
