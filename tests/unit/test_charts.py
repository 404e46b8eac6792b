from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from io import BytesIO
from itertools import combinations, cycle, islice
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image

from reports.charts import WeekPicture, weekly_chart
from reports.layout import CARD, FREE, INK, MILD, MODERATE, MUTED, SEVERE, lettering
from reports.signs import DayMark, Kind, Sign

if TYPE_CHECKING:
    from collections.abc import Iterable

LEGEND: dict[Sign, str] = {
    "pain": "Headache (worst pain)",
    "pain unknown": "Headache, pain not given",
    "free": "No headache",
    "aura": "Aura",
    "unanswered": "Not answered",
    "open": "Still open",
    "undelivered": "We could not ask",
    "paused": "Paused",
    "ahead": "Still to come",
}


def day(
    kind: Kind = "pain", *, pain: int | None = None, aura: bool = False, infusion: bool = False
) -> DayMark:
    return DayMark(
        label="Mon", sublabel="11 May", kind=kind, pain=pain, aura=aura, infusion=infusion
    )


def week(days: Iterable[DayMark], *, title: str = "Your week, 11–17 May") -> WeekPicture:
    return WeekPicture(
        title=title,
        days=tuple(islice(cycle(days), 7)),
        legend=LEGEND,
        scale_label="Worst pain of the day, 0 to 10",
    )


MIXED = (
    day(pain=10, aura=True),
    day(pain=4),
    day(aura=True),
    day("free"),
    day("unanswered"),
    day("undelivered"),
    day("paused"),
)

SIGNS = {
    "mild": day(pain=3),
    "moderate": day(pain=4),
    "severe": day(pain=7),
    "unknown": day(),
    "free": day("free"),
    "free with aura": day("free", aura=True),
    "pain with aura": day(pain=3, aura=True),
    "unanswered": day("unanswered"),
    "open": day("open"),
    "undelivered": day("undelivered"),
    "ahead": day("ahead"),
    "paused": day("paused"),
}


def opened(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGB")


def plot(picture: WeekPicture) -> bytes:
    """The columns without title, dates and legend."""
    return opened(weekly_chart(picture)).crop((96, 140, 1080, 546)).tobytes()


def test_a_week_is_a_png_small_enough_for_a_chat() -> None:
    png = weekly_chart(week(MIXED))

    assert png.startswith(b"\x89PNG")
    assert len(png) < 100_000
    assert opened(png).size == (1080, 902)


def test_a_legend_that_needs_less_room_makes_the_picture_shorter() -> None:
    assert opened(weekly_chart(week([day(pain=3)]))).size == (1080, 746)


def test_a_sign_without_words_is_left_out_of_the_legend() -> None:
    silent = WeekPicture(title="", days=(day("free"),) * 7, legend={}, scale_label="")

    assert opened(weekly_chart(silent)).size == (1080, 694)


def test_the_same_week_is_the_same_picture() -> None:
    assert weekly_chart(week(MIXED)) == weekly_chart(week(MIXED))


def test_threads_do_not_disturb_each_other() -> None:
    weeks = [week([sign]) for sign in SIGNS.values()]

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(weekly_chart, weeks))

    assert together == [weekly_chart(one) for one in weeks]


@pytest.mark.parametrize(("one", "other"), list(combinations(SIGNS, 2)))
def test_no_two_signs_look_alike(one: str, other: str) -> None:
    assert plot_of(one) != plot_of(other)


@cache
def plot_of(sign: str) -> bytes:
    return plot(week([SIGNS[sign]]))


def test_every_pain_has_its_own_height_and_number() -> None:
    assert len({plot(week([day(pain=pain)])) for pain in range(1, 11)}) == 10


@pytest.mark.parametrize(
    ("pain", "colour"),
    [(1, MILD), (3, MILD), (4, MODERATE), (6, MODERATE), (7, SEVERE), (10, SEVERE)],
)
def test_bars_are_coloured_by_band(pain: int, colour: str) -> None:
    picture = opened(weekly_chart(week([day(pain=pain)])))

    assert _distance(picture.getpixel((164, 540)), colour) <= 2


def _distance(pixel: object, colour: str) -> int:
    assert isinstance(pixel, tuple)
    pairs = zip(pixel, bytes.fromhex(colour[1:]), strict=True)
    return max(abs(int(seen) - meant) for seen, meant in pairs)


def _contrast(one: str, other: str) -> float:
    """WCAG 2 contrast."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    shares = [value / 255 for value in bytes.fromhex(colour[1:])]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_everything_stands_out_from_the_card_and_the_card_from_a_light_chat() -> None:
    assert min(_contrast(colour, CARD) for colour in (INK, MUTED)) >= 7
    assert min(_contrast(colour, CARD) for colour in (MILD, MODERATE, SEVERE, FREE)) >= 4.5
    assert _contrast(CARD, "#ffffff") >= 4.5


def test_bands_differ_in_lightness_and_not_in_hue_alone() -> None:
    assert _contrast(MODERATE, SEVERE) >= 1.5
    assert _contrast(MILD, SEVERE) >= 1.5


@pytest.mark.parametrize(("kind", "pain"), [("pain", 0), ("pain", 11), ("free", 3)])
def test_a_pain_that_cannot_be_is_refused(kind: Kind, pain: int) -> None:
    with pytest.raises(ValueError, match="cannot show pain"):
        day(kind, pain=pain)


def test_a_week_has_seven_days() -> None:
    with pytest.raises(ValueError, match="seven days"):
        WeekPicture(title="", days=(day("free"),) * 6, legend={}, scale_label="")


def test_what_the_font_cannot_draw_is_left_out() -> None:
    assert lettering("🌿 calm\n$x$").width == lettering("calm$x$").width
    assert lettering("🌿").width == 0


def test_long_words_are_made_to_fit() -> None:
    picture = opened(weekly_chart(week(MIXED, title="Wochenrückblick " * 20)))

    edge = picture.crop((1050, 0, 1080, 140)).getcolors()
    assert edge is not None
    assert len(edge) == 1


kinds: st.SearchStrategy[Kind] = st.sampled_from(
    ["free", "unanswered", "open", "undelivered", "ahead", "paused"]
)
words = st.text(max_size=40)
marks = st.one_of(
    st.builds(
        DayMark,
        label=words,
        sublabel=words,
        kind=st.just("pain"),
        pain=st.none() | st.integers(1, 10),
        aura=st.booleans(),
    ),
    st.builds(DayMark, label=words, sublabel=words, kind=kinds, aura=st.booleans()),
)
weeks = st.builds(
    WeekPicture,
    title=words,
    days=st.tuples(*[marks] * 7),
    legend=st.dictionaries(st.sampled_from(list(LEGEND)), words),
    scale_label=words,
)


@settings(max_examples=15, deadline=None)
@given(picture=weeks)
def test_any_week_in_any_words_can_be_drawn(picture: WeekPicture) -> None:
    png = weekly_chart(picture)

    assert opened(png).width == 1080
    assert len(png) < 100_000
