"""Formulas of what has been done of the decision's targets; see ``midterm.targets``."""

from dataclasses import replace

import pandas as pd

from kc_analysis.checks.figures import Figures
from kc_analysis.midterm.review import Review
from kc_analysis.publishing.annex.formulas import Names, Row, Rule, count, is_known, quoted, total
from kc_analysis.publishing.annex.words import WORDS
from kc_analysis.reading.money import in_million_vnd
from kc_analysis.reading.vocabulary import money_unit


def targets(names: Names, review: Review) -> dict[str, Rule]:
    """The columns of ``midterm.targets.reached`` that are reckoned."""
    lines = pd.concat([review.plan.lines, review.actuals.plan.lines]).drop_duplicates("line")
    figures = Figures(replace(review.actuals.plan, lines=lines, printed=review.plan.printed))
    years = [year for year in review.plan.years if year <= review.as_of.year]
    reached, not_yet, unknown = (
        quoted(WORDS[key][names.lang]) for key in ("reached", "not_yet", "not_reported")
    )

    def done(end: str) -> Rule:
        def rule(row: Row) -> str | None:
            if row.record["status"] == "no_line":
                return None
            money = money_unit(row.record["unit_vi"])
            table, value = ("budget", "spent_million_vnd") if money else _WORK
            members = [
                line
                for key in row.record["budget_line"].split(";")
                for line in figures.members(table, key)
            ]
            among = "+".join(names.where("line", line) for line in dict.fromkeys(members))
            among = f"({among})" if len(members) > 1 else among
            sums = [
                total(names[value], among, condition)
                for condition in (
                    [names.where("year", year) for year in years]
                    if row.record["per"] == "year"
                    else [names.due]
                )
            ]
            whole = f"{end}({','.join(sums)})" if len(sums) > 1 else sums[0]
            if money:
                whole = f"ROUND({whole}/{in_million_vnd(1, money):G},6)"
            return f'IF({count(among, is_known(names[value]))}=0,"",{whole})'

        return rule

    def if_counted(text: str) -> Rule:
        def rule(row: Row) -> str | None:
            if row.record["status"] in ("no_line", "other_unit"):
                return None
            return text.format(**row.cells)

        return rule

    return {
        "done_low": done("MIN"),
        "done_high": done("MAX"),
        "done_pct": if_counted('IF(OR({done_low}="",{low}=0),"",100*{done_low}/{low})'),
        "status": if_counted(
            f'IF({{done_low}}="",{unknown},IF({{done_low}}>={{low}},{reached},{not_yet}))'
        ),
    }


_WORK = ("quantities", "delivered_quantity")
