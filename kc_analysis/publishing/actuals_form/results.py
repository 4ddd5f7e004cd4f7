"""The sheet of results: a row for each line and year, and spare rows for what was not planned."""

from xlsxwriter.utility import xl_col_to_name

from kc_analysis.publishing.actuals_form import words
from kc_analysis.publishing.actuals_form.book import FIRST, HEAD, Page
from kc_analysis.publishing.actuals_form.entries import Entry
from kc_analysis.publishing.actuals_form.guide import Lists
from kc_analysis.reading.actuals.words import (
    COUNTED,
    COUNTS,
    DELIVERED,
    PLANNED,
    PROJECTS,
    REPORTED,
    RESULTS,
    SPENT,
)

#: Rows for lines that were not planned.
SPARE = 10
COLUMN = {name: place for place, name in enumerate(RESULTS)}
LETTER = {name: xl_col_to_name(place) for name, place in COLUMN.items()}

_WIDTHS = {
    "line": 6.5, "title": 42, "source": 21.5, "unit": 8.5, "year": 6.5, "planned_quantity": 9.5,
    "quantity": 9.5, "establishments": 12.5, "jobs": 9.5, "counted_quantity": 9.5, "note": 28,
}  # fmt: skip
_WRAPPED = ("title", "source", "note")
_KEYS = ("line", "title", "source", "unit", "year")
#: The column above which a total stands, and the column that it adds up.
_TOTALS = {
    "planned_million_vnd": "planned_million_vnd",
    "allocated_million_vnd": "allocated_million_vnd",
    "disbursed_million_vnd": "counted_disbursed",
    "counterpart_million_vnd": "counted_counterpart",
    "establishments": "establishments",
    "jobs": "jobs",
}


def add_results(
    page: Page, planned: list[Entry], unplanned: list[Entry], lists: Lists, last_project: int
) -> int:
    """Fill the sheet of results; gives its last row.

    Parameters
    ----------
    page : Page
    planned, unplanned : list of dict
        As ``entries`` gives them.
    lists : Lists
    last_project : int
        The last row of the sheet of projects.
    """
    spare = unplanned + [{}] * max(SPARE - len(unplanned), 2)
    last = FIRST + len(planned) + len(spare) - 1
    page.head(RESULTS, [_WIDTHS.get(name, 10.5) for name in RESULTS])
    page.sheet.freeze_panes(FIRST, COLUMN["year"] + 1)
    page.sheet.autofilter(HEAD, 0, last, len(RESULTS) - 1)
    _total(page, planned + unplanned, last)
    for row, entry in enumerate(planned + spare, FIRST):
        locked = row < FIRST + len(planned)
        for name, column in COLUMN.items():
            if name not in COUNTS:
                page.write((row, column), entry.get(name), _look(name, locked=locked))
        page.fit(row, *((entry.get(name, ""), _WIDTHS[name]) for name in _WRAPPED))
        for name, formula in _counts(page, row + 1, lists, last_project).items():
            look = "computed_count" if name == "counted_quantity" else "computed_money"
            page.formula((row, COLUMN[name]), formula, entry.get(name, ""), look)
    _allow(page, (FIRST, last), (FIRST + len(planned), last), lists)
    _mark(page, last)
    return last


def _look(name: str, *, locked: bool) -> str:
    if name in _KEYS:
        kind = "text" if name in ("title", "source") else "center"
        return kind if locked else f"input_{kind}"
    if name in PLANNED:
        return "count" if name == "planned_quantity" else "money"
    if name == "note":
        return "input_text"
    return "input_count" if name in COUNTED else "input_money"


def _total(page: Page, rows: list[Entry], last: int) -> None:
    page.sheet.merge_range(
        HEAD - 1, 0, HEAD - 1, COLUMN["year"], "", page.form.formats["total_label"]
    )
    page.write((HEAD - 1, 0), page.form.say(words.SHOWN_TOTAL), "total_label")
    for column in range(COLUMN["year"] + 1, len(COLUMN)):
        page.write((HEAD - 1, column), None, "total_label")
    for name, of in _TOTALS.items():
        look = "total_count" if name in COUNTED else "total_money"
        values = [row[of] for row in rows if of in row]
        page.total((HEAD - 1, COLUMN[name]), COLUMN[of], (FIRST, last), values, look)


def _counts(page: Page, row: int, lists: Lists, last_project: int) -> dict[str, str]:
    """What counts: a figure as typed or else, where projects of its line and year count, theirs."""
    column = {
        name: page.form.refer("projects", place, FIRST, last_project)
        for place, name in enumerate(PROJECTS)
    }
    own = f"{column['line']},$A{row},{column['year']},$E{row}"

    def counted(statuses: tuple[str, ...], of: str = "") -> str:
        known = f',{column[of]},">=0"' if of else ""
        status = (f"{column['status']},{lists.status[status]}" for status in statuses)
        return "+".join(f"COUNTIFS({own},{one}{known})" for one in status)

    def added(of: str) -> str:
        status = (f"{column['status']},{lists.status[status]}" for status in SPENT)
        return "+".join(f"SUMIFS({column[of]},{own},{one})" for one in status)

    spent, done = counted(SPENT), counted(DELIVERED)
    known = counted(SPENT, "counterpart_million_vnd")
    sums = {
        "disbursed_million_vnd": (f"{spent}=0", added("support_million_vnd")),
        "quantity": (f"{done}=0", done),
        "counterpart_million_vnd": (
            f"OR({spent}=0,{spent}>{known})", added("counterpart_million_vnd"),
        ),
    }  # fmt: skip
    return {
        name: f'=IF({LETTER[typed]}{row}<>"",{LETTER[typed]}{row},IF({none},"",{total}))'
        for name, (typed, (none, total)) in zip(COUNTS, sums.items(), strict=True)
    }


def _allow(page: Page, rows: tuple[int, int], spare: tuple[int, int], lists: Lists) -> None:
    for name in REPORTED:
        page.allow("count" if name in COUNTED else "money", rows, COLUMN[name])
    page.allow("choice", spare, COLUMN["source"], source=f"={lists.sources}")
    page.allow("choice", spare, COLUMN["year"], source=list(page.form.plan.years))


def _mark(page: Page, last: int) -> None:
    """A rule above each line, repeated titles in grey, in red what is more than was allocated."""
    formats, row = page.form.formats, FIRST + 1
    width = len(RESULTS) - 1
    new = {"type": "formula", "criteria": f"=$A{row}<>$A{row - 1}", "format": formats["new"]}
    page.sheet.conditional_format(FIRST, 0, last, width, new)
    again = {"type": "formula", "criteria": f"=$A{row}=$A{row - 1}", "format": formats["again"]}
    page.sheet.conditional_format(FIRST, 0, last, COLUMN["unit"], again)
    spent, given = (
        f"${LETTER[name]}{row}" for name in ("counted_disbursed", "allocated_million_vnd")
    )
    over = f"=AND(ISNUMBER({spent}),ISNUMBER({given}),{spent}>{given})"
    for name in ("disbursed_million_vnd", "counted_disbursed"):
        page.sheet.conditional_format(
            FIRST, COLUMN[name], last, COLUMN[name],
            {"type": "formula", "criteria": over, "format": formats["over"]},
        )  # fmt: skip
