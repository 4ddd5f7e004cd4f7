"""Tables as clerks set them out: rows and columns with what they mean, turned into sheets."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import takewhile

from documents.invented import Figures, Number, Work
from documents.layouts import MONEY, Marks, Sheet, Span, header_rows


@dataclass
class Row:
    level: str  # "fund", "group", "line", "part", "total", "other"
    number: str
    title: str
    unit: str = ""
    figures: Figures = field(default_factory=dict)
    fund: str = ""
    note: str = ""
    works: list[Work] = field(default_factory=list)
    role: str = "line"


@dataclass(frozen=True)
class Column:
    """A column: a field of the row, or the sum of those of its numbers that have these keys."""

    path: tuple[str, ...]
    field: str = ""
    keys: tuple[tuple[object, ...], ...] = ()
    means: Number | None = None

    def value(self, row: Row) -> Decimal | None:
        found = [row.figures[key] for key in self.keys if key in row.figures]
        return sum(found, Decimal()) if found else None


Touch = Callable[[Row, Column, Span], Span]
Rows = list[list[Span]]


@dataclass
class Table:
    columns: list[Column]
    rows: list[Row]
    above: list[str] = field(default_factory=list)
    unit: str = ""  # the line that gives the unit of all its numbers
    caption: str = ""
    below: list[str] = field(default_factory=list)
    marks: Marks = field(default_factory=Marks)
    money: str = "triệu đồng"
    blank: str = ""
    measure: str = ""  # "money", "quantity" or "" for both
    column_numbers: list[str] = field(default_factory=list)
    merged_total: bool = False
    touches: list[Touch] = field(default_factory=list)
    shapes: list[Callable[[Rows, Rows], tuple[Rows, Rows]]] = field(default_factory=list)

    def level(self, *levels: str) -> list[Row]:
        return [row for row in self.rows if row.level in levels]

    def after(self, row: Row, *more: Row) -> None:
        at = self.rows.index(row) + 1
        self.rows[at:at] = more

    def spans(self, row: Row) -> list[Span]:
        spans = []
        for column in self.columns:
            value = column.value(row)
            if column.field:
                span = Span(getattr(row, column.field))
            elif value is None:
                span = Span(self.blank if row.figures else "")
            else:
                value *= MONEY[self.money] if column.keys[0][0] == "money" else 1
                span = Span(self.marks.write(value), value=value)
            for touch in self.touches:
                span = touch(row, column, span)
            if self.merged_total and row.level == "total" and column.field == "title":
                span, spans = span._replace(columns=len(spans) + 1), []
            spans.append(span)
        return spans

    def head(self) -> Rows:
        if not self.columns:
            return []
        rows = header_rows([column.path for column in self.columns])
        if self.column_numbers:
            fields = list(takewhile(lambda column: column.field, self.columns))
            names = self.column_numbers[: len(fields)]
            form = "({})" if "(" in names[0] else "{}"
            first = len(fields) + 1 if "(" in names[0] else 1
            rest = range(first, first + len(self.columns) - len(names))
            rows.append([Span(name) for name in (*names, *(form.format(i) for i in rest))])
        return rows

    def sheet(self, name: str) -> Sheet:
        head = self.head()
        body = [self.spans(row) for row in self.rows]
        for shape in self.shapes:
            head, body = shape(head, body)
        above = [*self.above, *filter(None, [self.unit, self.caption])]
        return Sheet(name, above, head, body, self.below, self.marks, [])


@dataclass
class Case:
    """A document with its truth and what is expected of its reader."""

    tables: list[Table]
    truth: list[Number]
    call: str = "read_plan"
    expect: str = "read"  # or "finding", "refuse", "read_or_refuse"
    names: list[str] = field(default_factory=list)  # of which a finding must hold one
    letterhead: list[str] = field(default_factory=list)
    kept_in_text: bool = False  # whether it is as it should be where text has no merged cells
    in_text: Callable[[Sheet], Sheet] | None = None  # what becomes of a table in text
    finish: Callable[[bytes], bytes] | None = None  # what no other document has, put into the file
    pdf: dict[str, object] = field(default_factory=dict)  # how as_pdf prints it

    def of(self, measure: str) -> list[Table]:
        return [table for table in self.tables if table.measure in (measure, "")]

    def sheets(self) -> list[Sheet]:
        first, *rest = [table.sheet(f"Biểu {i}") for i, table in enumerate(self.tables, 1)]
        return [replace(first, above=[*self.letterhead, *first.above]), *rest]

    def lines(self, measure: str, work: Work) -> list[tuple[Table, Row]]:
        """The row of a line in each table that has it."""
        return [
            (table, row)
            for table in self.of(measure)
            for row in table.level("line")
            if any(work is each for each in row.works)
        ]
