"""Documents of every kind, in every form, from a seed; and mixtures of kinds."""

from random import Random

from documents import plan_kinds, table_kinds
from documents.forms import FORMS, as_pdf, as_tabs_text, can_write
from documents.invented import plan
from documents.plan_kinds import KINDS, MIXED, make
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
#: Layouts of a plan of several years with a row a line, in which any change can be made.
LAYOUTS = [
    name
    for name, kind in KINDS.items()
    if not kind.change and "annual" not in name and name != "line-then-sources"
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
        return TABLES[name](table_kinds.Writer(rng))
    return make(KINDS[name], plan(rng))


def mixture(seed: int) -> tuple[str, Case]:
    """A layout with some changes; what it is called says which."""
    rng = Random(f"mixture {seed}")
    layout, changes, taken = rng.choice(LAYOUTS), [], set[str]()
    for name, (_, concerns) in rng.sample(sorted(MIXED.items()), 4):
        if not concerns & taken:
            changes.append(name)
            taken |= concerns
    case = make(KINDS[layout], plan(rng), *(MIXED[name][0] for name in changes))
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
