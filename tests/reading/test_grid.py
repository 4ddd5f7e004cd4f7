"""What all forms share: a cell's text, and columns that are none."""

from typing import Any

import pytest

from kc_analysis.model import Text
from kc_analysis.reading.grid import BREAK, Cell, File, Grid, document, folded

FILE = File("x", lambda at: Text(str(at), str(at)))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Hội chợ", "Hội chợ"),
        (" Hội\u00a0\u00a0chợ\n", "Hội chợ"),
        ("Ho\u0323\u0302i", "Hội"),
        ("1\u00ad0\u200b5\ufeff6", "1056"),
        (f"2{BREAK}120", "2 · 120"),
        (f"Năm{BREAK}{BREAK}2021", "Năm 2021"),
        (f"1.{BREAK}610", "1.610"),
        (f"1{BREAK}.610", "1.610"),
        (f"12.{BREAK}345,{BREAK}678", "12.345,678"),
        (f"1.{BREAK}61", "1. 61"),
        (f"1.{BREAK}6100", "1. 6100"),
        ("", ""),
    ],
)
def test_a_cells_text(text: str, seen: str) -> None:
    assert folded(text) == seen


def cells(rows: list[list[str]]) -> list[list[Cell]]:
    """Rows in which ``<`` is reached from the left, ``^`` from above, and ``_`` only fills up."""
    made: list[list[Cell]] = []
    for down, row in enumerate(rows):
        made.append([])
        for across, text in enumerate(row):
            cell = Cell(text, (down, across), FILE)
            source: Any = {"<": made[-1][-1:], "^": [made[-2][across]] if down else []}.get(text)
            if source:
                cell = source[0]._replace(covered=True)
            made[-1].append(Cell("", (down, 99), FILE, covered=True) if text == "_" else cell)
    return made


@pytest.mark.parametrize(
    ("rows", "seen"),
    [
        # Each cell of a column is merged.
        (["TT A < B", "1 2 < 3"], ["TT A B", "1 2 3"]),
        (["A < < < B", "1 < < < 3", "4 < < < 5"], ["A B", "1 3", "4 5"]),
        # A heading over two columns, each of which some row has.
        (["TT A < B", "^ 1 2 3"], ["TT A A B", "TT 1 2 3"]),
        # The edge of the headings lies before that of what stands under them, or behind it.
        (["TT A < B < <", "1 2 3 < 4 5", "6 7 8 < 9 0"], ["TT A A B B", "1 2 3 4 5", "6 7 8 9 0"]),
        (["TT A < < B <", "1 2 3 4 < 5", "6 7 8 9 < 0"], ["TT A A B B", "1 2 3 4 5", "6 7 8 9 0"]),
        # A title over all of it says nothing about its columns.
        (["T < < <", "A < B <", "1 < 2 <"], ["T T", "A B", "1 2"]),
        # Rows that end early, and what fills them up.
        (["TT A <", "1 2", "3 4"], ["TT A", "1 2", "3 4"]),
        (["TT A < B", "1 2 < 3", "_ 4 _ 5"], ["TT A B", "1 2 3", " 4 5"]),
        (["TT A", "1 2"], ["TT A", "1 2"]),
        ([], []),
    ],
)
def test_columns_that_only_merged_cells_reach_over(rows: list[str], seen: list[str]) -> None:
    given = [Grid(cells([row.split(" ") for row in rows]))]
    (grid,) = document(FILE, given).grids
    assert [" ".join(cell.text for cell in row) for row in grid.rows] == seen


def test_a_grid_is_told_the_lines_of_its_own_part() -> None:
    a, b, c, d = (Cell(text, text, FILE) for text in "abcd")
    grid = Grid([[a]])
    whole = document(FILE, [a, grid, b, grid], [c, grid, d])
    assert whole.lines == [a, b, c, d]
    assert [(one.above, one.below) for one in whole.grids] == [([a], [b]), ([b], []), ([c], [d])]
