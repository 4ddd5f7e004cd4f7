"""Uncertain scenarios beside readable numpy that buys whole units too, and beside SALib.

The decision's plan with the shipped ranges: each line's unit cost (those of a source go together),
the yearly rise of costs, national funds in 2024 and 2025. Told: each source and year, and the sums.
"""

import tracemalloc
from collections.abc import Callable
from functools import partial

import numpy as np
from compare import compare
from scipy.special import ndtr

import kc_analysis as kc
from kc_analysis.model import Text
from kc_analysis.scenarios.draws import PLACES, Draws
from kc_analysis.scenarios.ranges import Triangular, Uniform
from kc_analysis.scenarios.scenario import Change, Scenario

PLAN = kc.load_plan("2021-2025")
YEARS = np.array(PLAN.years)
SCENARIO = kc.load_scenario("uncertain-costs")
DRAWS = 100_000
LINES = PLAN.lines["line"].tolist()
NATIONAL = PLAN.lines["source"].to_numpy() == "national"


def _table(frame: str, value: str) -> np.ndarray:
    wide = getattr(PLAN, frame).pivot(index="line", columns="year", values=value)
    return wide.loc[LINES].fillna(0.0).to_numpy()


AMOUNT, WORK = _table("budget", "amount_million_vnd"), _table("quantities", "quantity")


def readable(costs: np.ndarray, rise: np.ndarray, funds: np.ndarray) -> np.ndarray:
    """The same steps as anyone would write them: draws × (sources + all) × (years + cycle)."""
    price = np.divide(AMOUNT, WORK, out=np.full(AMOUNT.shape, np.inf), where=WORK > 0)
    growth = (1 + rise[:, None] / 100) ** (YEARS - YEARS[0])
    price = price * costs[:, :, None] * growth[:, None, :]
    amounts = np.where(WORK > 0, WORK * price, 0.0)
    for year, factor in zip((3, 4), funds.T, strict=True):
        money = AMOUNT[NATIONAL, year] * factor[:, None]
        cost = price[:, NATIONAL, year]
        units = np.floor(money / cost + 1e-9)
        paid = np.where(units > 0, units * cost, 0.0)
        pool = (money - paid).sum(axis=1)
        order = np.argsort(-np.round(money / cost - units, 9), axis=1, kind="stable")
        bought = True
        while bought:
            bought = False
            for line in order.T:
                unit = np.take_along_axis(cost, line[:, None], axis=1)[:, 0]
                pays = pool >= unit
                pool = pool - np.where(pays, unit, 0.0)
                paid[np.arange(len(paid)), line] += np.where(pays, unit, 0.0)
                bought |= bool(pays.any())
        amounts[:, NATIONAL, year] = paid
    sources = [amounts[:, of].sum(axis=1) for of in (~NATIONAL, NATIONAL)]
    by_year = np.stack([*sources, sum(sources)], axis=1)
    return np.concatenate([by_year, by_year.sum(axis=2, keepdims=True)], axis=2)


def naive(draws: int) -> np.ndarray:
    """Seed to quantiles, all draws at once."""
    rng = np.random.default_rng(1)
    cost, rise, funds = (change.value for change in SCENARIO.changes)
    common = rng.standard_normal((draws, 2))[:, NATIONAL.astype(int)]
    normals = np.sqrt(0.5) * common + np.sqrt(0.5) * rng.standard_normal((draws, len(LINES)))
    told = readable(
        cost.quantile(ndtr(normals)),
        rise.quantile(rng.random(draws)),
        funds.quantile(rng.random((draws, 2))),
    )
    return np.quantile(told, [0.1, 0.5, 0.9], axis=0)


def peak_mb(call: Callable[[], object]) -> float:
    """The most memory that a call takes at once."""
    tracemalloc.start()
    call()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20


def quantiles() -> None:
    """Seed to quantiles, and what that takes of memory."""
    kc.ensemble(PLAN, SCENARIO, 10_000)
    ours = partial(kc.ensemble, PLAN, SCENARIO, DRAWS)
    means = ours().set_index(["source", "year"])["p50_million_vnd"].to_numpy()
    away = np.abs(means.reshape(3, 6) / naive(DRAWS)[1][[2, 0, 1]] - 1).max()
    print(f"furthest median from readable numpy's: {away:.4f}  aim 0.005")
    compare("seed to quantiles, 1e5 draws / readable numpy", ours, partial(naive, DRAWS), 1 / 5, 5)
    one, ten = (peak_mb(partial(kc.ensemble, PLAN, SCENARIO, draws)) for draws in (10**5, 10**6))
    theirs = peak_mb(partial(naive, DRAWS))
    print(f"memory: {one:.0f} MB for 1e5 draws, {ten:.0f} MB for 1e6; numpy {theirs:.0f} for 1e5")


def shares() -> None:
    """Sensitivity beside SALib's, where numbers are independent."""
    from SALib.analyze import sobol
    from SALib.sample import sobol as sampler

    years = tuple(PLAN.years)
    costs = Change("unit_cost", "multiply", Triangular(0.9, 1.0, 1.3), years, independent=("line",))
    rise = Change("unit_cost", "grow_pct", Uniform(2.0, 6.0), years, from_year=years[0])
    funds = Change("amount", "multiply", Uniform(0.8, 1.1), years[3:], source=("national",),
                   gives_way="quantity", independent=("year",))  # fmt: skip
    made = Scenario("benchmark", Text("đo", "benchmark"), PLAN.cycle, (costs, rise, funds))
    drawn = Draws(PLAN, made)
    names = [str(number) for number in range(len(drawn.inputs))]
    problem = {"num_vars": len(names), "names": names, "bounds": [[0, 1]] * len(names)}

    def theirs() -> dict[str, np.ndarray]:
        places = (sampler.sample(problem, 2**12, seed=1).T * (PLACES - 1)).astype(np.uint16)
        totals = np.nansum(drawn.engine.run(drawn.values(places)).amount, axis=0)
        return sobol.analyze(problem, totals, seed=1)

    compare("sensitivity / SALib with 4,096 on the same engine",
            partial(kc.sensitivity, PLAN, made), theirs, 1, 1)  # fmt: skip
    frame = kc.sensitivity(PLAN, made).fillna({"line": "", "year": 0})
    ours, close = frame.set_index(["change", "line", "year"]), theirs()
    away = max(
        abs(ours.loc[(one.change, one.line or "", one.year or 0), column] / 100 - close[name][i])
        for i, one in enumerate(drawn.inputs)
        for column, name in (("main_pct", "S1"), ("total_pct", "ST"))
    )
    print(f"furthest from SALib: {away:.4f}  aim 0.02")


def main() -> None:
    """Run the comparisons."""
    quantiles()
    shares()


if __name__ == "__main__":
    main()
