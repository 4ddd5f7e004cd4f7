"""Formulas of the outlook and of the way there; see ``midterm.outlook``."""

from math import isnan

from kc_analysis.publishing.annex.formulas import (
    Names,
    Row,
    Rule,
    is_known,
    known,
    quoted,
    rate,
    total,
)
from kc_analysis.publishing.annex.words import NO, YES


def outlook(names: Names, years: list[int]) -> dict[str, Rule]:
    """The columns of ``midterm.outlook.outlook``, and what each year that is over has spent.

    Parameters
    ----------
    names : Names
    years : list of int
        Those that are over; their columns are called spent_2021 and so on.
    """
    planned, spent, over = names["planned_million_vnd"], names["spent_million_vnd"], names.over
    left = f"({names['year_end']}-{names['year_over']})"
    yes, no = quoted(YES[names.lang]), quoted(NO[names.lang])

    def in_year(year: int) -> Rule:
        return lambda row: known(spent, *row.where, names.where("year", year), over)

    def unless(missing: str, text: str) -> Rule:
        """Nothing if a condition holds; {done} and {due} are of the years that are over."""

        def rule(row: Row) -> str:
            done = f"{row.cells[f'spent_{years[0]}']}:{row.cells[f'spent_{years[-1]}']}"
            formula = f'IF({missing},"",{text})'
            return formula.format(done=done, due=total(planned, *row.where, over), **row.cells)

        return rule

    unspent = "COUNT({done})=0"
    # Where nothing was due yet, it is known that nothing was spent.
    unknown = f"AND({unspent},{{due}}>0)"
    so_far = "SUM({done})"
    begun = f"(N({{spent_million_vnd}})-{so_far})"
    return {
        "planned_cycle_million_vnd": lambda row: known(planned, *row.where),
        **{f"spent_{year}": in_year(year) for year in years},
        "spent_million_vnd": lambda row: known(spent, *row.where),
        "remaining_million_vnd": lambda row: total(planned, *row.where, names.ahead),
        "of_plan_pct": lambda row: rate(
            total(spent, *row.where, over), total(planned, *row.where, over, is_known(spent))
        ),
        "as_planned_million_vnd": unless(
            unknown, f"{so_far}+MAX({{remaining_million_vnd}},{begun})"
        ),
        "at_rate_million_vnd": unless(
            f'OR({unspent},{{of_plan_pct}}="")',
            f"{so_far}+MAX({{remaining_million_vnd}}*{{of_plan_pct}}/100,{begun})",
        ),
        "needed_million_vnd_per_year": unless(
            f"OR({unknown},{left}=0)", f"MAX(0,N({{planned_cycle_million_vnd}})-{so_far})/{left}"
        ),
        "best_year": unless(unspent, f"{years[0] - 1}+MATCH({{best_year_million_vnd}},{{done}},0)"),
        "best_year_million_vnd": unless(unspent, "MAX({done})"),
        "plausible": unless(
            'OR({needed_million_vnd_per_year}="",{best_year_million_vnd}="")',
            f"IF({{needed_million_vnd_per_year}}<={{best_year_million_vnd}},{yes},{no})",
        ),
    }


def path(names: Names, reached_rate: str, needed: str) -> dict[str, Rule]:
    """The columns of ``midterm.outlook.path``.

    Parameters
    ----------
    names : Names
    reached_rate, needed : str
        The cells of the outlook of the whole that hold of_plan_pct and what each year needs.
    """
    planned, spent = names["planned_million_vnd"], names["spent_million_vnd"]
    reached = total(spent, names.over)
    begun = f"({total(spent)}-{reached})"

    def ahead(text: str) -> str:
        return f"{reached}+IF({{years}}=0,0,MAX({text},{begun}))"

    def of(name: str, text: str) -> Rule:
        def rule(row: Row) -> str | None:
            # Years on which a way says nothing stay blank: a chart would draw "" as zero.
            if isnan(row.record[name]):
                return None
            to_here = f"({names['year']}<={row.cells['year']})"
            return text.format(
                planned=total(planned, to_here),
                spent=total(spent, to_here),
                ahead=total(planned, names.ahead, to_here),
                years=f"({row.cells['year']}-{names['year_over']})",
            )

        return rule

    ways = {
        "planned_million_vnd": "{planned}",
        "spent_million_vnd": "{spent}",
        "as_planned_million_vnd": ahead("{ahead}"),
        "at_rate_million_vnd": (
            f'IF({reached_rate}="","",{ahead(f"{{ahead}}*{reached_rate}/100")})'
        ),
        "caught_up_million_vnd": f'IF({needed}="","",{reached}+{{years}}*{needed})',
    }
    return {name: of(name, text) for name, text in ways.items()}
