"""Which rows total which, and what stands under what, as the sums of a table bear out."""

from collections.abc import Callable

from kc_analysis.model import Text, Trouble
from kc_analysis.reading.table.parts import Row, Table
from kc_analysis.reading.table.sums import Sum, Values, holds
from kc_analysis.reading.vocabulary import find

_Test = Callable[[int, list[int]], tuple[int, int]]


def set_scopes(table: Table) -> None:
    """Give each total the rows that it adds up, as far as its place and title tell.

    The first row of a table totals all, and so does the last of its totals, unless it names a
    section, or there is one alike below each section. Those that a person has placed have the key
    of the grand total already, or a parent.
    """
    rows = table.rows
    tops = [
        r for r, row in enumerate(rows) if row.parent is None and row.role in ("item", "heading")
    ]
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
        columns = [
            c
            for c in rows[whole].cells
            if _adds(table, rows[whole], c) and any(c in rows[part].cells for part in parts)
        ]
        good = 0
        for c in columns:
            places = [(part, c) for part in parts if c in rows[part].cells]
            good += holds(Sum((whole, c), places), values)
        return good, len(columns)

    for r in reversed(range(len(rows))):
        row = rows[r]
        if (
            find("row", row.label.text) == "of_which"
            and row.parent is not None
            and not row.children
        ):
            _settle_of_which(table, r, held)
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
    under_fund = row.parent is not None and rows[row.parent].is_fund
    over_last = not any(rows[child].children for child in row.children)
    return (
        bullets
        or (under_fund and over_last)
        or any(
            other.style == row.style
            and other.depth == row.depth
            and other.cells
            and not other.children
            for other in rows
        )
    )


def _below(rows: list[Row], tops: list[int]) -> list[int]:
    return [one for top in tops for one in (top, *_below(rows, rows[top].children))]


def _settle_of_which(table: Table, r: int, held: _Test) -> None:
    """Rows after "Trong đó" that are marked as the row before it: parts of it, or lines as it.

    The total above tells; where there is none, nothing does.
    """
    rows = table.rows
    above = rows[r].parent
    if above is None or rows[r].cells or not rows[above].is_unnumbered:
        return
    siblings = [s for s in siblings_of(rows, above) if rows[s].cells]
    after = [
        s for s in siblings if s > r and rows[s].style == rows[above].style and not rows[s].given
    ]
    if not after:
        return
    rest = [s for s in siblings if s not in after]
    for whole in _totals_of(rows, above):
        without, of = held(whole, rest)
        if of and held(whole, siblings)[0] != without:
            if without > held(whole, siblings)[0]:
                for s in after:
                    move(table, s, r)
            return
    table.troubles.append(_either(rows[after[0]], rows[above]))


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
    measures = {table.measure(rows[child], c) for child in below for c in rows[child].cells}
    counts = measures & {"money", "quantity"}  # whatever share of the whole is told beside
    if counts == {"quantity"}:
        seconds = [c for c in below if _is_second(rows[c], row) and not rows[c].given]
        for child in seconds:
            rows[child].role = "second"
        below = [child for child in below if child not in seconds]
        if not below:
            return
    over = _totals_of(rows, r)
    siblings = [s for s in siblings_of(rows, r) if rows[s].cells]
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
    above = table.rows[r].parent
    if above is None:
        return
    table.rows[r].role, table.rows[r].beside = "item", above
    move(table, r, table.rows[above].parent)
    for total in table.rows:
        if total.role == "total" and above in total.children and r not in total.children:
            total.children.append(r)


def move(table: Table, r: int, under: int | None) -> None:
    """Put a row under another, or under none."""
    rows = table.rows
    for row in rows:
        if r in row.children:
            row.children.remove(r)
    rows[r].parent = under
    rows[r].depth = 0 if under is None else rows[under].depth + 1
    if under is not None:
        rows[under].children.append(r)


def _is_second(child: Row, row: Row) -> bool:
    if child.unit and row.unit and child.unit.casefold() != row.unit.casefold():
        return True
    return find("row", child.label.text) == "second"


def _totals_of(rows: list[Row], r: int) -> list[int]:
    """The rows with figures that add up a row and its siblings."""
    found = [t for t, total in enumerate(rows) if total.role == "total" and r in total.children]
    parent = rows[r].parent
    return found if parent is None or not rows[parent].cells else [parent, *found]


def siblings_of(rows: list[Row], r: int) -> list[int]:
    """The rows with figures that stand under the same row, itself too."""
    parent = rows[r].parent
    return (
        [s for s, row in enumerate(rows) if row.parent == parent and row.role == "item"]
        if parent is None
        else [s for s in rows[parent].children if rows[s].role == "item"]
    )


def _larger(table: Table, values: Values, r: int, below: list[int]) -> list[tuple[int, int]]:
    """Where a part is larger than the row that it is part of."""
    return [
        (child, c)
        for child in below
        for c in table.rows[child].cells
        if (r, c) in values
        and (child, c) in values
        and _adds(table, table.rows[r], c)
        and _adds(table, table.rows[child], c)
        and values[child, c] > values[r, c]
    ]


def _adds(table: Table, row: Row, c: int) -> bool:
    """Whether a number can be a sum of others, as a share, an average or a growth cannot."""
    return table.measure(row, c) not in ("share", "growth", "other")


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
        f"điều gì đó cho biết hàng này là phần của “{row.label.text}” hay là một nội dung "
        "riêng: số tổng, hoặc chữ “Trong đó”",
        f"something that tells whether this row is part of “{row.label.text}” or a line of its "
        "own: a total, or the words “Trong đó”",
    )
    return child.label.trouble("part-or-line", expected)
