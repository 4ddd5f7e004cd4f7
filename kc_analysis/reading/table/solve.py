"""Which reading of a table its sums bear out: marks, what rows total, what stands under what."""

from collections.abc import Callable
from typing import NamedTuple

from kc_analysis.model import DataError, Text, Trouble, same
from kc_analysis.numerals import ENGLISH, VIETNAMESE, Marks, is_marked, marks_shown
from kc_analysis.reading.grid import Cell
from kc_analysis.reading.table.figures import figure_of, number_of
from kc_analysis.reading.table.parts import Row, Table
from kc_analysis.reading.table.sums import Sum, Values, holds, sums_of
from kc_analysis.reading.vocabulary import find, money_unit


class Settled(NamedTuple):
    """A table with its numbers by row and column, its marks, and the sums that it promises."""

    table: Table
    values: Values
    marks: Marks
    sums: list[Sum]


def settle(tables: list[Table], thousands: str | None = None) -> list[Settled]:
    """Read all numbers of a document's tables, under the marks and outline that sums bear out.

    Parameters
    ----------
    tables : list of Table
        Their rows' roles and parents are set.
    thousands : {".", ","}, optional
        The mark between thousands, where a reader knows it.

    Returns
    -------
    list of Settled

    Raises
    ------
    DataError
        If nothing decides what the marks mean.
    """
    for table in tables:
        table.implied = _implied(table)
        _scopes(table)
    if thousands:
        chosen = [table.marks or marks_of(thousands) for table in tables]
    else:
        chosen = _marks(tables)
    settled = []
    for table, marks in zip(tables, chosen, strict=True):
        values = read_values(table, marks)
        _of_money(table, values)
        relate(table, values)
        settled.append(Settled(table, values, marks, sums_of(table)))
    return settled


def marks_of(thousands: str) -> Marks:
    """The marks of which one, "." or ",", separates thousands."""
    return VIETNAMESE if thousands == VIETNAMESE.thousands else ENGLISH


def read_values(table: Table, marks: Marks) -> Values:
    """The numbers that a table's cells store, or print under these marks; no others."""
    values = {}
    for r, row in enumerate(table.rows):
        for c, cell in row.cells.items():
            value = number_of(cell, marks, row.unit or table.unit(row, c))
            if value is not None:
                values[r, c] = value
    return values


def _implied(table: Table) -> str:
    """What a table's numbers are of where neither column nor row tells; "" where nothing does."""
    units = {row.unit for row in table.rows if row.unit}
    if units:
        of_money = {bool(money_unit(unit)) for unit in units}
        if of_money == {True}:
            return "money"
        return "quantity" if of_money == {False} else ""
    if table.said.measure in ("money", "quantity"):
        return table.said.measure
    if table.said.money or table.said.source or any(row.is_fund for row in table.rows):
        return "money"
    return "quantity" if any(column.unit for column in table.columns) else ""


def _of_money(table: Table, values: Values) -> None:
    """A table of money may tell the units of the work: then rows of unlike units add up."""
    if table.implied != "quantity" or table.said.money == "" or table.said.measure == "quantity":
        return
    table.implied = "money"
    unlike = [
        promise
        for promise in sums_of(table)
        if len({table.rows[r].unit for r, _ in promise.parts}) > 1
        and not table.columns[promise.total[1]].facets.measure
    ]
    if 2 * sum(holds(promise, values) for promise in unlike) <= len(unlike):
        table.implied = "quantity"


# --- what the marks mean ------------------------------------------------------------------------


def _marks(tables: list[Table]) -> list[Marks]:
    """The marks of each table: as its own sums bear out, or its numbers show, or the others' do."""
    marked = [marked_cells(table) for table in tables]
    if not any(marked):
        return [VIETNAMESE] * len(tables)
    evidence: list[Marks | None] = []
    for table, cells in zip(tables, marked, strict=True):
        borne_out = _borne_out(table) if cells else {VIETNAMESE: 0, ENGLISH: 0}
        count, other = borne_out[VIETNAMESE], borne_out[ENGLISH]
        evidence.append(None if count == other else VIETNAMESE if count > other else ENGLISH)
        if evidence[-1] and table.marks in (None, evidence[-1]):
            _say_marks(table, evidence[-1], max(count, other), cells[0])
    shown = [_shown(cells) for cells in marked]
    given = [table.marks for table in tables]
    told = [g or e or s for g, e, s in zip(given, evidence, shown, strict=True)]
    if None in (marks for marks, cells in zip(told, marked, strict=True) if cells):
        known = (set(filter(None, each)) for each in (given, evidence, shown))
        whole = next(filter(None, known), set())
        if len(whole) != 1:
            raise DataError([_undecided(marked)])
        (others,) = whole
    else:
        others = VIETNAMESE
    if not any(given) and not any(evidence) and len(set(filter(None, shown))) > 1:
        raise DataError([_undecided(marked)])
    chosen = [marks or others for marks in told]
    for table, cells, borne, marks in zip(tables, marked, evidence, chosen, strict=True):
        if not borne and _shown(cells) == marks:
            _say_shown(table, marks, next(c for c in cells if marks_shown(_text(c)) == marks))
    return chosen


def marked_cells(table: Table) -> list[Cell]:
    """The numbers of a table that hang on what its marks mean."""
    return [
        cell
        for row in table.rows
        for cell in row.cells.values()
        if cell.value is None and not cell.doubt and is_marked(_text(cell))
    ]


def _text(cell: Cell) -> str:
    return figure_of(cell.text)


def _shown(cells: list[Cell]) -> Marks | None:
    """The marks that some numbers show beyond doubt, and none denies."""
    found = {marks for cell in cells if (marks := marks_shown(_text(cell)))}
    return found.pop() if len(found) == 1 else None


def _borne_out(table: Table) -> dict[Marks, int]:
    """How many sums hold under one meaning of the marks and not under the other."""
    readings = {marks: read_values(table, marks) for marks in (VIETNAMESE, ENGLISH)}
    count = dict.fromkeys(readings, 0)
    for promise in sums_of(table):
        agree = [marks for marks, values in readings.items() if holds(promise, values)]
        if len(agree) == 1:
            count[agree[0]] += 1
    return count


def _undecided(marked: list[list[Cell]]) -> Trouble:
    cells = [cell for table in marked for cell in table]
    examples = [
        next((cell for cell in cells if marks_shown(_text(cell)) == marks), None)
        for marks in (VIETNAMESE, ENGLISH)
    ]
    told = [cell for cell in examples if cell] or cells[:1]
    expected = Text(
        "điều gì đó cho biết dấu nào tách hàng nghìn: số tổng, hoặc một số như 1.250,5; "
        "nếu biết, hãy nêu rõ: --thousands . hoặc --thousands ,",
        "something that tells which mark separates thousands: a total, or a number such as "
        "1.250,5; if you know it, say so: --thousands . or --thousands ,",
    )
    quoted = same(" / ".join(f"“{cell.text}”" for cell in told))
    return told[-1].trouble("thousands-mark", expected, quoted)


def _say_marks(table: Table, marks: Marks, count: int, cell: Cell) -> None:
    because = Text(
        f"{count} số tổng chỉ khớp khi đọc như vậy", f"{count} totals agree only when read so"
    )
    _say(table, marks, cell, because)


def _say_shown(table: Table, marks: Marks, cell: Cell) -> None:
    _say(table, marks, cell, Text(f"“{cell.text}” chỉ đọc được như vậy", f"“{cell.text}” reads only so"))


def _say(table: Table, marks: Marks, cell: Cell, because: Text) -> None:
    message = Text(
        f"Dấu “{marks.thousands}” tách hàng nghìn, “{marks.decimal}” tách phần thập phân: "
        f"{because.vi}",
        f"“{marks.thousands}” separates thousands and “{marks.decimal}” decimals: {because.en}",
    )
    table.note("thousands-mark", "note", cell, message)


# --- which rows total which ---------------------------------------------------------------------


def _scopes(table: Table) -> None:
    """Give each total the rows that it adds up, as far as its place and title tell.

    The first row of a table totals all, and so does the last of its totals, unless it names a
    section, or there is one alike below each section. Those that a person has placed have the key
    of the grand total already, or a parent.
    """
    rows = table.rows
    tops = [r for r, row in enumerate(rows) if row.parent is None and row.role in ("item", "heading")]
    named = {rows[r].number: r for r in tops if rows[r].number}
    totals = [r for r, row in enumerate(rows) if row.role == "total"]
    of_all = [r for r in totals if rows[r].parent is None and _named(rows[r], named) is None]
    placed = [r for r in totals if rows[r].key == "grand"]
    alike = len({rows[r].label.text.casefold() for r in of_all}) == 1
    if placed:
        grand = placed[-1]
    elif of_all[:1] == [0]:
        grand = 0
    elif not of_all or (alike and len(of_all) == len(tops) > 1):
        grand = None
    else:
        grand = of_all[-1]
    for r in totals:
        if r in (grand, *placed):
            rows[r].children = [top for top in tops if top < r or not r]
            rows[r].key = "grand"
            continue
        above = [top for top in tops if top < r]
        section = rows[r].parent
        if section is None:
            section = _named(rows[r], named)
        if section is None:
            section = above[-1] if above else None
        if section is None:
            continue
        if above and section != above[-1] and rows[r].parent is None:
            last = rows[above[-1]].number
            expected = Text(f"tổng của phần {last}", f"the total of section {last}")
            table.troubles.append(rows[r].label.trouble("total-elsewhere", expected))
        rows[r].parent, rows[r].children = section, list(rows[section].children)
    for row in rows[grand + 1 :] if grand else []:
        if row.cells and row.parent is None and row.role == ("extra" if row.given else "item"):
            row.role = "extra"
            message = Text(
                f"Hàng “{row.label.text}” đứng sau hàng tổng cộng, không được cộng vào đâu",
                f"The row “{row.label.text}” stands below the grand total and is added to nothing",
            )
            table.note("row-outside-total", "error", row.label, message)


def _named(row: Row, named: dict[str, int]) -> int | None:
    """The section whose number a total's title gives: "Cộng II", "Tổng cộng (A)"."""
    words = row.label.text.replace("(", " ").replace(")", " ").split()
    numbers = [word.strip(".:") for word in words if word.strip(".:") in named]
    return named[numbers[0]] if len(numbers) == 1 and words[-1].strip(".:") in named else None


# --- what stands under what ---------------------------------------------------------------------

_Test = Callable[[int, list[int]], tuple[int, int]]


def relate(table: Table, values: Values) -> None:
    """Settle what rows under a row with figures are: its parts, of it, beside it, or lines as it.

    They are its parts where they add up to it; lines as itself where the total above counts them
    in; of which where the document says so, or one alone is said of it and the total above does
    not count it; another measure where their unit is another. Else they are parts that do not add
    up, which is for the checks to tell.
    """
    rows = table.rows

    def held(whole: int, parts: list[int]) -> tuple[int, int]:
        """In how many columns a row's figure is the sum of others', and of how many."""
        columns = [c for c in rows[whole].cells if any(c in rows[part].cells for part in parts)]
        good = 0
        for c in columns:
            places = [(part, c) for part in parts if c in rows[part].cells]
            good += holds(Sum((whole, c), places), values)
        return good, len(columns)

    for r in reversed(range(len(rows))):
        row = rows[r]
        for child in [child for child in row.children if rows[child].role == "beside"]:
            promote(table, child)
        below = [child for child in row.children if rows[child].role == "item"]
        if row.role != "item" or not row.cells or not row.children:
            continue
        others = [child for child in row.children if child not in below]
        given = [part for part in _below(rows, others) if rows[part].given]
        check_within(table, values, r, [part for part in given if rows[part].role == "of which"])
        if all(rows[child].given for child in row.children) or not _is_line(rows, r):
            continue
        marked = [
            child
            for child in row.children
            if find("row", rows[child].label.text) == "of_which" and not rows[child].given
        ]
        if marked:
            _mark_of_which(rows, marked)
            of_it = [part for part in _below(rows, marked) if rows[part].cells]
            check_within(table, values, r, of_it)
            below = [child for child in below if rows[child].role == "item"]
        if not all(rows[child].given for child in below):
            _relate(table, values, r, below, held)


def _is_line(rows: list[Row], r: int) -> bool:
    """Whether a row with others below it is a line, and no section: rows like it have none."""
    row = rows[r]
    if row.is_fund:
        return False
    bullets = all(rows[child].is_unnumbered for child in row.children)
    return bullets or any(
        other.style == row.style and other.depth == row.depth and other.cells and not other.children
        for other in rows
    )


def _below(rows: list[Row], tops: list[int]) -> list[int]:
    return [one for top in tops for one in (top, *_below(rows, rows[top].children))]


def _mark_of_which(rows: list[Row], marked: list[int]) -> None:
    for one in _below(rows, marked):
        if not rows[one].given:
            rows[one].role = "of which" if rows[one].cells else "heading"


def _relate(table: Table, values: Values, r: int, below: list[int], held: _Test) -> None:
    rows = table.rows
    row = rows[r]
    good, tested = held(r, below)
    if tested and good == tested:
        return
    counts = {table.measure(rows[child], c) for child in below for c in rows[child].cells}
    if counts == {"quantity"}:
        seconds = [c for c in below if _is_second(rows[c], row) and not rows[c].given]
        for child in seconds:
            rows[child].role = "second"
        below = [child for child in below if child not in seconds]
        if not below:
            return
    over = _totals_of(rows, r)
    siblings = [s for s in _siblings(rows, r) if rows[s].cells]
    for whole in over:
        alone, of = held(whole, siblings)
        with_them, _ = held(whole, [*siblings, *below])
        if of and with_them > alone and 2 * with_them > of:
            # The total above counts them in: they are lines as the row itself.
            for child in below:
                if not rows[child].given:
                    promote(table, child)
            return
        if of and alone and len(below) == 1 and not good:
            _keep_within(table, values, r, below)
            return
    if len(below) == 1 and not good and (counts == {"quantity"} or over):
        _keep_within(table, values, r, below)
    elif len(below) == 1 and not good and not row.is_fund and not _larger(table, values, r, below):
        table.troubles.append(_either(rows[below[0]], row))


def promote(table: Table, r: int) -> None:
    """Make a row a line beside the one that it stood under."""
    rows = table.rows
    row = rows[r]
    above = row.parent
    if above is None:
        return
    rows[above].children.remove(r)
    row.role, row.beside = "item", above
    row.parent, row.depth = rows[above].parent, rows[above].depth
    if row.parent is not None:
        rows[row.parent].children.append(r)
    for total in rows:
        if total.role == "total" and above in total.children:
            total.children.append(r)


def _is_second(child: Row, row: Row) -> bool:
    if child.unit and row.unit and child.unit.casefold() != row.unit.casefold():
        return True
    return find("row", child.label.text) == "second"


def _totals_of(rows: list[Row], r: int) -> list[int]:
    """The rows with figures that add up a row and its siblings."""
    found = [t for t, total in enumerate(rows) if total.role == "total" and r in total.children]
    parent = rows[r].parent
    return found if parent is None or not rows[parent].cells else [parent, *found]


def _siblings(rows: list[Row], r: int) -> list[int]:
    parent = rows[r].parent
    return [
        s for s, row in enumerate(rows) if row.parent == parent and row.role == "item"
    ] if parent is None else [s for s in rows[parent].children if rows[s].role == "item"]


def _larger(table: Table, values: Values, r: int, below: list[int]) -> list[tuple[int, int]]:
    """Where a part is larger than the row that it is part of."""
    return [
        (child, c)
        for child in below
        for c in table.rows[child].cells
        if (r, c) in values and (child, c) in values and values[child, c] > values[r, c]
    ]


def _keep_within(table: Table, values: Values, r: int, below: list[int]) -> None:
    """A row alone below another, that does not make it up, is of it; it must not be larger."""
    for child in below:
        table.rows[child].role = "of which"
    check_within(table, values, r, below)


def check_within(table: Table, values: Values, r: int, below: list[int]) -> None:
    """Tell the parts that are larger than the row that they are part of."""
    for child, c in _larger(table, values, r, below)[:1]:
        whole, part = table.rows[r], table.rows[child]
        message = Text(
            f"“{part.label.text}” là phần của “{whole.label.text}” nhưng lớn hơn: "
            f"{part.cells[c].text} so với {whole.cells[c].text}",
            f"“{part.label.text}” is part of “{whole.label.text}” but larger: "
            f"{part.cells[c].text} against {whole.cells[c].text}",
        )
        table.note("part-larger", "error", part.cells[c], message)


def _either(child: Row, row: Row) -> Trouble:
    expected = Text(
        f"điều gì đó cho biết hàng này là phần của “{row.label.text}” hay là một nội dung riêng: "
        "số tổng, hoặc chữ “Trong đó”",
        f"something that tells whether this row is part of “{row.label.text}” or a line of its own: "
        "a total, or the words “Trong đó”",
    )
    return child.label.trouble("part-or-line", expected)
