"""A document's tables are joined into one Plan: what it costs, and what it buys."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from itertools import takewhile
from math import nan
from pathlib import Path
from typing import Any

from kc_analysis import model
from kc_analysis.model import DataError, Finding, Plan, Text, Trouble, tabulate
from kc_analysis.numerals import Marks
from kc_analysis.reading import words
from kc_analysis.reading.forms.opening import open_document
from kc_analysis.reading.grid import Cell, Document
from kc_analysis.reading.halves import Half, halves
from kc_analysis.reading.numbers import Values, read_numbers
from kc_analysis.reading.remarks import remarks
from kc_analysis.reading.repair import mend
from kc_analysis.reading.rows import Row
from kc_analysis.reading.statements import Statement, in_million, statements, text_of
from kc_analysis.reading.tables import Table, find_tables

_DAY = r"ngày\s+(\d{1,2})(?:\s+tháng\s+|/)(\d{1,2})(?:\s+năm\s+|/)(\d{4})"
_NUMBER = re.compile(r"Số:\s*(\d+/[^\s;,)]+)")
_ISSUED = re.compile(_DAY)
# An appendix often names the decision that it is attached to.
_NAMED = re.compile(
    rf"(?:kèm theo\s+|^)Quyết định\s+số:?\s+(\d+/QĐ-[^\s;,)]+)\s+{_DAY}", re.I | re.M
)
_ISSUER = re.compile(
    r"^(?:ỦY BAN NHÂN DÂN|UBND)\s+(?:TỈNH|THÀNH PHỐ)\s+[^\W\d]+(?: [^\W\d]+)*", re.M
)
_NO_TARGETS = tabulate(model.TARGETS, [])


def read_plan(path: str | Path, *, repair: bool = False, thousands: str | None = None) -> Plan:
    """Read the plan that a document holds.

    Parameters
    ----------
    path : str or Path
        Text, HTML, Word, Excel or PDF; what it is shows from its content, not from its name.
    repair : bool
        Whether figures that the printed totals convict of damage are put right; each is a finding
        of ``check`` either way.
    thousands : {".", ","}, optional
        The mark between thousands, for a document in which nothing decides it.

    Returns
    -------
    Plan
        Amounts in million VND. Each number keeps its file, place and printed text.

    Raises
    ------
    DataError
        If there is no such file, if it holds no such tables, or with all that cannot be read.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.read_plan(kc.raw_folder("2021-2025") / "470-QD-UBND.txt")
    >>> plan.cycle, len(plan.lines), plan.budget["amount_million_vnd"].sum()
    ('2021-2025', 9, np.float64(18246.0))
    """
    document = open_document(Path(path))
    troubles: list[Trouble] = []
    tables = find_tables(document, troubles)
    values, marks, notes = read_numbers(document, tables, thousands, troubles)
    if troubles:
        raise DataError(troubles)
    values, damaged = mend(document, tables, values, apply=repair)
    settled = bool(notes) or thousands is not None
    return _plan(document, tables, values, marks, notes + damaged, settled=settled)


def _plan(
    document: Document,
    tables: list[Table],
    values: list[Values],
    marks: Marks,
    notes: list[Finding],
    *,
    settled: bool,
) -> Plan:
    money, work, left_out = halves(document, tables, values)
    text = text_of(document)
    stated = list(statements(text, money, marks, settled=settled))
    money, inferred = in_million(document, money, stated)
    # A section's total may stand below as a row of its own; its title is that of the first row.
    sections = {
        row.section: row
        for row in reversed(money.table.rows + work.table.rows)
        if row.level == "section"
    }
    sections = dict(reversed(sections.items()))
    sources = {key: words.source_of(row.title.text) for key, row in sections.items()}
    costed = {row.key: row for row in money.table.rows if row.level == "line"}
    worked = {row.key: row for row in work.table.rows if row.level == "line"}
    _check_sections(document, costed | worked, sections)
    lines = {
        key: (key, sources[row.section], row.number, words.slug(row.title.text), row.title.text)
        for key, row in (costed | worked).items()
    }
    used = {row.section for row in (costed | worked).values()}
    _check_once(document, money, work)
    years = money.years + work.years
    titles = {
        sources[key]: (key, words.without_money(row.title.text))
        for key, row in reversed(sections.items())
        if key in used
    }
    printed, origin = _printed(document, money, work, stated, sources)
    return Plan(
        cycle=f"{min(years)}-{max(years)}",
        title=money.table.title,
        **_letterhead("\n".join(line.text for line in text)),
        sources=tabulate(
            model.SOURCES,
            [
                (source, *titles[source], None)
                for source in dict.fromkeys(sources.values())
                if source in titles
            ],
        ),
        lines=tabulate(
            model.LINES,
            [
                (*line, None, worked[key].unit if key in worked else "", None)
                for key, line in lines.items()
            ],
        ),
        budget=tabulate(
            model.BUDGET,
            [
                (row.key, lines[row.key][1], lines[row.key][3], year, value)
                for row, year, value, _, _ in money.numbers
                if year and row.level == "line"
            ],
        ),
        quantities=tabulate(
            model.QUANTITIES,
            [
                (row.key, lines[row.key][1], lines[row.key][3], row.unit, year, value)
                for row, year, value, _, _ in work.numbers
                if year and row.level == "line"
            ],
        ),
        printed=tabulate(model.PRINTED, printed),
        origin=tabulate(model.ORIGIN, origin),
        notes=(
            *notes,
            *left_out,
            *inferred,
            *remarks(document, tables, values, money, work),
            *_one_source_twice(document, sections, used, sources),
        ),
        # A shallow copy: pandas copies on write, so that nobody changes the one that all share.
        targets=_NO_TARGETS.copy(deep=False),
    )


def _check_sections(document: Document, lines: dict[str, Row], sections: dict[str, Row]) -> None:
    homeless = [row for row in lines.values() if row.section not in sections]
    if homeless:
        expected = Text("một phần (I, II…) ở phía trên", "a section (I, II…) above")
        raise DataError(document.trouble(row.title, expected) for row in homeless)


def _one_source_twice(
    document: Document, sections: dict[str, Row], used: set[str], sources: dict[str, str]
) -> Iterator[Finding]:
    """Two sections that are taken for one fund source, and so added up."""
    first: dict[str, str] = {}
    for key in (key for key in sections if key in used):
        other = first.setdefault(sources[key], key)
        if other != key:
            one, two = (sections[name].title.text for name in (other, key))
            yield Finding(
                rule="one-source-twice",
                severity="warning",
                table="budget",
                line=key,
                year=None,
                expected=nan,
                found=nan,
                place=document.where(sections[key].title),
                message=Text(
                    f"Phần {other} “{one}” và phần {key} “{two}” được coi là một nguồn và cộng "
                    "chung",
                    f"Section {other} “{one}” and section {key} “{two}” are taken for one source "
                    "and added up",
                ),
            )


def _check_once(document: Document, money: Half, work: Half) -> None:
    """A line has one amount and one quantity in a year, and there are years."""
    troubles = []
    for half in (money, work):
        seen: set[tuple[str, int | None]] = set()
        for number in half.numbers:
            at = number.row.key, number.year
            if number.row.level == "line" and at in seen:
                expected = Text("một số cho mỗi dòng và năm", "one number for each line and year")
                troubles.append(document.trouble(number.cell, expected))
            seen.add(at)
    if not money.years + work.years:
        expected = Text("các cột năm của kế hoạch", "columns of years of the plan")
        found = Text("chỉ có cột thực hiện", "columns of what was done only")
        troubles.append(document.trouble(money.table.head, expected, found))
    if troubles:
        raise DataError(troubles)


def _letterhead(prose: str) -> dict[str, Any]:
    """The decision's number, date and issuer: from its head, or as its appendix names it."""
    head = re.split(r"\bCăn cứ\b", prose)[0]  # what follows names other decisions
    number, issued, issuer = (pattern.search(head) for pattern in (_NUMBER, _ISSUED, _ISSUER))
    if not number and (named := _NAMED.search(prose)):
        return {"number": named[1], "issued": _day(named.groups()[1:]), "issuer": _named(issuer)}
    return {
        "number": number[1] if number else None,
        "issued": _day(issued.groups()) if issued else None,
        "issuer": _named(issuer),
    }


def _day(parts: tuple[str, ...]) -> date | None:
    with suppress(ValueError):  # a misprint, such as 31/2
        return date(*(int(part) for part in reversed(parts)))
    return None


def _named(issuer: re.Match[str] | None) -> str | None:
    return " ".join(takewhile(str.isupper, issuer[0].split())) if issuer else None


def _printed(
    document: Document,
    money: Half,
    work: Half,
    stated: list[Statement],
    sources: dict[str, str],
) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """The totals as printed, and the origin of every number."""
    printed: list[tuple[Any, ...]] = []
    origin: list[tuple[Any, ...]] = []

    def add(table: str, row: Row, year: int | None, value: float, cell: Cell) -> None:
        if year is None or row.level != "line":
            printed.append((table, row.level, row.key, sources.get(row.section), year, value))
        place = document.place(cell.at)
        origin.append((table, row.key, year, document.file, place.vi, place.en, cell.text))

    for name, half in (("budget", money), ("quantities", work)):
        for row, year, value, _, cell in half.numbers:
            add(name, row, year, value, cell)
    for row, value, unit, cell, _ in stated:
        add("narrative", row, None, words.in_million_vnd(value, unit), cell)
    return printed, origin
