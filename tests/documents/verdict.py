"""What became of a damaged document: refused, found, without effect, silent; repaired or not."""

from pathlib import Path

import kc_analysis as kc
from kc_analysis.model import Plan

Figures = dict[tuple[str, str, str, int | None], float]


def figures(plan: Plan) -> Figures:
    """All the numbers that a plan holds, the printed totals among them."""
    budget = plan.budget.assign(
        table="budget", level="line", value=plan.budget["amount_million_vnd"]
    )
    work = plan.quantities.assign(
        table="quantities", level="line", value=plan.quantities["quantity"]
    )
    return {
        (row.table, row.level, row.line, None if row.year != row.year else row.year): round(
            row.value, 6
        )
        for frame in (budget, work, plan.printed.assign(year=plan.printed["year"].astype(float)))
        for row in frame.itertuples()
    }


def judge(path: Path, truth: Figures, thousands: str, *, covered: bool) -> list[str]:
    """What became of one damaged document, as names of columns."""
    try:
        plan = kc.read_plan(path, thousands=thousands)
    except kc.DataError:
        return ["refused"]
    if not (kc.check(plan)["severity"] == "error").any():
        if figures(plan) == truth:
            return ["no effect"]
        return ["silent, covered" if covered else "silent, no total covers it"]
    mended = kc.read_plan(path, thousands=thousands, repair=True)
    if not any(note.rule == "repaired" for note in mended.notes):
        return ["found"]
    put_right = figures(mended).items() - figures(plan).items()
    return ["found", "repaired rightly" if put_right <= truth.items() else "repaired wrongly"]
