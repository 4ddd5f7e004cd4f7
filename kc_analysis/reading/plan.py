"""A document's tables are joined into one Plan: what it costs, and what it buys."""

import re
from collections.abc import Iterator
from datetime import date
from math import log, nan
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from kc_analysis import model
from kc_analysis.model import DataError, Finding, Plan, Text, Trouble, same, tabulate
from kc_analysis.numerals import format_number, parse_number
from kc_analysis.reading import words
from kc_analysis.reading.grid import Cell, Document
from kc_analysis.reading.tables import Row, Table, find_tables
from kc_analysis.reading.text import read_text

_NUMBER = re.compile(r"Số:\s*(\d+/\S+)")
_ISSUED = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")
_ISSUER = re.compile(
    r"^(?:ỦY BAN NHÂN DÂN|UBND)\s+(?:TỈNH|THÀNH PHỐ)\s+[^\W\d]+(?: [^\W\d]+)*", re.M
)
_MONEY = re.compile(r"(\d[\d.,]*\d)\s+((?:nghìn|ngàn|triệu|tỷ|tỉ)?\s*đồng)")


_NO_TARGETS = tabulate(model.TARGETS, [])


class Statement(NamedTuple):
    """A sum of money that the text states for a section or for the whole."""

    row: Row
    value: float
    unit: str
    cell: Cell


def read_plan(path: str | Path) -> Plan:
    """Read the plan that a document holds.

    Parameters
    ----------
    path : str or Path
        A text with a cell a line and a bar between cells.

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
    path = Path(path)
    return _plan(read_text(_content(path), path.name))


def _content(path: Path) -> str:
    """The text of a file, or an error that a planner understands."""
    expected = Text("một văn bản UTF-8 có bảng kế hoạch", "a UTF-8 text that holds a plan's tables")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        found = Text("không có tệp này", "no such file")
    except IsADirectoryError:
        found = Text("một thư mục", "a folder")
    except UnicodeDecodeError:
        found = Text("bảng mã khác", "another encoding")
    except OSError as error:
        found = same(error.strerror or str(error))
    else:
        if text.strip():
            return text
        found = Text("tệp trống", "an empty file")
    raise DataError([Trouble(same(str(path)), expected, found)])


def _plan(document: Document) -> Plan:
    money, work = _pair(document, find_tables(document))
    prose = "\n".join(line.text for line in document.lines)
    statements = list(_statements(document, prose, money))
    unit, notes = _unit(document, money, statements)
    sections = {row.section: row for row in work.rows + money.rows if row.level == "section"}
    sources = {key: words.source_of(row.title.text) for key, row in sections.items()}
    costed = {row.key: row for row in money.rows if row.level == "line"}
    worked = {row.key: row for row in work.rows if row.level == "line"}
    lines = {
        key: (key, sources[row.section], row.number, words.slug(row.title.text), row.title.text)
        for key, row in (costed | worked).items()
    }
    years = money.years + work.years
    printed, origin = _printed(document, money, work, statements, unit, sources)
    return Plan(
        cycle=f"{min(years)}-{max(years)}",
        title=money.title,
        **_letterhead(prose),
        sources=tabulate(
            model.SOURCES,
            [
                (sources[key], key, words.without_money(row.title.text), None)
                for key, row in sections.items()
                if key in {lines_row.section for lines_row in (costed | worked).values()}
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
                (key, lines[key][1], lines[key][3], year, words.in_million_vnd(value, unit))
                for key, row in costed.items()
                for year, value, _ in row.numbers
                if year
            ],
        ),
        quantities=tabulate(
            model.QUANTITIES,
            [
                (key, lines[key][1], lines[key][3], row.unit, year, value)
                for key, row in worked.items()
                for year, value, _ in row.numbers
                if year
            ],
        ),
        printed=tabulate(model.PRINTED, printed),
        origin=tabulate(model.ORIGIN, origin),
        notes=(*notes, *_titles(document, money, work), *_separators(document, money, work)),
        # A shallow copy: pandas copies on write, so that nobody changes the one that all share.
        targets=_NO_TARGETS.copy(deep=False),
    )


def _pair(document: Document, tables: list[Table]) -> tuple[Table, Table]:
    """The table of money and the table of work."""
    counted = [any(row.unit and not words.money_unit(row.unit) for row in t.rows) for t in tables]
    money = [table for table, work in zip(tables, counted, strict=True) if not work]
    works = [table for table, work in zip(tables, counted, strict=True) if work]
    if len(money) == len(works) == 1:
        return money[0], works[0]
    expected = Text(
        "một bảng kinh phí và một bảng khối lượng (có cột ĐVT)",
        "one table of money and one table of quantities (with a column of units)",
    )
    found = Text(
        f"{len(money)} bảng kinh phí, {len(works)} bảng khối lượng",
        f"{len(money)} of money, {len(works)} of quantities",
    )
    raise DataError([document.trouble(tables[0].head, expected, found)])


def _letterhead(prose: str) -> dict[str, Any]:
    number, issued, issuer = (pattern.search(prose) for pattern in (_NUMBER, _ISSUED, _ISSUER))
    return {
        "number": number[1] if number else None,
        "issued": date(*(int(part) for part in issued.groups()[::-1])) if issued else None,
        "issuer": " ".join(issuer[0].split()) if issuer else None,
    }


def _statements(document: Document, prose: str, money: Table) -> Iterator[Statement]:
    """The sums that the text states for a section or for the whole cycle."""
    sections = {words.core(row.title.text): row for row in money.rows if row.level == "section"}
    grand = [row for row in money.rows if row.level == "grand"]
    for match in _MONEY.finditer(prose):
        before = prose[: match.start()]
        label = " ".join(before[max(before.rfind(mark) for mark in ".;") + 1 :].split()).casefold()
        named = [sections[name] for name in sorted(sections, key=len) if name in label]
        whole = grand if words.states_total(label) else []
        if (named or whole) and not words.states_year(label):
            yield Statement(
                row=(named or whole)[-1],
                value=parse_number(match[1]),
                unit=words.money_unit(" ".join(match[2].split())) or "",
                cell=document.lines[before.count("\n")]._replace(text=" ".join(match[0].split())),
            )


def _unit(
    document: Document, money: Table, statements: list[Statement]
) -> tuple[str, list[Finding]]:
    """The unit of the table of money: as printed, or the one that the text's sums give it."""
    if money.money:
        return money.money, []
    pairs = [
        (statement, number)
        for statement in statements
        for number in statement.row.numbers
        if number.year is None and number.value and statement.value
    ]
    if not pairs:
        expected = Text(
            "đơn vị tiền ở đầu bảng, như “Đơn vị tính: triệu đồng”, hoặc tổng số trong phần lời",
            "a unit of money above the table, such as “Đơn vị tính: triệu đồng”, or its total in "
            "the text",
        )
        raise DataError([document.trouble(money.head, expected, Text("không có", "none"))])

    def misfit(unit: str) -> float:
        # Units lie a thousandfold apart, so the sums' ratios tell them apart even where a figure
        # is misprinted; the median does not follow a single misprint.
        return median(
            abs(log(in_million(s.value, s.unit) / in_million(n.value, unit))) for s, n in pairs
        )

    in_million = words.in_million_vnd
    unit = min(words.MONEY, key=misfit)
    statement, number = pairs[0]
    stated = in_million(statement.value, statement.unit)
    note = Finding(
        rule="unit-inferred",
        severity="note",
        table="budget",
        line=statement.row.key,
        year=None,
        expected=stated,
        found=in_million(number.value, unit),
        place=document.where(statement.cell),
        message=Text(
            f"Bảng kinh phí không ghi đơn vị tính; suy ra “{unit}” vì phần lời ghi "
            f"{statement.cell.text}, bảng ghi {number.cell.text}",
            f"The table of money prints no unit; {words.MONEY_EN[unit]} follows, since the text "
            f"says “{statement.cell.text}” and the table “{number.cell.text}”",
        ),
    )
    return unit, [note]


def _printed(
    document: Document,
    money: Table,
    work: Table,
    statements: list[Statement],
    unit: str,
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

    for row in money.rows:
        for year, value, cell in row.numbers:
            add("budget", row, year, words.in_million_vnd(value, unit), cell)
    for row in work.rows:
        for year, value, cell in row.numbers:
            add("quantities", row, year, value, cell)
    for row, value, stated, cell in statements:
        add("narrative", row, None, words.in_million_vnd(value, stated), cell)
    return printed, origin


def _titles(document: Document, money: Table, work: Table) -> list[Finding]:
    """Rows of one number whose titles differ between the two tables."""
    costed = {row.key: row for row in money.rows}
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
        if (other := costed.get(row.key))
        and words.core(row.title.text) != words.core(other.title.text)
    ]


def _separators(document: Document, *tables: Table) -> list[Finding]:
    """Numbers of a thousand and more that lack the thousands mark that others carry."""
    names = ("budget", "quantities")
    numbers = [
        (name, row, number)
        for name, table in zip(names, tables, strict=True)
        for row in table.rows
        for number in row.numbers
        if number.value >= 1000
    ]
    if all(number.cell.text.isdecimal() for _, _, number in numbers):
        return []
    return [
        Finding(
            rule="separator-left-out",
            severity="note",
            table=name,
            line=row.key,
            year=year,
            expected=value,
            found=value,
            place=document.where(cell),
            message=Text(
                f"“{cell.text}” in thiếu dấu phân cách hàng nghìn; đọc là {format_number(value)}",
                f"“{cell.text}” is printed without its thousands mark; "
                f"read as {format_number(value, 'en')}",
            ),
        )
        for name, row, (year, value, cell) in numbers
        if cell.text.isdecimal()
    ]
