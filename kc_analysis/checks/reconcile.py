"""Every printed total against its parts, money against work, text against tables."""

import re
from collections.abc import Iterator
from math import isclose, isnan, nan
from typing import Any

import pandas as pd

from kc_analysis.checks.coverage import promises
from kc_analysis.checks.figures import Figures, Years, add, rows, section
from kc_analysis.checks.odd import odd
from kc_analysis.checks.suspects import suspects
from kc_analysis.model import Finding, Plan, Text, findings_frame


def check(plan: Plan) -> pd.DataFrame:
    """Hold every printed total, both tables and the narrative's figures against each other.

    Parameters
    ----------
    plan : Plan

    Returns
    -------
    DataFrame
        A row a finding: rule, severity (error, warning, note), table, line, year (missing for the
        whole cycle), expected, found, place and message in both languages. Amounts are in million
        VND. A plan without errors reconciles.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> findings = kc.check(kc.load_plan("2021-2025"))
    >>> bool((findings["severity"] == "error").any())
    False
    """
    figures = Figures(plan)
    totals = list(_totals(figures))
    return findings_frame(
        [
            *plan.notes,
            *totals,
            *suspects(figures, totals),
            *odd(figures),
            *_narrative(figures),
            *_pairs(figures),
            *_measures(figures),
            *promises(plan),
        ]
    )


def open_errors(findings: pd.DataFrame, known: list[dict[str, Any]]) -> pd.DataFrame:
    """The errors that nobody has acknowledged.

    Parameters
    ----------
    findings : DataFrame
        As ``check`` gives them.
    known : list of dict
        Findings acknowledged by name, as source.toml lists them: rule, table, line and year (no
        year for the whole cycle).

    Returns
    -------
    DataFrame
        Rows of ``findings``.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> len(kc.open_errors(kc.check(kc.load_plan("2021-2025")), known=[]))
    0
    """
    names = ["rule", "table", "line", "year"]
    accepted = {tuple(entry.get(name) for name in names) for entry in known}
    errors = findings[findings["severity"] == "error"]
    keys = (
        (rule, table, line, None if year is pd.NA else year)
        for rule, table, line, year in rows(errors, *names)
    )
    return errors[[key not in accepted for key in keys]].reset_index(drop=True)


def _differs(expected: float, found: float) -> bool:
    # A missing figure (NaN) differs from any.
    return not isclose(expected, found, rel_tol=1e-13, abs_tol=1e-8)


def _totals(figures: Figures) -> Iterator[Finding]:
    """Every printed total against its parts, by year and for the cycle."""
    for table, lines in figures.parts.items():
        parts = {"line": {line: [years] for line, years in lines.items()}}
        parts |= _sections_and_grand(figures, table)
        totals = {level: figures.totals[table, level] for level in parts}
        # A total of the cycle alone, with none of a year beside it, need not stand in a column.
        has_column = any(
            None in years and (level == "line" or len(years) > 1)
            for level, rows in totals.items()
            for years in rows.values()
        )
        # Sections of which none at their depth prints a sum are headings.
        printing = {key.count(".") for key in totals["section"]}
        parts["section"] = {
            key: adding for key, adding in parts["section"].items() if key.count(".") in printing
        }
        years_totalled = _years_totalled(totals)
        for level, adding in parts.items():
            # A level that prints totals prints them for every year that has parts, and a table
            # that has a column of totals fills it; what is blank there is missing.
            printed = years_totalled[level]
            columns: list[int | None] = sorted({*figures.plan.years, *printed}) if printed else []
            # Sections without any total are headings.
            columns += [None] if has_column and (level == "line" or totals[level]) else []
            for key in dict.fromkeys([*adding, *totals[level]]):
                for year in columns:
                    expected = add(adding.get(key, []), year)
                    found = totals[level].get(key, {}).get(year, nan)
                    # Quantities of unlike units need no sum; one that is printed must be right.
                    blank = isnan(found) and (not expected or (table, level) in _UNSUMMED)
                    if _differs(expected, found) and not blank:
                        rule = f"{level}-{'year' if year else 'total'}"
                        message = _MISSING if isnan(found) else _SUM
                        place = (table, key, year)
                        yield figures.finding(rule, "error", place, expected, found, message)
        if not has_column:
            yield figures.finding("no-totals", "note", (table, "", None), nan, nan, _NO_TOTALS)


def _years_totalled(totals: dict[str, dict[str, Years]]) -> dict[str, set[int]]:
    """For which years each level prints totals.

    A level that prints the cycle's total alone may be laid out so. But where one year is all that
    the other level totals, the one number that is wanting is more likely lost.
    """
    found = {
        level: {year for years in rows.values() for year in years if year}
        for level, rows in totals.items()
    }
    every = set().union(*found.values())
    if len(every) == 1:
        found |= {level: every for level in ("section", "grand") if totals[level]}
    return found


def _sections_and_grand(figures: Figures, table: str) -> dict[str, dict[str, list[Years]]]:
    """What each section's total and the grand total of a table add up."""
    lines, sections = figures.parts[table], figures.totals[table, "section"]
    return {
        "section": {
            key: _within(figures, table, key)
            for key in dict.fromkeys([*_sections(figures, lines), *sections])
        },
        "grand": {key: _within(figures, table, "") for key in figures.totals[table, "grand"]},
    }


def _sections(figures: Figures, lines: dict[str, Years]) -> list[str]:
    return [key for key in map(section, lines) if key and key not in figures.units]


def _within(figures: Figures, table: str, key: str) -> list[Years]:
    """What a section, or the whole (""), adds up: the sections right in it, and other lines."""
    sections = figures.totals[table, "section"]
    above = f"{key}." if key else ""
    lines = figures.parts[table]
    members = {line: years for line, years in lines.items() if f"{line}.".startswith(above)}
    inside = [name for name in sections if name.startswith(above) and name != key]
    loose = [
        years
        for line, years in members.items()
        if not any(line == name or line.startswith(f"{name}.") for name in inside)
    ]
    outermost = [
        sections[name]
        for name in inside
        if not any(name.startswith(f"{other}.") for other in inside)
    ]
    return [*outermost, *loose]


def _narrative(figures: Figures) -> Iterator[Finding]:
    """The sums that the text states against the table of money."""
    for level, key, stated, rounding in figures.stated:
        totals = figures.totals["budget", level].get(key, {})
        found = totals.get(None, add(figures.members("budget", key).values(), None))
        if _differs(stated, found):
            at = ("budget", key, None)
            if abs(stated - found) <= rounding or isclose(abs(stated - found), rounding):
                yield figures.finding("narrative-rounded", "note", at, stated, found, _ROUNDED)
            else:
                yield figures.finding("narrative-total", "error", at, stated, found, _NARRATIVE)


def _pairs(figures: Figures) -> Iterator[Finding]:
    """Money without work, and work without money, by line and year."""
    for table, other in (("budget", "quantities"), ("quantities", "budget")):
        elsewhere = {year for years in figures.parts[other].values() for year in years}
        headings = set()
        for line, years in figures.parts[table].items():
            if line in figures.seconds:
                continue
            partner = figures.parts[other].get(line)
            if partner is None:
                is_overhead = table == "budget" and _OVERHEAD.match(figures.labels[line])
                severity = "warning" if is_overhead else "error"
                whole = (table, line, None)
                yield figures.finding("unpaired-line", severity, whole, nan, nan, _UNPAIRED[table])
                continue
            for year in (year for year, value in years.items() if value and year not in partner):
                # A year's heading may be wrong: said once, it is told better.
                message = _UNPAIRED if year in elsewhere else _UNPAIRED_YEAR
                if year not in headings:
                    at = (table, line, year)
                    yield figures.finding("unpaired-year", "error", at, nan, nan, message[table])
                headings |= {year} - elsewhere


def _measures(figures: Figures) -> Iterator[Finding]:
    """Years in which one measure of a line has a number and the other has none."""
    work = figures.parts["quantities"]
    for second, line in figures.seconds.items():
        for one, other in ((second, line), (line, second)):
            numbers = work.get(other, {}).items()
            for year in (y for y, value in numbers if value and y not in work.get(one, {})):
                at = ("quantities", one, year)
                yield figures.finding("unpaired-measure", "error", at, nan, nan, _UNMEASURED)


# What costs money and is not counted.
_OVERHEAD = re.compile(
    r"(?:(?:chi(?: phí)?|kinh phí) )?(?:hoạt động )?(?:quản lý|dự phòng|khác)\b", re.IGNORECASE
)
_UNSUMMED = {("quantities", "section"), ("quantities", "grand")}
_SUM = Text(
    "{table}, dòng {line}, {year}: các phần cộng lại được {expected} nhưng in là {found}",
    "{table}, row {line}, {year}: the parts add up to {expected} but {found} is printed",
)
_MISSING = Text(
    "{table}, dòng {line}, {year}: các phần cộng lại được {expected} nhưng ô tổng để trống",
    "{table}, row {line}, {year}: the parts add up to {expected} but the total is blank",
)
_NO_TOTALS = Text(
    "{table} không in tổng của từng dòng: không có gì để đối chiếu các số của dòng",
    "{table} prints no total for its lines: nothing there to hold a line's figures against",
)
_NARRATIVE = Text(
    "Phần lời ghi {expected} triệu đồng cho dòng {line} nhưng {table} ghi {found}",
    "The text states {expected} million đồng for row {line} but {table} has {found}",
)
_ROUNDED = Text(
    "Phần lời làm tròn thành {expected} triệu đồng cho dòng {line}; {table} ghi {found}",
    "The text rounds to {expected} million đồng for row {line}; {table} has {found}",
)
_UNPAIRED = {
    "budget": Text(
        "Dòng {line} có kinh phí ({year}) nhưng không có khối lượng",
        "Line {line} has money ({year}) but no quantity",
    ),
    "quantities": Text(
        "Dòng {line} có khối lượng ({year}) nhưng không có kinh phí",
        "Line {line} has a quantity ({year}) but no money",
    ),
}
_UNMEASURED = Text(
    "Dòng {line} không có số của năm {year}, trong khi chỉ tiêu kia của cùng nội dung có số",
    "Line {line} has no number for {year}, while the other measure of the same work has one",
)
_UNPAIRED_YEAR = {
    "budget": Text(
        "Năm {year} có kinh phí nhưng không dòng nào có khối lượng; xem lại tiêu đề cột năm",
        "{year} has money but no line has a quantity; look at the heading of the year",
    ),
    "quantities": Text(
        "Năm {year} có khối lượng nhưng không dòng nào có kinh phí; xem lại tiêu đề cột năm",
        "{year} has quantities but no line has money; look at the heading of the year",
    ),
}
