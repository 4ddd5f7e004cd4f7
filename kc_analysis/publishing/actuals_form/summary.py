"""The sheet of totals: by source and year, to date, and for the cycle."""

from collections.abc import Iterable, Iterator
from datetime import date
from math import fsum
from typing import NamedTuple

from xlsxwriter.utility import xl_col_to_name

from kc_analysis.publishing.actuals_form import words
from kc_analysis.publishing.actuals_form.book import AS_OF, FIRST, Form, Page
from kc_analysis.publishing.actuals_form.entries import Entry
from kc_analysis.publishing.actuals_form.results import COLUMN
from kc_analysis.wording import labels

_LETTER = {name: xl_col_to_name(place) for place, name in enumerate(words.SUMMARY)}
_LOOKS = {
    "planned_million_vnd": "money", "allocated_million_vnd": "money", "counted_disbursed": "money",
    "counted_counterpart": "money", "establishments": "count", "jobs": "count",
}  # fmt: skip
_RATIOS = {
    "of_plan": ("counted_disbursed", "planned_million_vnd", "percent"),
    "of_allocated": ("counted_disbursed", "allocated_million_vnd", "percent"),
    "leverage": ("counted_counterpart", "counted_disbursed", "ratio"),
}


class _Group(NamedTuple):
    """A row of the summary: which rows of the results it adds up."""

    source: str
    year: str | int
    criteria: str
    entries: list[Entry]

    @property
    def look(self) -> str:
        """Sums over years stand out."""
        return "" if isinstance(self.year, int) else "total_"


def add_summary(page: Page, entries: list[Entry], as_of: date | None, last: int) -> None:
    """Fill the sheet of totals.

    Parameters
    ----------
    page : Page
    entries : list of dict
        The rows of the sheet of results.
    as_of : date or None
        The day of the figures, where they are known already.
    last : int
        The last row of the sheet of results.
    """
    page.head(words.SUMMARY, [26, 11, *[13] * (len(words.SUMMARY) - 2)])
    page.sheet.freeze_panes(FIRST, 2)
    columns = {
        name: page.form.refer("results", place, FIRST, last) for name, place in COLUMN.items()
    }
    until = f'"<="&YEAR({page.form.refer("guide", AS_OF[1], AS_OF[0])})'
    row = FIRST
    for group in _groups(page.form, entries, as_of, columns, until, row):
        _add_row(page, row, group, columns, until, as_of)
        row += 1
    for note in words.SUMMARY_NOTES:
        row += 1
        page.write((row, 0), page.form.say(note), "subtitle")


def _groups(
    form: Form,
    entries: list[Entry],
    as_of: date | None,
    columns: dict[str, str],
    until: str,
    row: int,
) -> Iterator[_Group]:
    sources = list(labels(form.plan, "source", form.lang).values())
    for source in (*sources, form.say(words.ALL)):
        own = [entry for entry in entries if entry["source"] == source or source not in sources]
        of_source = f",{columns['source']},$A{{row}}" if source in sources else ""
        for year in form.plan.years:
            of_year = [entry for entry in own if entry["year"] == year]
            yield _Group(source, year, f"{of_source},{columns['year']},$B{{row}}", of_year)
        begun = [entry for entry in own if as_of and entry["year"] <= as_of.year]
        yield _Group(
            source, form.say(words.TO_DATE), f"{of_source},{columns['year']},{until}", begun
        )
        yield _Group(source, form.say(words.CYCLE), of_source, own)


def _add_row(
    page: Page,
    row: int,
    group: _Group,
    columns: dict[str, str],
    until: str,
    as_of: date | None,
) -> None:
    place = {name: (row, column) for column, name in enumerate(words.SUMMARY)}
    criteria = group.criteria.format(row=row + 1)
    page.write(place["source"], group.source, f"{group.look}text")
    page.write(place["year"], group.year, f"{group.look}center")
    sums: dict[str, float | str] = {}
    for name, look in _LOOKS.items():
        among = f'{columns[name]},">=0"{criteria}'
        formula = f'=IF(COUNTIFS({among})=0,"",SUMIFS({columns[name]},{among}))'
        sums[name] = _total(group.entries, name)
        page.formula(place[name], formula, sums[name], f"{group.look}{look}")
    for name, (over, under, look) in _RATIOS.items():
        formula = f'=IFERROR({_LETTER[over]}{row + 1}/{_LETTER[under]}{row + 1},"")'
        value = _ratio(sums[over], sums[under])
        page.formula(place[name], formula, value, f"{group.look}{look}")
    due = f'{columns["planned_million_vnd"]},">0",{columns["year"]},{until}{criteria}'
    known = f'{due},{columns["counted_disbursed"]},">=0"'
    formula = f"=COUNTIFS({due})-COUNTIFS({known})"
    missing = _missing(group.entries, as_of)
    page.formula(place["not_reported"], formula, missing, f"{group.look}count")


def _total(entries: Iterable[Entry], name: str) -> float | str:
    known = [entry[name] for entry in entries if name in entry]
    return fsum(known) if known else ""


def _ratio(over: float | str, under: float | str) -> float | str:
    if isinstance(over, str) or isinstance(under, str) or not under:
        return ""
    return over / under


def _missing(entries: Iterable[Entry], as_of: date | None) -> int:
    return sum(
        1
        for entry in entries
        if as_of
        and entry["year"] <= as_of.year
        and entry.get("planned_million_vnd")
        and "counted_disbursed" not in entry
    )
