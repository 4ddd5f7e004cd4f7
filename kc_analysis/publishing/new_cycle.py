"""A new decision is taken in: its folder of raw data is made, and set beside the last cycle."""

import csv
import hashlib
import shutil
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import tomlkit

from kc_analysis import model
from kc_analysis.analysis.crosswalk import match_lines
from kc_analysis.checks.reconcile import check
from kc_analysis.model import DataError, Plan, Text, Trouble, same
from kc_analysis.publishing.aside import aside
from kc_analysis.reading.cells import read_tables
from kc_analysis.reading.cycle import CYCLE_NAME, cycles, home, load_plan
from kc_analysis.reading.forms.opening import open_document
from kc_analysis.reading.plan.attempt import attempt
from kc_analysis.reading.plan.layout_file import layout_file
from kc_analysis.reading.plan.read_plan import read_plan

_KEYS = {
    "number": Text("số của quyết định, như 470/QĐ-UBND", "the decision's number"),
    "date": Text("ngày ban hành, như 2025-12-31", "the day of issue, as 2025-12-31"),
    "issuer": Text("cơ quan ban hành", "the issuing body"),
    "title": Text("tên kế hoạch", "the plan's title"),
}
_FILL_IN = "điền vào đây / fill in"


class NewCycle(NamedTuple):
    """A cycle that has been taken in.

    Attributes
    ----------
    folder : Path
    plan : Plan
    findings : DataFrame
        What the checks say of it.
    matched : DataFrame
        Its lines beside those of the cycle before, as ``match_lines`` gives them; empty for the
        first.
    differences : list of Text
        What else is otherwise than in the cycle before.
    to_fill : list of Text
        What the document does not tell, and a person is to fill in.
    """

    folder: Path
    plan: Plan
    findings: pd.DataFrame
    matched: pd.DataFrame
    differences: list[Text]
    to_fill: list[Text]


def take_in(cycle: str, file: str | Path, thousands: str | None = None) -> NewCycle:
    """Make a cycle's folder of raw data from its decision.

    Parameters
    ----------
    cycle : str
        ``"2026-2030"``.
    file : str or Path
        The decision, in any form; it is kept as received.
    thousands : {".", ","}, optional
        As for ``read_plan``.

    Returns
    -------
    NewCycle

    Raises
    ------
    DataError
        If there is such a cycle already, if the document cannot be read or is of other years. In
        any case nothing is written.
    """
    file = Path(file)
    folder = home() / "data" / "raw" / cycle
    place = Text("giai đoạn mới", "the new cycle")
    if CYCLE_NAME.fullmatch(cycle) and folder.exists():
        expected = Text(
            f"giai đoạn chưa có; muốn lập lại thì đổi tên thư mục {folder}",
            f"a cycle that is not there yet; to make it anew, rename the folder {folder}",
        )
        raise DataError([Trouble(place, expected, same(f"“{cycle}”"))])
    if not CYCLE_NAME.fullmatch(cycle):
        known = ", ".join(cycles())
        expected = Text(
            f"một giai đoạn như 2026-2030, chưa có trong: {known}",
            f"a cycle such as 2026-2030 that is none of: {known}",
        )
        raise DataError([Trouble(place, expected, same(f"“{cycle}”"))])
    plan = read_plan(file, thousands=thousands)
    if plan.cycle != cycle:
        expected = Text(f"các năm {cycle}", f"the years {cycle}")
        raise DataError([Trouble(same(file.name), expected, same(plan.cycle))])
    earlier = [name for name in cycles() if name < cycle]
    last = load_plan(earlier[-1]) if earlier else None
    matched = match_lines(last, plan) if last else pd.DataFrame()
    with aside(folder) as made:
        shutil.copyfile(file, made / file.name)
        source, to_fill = _source(plan, file, thousands)
        (made / "source.toml").write_text(source, encoding="utf-8", newline="\n")
        missing = _write_lines(made / "lines.csv", plan, last, matched)
        layout = layout_file(attempt(open_document(file), thousands=thousands))
        (made / "layout.toml").write_text(layout, encoding="utf-8", newline="\n")
        _write_csv(made / "targets.csv", [list(model.TARGETS)])
        _write_csv(made / "crosswalk.csv", [["old_line", "new_line", "note"]])
    if missing:
        names = ", ".join(missing)
        to_fill.append(
            Text(f"lines.csv: tên tiếng Anh của {names}", f"lines.csv: English titles of {names}")
        )
    to_fill.append(
        Text("targets.csv: các chỉ tiêu trong phần lời", "targets.csv: the targets of the text")
    )
    differences = _differences(last, plan) if last else []
    return NewCycle(folder, plan, check(plan), matched, differences, to_fill)


def _source(plan: Plan, file: Path, thousands: str | None) -> tuple[str, list[Text]]:
    """The text of source.toml, and what in it is left to fill in."""
    document = tomlkit.document()
    document.add(
        tomlkit.comment("Văn bản gốc của giai đoạn; mã SHA-256 được kiểm tra mỗi lần đọc.")
    )
    document.add(tomlkit.comment("The cycle's decision; its checksum is verified each time."))
    to_fill = []
    known = {
        "number": plan.number,
        "date": plan.issued,
        "issuer": plan.issuer,
        "title": plan.title or None,
        "title_en": f"Industrial promotion plan, {plan.cycle}",
    }
    for key, value in known.items():
        document.add(key, tomlkit.item("" if value is None else value))
        if value is None:
            document[key].comment(_FILL_IN)
            to_fill.append(
                Text(
                    f"source.toml: {key} ({_KEYS[key].vi})", f"source.toml: {key} ({_KEYS[key].en})"
                )
            )
    document.add("file", tomlkit.item(file.name))
    document.add("sha256", tomlkit.item(hashlib.sha256(file.read_bytes()).hexdigest()))
    if thousands:
        document.add("thousands", tomlkit.item(thousands))
    unit = tomlkit.table()
    printed = next(
        (table.unit for table in read_tables(file, thousands=thousands) if table.unit), ""
    )
    unit.add("amount", printed or "triệu đồng")
    unit.add("printed", bool(printed))
    for note in plan.notes:
        if note.rule == "unit-inferred":
            unit.update({"evidence_vi": note.message.vi, "evidence_en": note.message.en})
    document.add("unit", unit)
    return tomlkit.dumps(document), to_fill


def _write_lines(path: Path, plan: Plan, last: Plan | None, matched: pd.DataFrame) -> list[str]:
    """Write lines.csv with the English titles that the last cycle tells; those it does not."""
    known: dict[str, tuple[str, str]] = {}
    if last:
        titles = last.lines.set_index("line")[["label_en", "unit_en"]].fillna("")
        same_line = matched[matched["how"] == "activity"]
        for old, new in zip(same_line["old_line"], same_line["new_line"], strict=True):
            known[new] = tuple(titles.loc[old])
        sources = dict(zip(last.sources["source"], last.sources["label_en"], strict=True))
        for number, source in zip(plan.sources["number"], plan.sources["source"], strict=True):
            if isinstance(sources.get(source), str):
                known[number] = sources[source], ""
    keys = [*plan.sources["number"], *plan.lines["line"]]
    _write_csv(
        path,
        [["line", "label_en", "unit_en"], *([key, *known.get(key, ("", ""))] for key in keys)],
    )
    return [key for key in keys if key not in known]


def _write_csv(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)


def _differences(last: Plan, plan: Plan) -> list[Text]:
    """Sources, units and length of the cycle, where they are otherwise than before."""
    said = []
    before, after = set(last.sources["source"]), set(plan.sources["source"])
    for source in sorted(after - before):
        said.append(Text(f"nguồn mới: {source}", f"a new source: {source}"))
    for source in sorted(before - after):
        said.append(Text(f"không còn nguồn: {source}", f"no longer a source: {source}"))
    if len(last.years) != len(plan.years):
        said.append(
            Text(
                f"{len(plan.years)} năm thay vì {len(last.years)}",
                f"{len(plan.years)} years instead of {len(last.years)}",
            )
        )
    both = last.lines.merge(plan.lines, on=["source", "activity"], suffixes=("_old", "_new"))
    for row in both[both["unit_old"] != both["unit_new"]].to_dict("records"):
        said.append(
            Text(
                f"dòng {row['line_new']} tính bằng “{row['unit_new']}” thay vì “{row['unit_old']}”",
                f"line {row['line_new']} counts “{row['unit_new']}” instead of “{row['unit_old']}”",
            )
        )
    return said
