"""Formulas without a result: plain arithmetic on cells of the same sheet is computed."""

import ast
import operator
import re
from contextlib import suppress
from decimal import ROUND_HALF_UP, Decimal
from graphlib import CycleError, TopologicalSorter
from itertools import islice
from math import fsum, isfinite
from typing import Any, NamedTuple

from kc_analysis.reading.forms.excel.address import Place, place_of
from kc_analysis.reading.forms.limits import CELLS

_PLAIN = re.compile(r"[A-Z\d$:.,()+\-*/\s]{1,1000}", re.I | re.A)
_AREA = re.compile(r"\b([A-Z]{1,3}[1-9]\d{0,6})(:[A-Z]{1,3}[1-9]\d{0,6})?\b(?![:(])", re.I | re.A)
_OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


class _NotPlainError(Exception):
    """A formula does more than is computed here."""


class _Formula(NamedTuple):
    """What a formula does, and the cells of each area that it names, within the sheet."""

    tree: ast.expr
    areas: dict[str, list[Place]]


def compute(formulas: dict[Place, str], rows: list[list[Any]], *, subtotals: bool) -> list[Place]:
    """Put the results of plain formulas into a sheet that starts at A1.

    Parameters
    ----------
    formulas : dict
        Those without a result, and errors, by their places.
    rows : list of list
    subtotals : bool
        Whether SUBTOTAL is plain: it leaves out other subtotals, of which only those without a
        result are known here, and rows that a filter hides.

    Returns
    -------
    list of Place
        The formulas that are not plain, or of cells without a result, or of themselves.
    """
    known: dict[Place, _Formula] = {}
    order: TopologicalSorter[Place] = TopologicalSorter()
    # Sums of long ranges, each longer by a cell, would take for ever.
    room = CELLS // 10
    for place, text in formulas.items():
        if not _PLAIN.fullmatch(text):
            continue
        python, areas = _named(text, rows, room)
        room -= sum(map(len, areas.values()))
        if room < 0:
            break
        if "SUBTOTAL" in python.upper():
            if not subtotals or "SUM" in python.upper() or not all(map(str.isupper, areas)):
                continue
            areas = {
                name: [at for at in cells if "SUBTOTAL" not in formulas.get(at, "").upper()]
                for name, cells in areas.items()
            }
        with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
            known[place] = _Formula(ast.parse(python, mode="eval").body, areas)
            order.add(place, *(at for cells in areas.values() for at in cells if at in formulas))
    unsolved = dict.fromkeys(formulas)
    with suppress(CycleError):  # what waits for no cycle can be computed still
        order.prepare()
    while ready := order.get_ready():
        for place in ready:
            with suppress(_NotPlainError, ArithmeticError, RecursionError):
                if place in known and isfinite(result := _result(known[place], rows, unsolved)):
                    rows[place[0]][place[1]] = result
                    del unsolved[place]
        order.done(*ready)
    return list(unsolved)


def _named(text: str, rows: list[list[Any]], room: int) -> tuple[str, dict[str, list[Place]]]:
    """A formula as Python, its areas named, a range's in capitals; and the cells of each area."""
    areas: dict[str, list[Place]] = {}
    width = len(rows[0]) if rows else 0

    def name(match: re.Match[str]) -> str:
        first, last = place_of(match[1]), place_of((match[2] or match[1]).lstrip(":"))
        (top, bottom), (left, right) = map(sorted, zip(first, last, strict=True))
        down, across = range(top, min(bottom + 1, len(rows))), range(left, min(right + 1, width))
        cells = ((row, column) for row in down for column in across)
        key = f"_{'R' if match[2] else 'c'}{len(areas)}"
        areas[key] = list(islice(cells, room + 1 - sum(map(len, areas.values()))))
        return key

    return _AREA.sub(name, text.replace("$", "")).strip(), areas


def _result(formula: _Formula, rows: list[list[Any]], unsolved: dict[Place, None]) -> float:
    def held(area: str) -> list[Any]:
        cells = formula.areas.get(area)
        if cells is None or any(cell in unsolved for cell in cells):
            raise _NotPlainError
        return [rows[row][column] for row, column in cells]

    def value(node: ast.expr) -> float:
        match node:
            case ast.Constant(int() | float() as number):
                return float(number)
            case ast.Name(area) if not area.isupper():
                # A blank is zero.
                values = [one or 0.0 for one in held(area)]
                if all(isinstance(one, float) for one in values):
                    return fsum(values)
            case ast.UnaryOp(ast.UAdd() | ast.USub() as sign, operand):
                return -value(operand) if isinstance(sign, ast.USub) else value(operand)
            case ast.BinOp(left, sign, right) if type(sign) in _OPERATORS:
                return float(_OPERATORS[type(sign)](value(left), value(right)))
            case ast.Call(ast.Name("SUM" | "sum"), [_, *_] as parts, []):
                return fsum(number for part in parts for number in numbers(part))
            case ast.Call(ast.Name("SUBTOTAL"), [ast.Constant(9 | 109), _, *_] as parts, []):
                return fsum(number for part in parts[1:] for number in numbers(part))
            case ast.Call(ast.Name("ROUND"), [part, ast.Constant(int() as places)], []):
                exact = Decimal(f"{value(part):.15g}")
                return float(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
        raise _NotPlainError

    def numbers(part: ast.expr) -> list[float]:
        """What a sum adds of one of its parts: it passes over text in cells."""
        if isinstance(part, ast.Name):
            return [one for one in held(part.id) if isinstance(one, float)]
        return [value(part)]

    return value(formula.tree)
