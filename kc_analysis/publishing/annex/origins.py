"""Where the figures come from, and what the annex makes of them: its last two sheets."""

from datetime import datetime, time

import pandas as pd

from kc_analysis.midterm.status import THRESHOLDS
from kc_analysis.publishing.annex.paper import BOX, FIRST, HEAD, Paper, height
from kc_analysis.publishing.annex.rows import Rows
from kc_analysis.publishing.annex.table import Block, Columns, Table, add_table
from kc_analysis.publishing.annex.words import (
    AS_WRITTEN,
    HEADINGS,
    MEANING,
    MEANINGS,
    NAMES,
    RULES,
    SHEETS,
    SIDE,
    SIDES,
    TABLES,
    TERM,
    VALUE,
)

_TERM, _MEANING = 38, 66


def add_rules(paper: Paper) -> None:
    """Add the day and the thresholds, to which formulas refer, and what each rate means."""
    review, lang = paper.review, paper.lang
    over = review.cells.loc[~review.cells["under_way"], "year"].max()
    values = {
        "as_of": datetime.combine(review.as_of, time()),
        "to_year": review.as_of.year,
        "year_over": review.plan.years[0] - 1 if pd.isna(over) else int(over),
        "year_end": review.plan.years[-1],
        **THRESHOLDS,
    }
    widths = [_TERM, 12, _MEANING]
    sheet = paper.add_sheet("rules", widths)
    for column, head in enumerate((TERM, VALUE, MEANING)):
        sheet.write_string(HEAD, column, head[lang], paper.heading)
    sheet.freeze_panes(FIRST, 1)
    text = paper.look(**BOX, text_wrap=True, indent=1)
    for row, (key, meaning) in enumerate(MEANINGS.items(), FIRST):
        term = (RULES.get(key) or HEADINGS[key])[lang]
        sheet.write_string(row, 0, term, text)
        sheet.write_string(row, 2, meaning[lang], text)
        sheet.set_row(row, height([term, meaning[lang]], [_TERM, _MEANING]))
        written = "dd/mm/yyyy" if key == "as_of" else "0.0" if key in THRESHOLDS else "0"
        look = paper.look(**BOX, num_format=written, align="center")
        sheet.write(row, 1, values.get(key, ""), look)
        if key in NAMES and key in values:
            place = f"='{SHEETS['rules'][0][lang]}'!$B${row + 1}"
            paper.book.define_name(NAMES[key][lang], place)
    paper.fit(sheet, widths, FIRST + len(MEANINGS) - 1)


def add_origin(paper: Paper, rows: Rows) -> None:
    """Add the place of each figure: in the decision, and in the workbook of what happened."""
    review, lang = paper.review, paper.lang
    parts = []
    for side, plan in zip(SIDES, (review.plan, review.actuals.plan), strict=True):
        origin = plan.origin
        # Sums are reckoned here, wherever a document prints them.
        origin = origin[origin["line"].isin(rows.lines.index) & origin["year"].notna()]
        parts.append(origin.assign(side=side[lang]))
    late = parts[1]["year"] > review.as_of.year
    frame = rows.named(pd.concat([parts[0], parts[1][~late]], ignore_index=True))
    frame["table"] = frame["table"].map({key: text[lang] for key, text in TABLES.items()})
    frame = frame.rename(columns={f"place_{lang}": "place"})
    columns: Columns = dict.fromkeys(
        ("side", "table", "line", "title", "year", "printed", "file", "place")
    )
    headings = {"side": SIDE[lang], "printed": AS_WRITTEN[lang]}
    add_table(paper, Table("origin", columns, [Block(frame)], headings, sifted=True))
