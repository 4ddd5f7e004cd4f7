"""The outline of a table's rows: which row stands under which."""

from dataclasses import dataclass, field

from kc_analysis.reading.grid import Cell
from kc_analysis.reading.numbering import Mark


@dataclass
class Entry:
    """A row as far as its place in the outline hangs on it.

    Attributes
    ----------
    marks : tuple of Mark
        What its number may be; empty for a row without one.
    number : Cell
        The cell that holds its number.
    names_fund, is_total, is_of_which : bool
    look : tuple
        How its title is set: rows of one rank look alike.
    branch : str
        What columns at its left say for several rows, such as a fund: another begins anew.
    """

    marks: tuple[Mark, ...]
    number: Cell
    names_fund: bool
    is_total: bool
    is_of_which: bool
    look: tuple[int, bool]
    branch: str = ""


@dataclass
class Node:
    """A row's place in the outline: its number, how it is written, its depth and its parent."""

    mark: Mark
    depth: int = 0
    parent: int | None = None
    children: list[int] = field(default_factory=list)


@dataclass
class _Level:
    style: str
    rank: int | None
    row: int
    names_fund: bool


_NONE = Mark("", None, "")


def outline(entries: list[Entry]) -> list[Node]:
    """Where each row stands.

    Numbers are taken as reStructuredText takes its titles' underlines: a way of writing that has
    not been met opens a level below, one that has been met goes back to its own. A number that
    begins again at one, where its way of writing is in use, opens a level too. Rows without
    numbers stand under the numbered row above them; where no row has a number, funds stand over
    the rest, and rows that are set in, or not in bold, under those that are not.

    Totals stand outside of the outline.
    """
    numbered = any(entry.marks for entry in entries)
    looks = len({entry.look for entry in entries if not entry.is_total}) > 1
    nodes = [Node(_NONE) for _ in entries]
    stack: list[_Level] = []
    branch, after_total = "", False
    for i, entry in enumerate(entries):
        if entry.branch != branch and entry.branch:
            stack, branch = [], entry.branch
        if entry.is_total:
            after_total = True
            continue
        if after_total and not entry.marks:
            stack = []
        after_total = False
        if entry.marks:
            mark, keep = _place(entry, stack, entries[i + 1 :])
        elif numbered:
            kind = "of which" if entry.is_of_which else "fund" if entry.names_fund else ""
            mark = _NONE._replace(style=kind)
            keep = _seen(stack, mark.style)
            if entry.names_fund and not any(level.names_fund for level in stack):
                keep = None if keep is None and _is_inside(stack, entries[i + 1 :]) else 0
        else:
            indent, bold = entry.look
            style = "fund" if entry.names_fund else f"{indent:03}{'' if bold else '~'}" * looks
            mark, keep = _NONE._replace(style=style), _seen(stack, style)
            if style == "fund":
                keep = 0
        del stack[len(stack) if keep is None else keep :]
        parent = stack[-1].row if stack else None
        nodes[i] = Node(mark, len(stack), parent)
        if parent is not None:
            nodes[parent].children.append(i)
        stack.append(_Level(mark.style, mark.rank, i, entry.names_fund))
    return nodes


def _is_inside(stack: list[_Level], after: list[Entry]) -> bool:
    """Whether a row without number stands within the numbers around it, which go on below."""
    following = next((one.marks for one in after if one.marks), ())
    return bool(stack) and (
        not following
        or any(
            level.rank is not None and mark.style == level.style and mark.rank == level.rank + 1
            for level in stack
            for mark in following
        )
    )


def _seen(stack: list[_Level], style: str) -> int | None:
    return next((at for at, level in enumerate(stack) if level.style == style), None)


def _place(entry: Entry, stack: list[_Level], after: list[Entry]) -> tuple[Mark, int | None]:
    """The reading of a row's number, and how many levels stand above it; None for a new one.

    A number that goes on from the last of its level by one is likeliest, or one that begins a
    level; then one that leaves some out; then one that stands there already.
    """
    following = next((one.marks for one in after if one.marks), ())
    begins = {mark.style for mark in following if mark.rank == 1}
    ways: list[tuple[tuple[float, ...], Mark, int | None]] = []
    for likely, reading in enumerate(entry.marks):
        levels = [at for at, level in enumerate(stack) if level.style == reading.style]
        goes_on = False
        for at in levels:
            mark, jump = _jump(reading, stack[at], entry.number)
            goes_on |= jump == 1
            if jump >= 0:
                # What the next row begins anew can hardly be the level of this one.
                restarts = len(entry.marks) > 1 and mark.style in begins
                cost = (jump != 1) + (jump == 0) + restarts
                other = stack[at].names_fund != entry.names_fund
                ways.append(((cost, other, -at, likely), mark, at))
        begins_anew = reading.rank == 1 and not goes_on and not entry.number.covered
        if not levels or begins_anew:
            late = not levels and len(entry.marks) > 1 and reading.rank != 1
            ways.append(((late, 0, -len(stack), likely), reading, None))
    if not ways:
        mark = entry.marks[0]
        return mark, max(at for at, level in enumerate(stack) if level.style == mark.style)
    _, mark, keep = min(ways, key=lambda way: way[0])
    return mark, keep


def _jump(mark: Mark, level: _Level, cell: Cell) -> tuple[Mark, int]:
    """By how much a number goes on from a level's last; negative where it goes back."""
    if mark.rank is None or level.rank is None:
        return mark, 1
    if cell.value is not None and mark.prefix and mark.rank * 10 == level.rank + 1:
        # A spreadsheet stores 1.10 as 1.1.
        mark = mark._replace(rank=level.rank + 1, text=f"{mark.text}0")
    return mark, (mark.rank or 0) - level.rank
