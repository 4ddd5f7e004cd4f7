"""A table of a Word document, put together cell by cell as its XML streams by."""

from dataclasses import dataclass, field

from kc_analysis.reading.grid import BREAK, Cell, File, Grid, folded


@dataclass
class Table:
    """A table while it is read.

    Attributes
    ----------
    is_page : bool
        The page, or a text box: what stands in it stands in no cell.
    rows : list of list of Cell
    said : list of str
        All of its paragraphs, those of the tables in it too.
    parts : list of str or Grid
        What it is but a layout for: its paragraphs and the tables in it.
    """

    file: File
    number: int
    is_page: bool = False
    rows: list[list[Cell]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    parts: list[str | Grid] = field(default_factory=list)
    # Of the row and the cell being read:
    row: list[Cell] = field(default_factory=list)
    is_deleted: bool = False
    after: int = 0
    pieces: list[str] = field(default_factory=list)
    span: int = 1
    continues: bool = False
    bold: bool | None = None
    indent: int = 0

    def say(self, texts: list[str]) -> None:
        """Add paragraphs to the cell being read."""
        self.said += texts
        self.pieces += texts

    def end_cell(self) -> None:
        """Add the cell being read to its row, at all places that it reaches over."""
        column, text = len(self.row), folded(BREAK.join(self.pieces))
        at = (self.number, len(self.rows) + 1, column + 1)
        cell = Cell(text, at, self.file, bold=bool(self.bold), indent=self.indent)
        if self.continues and self.rows and column < len(self.rows[-1]):
            cell = self.rows[-1][column]._replace(covered=True)
        self.row.append(cell)
        if self.span > 1:
            self.row += [cell._replace(covered=True)] * (self.span - 1)
        self.pieces, self.span, self.continues = [], 1, False
        self.bold, self.indent = None, 0

    def fill(self, columns: int) -> None:
        """Places of a row that hold no cell."""
        at = (self.number, len(self.rows) + 1, len(self.row) + 1)
        self.row += [Cell("", at, self.file, covered=True)] * columns

    def end_row(self) -> None:
        """Add the row being read, unless it is deleted."""
        self.fill(self.after)
        if self.row and not self.is_deleted:
            self.rows.append(self.row)
        self.row, self.is_deleted, self.after = [], False, 0

    def content(self) -> list[str | Grid]:
        """The table and then those in its cells, or what it lays out, if one is as large."""
        cells = sum(map(len, self.rows))
        inner = [sum(map(len, part.rows)) for part in self.parts if isinstance(part, Grid)]
        if max(inner, default=-1) >= cells:
            return self.parts
        grids = [part for part in self.parts if isinstance(part, Grid)]
        return [Grid(self.rows), *grids] if self.rows else []
