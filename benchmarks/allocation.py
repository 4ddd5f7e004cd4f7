"""The best allocation beside bare ``scipy.optimize.milp`` on the very same matrices.

The bare program finds a best one. The allocation also finds whether others are as good, which is
the closest to the plan, and whether others are as close: up to four programs for each part.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from statistics import median

import numpy as np
from compare import compare
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp

import kc_analysis as kc
from kc_analysis import model
from kc_analysis.model import Plan, tabulate
from kc_analysis.scenarios import allocation, given, program, promised
from kc_analysis.scenarios.scenario import Ceiling
from kc_analysis.scenarios.steps import begin

#: An unfinished search is not waited for.
SECONDS = 20


def ceilings_of(plan: Plan, share: float) -> list[Ceiling]:
    """A share of each source's money in each year."""
    sums = kc.amounts(plan, ["source"])
    sums["amount_million_vnd"] = (sums["amount_million_vnd"] * share).round()
    return [Ceiling(*row) for row in sums.itertuples(index=False)]


def larger(lines: int, years: int, sources: int) -> Plan:
    """A plan of lines that all have work in all years, with uneven unit costs."""
    draw = np.random.default_rng(1)
    who = [
        (f"{n % sources + 1}.{n}", f"source-{n % sources}", f"activity-{n}") for n in range(lines)
    ]
    costs = draw.integers(30, 800, lines)[:, None] * draw.uniform(0.9, 1.1, (lines, years))
    work = draw.integers(1, 6, (lines, years)).astype(float)
    money = work * costs.round(1)
    cells = [(n, year) for n in range(lines) for year in range(years)]
    plan = kc.load_plan("2021-2025")
    sources_named = [(f"source-{n}", str(n), f"source-{n}", None) for n in range(sources)]
    labels = [(*one[:2], one[0], one[2], one[2], None, "u", None, None) for one in who]
    money_rows = [(*who[n], 2021 + year, money[n, year]) for n, year in cells]
    work_rows = [(*who[n], "u", 2021 + year, work[n, year]) for n, year in cells]
    return replace(
        plan,
        cycle=f"2021-{2020 + years}",
        sources=tabulate(model.SOURCES, sources_named),
        lines=tabulate(model.LINES, labels),
        budget=tabulate(model.BUDGET, money_rows),
        quantities=tabulate(model.QUANTITIES, work_rows),
        origin=tabulate(model.ORIGIN, []),
    )


def build(plan: Plan, ceilings: list[Ceiling]) -> program.Problem:
    """The program from the plan and the planner's tables."""
    tables = given.read(plan, tabulate(allocation.CEILINGS, ceilings), *[None] * 4)
    tables["targets"], _ = promised.minima(plan, plan.targets.iloc[:0])
    return program.pose(plan, begin(plan).cells, tables)


def bare(problem: program.Problem) -> OptimizeResult:
    """What a user would write who has the matrices."""
    sides = problem.sides
    return milp(
        -problem.worth / problem.worth.max(),
        integrality=problem.whole,
        bounds=Bounds(sides["low"], sides["high"]),
        constraints=LinearConstraint(problem.matrix, sides["row_low"], sides["row_high"]),
        options={"mip_rel_gap": 0, "time_limit": SECONDS},
    )


def timed(name: str, call: Callable[[], object], aim: float, rounds: int = 200) -> None:
    """Print the median time of a call that nothing else is beside."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - start))
    verdict = "" if median(times) <= aim else "  (above the aim)"
    print(f"{name:<58}{median(times):>9.2f} ms{'':>20}  aim {aim:g} ms{verdict}")


def main() -> None:
    """Run the comparisons."""
    plans = {
        "9 lines, 5 years, 2 sources": (kc.load_plan("2021-2025"), 60, 10),
        "30 lines, 5 years, 3 sources": (larger(30, 5, 3), 3, 1),
        "60 lines, 10 years, 3 sources": (larger(60, 10, 3), 3, 1),
    }
    for name, (plan, rounds, aim) in plans.items():
        ceilings = ceilings_of(plan, 0.9)
        problem = build(plan, ceilings)
        unproven = "" if bare(problem).status == 0 else f", given up after {SECONDS} s"
        timed(f"program of {name}", partial(build, plan, ceilings), 2)
        ours, theirs = partial(kc.allocate, plan, ceilings), partial(bare, problem)
        compare(f"allocate / milp: {name}{unproven}", ours, theirs, aim, rounds)


if __name__ == "__main__":
    main()
