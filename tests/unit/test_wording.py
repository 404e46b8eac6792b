from __future__ import annotations

import re
from datetime import date, datetime, time
from string import Formatter
from zoneinfo import ZoneInfo

import pytest

from bench.catalogues import FOLDER, Sentence, missing, updated
from bot.views.wording.catalogue import DEFAULT, LANGUAGES, Wording, wording
from simulator.markup import parse_html
from tests.builders import BERLIN, NOW
from tests.unit.sentences import catalogue_of, forms, sentences, unmarked

EN = wording("en")
OTHERS = sorted(set(LANGUAGES) - {DEFAULT})


def placeholders(form: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(form) if name}


def tags(form: str) -> list[str]:
    return sorted(re.findall(r"</?[a-z-]+>", form))


def test_english_is_the_source_and_the_default() -> None:
    assert DEFAULT == "en"
    assert LANGUAGES["en"] == "English"
    assert not (FOLDER / "en.po").exists()


def test_every_catalogue_is_offered_and_every_offer_has_one() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.po")) == OTHERS


def test_every_sentence_is_good_html_with_good_placeholders() -> None:
    for one in sentences():
        for form in one.forms:
            filled = Formatter().vformat(form, (), dict.fromkeys(placeholders(form), "x"))

            assert parse_html(filled).text.strip(), (one.path, one.line)


def test_both_forms_of_a_count_speak_of_the_same_things() -> None:
    """But the singular may leave the number out."""
    for one in sentences():
        if len(one.forms) == 2:
            singular, plural = map(placeholders, one.forms)

            assert plural - {"n"} <= singular | {"n"} <= plural | {"n"}, one


def test_no_sentence_of_a_view_stands_outside_the_catalogues() -> None:
    """Two words beside each other are a sentence; this one is the name of a sign of a chart."""
    found = {text for text in unmarked() if re.search(r"[a-z,;:] [a-zA-Z]", text)}

    assert found == {"pain unknown"}


def test_a_catalogue_has_every_sentence_and_no_other() -> None:
    wanted = {one.forms for one in sentences()}
    for language in OTHERS:
        known = {forms(message.id) for message in catalogue_of(language) if message.id}

        assert wanted - known == set(), language
        assert known - wanted == set(), language


def test_a_catalogue_stands_as_make_catalogues_writes_it() -> None:
    for language in OTHERS:
        po = (FOLDER / f"{language}.po").read_bytes()

        assert missing(po, language) == [], language
        assert b"fuzzy" not in po, language
        assert b"#~" not in po, language
        assert updated(po, language, sentences()) == po, language


def test_a_translation_keeps_placeholders_and_tags() -> None:
    for language in OTHERS:
        for message in (one for one in catalogue_of(language) if one.id):
            sources, said = forms(message.id), forms(message.string)
            assert all(said), (language, message.id)
            assert placeholders(said[-1]) == placeholders(sources[-1]), (language, message.id)
            for form in said:
                assert placeholders(form) <= placeholders(sources[-1]) | {"n"}, (language, form)
                assert tags(form) == tags(sources[-1]), (language, form)


def test_a_new_sentence_waits_for_its_words_and_an_old_one_goes() -> None:
    old = b'msgid "Yes"\nmsgstr "Ja"\n\nmsgid "Gone"\nmsgstr "Weg"\n'
    wanted = [Sentence(forms=each, path="", line=1) for each in (("Yes",), ("a day", "{n} days"))]

    po = updated(old, "de", wanted)

    assert b'msgid "Yes"\nmsgstr "Ja"\n' in po
    assert b"Gone" not in po
    assert missing(po, "de") == ["a day"]
    assert updated(po, "de", wanted) == po


def test_a_sentence_that_became_two_forms_is_translated_anew() -> None:
    old = b'msgid "{n} day"\nmsgstr "{n} Tag"\n'
    wanted = [Sentence(forms=("{n} day", "{n} days"), path="", line=1)]

    assert missing(updated(old, "de", wanted), "de") == ["{n} day"]


def test_a_sentence_is_filled() -> None:
    assert EN.say("Reference {reference}", reference="E-1") == "Reference E-1"


@pytest.mark.parametrize(("number", "text"), [(0, "0 days"), (1, "1 day"), (2, "2 days")])
def test_a_count_has_its_plural(number: int, text: str) -> None:
    assert EN.count("{n} day", "{n} days", number) == text


@pytest.mark.parametrize("code", ["en", "en-GB", "EN", "xx", "", "zh-hans"])
def test_a_language_that_we_do_not_speak_is_answered_in_english(code: str) -> None:
    assert wording(code).language == "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_known_by_its_code_whatever_the_country(language: str) -> None:
    assert wording(f"{language}-CH").language == language
    assert wording(language) is wording(language)


def test_days_and_times_in_english() -> None:
    monday = date(2026, 3, 2)

    assert EN.day(monday) == "Monday 2 March"
    assert EN.short_day(monday) == "Mon 2 Mar"
    assert EN.month(monday) == "Mar 2026"
    assert EN.weekday(monday) == "Mon"
    assert EN.clock(time(7, 5)) == "07:05"


@pytest.mark.parametrize(
    ("language", "dates", "counts"),
    [
        (
            "de",
            ["Montag, 2. März", "Mo, 2. März", "März 2026", "Mo", "Mo"],
            ["0 Tage", "1 Tag", "2 Tage"],
        ),
        (
            "es",
            ["lunes 2 de marzo", "lun 2 mar", "mar 2026", "lun", "Lu"],
            ["0 días", "1 día", "2 días"],
        ),
    ],
)
def test_dates_and_plurals_follow_the_language(
    language: str, dates: list[str], counts: list[str]
) -> None:
    say, monday = wording(language), date(2026, 3, 2)
    told = (say.day, say.short_day, say.month, say.weekday, say.narrow_weekday)

    assert [one(monday) for one in told] == dates
    assert [say.count("{n} day", "{n} days", n) for n in (0, 1, 2)] == counts


def test_an_instant_is_told_in_the_zone_of_its_reader() -> None:
    assert EN.instant(NOW, BERLIN) == "Mon 2 Mar, 19:30"
    assert EN.instant(NOW, ZoneInfo("Asia/Kathmandu")) == "Tue 3 Mar, 00:15"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_names_seven_weekdays_and_twelve_months(language: str) -> None:
    say = Wording(language)
    days = [date(2026, 3, day) for day in range(2, 9)]
    months = [date(2026, month, 1) for month in range(1, 13)]

    assert len({say.weekday(day) for day in days}) == 7
    assert len({say.month(month) for month in months}) == 12
    assert all(say.clock(datetime(2026, 3, 2, 9, 5).time()) == "09:05" for _ in days)  # noqa: DTZ001 - a clock on a wall
    assert all(str(day.day) in say.day(day) for day in days)
