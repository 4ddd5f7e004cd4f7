"""What a converter or a clerk leaves in a file of one form beside the tables."""

import io
from collections.abc import Callable

from docx import Document
from openpyxl import Workbook, load_workbook

from documents.tabulated import Rows

Finish = Callable[[bytes], bytes]


def in_workbook(change: Callable[[Workbook], None]) -> Finish:
    def finish(data: bytes) -> bytes:
        book = load_workbook(io.BytesIO(data))
        change(book)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return finish


def aside(*values: object) -> Finish:
    """A clerk's sums to the right of the first table, some columns off."""

    def write(book: Workbook) -> None:
        page = book.worksheets[0]
        row, column = page.max_row - 4, page.max_column + 4
        for i, value in enumerate(values):
            page.cell(row + i, column, value)

    return in_workbook(write)


def hide(book: Workbook) -> None:
    """A sheet of drafts, hidden."""
    page = book.create_sheet("Nháp")
    page.append(["STT", "Chỉ tiêu", "Năm 2015", "Năm 2016"])
    page.append([1, "thử", "#DIV/0!", "#DIV/0!"])
    page.sheet_state = "hidden"


def nest(title: str) -> Finish:
    """In the cell of this title a small table of machines."""

    def finish(data: bytes) -> bytes:
        document = Document(io.BytesIO(data))
        cell = next(
            cell
            for table in document.tables
            for row in table.rows
            for cell in row.cells
            if cell.text == title
        )
        inner = cell.add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "Máy sấy", "2 cái"
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return finish


def widened(head: Rows, body: Rows, wide: list[int]) -> tuple[Rows, Rows]:
    """Each of these columns as two, in every row."""
    made: list[Rows] = []
    for rows in (head, body):
        taken: set[tuple[int, int]] = set()
        made.append([])
        for r, row in enumerate(rows):
            made[-1].append([])
            c = 0
            for span in row:
                while (r, c) in taken:
                    c += 1
                reach = range(c, c + span.columns)
                taken |= {(r + i, j) for i in range(span.rows) for j in reach}
                more = sum(j in wide for j in reach)
                made[-1][-1].append(span._replace(columns=span.columns + more))
                c += span.columns
    return made[0], made[1]
