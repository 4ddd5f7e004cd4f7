"""Tables as clerks set them out: rows and columns with what they mean, turned into sheets."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from documents.invented import Figures, Number, Plan, Work
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
    below: list[str] = field(default_factory=list)
    marks: Marks = field(default_factory=Marks)
    money: str = "triệu đồng"
    blank: str = ""
    measure: str = ""  # "money", "quantity" or "" for both
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
            spans.append(span)
        return spans

    def sheet(self, name: str) -> Sheet:
        head = header_rows([column.path for column in self.columns]) if self.columns else []
        body = [self.spans(row) for row in self.rows]
        for shape in self.shapes:
            head, body = shape(head, body)
        return Sheet(name, self.above, head, body, self.below, self.marks, [])


@dataclass
class Case:
    """A document with its truth and what is expected of its reader."""

    tables: list[Table]
    truth: list[Number]
    call: str = "read_plan"
    expect: str = "read"  # or "finding", "refuse", "read_or_refuse"
    names: list[str] = field(default_factory=list)  # of which a finding must hold one
    plan: Plan | None = None
    finish: Callable[[bytes], bytes] | None = None  # what no other document has, put into the file
    pdf: dict[str, object] = field(default_factory=dict)  # how as_pdf prints it

    def of(self, measure: str) -> list[Table]:
        return [table for table in self.tables if table.measure in (measure, "")]

    def sheets(self) -> list[Sheet]:
        return [table.sheet(f"Biểu {i}") for i, table in enumerate(self.tables, 1)]
