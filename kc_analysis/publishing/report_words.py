"""The words of a review's sentences: amounts, parts, lists, dates, names."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from kc_analysis.charts.midterm import whole_plan
from kc_analysis.midterm.review import Review
from kc_analysis.model import Text
from kc_analysis.numerals import format_number
from kc_analysis.publishing.sentences import Prose
from kc_analysis.wording import IN_REVIEW, VALUES, labels

Row = Mapping[Any, Any]

WORDS = VALUES | IN_REVIEW


def figure(value: float, lang: str, *, sign: bool = False) -> str:
    """A number, without decimals where it is whole."""
    return format_number(value, lang, int(round(value, 1) % 1 != 0), sign=sign)


def money(value: float, lang: str) -> str:
    """An amount with its unit, without decimals where it is whole.

    Examples
    --------
    >>> money(1056.0, "vi"), money(1056.5, "en")
    ('1.056 triệu đồng', '1,056.5 million VND')
    """
    return f"{figure(value, lang)} {Text('triệu đồng', 'million VND')[lang]}"


def percent(value: float, lang: str) -> str:
    """A part in per cent, with one decimal."""
    return f"{format_number(value, lang, 1)}%"


def known(value: Any) -> bool:
    """Whether a figure is there."""
    return bool(pd.notna(value))


def counted(count: int, one: str, several: str) -> str:
    """A number of things in English.

    Examples
    --------
    >>> counted(1, "target", "targets"), counted(2, "target", "targets")
    ('1 target', '2 targets')
    """
    return f"{count} {one if count == 1 else several}"


def join(items: Iterable[str], lang: str) -> str:
    """Items as a list in words.

    Examples
    --------
    >>> join(["a", "b", "c"], "en"), join(["a"], "vi")
    ('a, b and c', 'a')
    """
    *others, last = items
    return f"{', '.join(others)}{Text(' và ', ' and ')[lang]}{last}" if others else last


def written_day(day: date, lang: str) -> str:
    """A date as documents write it."""
    return Text(f"{day:%d/%m/%Y}", f"{day.day} {day:%B %Y}")[lang]


def names_of(review: Review, by: str, lang: str) -> dict[Any, str]:
    """What the sentences call each source, line (with its number) or year."""
    if by == "year":
        year = Text("Năm ", "")[lang]
        return {value: f"{year}{value}" for value in review.by_year["year"]}
    names = labels(whole_plan(review), by, lang)
    return {key: f"{name} ({key})" for key, name in names.items()} if by == "line" else dict(names)


def units_of(review: Review, lang: str) -> dict[str, str]:
    """In what each line's work is counted."""
    lines = whole_plan(review).lines
    units = lines["unit"] if lang == "vi" else lines["unit_en"].fillna(lines["unit"])
    return dict(zip(lines["line"], units, strict=True))


def listed(sentences: Iterable[str], head: str = "") -> Prose:
    """Sentences as a list, a bullet each, under what is said of all."""
    bullets = (f"- {sentence}" for sentence in sentences)
    return Prose("\n".join((head, *bullets) if head else bullets))
