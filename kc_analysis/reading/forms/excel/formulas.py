"""Formulas without a result: sums and differences of cells of the same sheet are computed."""

import ast
import re
from collections.abc import Iterator
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter
from itertools import islice
from math import fsum
from typing import Any, NamedTuple

from kc_analysis.reading.forms.excel.address import Place, place_of
from kc_analysis.reading.forms.limits import CELLS

_SUM = re.compile(r"[A-Z\d$:.,()+\-\s]{1,1000}", re.I | re.A)
_CELL = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}", re.I | re.A)


class _Term(NamedTuple):
    """A number, a cell or an area of cells to add or take away."""

    sign: int
    number: float = 0.0
    rows: range = range(0)
    columns: range = range(0)
    in_sum: bool = False  # SUM passes over text

    def cells(self, rows: list[list[Any]]) -> Iterator[Place]:
        """Those of its cells that lie within the sheet."""
        for row in self.rows[: max(0, len(rows) - self.rows.start)]:
            for column in self.columns[: max(0, len(rows[row]) - self.columns.start)]:
                yield row, column


def compute(formulas: dict[Place, str], rows: list[list[Any]]) -> list[Place]:
    """Put the results of plain sums into a sheet that starts at A1.

    Returns
    -------
    list of Place
        The formulas that are no plain sums, or of cells without a result, or of themselves.
    """
    sums: dict[Place, list[_Term]] = {}
    order: TopologicalSorter[Place] = TopologicalSorter()
    # Sums of long ranges, each longer by a cell, would take for ever.
    room = CELLS // 10
    for place, formula in formulas.items():
        terms = _terms(formula)
        cells = list(islice((cell for term in terms for cell in term.cells(rows)), room + 1))
        room -= len(cells)
        if room < 0:
            break
        sums[place] = terms
        order.add(place, *(cell for cell in cells if cell in formulas))
    unsolved = dict.fromkeys(formulas)
    with suppress(CycleError):  # what waits for no cycle can be computed still
        order.prepare()
    while ready := order.get_ready():
        for place in ready:
            result = _add(sums.get(place, []), rows, unsolved)
            if result is not None:
                rows[place[0]][place[1]] = result
                del unsolved[place]
        order.done(*ready)
    return list(unsolved)


def _add(terms: list[_Term], rows: list[list[Any]], unsolved: dict[Place, None]) -> float | None:
    parts = []
    for term in terms:
        parts.append(term.sign * term.number)
        for row, column in term.cells(rows):
            value = rows[row][column]
            if (row, column) in unsolved:
                return None
            if type(value) is float:
                parts.append(term.sign * value)
            elif value and not term.in_sum:
                return None
    return fsum(parts) if parts else None


def _terms(formula: str) -> list[_Term]:
    """What a plain sum adds up; nothing for any other formula."""
    # But for the colon, a plain sum is written in Excel as in Python.
    text = formula.replace("$", "").replace(":", "|").strip()
    with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        if _SUM.fullmatch(formula):
            return _terms_of(ast.parse(text, mode="eval").body)
    return []


def _terms_of(node: ast.expr, sign: int = 1, in_sum: bool = False) -> list[_Term]:
    match node:
        case ast.BinOp(left, (ast.Add() | ast.Sub()) as mark, right):
            other = sign if isinstance(mark, ast.Add) else -sign
            return _terms_of(left, sign) + _terms_of(right, other)
        case ast.UnaryOp((ast.UAdd() | ast.USub()) as mark, operand):
            return _terms_of(operand, sign if isinstance(mark, ast.UAdd) else -sign)
        case ast.Constant(int() | float() as number):
            return [_Term(sign, number)]
        case ast.Call(ast.Name("SUM" | "sum"), [_, *_] as parts, []):
            return [term for part in parts for term in _terms_of(part, sign, in_sum=True)]
        case ast.Name(name):
            return [_area(name, name, sign, in_sum)]
        case ast.BinOp(ast.Name(first), ast.BitOr(), ast.Name(last)) if in_sum:
            return [_area(first, last, sign, in_sum)]
    raise ValueError(node)


def _area(first: str, last: str, sign: int, in_sum: bool) -> _Term:
    if not (_CELL.fullmatch(first) and _CELL.fullmatch(last)):
        raise ValueError(first, last)
    (top, bottom), (left, right) = map(sorted, zip(place_of(first), place_of(last), strict=True))
    rows, columns = range(top, bottom + 1), range(left, right + 1)
    return _Term(sign, 0.0, rows, columns, in_sum)
