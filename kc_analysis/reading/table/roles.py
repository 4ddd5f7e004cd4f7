"""What each column of a table holds, by its headings or else by its cells."""

import re
from dataclasses import replace

from kc_analysis.reading.grid import Cell
from kc_analysis.reading.numbering import marks_of
from kc_analysis.reading.table.header import is_figure
from kc_analysis.reading.table.parts import Column
from kc_analysis.reading.vocabulary import NO_FACETS, counted, facets, find, is_year

_WITH_UNIT = re.compile(r"\d[^/]*")


def columns_of(paths: list[list[Cell]], body: list[list[Cell]]) -> list[Column]:
    """The columns under some headings, over the rows of a table's body."""
    made: list[Column] = []
    roles = [_role(path, [row[c] for row in body]) for c, path in enumerate(paths)]
    if "title" not in roles:
        # The first column of words is of the rows' labels, whatever stands over it.
        words = [c for c, role in enumerate(roles) if role in ("text", "place", "source", "year")]
        words = words or [c for c, role in enumerate(roles) if role == "unit"]
        for c in words[:1] or ([0] if roles and roles[0] == "number" else []):
            roles[c] = "title"
    seen = False
    for path, role in zip(paths, roles, strict=True):
        if role == "title" and seen:
            role = "note"
        seen |= role == "title"
        made.append(column_of(tuple(path), "note" if role == "text" else role))
    return _phased(made)


def column_of(path: tuple[Cell, ...], role: str) -> Column:
    """A column of some role, with what its headings say of its numbers if it holds any."""
    if role != "value":
        return Column(path, role, NO_FACETS)
    said = NO_FACETS
    for cell in path:
        said = facets(cell.text).within(said)
    unit = next(filter(None, (counted(cell.text) for cell in reversed(path))), "")
    return Column(path, role, said._replace(total=_is_total(path)), unit)


def _is_total(path: tuple[Cell, ...]) -> bool:
    """Whether a column, or the group that it stands in, is of totals."""
    return any(facets(cell.text).total for cell in path)


def _phased(columns: list[Column]) -> list[Column]:
    """Bare years that stand before years of what was done are of what was done too."""
    done = [
        c.facets.year
        for c in columns
        if c.facets.year and c.facets.phase in ("actual", "estimate") and not c.facets.period
    ]
    if not done:
        return columns
    planned = {c.facets.year for c in columns if c.facets.year and c.facets.phase == "plan"}
    return [
        replace(c, facets=c.facets._replace(phase="actual"))
        if c.facets.year and not c.facets.phase and c.facets.year <= max(done) and planned
        else c
        for c in columns
    ]


def _role(path: list[Cell], cells: list[Cell]) -> str:
    """What a column holds, by its headings or else by its cells."""
    headings = " ".join(cell.text for cell in path)
    said = NO_FACETS
    for cell in path:
        said = facets(cell.text).within(said)
    own = [cell for cell in cells if cell.text and not cell.covered]
    # A figure may stand with its unit, "1.200 triệu".
    figures = sum(
        is_figure(cell) or (any(said) and bool(_WITH_UNIT.fullmatch(cell.text))) for cell in own
    )
    role = find("column", path[-1].text) if path else ""
    role = role or find("column", headings)
    if role == "number":
        return role
    if said.year and figures:
        return "value"
    if role in ("unit", "year", "source", "place"):
        return role if not figures or role == "year" else "value"
    if role == "title" and (figures <= len(own) / 2 or not own):
        return role
    if role == "code":
        return "note"
    amounts = sum(is_figure(cell) and not is_year(cell.text) for cell in own)
    if role == "note" and not said.year and amounts <= len(own) / 2:
        return role
    if said.year or said.total or (said.measure and figures):
        return "value"
    if figures and figures >= len(own) / 2:
        return "value" if path or figures else "note"
    numbered = [cell for cell in own if marks_of(cell.text)]
    if not path and own and len(numbered) == len(own):
        return "number"
    if own:
        return "text"
    if said.source or said.phase or "-" in said.period:
        return "value"
    return "text" if path else "note"
