"""The decision as sheets, to be written in any form."""

from decimal import Decimal

from support import EXTRACT

from documents.layouts import Marks, Sheet, Span
from kc_analysis.numerals import parse_number
from kc_analysis.reading.forms.text import read_text

TEXT = EXTRACT.read_text(encoding="utf-8")


def span(text: str) -> Span:
    try:
        return Span(text, value=Decimal(str(parse_number(text))))
    except ValueError:
        return Span(text)


def sheets() -> list[Sheet]:
    """The decision's two appendices, with the text above each."""
    document = read_text(TEXT, "x")
    made = []
    for number, grid in enumerate(document.grids, 1):
        above = [line.text for line in grid.above]
        rows = [[span(cell.text) for cell in row] for row in grid.rows]
        head = [[Span(cell.text) for cell in grid.rows[0]]]
        made.append(Sheet(f"PL{number}", above, head, rows[1:], [], Marks("."), []))
    return made
