"""A document's tables are joined into one Plan: what it costs, and what it buys."""

import re
from collections.abc import Iterator
from datetime import date
from math import log, nan
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from kc_analysis import model
from kc_analysis.model import DataError, Finding, Plan, Text, Trouble, tabulate
from kc_analysis.numerals import Marks, format_number
from kc_analysis.reading import words
from kc_analysis.reading.forms import open_document
from kc_analysis.reading.grid import Cell, Document
from kc_analysis.reading.numbers import Values, read_numbers
from kc_analysis.reading.repair import mend
from kc_analysis.reading.tables import Row, Table, find_tables

_NUMBER = re.compile(r"Số:\s*(\d+/\S+)")
_ISSUED = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")
_ISSUER = re.compile(
    r"^(?:ỦY BAN NHÂN DÂN|UBND)\s+(?:TỈNH|THÀNH PHỐ)\s+[^\W\d]+(?: [^\W\d]+)*", re.M
)
_MONEY = re.compile(r"(\d[\d.,]*\d)\s+((?:nghìn|ngàn|triệu|tỷ|tỉ)?\s*đồng)")


_CLAUSE = re.compile(r"[.;:]|\n(?=[A-ZĐÀ-Ỹ\d])")
_NO_TARGETS = tabulate(model.TARGETS, [])


class Statement(NamedTuple):
    """A sum of money that the text states for a section or for the whole."""

    row: Row
    value: float
    unit: str
    cell: Cell


class Number(NamedTuple):
    """A number of a table: its row, its year (None for the whole cycle), value, unit and cell."""

    row: Row
    year: int | None
    value: float
    unit: str
    cell: Cell


class Half(NamedTuple):
    """One half of a plan, what it costs or what it buys: a table and its numbers of that measure."""

    table: Table
    numbers: list[Number]


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
    return _plan(document, tables, values, marks, notes + damaged)


def _plan(
    document: Document,
    tables: list[Table],
    values: list[Values],
    marks: Marks,
    notes: list[Finding],
) -> Plan:
    money, work = _halves(document, tables, values)
    prose = "\n".join(line.text for line in document.lines)
    statements = list(_statements(document, prose, money, marks))
    money, inferred = _in_million(document, money, statements)
    sections = {
        row.section: row for row in work.table.rows + money.table.rows if row.level == "section"
    }
    sources = {key: words.source_of(row.title.text) for key, row in sections.items()}
    costed = {row.key: row for row in money.table.rows if row.level == "line"}
    worked = {row.key: row for row in work.table.rows if row.level == "line"}
    _check_sections(document, costed | worked, sections)
    lines = {
        key: (key, sources[row.section], row.number, words.slug(row.title.text), row.title.text)
        for key, row in (costed | worked).items()
    }
    used = {row.section for row in (costed | worked).values()}
    years = money.table.years + work.table.years
    printed, origin = _printed(document, money, work, statements, sources)
    return Plan(
        cycle=f"{min(years)}-{max(years)}",
        title=money.table.title,
        **_letterhead(prose),
        sources=tabulate(
            model.SOURCES,
            [
                (sources[key], key, words.without_money(row.title.text), None)
                for key, row in sections.items()
                if key in used
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
            *inferred,
            *_titles(document, money.table, work.table),
            *_separators(document, money, work),
        ),
        # A shallow copy: pandas copies on write, so that nobody changes the one that all share.
        targets=_NO_TARGETS.copy(deep=False),
    )


def _halves(document: Document, tables: list[Table], values: list[Values]) -> tuple[Half, Half]:
    """What the plan costs and what it buys, from two tables or from the columns of one."""
    halves: dict[str, list[Half]] = {"money": [], "quantity": []}
    for table, numbers in zip(tables, values, strict=True):
        # Beside the plan a table may print what was done; a plan is what was planned.
        phase = "plan" if any(column.phase == "plan" for column in table.columns) else "actual"
        for measure, found in halves.items():
            half = [
                Number(
                    table.rows[r],
                    table.columns[i].year,
                    value,
                    table.columns[i].money or words.money_unit(table.rows[r].unit) or table.money,
                    table.rows[r].cells[i],
                )
                for (r, i), value in numbers.items()
                if table.columns[i].phase == phase
                and table.measure(table.rows[r], i) == measure
                and table.rows[r].level != "detail"
            ]
            if half:
                found.append(Half(table, half))
    if len(halves["money"]) == len(halves["quantity"]) == 1:
        return halves["money"][0], halves["quantity"][0]
    expected = Text(
        "một bảng kinh phí và một bảng khối lượng (có cột ĐVT)",
        "one table of money and one table of quantities (with a column of units)",
    )
    found_vi = f"{len(halves['money'])} bảng kinh phí, {len(halves['quantity'])} bảng khối lượng"
    found_en = f"{len(halves['money'])} of money, {len(halves['quantity'])} of quantities"
    raise DataError([document.trouble(tables[0].head, expected, Text(found_vi, found_en))])


def _check_sections(document: Document, lines: dict[str, Row], sections: dict[str, Row]) -> None:
    homeless = [row for row in lines.values() if row.section not in sections]
    if homeless:
        expected = Text("một phần (I, II…) ở phía trên", "a section (I, II…) above")
        raise DataError(document.trouble(row.title, expected) for row in homeless)


def _letterhead(prose: str) -> dict[str, Any]:
    number, issued, issuer = (pattern.search(prose) for pattern in (_NUMBER, _ISSUED, _ISSUER))
    return {
        "number": number[1] if number else None,
        "issued": date(*(int(part) for part in issued.groups()[::-1])) if issued else None,
        "issuer": " ".join(issuer[0].split()) if issuer else None,
    }


def _statements(document: Document, prose: str, money: Half, marks: Marks) -> Iterator[Statement]:
    """The sums that the text states for a section or for the whole cycle."""
    rows = money.table.rows
    sections = {words.core(row.title.text): row for row in rows if row.level == "section"}
    grand = [row for row in rows if row.level == "grand"]
    for match in _MONEY.finditer(prose):
        before = prose[: match.start()]
        # Back to where the clause begins; a line that goes on from the one before is no beginning.
        label = " ".join(_CLAUSE.split(before.rstrip(" :\n"))[-1].split()).casefold()
        named = [sections[name] for name in sorted(sections, key=len) if name in label]
        whole = grand if words.states_total(label) else []
        if (named or whole) and not words.states_year(label):
            try:
                value = marks.parse(match[1])
            except ValueError:
                continue  # a number of the narrative that these marks do not explain
            yield Statement(
                row=(named or whole)[-1],
                value=value,
                unit=words.money_unit(" ".join(match[2].split())) or "",
                cell=document.lines[before.count("\n")]._replace(text=" ".join(match[0].split())),
            )


def _in_million(
    document: Document, money: Half, statements: list[Statement]
) -> tuple[Half, list[Finding]]:
    """The money in million VND: by the units printed, else by the one that the text's sums give."""
    notes: list[Finding] = []
    inferred = ""
    if not all(number.unit for number in money.numbers):
        inferred, note = _infer_unit(document, money, statements)
        notes.append(note)
    numbers = [
        number._replace(value=words.in_million_vnd(number.value, number.unit or inferred))
        for number in money.numbers
    ]
    return Half(money.table, numbers), notes


def _infer_unit(
    document: Document, money: Half, statements: list[Statement]
) -> tuple[str, Finding]:
    pairs = [
        (statement, number)
        for statement in statements
        for number in money.numbers
        if number.row is statement.row and number.year is None and number.value and statement.value
    ]
    if not pairs:
        expected = Text(
            "đơn vị tiền ở đầu bảng, như “Đơn vị tính: triệu đồng”, hoặc tổng số trong phần lời",
            "a unit of money above the table, such as “Đơn vị tính: triệu đồng”, or its total in "
            "the text",
        )
        raise DataError([document.trouble(money.table.head, expected, Text("không có", "none"))])
    scale = {unit: log(times / over) for unit, (times, over) in words.MONEY.items()}
    # Units lie a thousandfold apart, so the sums' ratios tell them apart even where a figure is
    # misprinted; the median does not follow a single misprint.
    ratio = median(log(s.value / n.value) + scale[s.unit] for s, n in pairs)
    unit = min(scale, key=lambda name: abs(ratio - scale[name]))
    statement, number = pairs[0]
    return unit, Finding(
        rule="unit-inferred",
        severity="note",
        table="budget",
        line=statement.row.key,
        year=None,
        expected=words.in_million_vnd(statement.value, statement.unit),
        found=words.in_million_vnd(number.value, unit),
        place=document.where(statement.cell),
        message=Text(
            f"Bảng kinh phí không ghi đơn vị tính; suy ra “{unit}” vì phần lời ghi "
            f"{statement.cell.text}, bảng ghi {number.cell.text}",
            f"The table of money prints no unit; {words.MONEY_EN[unit]} follows, since the text "
            f"says “{statement.cell.text}” and the table “{number.cell.text}”",
        ),
    )


def _printed(
    document: Document,
    money: Half,
    work: Half,
    statements: list[Statement],
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
    for row, value, unit, cell in statements:
        add("narrative", row, None, words.in_million_vnd(value, unit), cell)
    return printed, origin


def _titles(document: Document, money: Table, work: Table) -> list[Finding]:
    """Rows of one number whose titles differ between the two tables."""
    costed = {row.key: row for row in money.rows if row.level in ("section", "line")}
    return [
        Finding(
            rule="title-differs",
            severity="error",
            table="quantities",
            line=row.key,
            year=None,
            expected=nan,
            found=nan,
            place=document.where(row.title),
            message=Text(
                f"Dòng {row.key} mang tên “{row.title.text}” ở bảng khối lượng nhưng "
                f"“{other.title.text}” ở bảng kinh phí",
                f"Line {row.key} is called “{row.title.text}” in the table of quantities but "
                f"“{other.title.text}” in the table of money",
            ),
        )
        for row in work.rows
        if (other := costed.get(row.key)) and _name(row) != _name(other)
    ]


def _name(row: Row) -> str:
    """What a row is called, as far as two tables must agree on it."""
    title = row.title.text
    return words.source_of(title) if row.level == "section" else words.slug(title)


def _separators(document: Document, money: Half, work: Half) -> list[Finding]:
    """Numbers of a thousand and more that lack the thousands mark that others carry."""
    numbers = [
        (name, number)
        for name, half in (("budget", money), ("quantities", work))
        for number in half.numbers
        if number.cell.value is None and len(number.cell.text) > 3 and number.value
    ]
    bare = [(name, number) for name, number in numbers if number.cell.text.isdecimal()]
    if len(bare) == len(numbers):
        return []
    return [
        Finding(
            rule="separator-left-out",
            severity="note",
            table=name,
            line=number.row.key,
            year=number.year,
            expected=number.value,
            found=number.value,
            place=document.where(number.cell),
            message=Text(
                f"“{number.cell.text}” in thiếu dấu phân cách hàng nghìn; "
                f"đọc là {format_number(float(number.cell.text))}",
                f"“{number.cell.text}” is printed without its thousands mark; "
                f"read as {format_number(float(number.cell.text), 'en')}",
            ),
        )
        for name, number in bare
    ]
