"""The tables of the annex: the library's frames, and the formulas that give them."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd
from xlsxwriter.utility import xl_range

from kc_analysis.midterm.execution import cells
from kc_analysis.midterm.variance import variance
from kc_analysis.publishing.annex import ahead, carried_out, causes
from kc_analysis.publishing.annex.formulas import Rule
from kc_analysis.publishing.annex.paper import FIRST, Paper
from kc_analysis.publishing.annex.promised import targets
from kc_analysis.publishing.annex.rows import Rows
from kc_analysis.publishing.annex.table import Block, Columns, Placed, Table, add_table
from kc_analysis.publishing.annex.words import BY, NAMES, SO_FAR, SPENT_IN, TOTAL
from kc_analysis.reading.actuals.words import PROJECTS, STATUSES

_FIGURES = (
    "planned_million_vnd", "allocated_million_vnd", "spent_million_vnd", "planned_quantity",
    "delivered_quantity", "counterpart_million_vnd", "establishments", "jobs",
)  # fmt: skip
_PLANNED = ["planned_million_vnd", "planned_quantity"]
#: Where each line and year stands among the figures.
Places = Mapping[tuple[str, int], int]


class Drawn(NamedTuple):
    """The tables that the charts are drawn from."""

    lines: Placed
    years: Placed
    effects: Placed
    path: Placed


def add_tables(paper: Paper, rows: Rows) -> Drawn:
    """Add the figures, and the tables that are reckoned from them."""
    review, names = paper.review, rows.names
    inputs, places = _add_inputs(paper, rows)
    lines, _, _, years = (
        _add_execution(paper, rows, sheet, frame, by)
        for sheet, frame, by in (
            ("lines", review.by_line, ["line"]),
            ("sources", review.by_source, ["source"]),
            ("source_years", review.by_source_year, ["source", "year"]),
            ("years", review.by_year, ["year"]),
        )
    )
    delivery: Columns = {"label": None, "unit": None, **carried_out.delivery(names)}
    add_table(paper, Table("delivery", delivery, [rows.block(review.delivery, ["line"])]))
    _add_variance(paper, rows, inputs, places)
    effects = _add_effects(paper, rows)
    if not review.targets.empty:
        _add_targets(paper, rows)
    return Drawn(lines, years, effects, _add_outlook(paper, rows))


def _add_inputs(paper: Paper, rows: Rows) -> tuple[Placed, Places]:
    review = paper.review
    whole = cells(review.plan, review.actuals, date(review.plan.years[-1], 12, 31))
    to_come = whole[whole["year"] > review.as_of.year].dropna(subset=_PLANNED, how="all")
    to_come = to_come[["line", "year", *_PLANNED]]
    frame = rows.named(pd.concat([review.cells, to_come]) if len(to_come) else review.cells)
    lead = ("line", "title", "source", "unit", "year")
    note = ("note",) if frame["note"].notna().any() else ()
    columns: Columns = dict.fromkeys((*lead, *_FIGURES, *note))
    placed = add_table(paper, Table("inputs", columns, [Block(frame)], keys=2, sifted=True))
    for name in ("line", "source", "year", *_FIGURES):
        paper.book.define_name(NAMES[name][paper.lang], placed.range(name))
    keys = zip(frame["line"].tolist(), frame["year"].tolist(), strict=True)
    return placed, {key: row for row, key in enumerate(keys, FIRST)}


def _add_execution(
    paper: Paper, rows: Rows, sheet: str, frame: pd.DataFrame, by: list[str]
) -> Placed:
    columns = {**dict.fromkeys(["label", *by[1:]]), **carried_out.execution(rows.names)}
    blocks = [rows.block(frame, by), rows.total(paper.review.total.assign(year=np.nan))]
    heading = {"label": rows.heading(by[0])}
    return add_table(paper, Table(sheet, columns, blocks, heading, keys=len(by)))


def _add_variance(paper: Paper, rows: Rows, inputs: Placed, places: Places) -> None:
    """Line by line and year by year, then added up."""
    review, names, parts = paper.review, rows.names, list(causes.PARTS)
    # As if each line and year were a line of its own.
    split = variance(review.cells.assign(line=review.cells.index)).set_index("line")
    frame = rows.named(review.cells.join(split[parts]))
    beside = [
        {name: inputs.cell(name, places[key]) for name in _FIGURES}
        for key in zip(frame["line"].tolist(), frame["year"].tolist(), strict=True)
    ]
    lead: Columns = dict.fromkeys(("line", "title", "year"))
    columns = {**lead, **carried_out.single(names), **causes.split()}
    block = Block(frame, beside=beside)
    one_by_one = add_table(paper, Table("cells", columns, [block], keys=3, sifted=True))
    paper.book.define_name(NAMES["variance_line"][paper.lang], one_by_one.range("line"))
    for name in parts:
        paper.book.define_name(NAMES[name][paper.lang], one_by_one.range(name))
    whole = rows.total(review.variance[parts].sum().to_frame().T)
    blocks = [rows.block(review.variance, ["line"], name="variance_line"), whole]
    columns = {"label": None, **causes.variance(names)}
    add_table(paper, Table("variance", columns, blocks))


def _add_effects(paper: Paper, rows: Rows) -> Placed:
    review = paper.review
    blocks = [
        rows.block(frame, [by], BY[by][paper.lang])
        for by, frame in (
            ("line", review.effects_by_line),
            ("source", review.effects_by_source),
            ("year", review.effects_by_year),
        )
    ]
    columns = {"label": None, **causes.effects(rows.names)}
    return add_table(paper, Table("effects", columns, [*blocks, rows.total(review.effects)]))


def _add_targets(paper: Paper, rows: Rows) -> None:
    frame = paper.review.targets
    frame = frame.assign(
        **{name: frame[f"{name}_{paper.lang}"] for name in ("what", "unit", "done_unit")}
    )
    reckoned = targets(rows.names, paper.review)
    lead = ("task", "what", "low", "high", "unit", "per", "budget_line")
    order = (*lead, "done_low", "done_high", "done_unit", "done_pct", "status", "where")
    columns = {name: reckoned.get(name) for name in order}
    add_table(paper, Table("targets", columns, [Block(frame)], keys=2))


def _add_outlook(paper: Paper, rows: Rows) -> Placed:
    """The end of the cycle, and the way there, which refers to it."""
    review, lang = paper.review, paper.lang
    done = review.cells[~review.cells["under_way"]]
    first, last = review.plan.years[0], done["year"].max()
    years = [year for year in review.plan.years if year == first or year <= last]

    def with_years(frame: pd.DataFrame, by: str) -> pd.DataFrame:
        spent = done.pivot_table("spent_million_vnd", by, "year", _sum_known)
        spent = spent.reindex(columns=years).add_prefix("spent_")
        return frame.join(spent, by)

    blocks = [
        rows.block(with_years(frame, by), [by], BY[by][lang])
        for by, frame in (("line", review.outlook_by_line), ("source", review.outlook_by_source))
    ]
    spent = done.groupby("year")["spent_million_vnd"].sum(min_count=1)
    whole = review.outlook.assign(**{f"spent_{year}": spent.get(year) for year in years})
    headings = {f"spent_{year}": SPENT_IN[lang].format(year=year) for year in years}
    headings["spent_million_vnd"] = SO_FAR[lang]
    columns: Columns = {"label": None, **ahead.outlook(rows.names, years)}
    table = Table("outlook", columns, [*blocks, rows.total(whole)], headings)
    outlook = add_table(paper, table)
    end = (
        outlook.cell(name, outlook.blocks[-1][0])
        for name in ("of_plan_pct", "needed_million_vnd_per_year")
    )
    columns = {"year": None, **ahead.path(rows.names, *end)}
    return add_table(paper, Table("path", columns, [Block(review.path)]))


def _sum_known(values: pd.Series) -> float:
    return float(values.sum(min_count=1))


def add_projects(paper: Paper) -> None:
    """Add the list of projects up to the day of the review, and what they come to, if any."""
    review, lang = paper.review, paper.lang
    frame = review.actuals.projects
    if frame.empty or (frame := frame[frame["year"] <= review.as_of.year]).empty:
        return
    names = [name for name in PROJECTS if name in frame]
    money = [name for name in names if name.endswith("_vnd")]
    words = {key: text[lang] for key, text in STATUSES.items()}
    frame = frame.assign(status=frame["status"].map(words), is_sum=False)
    whole = frame[money].sum(min_count=1).to_frame().T.reindex(columns=names)
    whole = whole.assign(name=TOTAL[lang], is_sum=True)

    def added(column: int) -> Rule:
        above = xl_range(FIRST, column, FIRST + len(frame) - 1, column)
        text = f'IF(COUNT({above})=0,"",SUM({above}))'
        return lambda row: text if row.record["is_sum"] else None

    columns = {name: added(column) if name in money else None for column, name in enumerate(names)}
    headings = {name: PROJECTS[name][lang] for name in names}
    blocks = [Block(frame), Block(whole, is_total=True)]
    add_table(paper, Table("projects", columns, blocks, headings, sifted=True))
