"""What only the reader of a document sees, and a planner should know."""

from collections.abc import Iterator
from math import isclose, nan

from kc_analysis.model import Finding, Text
from kc_analysis.numerals import format_number, write_number
from kc_analysis.reading import words
from kc_analysis.reading.grid import Document
from kc_analysis.reading.halves import Half
from kc_analysis.reading.header import is_planning_table
from kc_analysis.reading.numbers import Values
from kc_analysis.reading.rows import Row
from kc_analysis.reading.sums import years_of
from kc_analysis.reading.tables import Table

#: The part of the words that two names of one line share where only the wording differs.
_LIKE = 1 / 3


def remarks(
    document: Document, tables: list[Table], values: list[Values], money: Half, work: Half
) -> list[Finding]:
    """What differs, is empty, does not add up beside the plan, lacks its mark, or is hidden."""
    return [
        *_titles(document, money.table, work.table),
        *_cycle(document, money, work),
        *_parts(document, money, work),
        *_empty_totals(document, money, work),
        *_done(document, tables, values),
        *_separators(document, money, work),
        *_hidden(document),
    ]


def _titles(document: Document, money: Table, work: Table) -> list[Finding]:
    """Rows of one number whose titles differ between the two tables."""
    costed = {row.key: row for row in reversed(money.rows) if _is_named(row)}
    titles = {_name(row) for row in costed.values()}
    return [
        Finding(
            rule="title-differs",
            # Said in other words, unless it is what another row is called.
            severity="warning" if _is_like(row, other) and _name(row) not in titles else "error",
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
        if _is_named(row) and (other := costed.get(row.key)) and _name(row) != _name(other)
    ]


def _is_like(row: Row, other: Row) -> bool:
    ours, theirs = (set(_name(one).split("-")) for one in (row, other))
    return len(ours & theirs) > _LIKE * len(ours | theirs)


def _cycle(document: Document, money: Half, work: Half) -> Iterator[Finding]:
    """Columns that are of other years than the cycle that is named above, or leave one out."""
    for name, half in (("budget", money), ("quantities", work)):
        if not half.years:
            continue
        first, last = min(half.years), max(half.years)
        named = half.table.cycle_named or (first, last)
        listed = ", ".join(map(str, half.years))
        message = None
        if named != (first, last):
            message = Text(
                f"Phía trên bảng ghi giai đoạn {named[0]}-{named[1]} nhưng các cột là của các năm "
                f"{first}-{last}",
                f"What stands above the table names {named[0]}-{named[1]} but its columns are of "
                f"{first}-{last}",
            )
        elif half.years != list(range(first, last + 1)):
            message = Text(
                f"Các cột năm không liền nhau: {listed}", f"The years do not follow: {listed}"
            )
        if message:
            yield Finding(
                rule="cycle-differs",
                severity="error",
                table=name,
                line="",
                year=None,
                expected=nan,
                found=nan,
                place=document.where(half.table.head),
                message=message,
            )


def _parts(document: Document, money: Half, work: Half) -> Iterator[Finding]:
    """Numbered rows with figures that are held to be parts of the line above, and not added."""
    for name, half in (("budget", money), ("quantities", work)):
        parts = [row for row in half.table.rows if row.level == "detail" and row.cells]
        if numbered := [row for row in parts if row.number[:1].isdigit()]:
            first = numbered[0]
            yield Finding(
                rule="parts-not-added",
                severity="note",
                table=name,
                line=first.section,
                year=None,
                expected=nan,
                found=nan,
                place=document.where(first.title),
                message=Text(
                    f"{len(numbered)} hàng như “{first.number} {first.title.text}” được coi là chi "
                    "tiết của dòng ở trên, không cộng riêng",
                    f"{len(numbered)} rows such as “{first.number} {first.title.text}” are held to "
                    "be parts of the line above and are not added",
                ),
            )


def _is_named(row: Row) -> bool:
    """Whether a row has a name of its own, as a section's total below its lines has not."""
    return row.level in ("section", "line") and not words.is_total(row.title.text)


def _name(row: Row) -> str:
    """What a row is called, as far as two tables must agree on it."""
    title = row.title.text
    return words.source_of(title) if row.level == "section" else words.slug(title)


def _empty_totals(document: Document, money: Half, work: Half) -> list[Finding]:
    """Columns of totals, and the grand total of money, without a number: what proved is lost."""
    empty = [
        (name, "", column.heading, _EMPTY_COLUMN)
        for name, half in (("budget", money), ("quantities", work))
        for column in half.empty_totals
    ]
    if not any(number.row.level == "grand" for number in money.numbers):
        grand = (row for row in money.table.rows if row.level == "grand")
        empty += [("budget", row.key, row.title, _EMPTY_GRAND) for row in grand]
    return [
        Finding(
            rule="empty-totals",
            severity="error",
            table=name,
            line=line,
            year=None,
            expected=nan,
            found=nan,
            place=document.where(cell),
            message=Text(said.vi.format(cell.text), said.en.format(cell.text)),
        )
        for name, line, cell, said in empty
    ]


_EMPTY_COLUMN = Text(
    "Cột “{}” không có số nào ở các dòng, các phần và hàng tổng, nên không kiểm được các hàng",
    "The column “{}” holds no number of a line, a section or the grand total, so that no row can "
    "be proved",
)
_EMPTY_GRAND = Text(
    "Hàng “{}” không có số kế hoạch nào, nên không kiểm được các phần",
    "The row “{}” holds no number of the plan, so that no section can be proved",
)


def _done(document: Document, tables: list[Table], values: list[Values]) -> Iterator[Finding]:
    """Lines whose years of what was done differ from their total.

    A row of quantities that has slipped by a column has what was done where the plan should stand,
    and that adds up; the plan, where what was done should stand, does not.
    """
    for table, numbers in zip(tables, values, strict=True):
        for whole, years in _done_beside_plan(table):
            for r, row in enumerate(table.rows):
                parts = sum(numbers.get((r, i), 0.0) for i in years)
                total = numbers.get((r, whole), 0.0)
                if row.level != "line" or isclose(parts, total, rel_tol=1e-13, abs_tol=1e-8):
                    continue
                column = table.columns[whole].heading.text
                yield Finding(
                    rule="done-total",
                    severity="error",
                    table="budget" if table.measure(row, whole) == "money" else "quantities",
                    line=row.key,
                    year=None,
                    expected=parts,
                    found=total,
                    place=document.where(row.cells.get(whole, row.title)),
                    message=Text(
                        f"Dòng {row.key}: các năm thực hiện cộng lại được "
                        f"{write_number(parts, 'vi')} nhưng cột “{column}” là "
                        f"{write_number(total, 'vi')}; có thể cả hàng bị lệch cột",
                        f"Line {row.key}: the years of what was done add up to "
                        f"{write_number(parts, 'en')} but the column “{column}” makes it "
                        f"{write_number(total, 'en')}; the row may have slipped by a column",
                    ),
                )


def _done_beside_plan(table: Table) -> Iterator[tuple[int, list[int]]]:
    """Each column of totals of what was done, with its years, where these are the plan's too.

    What was done before the plan may be shown for fewer years than its total is of.
    """
    planned = {column.year for column in table.columns if column.phase == "plan"}
    for whole, column in enumerate(table.columns):
        years = years_of(table, column)
        beside = {table.columns[i].year for i in years} <= planned
        if column.phase == "actual" and not column.year and years and beside:
            yield whole, years


def _separators(document: Document, money: Half, work: Half) -> list[Finding]:
    """Numbers of a thousand and more that lack the thousands mark that others carry."""
    numbers = [
        (name, number)
        for name, half in (("budget", money), ("quantities", work))
        for number in half.numbers
        if number.cell.value is None and len(number.cell.text) > 3 and number.value
    ]
    bare = [(name, number) for name, number in numbers if number.cell.text.isdecimal()]
    if len(bare) == len([number for _, number in numbers if abs(number.value) >= 1000]):
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


def _hidden(document: Document) -> list[Finding]:
    """Rows and columns that a reader of the document does not see, and that were read."""
    return [
        Finding(
            rule="hidden-cells",
            severity="note",
            table="",
            line="",
            year=None,
            expected=nan,
            found=nan,
            place=document.where(grid.hidden[0]),
            message=Text(
                f"Có {len(grid.hidden)} ô ẩn; chúng vẫn được đọc",
                f"{len(grid.hidden)} cells are hidden; they were read all the same",
            ),
        )
        for grid in document.grids
        if grid.hidden and is_planning_table(grid)
    ]
