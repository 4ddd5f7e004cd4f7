"""A document's tables are joined into one Plan: what it costs, and what it buys."""

from pathlib import Path
from typing import Any

from kc_analysis import model
from kc_analysis.model import DataError, Finding, Plan, Text, tabulate
from kc_analysis.numerals import VIETNAMESE
from kc_analysis.reading.cells import settled_tables, unread
from kc_analysis.reading.forms.opening import open_document
from kc_analysis.reading.grid import Cell, Document
from kc_analysis.reading.money import in_million_vnd
from kc_analysis.reading.plan.choice import LINES, Half, choose
from kc_analysis.reading.plan.cut import Funds, Number
from kc_analysis.reading.plan.letterhead import letterhead
from kc_analysis.reading.plan.narrative import Statement, in_one_unit, infer_unit, statements
from kc_analysis.reading.plan.remarks import remarks
from kc_analysis.reading.table.mending import mend
from kc_analysis.reading.titles import slug, without_money

_NO_TARGETS = tabulate(model.TARGETS, [])


def read_plan(
    path: str | Path,
    layout: str | Path | None = None,
    *,
    repair: bool = False,
    thousands: str | None = None,
) -> Plan:
    """Read the plan that a document holds.

    Parameters
    ----------
    path : str or Path
        Text, HTML, Word, Excel or PDF; what it is shows from its content, not from its name.
    layout : str or Path, optional
        A file in which a person has put right how the tables are to be read; ``kc check --layout``
        writes one.
    repair : bool
        Whether figures that the printed totals convict of damage are put right; each is a finding
        of ``check`` either way.
    thousands : {".", ","}, optional
        The mark between thousands, for a document in which nothing decides it.

    Returns
    -------
    Plan
        Amounts in million VND. Each number keeps its file, place and printed text.

    Raises
    ------
    DataError
        If there is no such file, if it holds no such tables, or with all that cannot be read in it
        or in the layout.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.read_plan(kc.raw_folder("2021-2025") / "470-QD-UBND.txt")
    >>> plan.cycle, len(plan.lines), plan.budget["amount_million_vnd"].sum()
    ('2021-2025', 9, np.float64(18246.0))
    """
    document = open_document(Path(path))
    return plan_of(document, Path(layout) if layout else None, repair=repair, thousands=thousands)


def plan_of(
    document: Document,
    layout: Path | None = None,
    *,
    repair: bool = False,
    thousands: str | None = None,
) -> Plan:
    """The plan that a document holds, as ``read_plan`` gives it."""
    settled, unread_grids = settled_tables(document, thousands, layout)
    settled, damaged = mend(settled, apply=repair)
    money, work, funds, cycle, left_out = choose(document, settled)
    parts = [*money.parts, *work.parts]
    tables = list({id(part.settled.table): part.settled for part in parts}.values())
    troubles = [
        *(trouble for one in tables for trouble in one.table.troubles),
        *(
            unread(one.table, row, c, one.marks)
            for one in tables
            for r, row in enumerate(one.table.rows)
            for c in row.cells
            if (r, c) not in one.values
            and row.role != "aside"
            and _counts(one.table.measure(row, c))
        ),
        *_homeless(money, work),
    ]
    if troubles:
        raise DataError(dict.fromkeys(troubles))
    notes = [note for one in tables for note in one.table.notes]
    text = _text_of(document, [one.table.grid.rows for one in tables])
    decided = bool(thousands) or any(note.rule == "thousands-mark" for note in notes)
    marks = money.parts[0].settled.marks if money.parts else VIETNAMESE
    stated = list(statements(text, money, funds, marks, settled=decided))
    inferred = ""
    first = money.parts[0]
    if not all(number.unit or first.settled.table.said.money for number in money.numbers):
        inferred, note = infer_unit(money, stated)
        notes.append(note)
    amounts = in_one_unit(money, inferred)
    return _plan(
        document, text, amounts, work.numbers, funds, stated,
        years=sorted({*money.years, *work.years}),
        title=money.parts[0].settled.table.title,
        notes=(
            *notes, *damaged, *left_out, *unread_grids,
            *remarks(document, tables, money, work, amounts, cycle),
        ),
    )  # fmt: skip


def _counts(measure: str) -> bool:
    return measure in ("money", "quantity")


def _homeless(money: Half, work: Half) -> list[Any]:
    """Lines that no fund pays, and lines that have two numbers in one year."""
    expected = Text("một phần (I, II…) ở phía trên", "a section (I, II…) above")
    troubles = []
    for half in (money, work):
        seen: dict[tuple[str, int | None], Number] = {}
        for number in half.numbers:
            if number.level not in LINES:
                continue
            if not number.source:
                troubles.append(number.label.trouble("no-fund", expected))
            other = seen.setdefault((number.key, number.year), number)
            if other is not number:
                if other.label is number.label:
                    once = Text("mỗi năm một cột", "one column for each year")
                    what, cell = Text(f"năm {number.year}", f"the year {number.year}"), number.cell
                else:
                    once = Text("mỗi số thứ tự một hàng", "one row for each number")
                    what, cell = Text(f"số {number.key}", f"the number {number.key}"), number.label
                twice = Text(f"{what.vi} lần thứ hai", f"{what.en} a second time")
                troubles.append(cell.trouble("number-twice", once, twice))
    return list(dict.fromkeys(troubles))


def _text_of(document: Document, tables: list[list[list[Cell]]]) -> list[Cell]:
    """The text outside the plan's tables; a letterhead is often set as a table of its own."""
    read = {id(row) for rows in tables for row in rows}
    cells = [
        cell
        for grid in document.grids
        for row in grid.rows
        if id(row) not in read
        for cell in row
        if cell.text and not cell.covered and cell.value is None
    ]
    return cells + document.lines


def _plan(
    document: Document,
    text: list[Cell],
    money: list[Number],
    work: list[Number],
    funds: Funds,
    stated: list[Statement],
    *,
    years: list[int],
    title: str,
    notes: tuple[Finding, ...],
) -> Plan:
    lines: dict[str, Number] = {}
    units: dict[str, str] = {}
    for number in (*money, *work):
        if number.level in LINES:
            lines.setdefault(number.key, number)
    for number in work:
        if number.level in LINES:
            units.setdefault(number.key, number.unit)
    activity = {key: slug(number.label.text) for key, number in lines.items()}
    used = dict.fromkeys([s for s in funds.by_source if any(n.source == s for n in lines.values())])
    printed, origin = _printed(money, work, stated)
    return Plan(
        cycle=f"{min(years)}-{max(years)}",
        title=title,
        **letterhead("\n".join(line.text for line in text)),
        sources=tabulate(
            model.SOURCES,
            [
                (source, fund.number, without_money(fund.title.text), None)
                for source, fund in funds.by_source.items()
                if source in used
            ],
        ),
        lines=tabulate(
            model.LINES,
            [
                (
                    *(key, line.source, key.rpartition(".")[2], activity[key], line.label.text),
                    *(None, units.get(key, ""), None, line.parent or None),
                )
                for key, line in lines.items()
            ],
        ),
        budget=tabulate(
            model.BUDGET,
            [
                (n.key, n.source, activity[n.key], n.year, n.value)
                for n in money
                if n.year and n.level in LINES
            ],
        ),
        quantities=tabulate(
            model.QUANTITIES,
            [
                (n.key, n.source, activity[n.key], n.unit, n.year, n.value)
                for n in work
                if n.year and n.level in LINES
            ],
        ),
        printed=tabulate(model.PRINTED, printed),
        origin=tabulate(model.ORIGIN, origin),
        notes=notes,
        # A shallow copy: pandas copies on write, so that nobody changes the one that all share.
        targets=_NO_TARGETS.copy(deep=False),
    )


def _printed(
    money: list[Number], work: list[Number], stated: list[Statement]
) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """The totals as printed, and the origin of every number."""
    printed: list[tuple[Any, ...]] = []
    origin: list[tuple[Any, ...]] = []
    for name, numbers in (("budget", money), ("quantities", work)):
        for n in numbers:
            if n.level and (n.year is None or n.level not in LINES):
                level = "line" if n.level in LINES else n.level
                printed.append((name, level, n.key, n.source or None, n.year, n.value))
            place = n.cell.file.place(n.cell.at)
            origin.append((name, n.key, n.year, n.cell.file.name, place.vi, place.en, n.cell.text))
    for s in stated:
        value = in_million_vnd(s.value, s.unit)
        place = s.cell.file.place(s.cell.at)
        printed.append(("narrative", s.level, s.key, s.source or None, None, value))
        origin.append(("narrative", s.key, None, s.cell.file.name, place.vi, place.en, s.cell.text))
    return printed, origin
