"""Documents damaged in one place: what the reader refuses, finds, repairs, or lets pass.

Run as ``python benchmarks/corruption.py``; it writes ``corruption.md`` beside this file.
"""

import sys
from collections import Counter, defaultdict
from itertools import cycle
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, given, seed, settings
from tqdm import tqdm

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from documents.corruptions import KINDS, corrupt
from documents.forms import FORMS, can_write
from documents.layouts import documents
from documents.verdict import figures, judge

import kc_analysis as kc

DOCUMENTS = 300
#: Faults tried in each document; of a Word, Excel or PDF file, which takes far longer to make, one
#: in every fourth document.
TRIES = {"bars_text": 16, "rows_text": 16, "paragraph_text": 12, "html": 20}
OUTCOMES = ["refused", "found", "no effect", "silent, covered", "silent, no total covers it"]
COLUMNS = ["tried", *OUTCOMES, "repaired rightly", "repaired wrongly"]

Tally = dict[str, Counter[str]]


def tally(count: int, folder: Path) -> tuple[Tally, Tally]:
    """Damage ``count`` random documents in every form; outcomes by kind and by form."""
    by_kind: Tally = defaultdict(Counter)
    by_form: Tally = defaultdict(Counter)
    rng, kinds, path = Random(1), cycle(KINDS), folder / "document"
    bar = tqdm(total=count, disable=None)

    @seed(1)
    @settings(
        max_examples=count,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(documents())
    def damage(document: tuple[object, list[object]]) -> None:
        bar.update()
        _, sheets = document
        for form, write in FORMS.items():
            if not can_write(form, sheets) or (form not in TRIES and bar.n % 4):
                continue
            path.write_bytes(write(sheets))
            thousands = "," if sheets[0].marks.thousands == "," else "."
            truth = figures(kc.read_plan(path, thousands=thousands))
            for _ in range(TRIES.get(form, 1)):
                try:
                    fault = corrupt(rng, sheets, next(kinds))
                except ValueError:
                    continue  # no number of this document can have a fault of that kind
                path.write_bytes(write(fault.sheets))
                outcome = ["tried", *judge(path, truth, thousands, covered=fault.covered)]
                by_kind[fault.kind].update(outcome)
                by_form[form].update(outcome)

    damage()
    return by_kind, by_form


def as_table(head: str, rows: Tally) -> str:
    """A table in Markdown, its sums below."""
    lines = [f"| {head} | {' | '.join(COLUMNS)} |", "| --- |" + " ---: |" * len(COLUMNS)]
    every = sum(rows.values(), Counter())
    for name, counts in [*sorted(rows.items()), ("all", every)]:
        lines.append(
            f"| {name} | " + " | ".join(f"{counts[column]:,}" for column in COLUMNS) + " |"
        )
    return "\n".join(lines)


def main() -> None:
    """Damage, judge, and write the report."""
    with TemporaryDirectory() as folder:
        by_kind, by_form = tally(DOCUMENTS, Path(folder))
    report = f"""# Documents damaged in one place

Made by `python benchmarks/corruption.py`: random plans in random layouts, written in each form
with one fault.

- *refused*: an error names the place;
- *found*: the plan is read, and a check finds an error;
- *no effect*: the plan is the same all the same;
- *silent*: the plan differs and nothing says so. Where a printed total covers the damaged cell
  there should be none. No total covers two years of a quantity row that change places, a row of
  quantities that is lost with its money, or a section's sum that is lost below its lines;
- *repaired*: with `repair=True` the plan is the undamaged one again (rightly), or another
  (wrongly).

## By kind of fault

{as_table("fault", by_kind)}

## By form

{as_table("form", by_form)}
"""
    Path(__file__).with_suffix(".md").write_text(report, encoding="utf-8")
    print(report)


if __name__ == "__main__":
    main()
