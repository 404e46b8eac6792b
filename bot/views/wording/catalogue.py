"""Sentences in the reader's language; English stands in the views, others in `.po` files here.

Adding a language: put `<code>.po` beside this file and its own name into LANGUAGES.
"""

from __future__ import annotations

from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from math import floor
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LANGUAGES = {"en": "English", "es": "Español", "de": "Deutsch"}
"""Code and own name of every language we speak, in the order in which they are offered."""

DEFAULT = "en"


_REMEMBERED = 1024
"""How many sentences, and how many dates, a language keeps at hand."""


def msg(message: str) -> str:
    """Mark a sentence for the catalogues; `Wording.say` translates it when it is used."""
    return message


class Wording:
    """One language: its sentences, plurals, dates and times."""

    def __init__(self, language: str) -> None:
        """Speak a language of LANGUAGES."""
        self.language = language
        self._locale = Locale.parse(language)
        self._catalogue = _catalogue(language)
        self._translated = lru_cache(_REMEMBERED)(self._catalogue.gettext)
        self._formatted = lru_cache(_REMEMBERED)(self._format)

    def say(self, message: str, /, **values: object) -> str:
        """A sentence, with its placeholders filled."""
        return self._translated(message).format(**values)

    def count(self, one: str, many: str, number: int, /, **values: object) -> str:
        """A sentence about a number of things; `{n}` is the number."""
        return self._catalogue.ngettext(one, many, number).format(n=number, **values)

    def day(self, on: date) -> str:
        """A date in full, without the year: "Sunday 22 November"."""
        return self._formatted(on, self.say("EEEE d MMMM"))

    def short_day(self, on: date) -> str:
        """A date in short: "Sun 22 Nov"."""
        return self._formatted(on, self.say("EEE d MMM"))

    def _format(self, on: date, pattern: str) -> str:
        """A date by a pattern of Unicode's; the pattern is a sentence to translate too."""
        return format_date(on, pattern, locale=self._locale)

    def month(self, on: date) -> str:
        """A month with its year, short enough for a button: "Mar 2026"."""
        return format_skeleton("yMMM", datetime.combine(on, time()), locale=self._locale)

    def weekday(self, on: date) -> str:
        """The short name of a weekday."""
        return format_date(on, "EEE", locale=self._locale).rstrip(".")

    def narrow_weekday(self, on: date) -> str:
        """A weekday in two letters, for the head of a calendar: "Mo"."""
        return format_date(on, "EEEEEE", locale=self._locale).rstrip(".").capitalize()

    def decimal(self, value: Fraction) -> str:
        """A number, half up to one decimal (R-GEN-3)."""
        tenths = floor(value * 10 + Fraction(1, 2))
        return format_decimal(Decimal(tenths) / 10, "0.0", locale=self._locale)

    @staticmethod
    def clock(at: time) -> str:
        """A time of day, the same in every language: 19:30."""
        return f"{at:%H:%M}"

    def instant(self, at: datetime, zone: tzinfo) -> str:
        """A day and a time of day in a zone."""
        local = at.astimezone(zone)
        return f"{self.short_day(local.date())}, {self.clock(local.time())}"


@cache
def wording(language: str) -> Wording:
    """The wording of a language; of English for one that we do not speak."""
    known = language.partition("-")[0].lower()
    return Wording(known if known in LANGUAGES else DEFAULT)


def _catalogue(language: str) -> NullTranslations:
    path = Path(__file__).with_name(f"{language}.po")
    if not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
