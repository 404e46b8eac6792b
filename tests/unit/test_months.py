from __future__ import annotations

from io import BytesIO
from itertools import cycle, islice
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from reports.months import DAYS, MonthPicture, month_chart
from reports.signs import WIDTH
from tests.unit.test_charts import LEGEND, MIXED, day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.signs import DayMark, Sign

WORDS: dict[Sign, str] = {**LEGEND, "infusion": "Infusion"}


def month(days: Iterable[DayMark], *, title: str = "P-001 · 2 Feb – 1 Mar") -> MonthPicture:
    return MonthPicture(
        title=title,
        days=tuple(islice(cycle(days), DAYS)),
        legend=WORDS,
        scale_label="Worst pain, 0 to 10",
    )


def opened(png: bytes) -> Image.Image:
    picture = Image.open(BytesIO(png))
    picture.load()
    return picture


def test_a_month_is_one_small_picture_for_a_phone() -> None:
    png = month_chart(month(MIXED))

    assert len(png) < 100_000  # telegram facts, 1
    assert opened(png).width == WIDTH
    assert opened(png).height <= 1.2 * WIDTH


@pytest.mark.parametrize(
    "other",
    [day(pain=4), day("free"), day("unanswered"), day("undelivered"), day(), day("paused")],
)
def test_each_kind_of_day_looks_different(other: DayMark) -> None:
    assert month_chart(month([day(pain=9)])) != month_chart(month([other]))


def test_an_infusion_is_drawn_below_its_day_and_explained() -> None:
    plain, infused = day("free"), day("free", infusion=True)

    assert infused.signs == ("free", "infusion")
    assert month_chart(month([plain])) != month_chart(month([plain, infused]))


def test_a_month_has_28_days() -> None:
    with pytest.raises(ValueError, match="28"):
        MonthPicture(title="", days=(day(),) * 27, legend=WORDS, scale_label="")


def test_any_words_fit_into_the_picture() -> None:
    assert opened(month_chart(month(MIXED, title="W" * 300))).width == WIDTH
