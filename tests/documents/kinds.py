"""Documents of every kind, in every form, from a seed; and mixtures of kinds."""

from random import Random

from documents import plan_kinds, table_kinds
from documents.forms import FORMS, as_pdf, as_tabs_text, can_write
from documents.invented import plan
from documents.plan_kinds import CHANGES, KINDS, make
from documents.table_kinds import TABLES
from documents.tabulated import Case

#: How a document of each form is written, and the end of its name.
WRITERS = {
    "docx": (FORMS["docx"], "docx"),
    "html": (FORMS["html"], "html"),
    "xlsx_text": (FORMS["xlsx_text"], "xlsx"),
    "xlsx_numbers": (FORMS["xlsx_numbers"], "xlsx"),
    "bars": (FORMS["bars_text"], "txt"),
    "tabs": (as_tabs_text, "txt"),
    "rows": (FORMS["rows_text"], "txt"),
    "pdf": (FORMS["pdf"], "pdf"),
}
TEXT = ("bars", "tabs", "rows")
#: Changes that no other change spoils, and layouts that any of them can be made in.
MIXED = [
    "parts-add-up",
    "unnumbered-sub-rows",
    "bracketed-part-marks",
    "plus-row-counted",
    "title-over-two-rows",
    "ditto-unit",
    "unit-in-a-money-cell",
    "dots-for-nothing",
    "unit-abbreviated",
    "unit-below-the-table",
    "money-table-with-unit-column",
    "no-number-column",
    "numbered-titles",
    "bracketed-line-marks",
    "ragged-notes",
    "years-from-last-to-first",
    "province-money-called-counterpart",
    "earlier-cycle-beside-the-plan",
    "targets-beside-the-plan",
    "next-cycle-beside-the-plan",
    "dash-row-second-measure",
]
LAYOUTS = [
    "plain",
    "groups-under-funds",
    "funds-under-groups",
    "fund-named-by-group",
    "source-under-year",
    "year-under-source",
    "source-column",
    "source-merged-at-left",
    "table-per-source",
    "years-over-two-tables",
    "measures-under-years",
    "line-then-sources",
]


def names() -> list[str]:
    return [*KINDS, *TABLES]


def forms(name: str) -> list[str]:
    """Those in which a document of this kind is told apart from others."""
    only = KINDS[name].forms.split() if name in KINDS else []
    return [form for form in WRITERS if not only or any(form.startswith(o) for o in only)]


def make_case(name: str, seed: int) -> Case:
    rng = Random(f"{name} {seed}")
    if name in TABLES:
        return TABLES[name](table_kinds.words(rng))
    return make(KINDS[name], plan(rng))


def mixture(seed: int) -> tuple[str, Case]:
    """A layout with two or three changes; what it is called says which."""
    rng = Random(f"mixture {seed}")
    layout, changes = rng.choice(LAYOUTS), rng.sample(MIXED, rng.choice([1, 2, 2, 3]))
    case = make(KINDS[layout], plan(rng), *(CHANGES[change] for change in changes))
    return " + ".join([layout, *changes]), case


def write(case: Case, form: str, name: str = "") -> bytes | None:
    """The document, or nothing where this form cannot hold it."""
    sheets = case.sheets()
    kept = name.startswith("merged-")  # in text it is just what a merged cell becomes
    if form in TEXT and not kept and not can_write("rows_text", sheets):
        return None
    if form in TEXT and name == "ragged-notes":
        sheets = [plan_kinds.ragged(sheet) for sheet in sheets]
    data = as_pdf(sheets, **case.pdf) if form == "pdf" else WRITERS[form][0](sheets)
    return case.finish(data) if case.finish else data
