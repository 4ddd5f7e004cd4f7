"""What only the reader of a document sees, and a planner should know."""

from math import nan

from kc_analysis.model import Finding, Text
from kc_analysis.numerals import format_number
from kc_analysis.reading import words
from kc_analysis.reading.grid import Document
from kc_analysis.reading.halves import Half
from kc_analysis.reading.tables import Row, Table, is_planning_table


def remarks(document: Document, money: Half, work: Half) -> list[Finding]:
    """Titles that differ, totals that are empty, marks left out, cells that are hidden."""
    return [
        *_titles(document, money.table, work.table),
        *_empty_totals(document, money, work),
        *_separators(document, money, work),
        *_hidden(document),
    ]


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


def _empty_totals(document: Document, money: Half, work: Half) -> list[Finding]:
    """Columns of totals without a number: what was to prove the rows is lost."""
    return [
        Finding(
            rule="empty-totals",
            severity="error",
            table=name,
            line="",
            year=None,
            expected=nan,
            found=nan,
            place=document.where(column.heading),
            message=Text(
                f"Cột “{column.heading.text}” không có số nào, nên không kiểm được các hàng",
                f"The column “{column.heading.text}” holds no number, so that no row can be proved",
            ),
        )
        for name, half in (("budget", money), ("quantities", work))
        for column in half.empty_totals
    ]


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
