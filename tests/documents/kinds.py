"""Documents of every kind, in every form, from a seed; and mixtures of kinds."""

from random import Random

from documents.beside_kinds import BESIDE_KINDS
from documents.cell_kinds import CELL_KINDS
from documents.forms import FORMS, as_pdf, as_tabs_text, can_write
from documents.invented import plan
from documents.plan_layouts import LAYOUT_KINDS, make
from documents.row_kinds import ROW_KINDS
from documents.table_kinds import TABLES, Writer
from documents.tabulated import Case

PLANS = {**LAYOUT_KINDS, **ROW_KINDS, **CELL_KINDS, **BESIDE_KINDS}
NAMES = [*PLANS, *TABLES]
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
#: Layouts of a plan of several years with a row a line, in which any change can be made.
LAYOUTS = [name for name in LAYOUT_KINDS if "annual" not in name and name != "line-then-sources"]


def forms(name: str) -> list[str]:
    """Those in which a document of this kind is told apart from others."""
    only = PLANS[name].forms.split() if name in PLANS else []
    return [form for form in WRITERS if not only or any(form.startswith(o) for o in only)]


def make_case(name: str, seed: int) -> Case:
    rng = Random(f"{name} {seed}")
    return TABLES[name](Writer(rng)) if name in TABLES else make(PLANS[name], plan(rng))


def mixture(seed: int) -> tuple[str, Case]:
    """A layout with some changes; what it is called says which."""
    rng = Random(f"mixture {seed}")
    layout, changes, taken = rng.choice(LAYOUTS), [], set[str]()
    for name in rng.sample([name for name, kind in PLANS.items() if kind.concerns], 4):
        concerns = set(PLANS[name].concerns.split())
        if not concerns & taken:
            changes.append(name)
            taken |= concerns
    case = make(PLANS[layout], plan(rng), *(PLANS[name] for name in changes))
    return " + ".join([layout, *changes]), case


def write(case: Case, form: str) -> bytes | None:
    """The document, or nothing where this form cannot hold it."""
    sheets, text = case.sheets(), WRITERS[form][1] == "txt"
    if text and not case.kept_in_text and not can_write("rows_text", sheets):
        return None
    if text and case.in_text:
        sheets = [case.in_text(sheet) for sheet in sheets]
    data = as_pdf(sheets, **case.pdf) if form == "pdf" else WRITERS[form][0](sheets)
    return case.finish(data) if case.finish else data
