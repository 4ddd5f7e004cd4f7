"""Where only a row's total disagrees: which of its figures is likely the wrong one."""

from collections.abc import Iterator
from math import log, nan
from statistics import median

from kc_analysis.checks.figures import Figures
from kc_analysis.model import Finding, Text
from kc_analysis.numerals import write_number


def suspects(figures: Figures, errors: list[Finding]) -> Iterator[Finding]:
    """Rank the years of each line whose quantities do not add up to their total.

    A quantity is the more suspect the nearer its unit cost comes to the line's other years once the
    quantity is put right by what the total lacks.

    Parameters
    ----------
    figures : Figures
    errors : list of Finding
        The totals that disagree.

    Yields
    ------
    Finding
        A note for each such line, its years in order of suspicion.
    """
    for error in errors:
        if error.rule != "line-total" or error.table != "quantities" or error.found != error.found:
            continue
        years = figures.parts["quantities"].get(error.line, {})
        money = figures.parts["budget"].get(error.line, {})
        costs = {y: money[y] / q for y, q in years.items() if q > 0 and money.get(y, 0) > 0}
        lacking = error.found - error.expected
        ranked = []
        for year, cost in costs.items():
            others = [c for y, c in costs.items() if y != year]
            if others and (right := years[year] + lacking) > 0:
                gain = _distance(cost, others) - _distance(money[year] / right, others)
                ranked.append((gain, year, right))
        if ranked := [entry for entry in sorted(ranked, reverse=True) if entry[0] > 0]:
            yield _finding(figures, error, ranked)


def _distance(cost: float, others: list[float]) -> float:
    return abs(log(cost / median(others)))


def _finding(
    figures: Figures, error: Finding, ranked: list[tuple[float, int | None, float]]
) -> Finding:
    listed = Text(
        *(
            "; ".join(f"{year} ({write_number(right, lang)})" for _, year, right in ranked)
            for lang in ("vi", "en")
        )
    )
    return Finding(
        rule="line-suspects",
        severity="note",
        table=error.table,
        line=error.line,
        year=None,
        expected=nan,
        found=nan,
        place=error.place,
        message=Text(
            f"Dòng {error.line}: xét theo đơn giá của các năm khác, số có thể sai là năm "
            f"{listed['vi']}; hoặc chính số tổng sai",
            f"Line {error.line}: by the unit costs of its other years, the wrong figure may be "
            f"that of {listed['en']}; or the total itself",
        ),
    )
