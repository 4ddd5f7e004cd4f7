"""The decision's extract, what it means that two plans are the same, and tables drawn in text."""

import pandas as pd

import kc_analysis as kc
from kc_analysis.model import Plan, same
from kc_analysis.reading.grid import Cell, File, Grid

EXTRACT = kc.raw_folder("2021-2025") / "470-QD-UBND.txt"
#: The file that drawn tables are of.
DRAWN = File("x", lambda at: same(f"r{at[0]}c{at[1]}"))


def drawn(text: str) -> Grid:
    """A table: a line a row, "|" between cells, "^" and "<" under and beside a merged cell."""
    rows: list[list[Cell]] = []
    for r, line in enumerate(text.strip("\n").splitlines()):
        row: list[Cell] = []
        for c, cell in enumerate(part.strip() for part in line.split("|")):
            if cell == "^":
                row.append(rows[r - 1][c]._replace(covered=True))
            elif cell == "<":
                row.append(row[c - 1]._replace(covered=True))
            else:
                row.append(Cell(cell, (r, c), DRAWN))
        rows.append(row)
    return Grid(rows)


def typed(*lines: str) -> str:
    """Lines as the text of a document: those with cells between bars, as rows of a table."""
    rows = "\n".join(lines).splitlines()
    return "\n".join(f"| {row} |" if "|" in row else row for row in rows) + "\n"


def spoken(*lines: str) -> list[Cell]:
    """Lines of text, to stand above a drawn table."""
    return [Cell(line, (-1, 0), DRAWN) for line in lines]


def assert_same_plan(left: Plan, right: Plan) -> None:
    """Both plans hold the same figures; where each was read is not compared."""
    for name in ("cycle", "title", "number", "issued", "issuer"):
        assert getattr(left, name) == getattr(right, name), name
    for name in ("sources", "lines", "budget", "quantities", "printed"):
        pd.testing.assert_frame_equal(getattr(left, name), getattr(right, name), obj=name)
