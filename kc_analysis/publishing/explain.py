"""A page that shows how a document was read: every cell of every table, and what it is."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kc_analysis.checks.reconcile import check
from kc_analysis.model import DataError, Finding, Text, Trouble
from kc_analysis.publishing.seen_table import ROLES, SeenColumn, SeenRow, see
from kc_analysis.publishing.templates import TEMPLATES
from kc_analysis.reading.grid import Document
from kc_analysis.reading.plan.attempt import Attempt, Taken, attempt
from kc_analysis.reading.plan.read_plan import plan_of
from kc_analysis.reading.table.marks import marked_cells
from kc_analysis.wording import VALUES

_SEVERITIES = ("error", "warning", "note")
_HALVES = {
    ("money",): Text("bảng kinh phí", "a table of money"),
    ("quantity",): Text("bảng khối lượng", "a table of quantities"),
    ("money", "quantity"): Text("bảng kinh phí và khối lượng", "a table of money and quantities"),
}
_FUNDS = {
    "local": (Text("ĐP", "L"), Text("địa phương", "local")),
    "national": (Text("QG", "N"), Text("quốc gia", "national")),
    "counterpart": (Text("ĐƯ", "C"), Text("đối ứng", "counterpart")),
}
_WORDS = {
    "heading": Text("Văn bản được đọc thế nào", "How the document was read"),
    "read": Text("Đọc được kế hoạch {0}.", "The plan of {0} was read."),
    "refused": Text(
        "Chưa đọc được kế hoạch; các bảng hiện đến chỗ đọc được.",
        "The plan could not be read; the tables are shown as far as they were.",
    ),
    "table": Text("Bảng", "Table"),
    "hidden": Text("ô ẩn", "a hidden cell"),
    "columns": Text("Cột được hiểu là", "Columns are taken for"),
    "legend": Text("Chú giải", "Legend"),
    "agrees": Text("số tổng khớp với các phần", "a total that agrees with its parts"),
    "differs": Text("số tổng không khớp: số in ≠ các phần cộng lại", "printed ≠ its parts added"),
    "beside": Text("chữ nghiêng: số không lấy vào kế hoạch", "italics: not taken into the plan"),
    "doubtful": Text("ô cần xem lại (lý do ở dưới bảng)", "a cell to look at (see below)"),
    "nothing": Text("Không có gì cần xem lại.", "Nothing to look at."),
}


class Remark(NamedTuple):
    """What is to be said of a place."""

    rule: str
    severity: str
    place: Text
    message: Text


class ShownTable(NamedTuple):
    """A table with all that is said above and below it."""

    title: str
    verdict: str
    is_planned: bool
    about: list[str]
    columns: list[SeenColumn]
    rows: list[SeenRow]
    remarks: list[Remark]
    told: dict[object, str]


def explain(
    document: Document,
    layout: Path | None = None,
    *,
    thousands: str | None = None,
    lang: str = "vi",
) -> str:
    """A page that shows how a document was read, though it may have been read in part only.

    Parameters
    ----------
    document : Document
    layout : Path, optional
    thousands : {".", ","}, optional
    lang : {"vi", "en"}

    Returns
    -------
    str
        HTML that needs no other file.

    Raises
    ------
    DataError
        If the document has no table of numbers, or if the layout is not the document's.
    """
    tried = attempt(document, layout, thousands=thousands)
    try:
        plan = plan_of(document, layout, thousands=thousands)
    except DataError as error:
        verdict = _WORDS["refused"][lang]
        found = [_of_trouble(trouble) for trouble in error.troubles]
        is_read = False
    else:
        verdict = _WORDS["read"][lang].format(plan.cycle)
        found = [
            Remark(
                *(row["rule"], row["severity"]),
                Text(row["place_vi"], row["place_en"]),
                Text(row["message_vi"], row["message_en"]),
            )
            for row in check(plan).to_dict("records")
        ]
        is_read = True
    tables = [_shown(taken, found, lang) for taken in tried.tables]
    told = {remark for table in tables for remark in table.remarks}
    others = [one for one in found if one not in told and not _is_above(one)]
    funds = _funds(tried, lang)
    return TEMPLATES.get_template("explain.html.j2").render(
        lang=lang,
        title=f"{_WORDS['heading'][lang]}: {document.file.name}",
        words={key: word[lang] for key, word in _WORDS.items()},
        roles={key: role[lang] for key, role in ROLES.items()},
        severities={key: VALUES[key][lang] for key in _SEVERITIES},
        verdict=verdict,
        is_read=is_read,
        tables=tables,
        others=_ordered(others),
        file=f"{document.file.name}, ",
        funds=funds,
        hidden={cell.at for taken in tried.tables for cell in taken.settled.table.grid.hidden},
    )


def _is_above(remark: Remark) -> bool:
    """Whether it is told above its table, and not again below it."""
    told = ("thousands-mark", "table-left-out", "unit-inferred")
    return remark.rule in told and remark.severity != "error"


def _of_trouble(trouble: Trouble) -> Remark:
    place, expected, found, code = trouble
    message = Text(
        f"cần {expected.vi}, nhưng thấy {found.vi}", f"expected {expected.en}, found {found.en}"
    )
    return Remark(code, "error", place, message)


def _of_finding(finding: Finding) -> Remark:
    return Remark(finding.rule, finding.severity, finding.place, finding.message)


def _ordered(remarks: Iterable[Remark]) -> list[Remark]:
    return sorted(dict.fromkeys(remarks), key=lambda one: _SEVERITIES.index(one.severity))


def _shown(taken: Taken, found: list[Remark], lang: str) -> ShownTable:
    table = taken.settled.table
    cells = {cell.where: cell for row in reversed(table.grid.rows) for cell in reversed(row)}
    own = [
        *map(_of_finding, table.notes),
        *map(_of_trouble, table.troubles),
        *map(_of_finding, filter(None, [taken.left_out])),
    ]
    remarks = _ordered(
        remark
        for remark in [*(remark for remark in found if remark.place in cells), *own]
        if not _is_above(remark)
    )
    columns, rows = see(taken, lang)
    return ShownTable(
        table.title,
        *_verdict(taken, lang),
        [*_about(taken, found, rows, lang)],
        columns,
        rows,
        remarks,
        {
            cells[remark.place].at: remark.message[lang]
            for remark in reversed(remarks)
            if remark.severity != "note" and remark.place != table.head.where
        },
    )


def _verdict(taken: Taken, lang: str) -> tuple[str, bool]:
    """Whether a table is of the plan, and as what."""
    if taken.counts:
        half = _HALVES[taken.counts]
        return Text(f"Thuộc kế hoạch: {half.vi}.", f"Of the plan: {half.en}.")[lang], True
    if taken.counts is None:
        said = Text(
            "Chưa rõ có thuộc kế hoạch hay không.", "It is not known whether it is of the plan."
        )
    elif taken.left_out:
        said = taken.left_out.message
    else:
        said = Text("Không thuộc kế hoạch.", "Not of the plan.")
    return said[lang], False


def _marks(taken: Taken, lang: str) -> str:
    table, marks = taken.settled.table, taken.settled.marks
    note = next((note for note in table.notes if note.rule == "thousands-mark"), None)
    if note:
        return note.message[lang]
    if not taken.is_settled:
        said = Text(
            "Chưa rõ dấu nào tách hàng nghìn: các số có dấu chưa được đọc",
            "Nothing tells which mark separates thousands: numbers with marks were not read",
        )
    elif marked_cells(table):
        said = Text(
            f"Dấu “{marks.thousands}” tách hàng nghìn, như các bảng khác hoặc như người đọc đã ghi",
            f"“{marks.thousands}” separates thousands, as in other tables or as a person has said",
        )
    else:
        said = Text("Không số nào có dấu tách", "No number has a mark in it")
    return said[lang]


def _about(taken: Taken, found: list[Remark], rows: list[SeenRow], lang: str) -> Iterator[str]:
    """Where a table stands, its marks and unit, and how many of its sums agree."""
    table = taken.settled.table
    place = table.head.file.place(table.head.at)
    yield Text(f"Bắt đầu ở {place.vi}", f"Begins at {place.en}")[lang]
    yield _marks(taken, lang)
    inferred = next((remark for remark in found if remark.rule == "unit-inferred"), None)
    if table.said.money:
        yield Text(f"Đơn vị tiền: {table.said.money}", f"Unit of money: {table.said.money}")[lang]
    elif inferred and taken.counts and "money" in taken.counts:
        yield inferred.message[lang]
    sums = [good for row in rows for cell in row.cells for good, _, _ in cell.sums]
    good, bad = sum(sums), len(sums) - sum(sums)
    if not sums:
        yield Text("Không có số tổng nào để đối chiếu", "There is no total to check")[lang]
    if good:
        yield Text(f"✓ {good} số tổng khớp", f"✓ {good} totals agree")[lang]
    if bad:
        yield Text(f"✗ {bad} số tổng không khớp", f"✗ {bad} totals do not agree")[lang]


def _funds(tried: Attempt, lang: str) -> dict[str, tuple[str, str, str]]:
    """Each fund's badge, its name, and the number of its colour."""
    named = dict.fromkeys(tried.funds)
    for taken in tried.tables:
        table = taken.settled.table
        named |= dict.fromkeys(table.facets(row, c).source for row in table.rows for c in row.cells)
    shown = {}
    for n, source in enumerate(source for source in named if source):
        if source in _FUNDS:
            badge, name = _FUNDS[source]
            shown[source] = badge[lang], name[lang], f"fund-{source}"
        else:
            fund = tried.funds.get(source)
            title = fund.title.text if fund else source
            shown[source] = fund.number if fund else str(n + 1), title, "fund-other"
    return shown
