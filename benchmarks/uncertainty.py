"""Scenarios by the million beside readable numpy, ema_workbench and SALib; one model for all.

Nine lines, twenty uncertain inputs: each line's unit cost, the yearly rise of costs, each source's
funds in each year. Told: each source and year, each year's total, each source's, all.
"""

import logging
import tracemalloc
import warnings
from collections.abc import Callable
from functools import partial

import numpy as np
from compare import compare

import kc_analysis as kc
from kc_analysis.model import Text
from kc_analysis.scenarios.formula import Formula, formula_of
from kc_analysis.scenarios.ranges import Triangular, Uniform
from kc_analysis.scenarios.scenario import Change, Scenario

PLAN = kc.load_plan("2021-2025")
YEARS = tuple(PLAN.years)
COSTS, RISE, FUNDS = Triangular(0.9, 1.0, 1.3), Uniform(2.0, 6.0), Uniform(0.8, 1.1)


def _funds(source: str) -> Change:
    return Change("amount", "multiply", FUNDS, YEARS, source=(source,), gives_way="quantity",
                  independent=("year",))  # fmt: skip


SCENARIO = Scenario(
    "benchmark",
    Text("đo tốc độ", "benchmark"),
    PLAN.cycle,
    (
        Change("unit_cost", "multiply", COSTS, YEARS, independent=("line",)),
        Change("unit_cost", "grow_pct", RISE, YEARS, from_year=YEARS[0]),
        *(_funds(source) for source in PLAN.sources["source"]),
    ),
)
LINES = PLAN.lines["line"].tolist()
BASE = (
    PLAN.budget.pivot(index="line", columns="year", values="amount_million_vnd")
    .loc[LINES]
    .fillna(0.0)
    .to_numpy()
)
SOURCE = PLAN.lines["source"].map({s: i for i, s in enumerate(PLAN.sources["source"])}).to_numpy()


def readable(costs: np.ndarray, rise: np.ndarray, funds: np.ndarray) -> np.ndarray:
    """The same model as anyone would write it: scenarios × (sources + all) × (years + cycle)."""
    growth = (1 + rise[:, None] / 100) ** np.arange(len(YEARS))
    amounts = BASE * costs[:, :, None] * growth[:, None, :] * funds[:, SOURCE, :]
    sources = [amounts[:, i == SOURCE].sum(axis=1) for i in range(SOURCE.max() + 1)]
    by_year = np.stack([*sources, sum(sources)], axis=1)
    return np.concatenate([by_year, by_year.sum(axis=2, keepdims=True)], axis=2)


def split(values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Inputs, scenarios × twenty, as ``readable`` takes them."""
    lines = len(LINES)
    return values[:, :lines], values[:, lines], values[:, lines + 1 :].reshape(-1, 2, len(YEARS))


def naive(draws: int) -> np.ndarray:
    """Seed to quantiles, all draws at once."""
    rng = np.random.default_rng(1)
    costs = rng.triangular(*vars(COSTS).values(), (draws, len(LINES)))
    rise = rng.uniform(*vars(RISE).values(), draws)
    funds = rng.uniform(*vars(FUNDS).values(), (draws, 2, len(YEARS)))
    return np.quantile(readable(costs, rise, funds), [0.1, 0.5, 0.9], axis=0)


def evaluation(formula: Formula) -> None:
    """A million given scenarios."""
    scenarios = 1_000_000
    rng = np.random.default_rng(1)
    columns = [one.range.quantile(rng.random(scenarios)) for one in formula.inputs]
    inputs = np.array(columns, np.float32)
    rows = np.ascontiguousarray(inputs.T.astype(np.float64))
    ours = partial(formula.evaluate, inputs)
    few = formula.evaluate(inputs[:, :1000]).reshape(2, len(YEARS), -1)
    np.testing.assert_allclose(
        np.moveaxis(few, 2, 0), readable(*split(rows[:1000]))[:, :2, :-1], rtol=1e-5
    )
    compare("1e6 scenarios / readable numpy", ours, lambda: readable(*split(rows)), 1 / 20, 3)
    compare("1e6 scenarios / float32 copy of the inputs", ours, inputs.copy, 6, 5)
    ema = by_ema_workbench(2_000)
    compare("1e6 scenarios / ema_workbench, 2,000 of them", ours, ema, 500 / 3000, 1)


def by_ema_workbench(scenarios: int) -> Callable[[], object]:
    """The same model as an experiment of ema_workbench."""
    with warnings.catch_warnings(action="ignore"):  # of what it could do in parallel
        from ema_workbench import Model, RealParameter, ScalarOutcome, perform_experiments

    logging.getLogger("EMA").setLevel(logging.ERROR)
    names = [f"x{i}" for i in range(20)]

    def run(**values: float) -> dict[str, float]:
        row = np.array([[values[name] for name in names]])
        return {f"y{i}": y for i, y in enumerate(readable(*split(row)).ravel())}

    model = Model("plan", function=run)
    bounds = [(0.9, 1.3)] * 9 + [(2.0, 6.0)] + [(0.8, 1.1)] * 10
    model.uncertainties = [RealParameter(n, *b) for n, b in zip(names, bounds, strict=True)]
    model.outcomes = [ScalarOutcome(f"y{i}") for i in range(18)]
    return partial(perform_experiments, model, scenarios=scenarios)


def peak_mb(call: Callable[[], object]) -> float:
    """The most memory that a call takes at once."""
    tracemalloc.start()
    call()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20


def quantiles() -> None:
    """Seed to quantiles; the naive way is tried with a tenth of the draws, for want of memory."""
    kc.ensemble(PLAN, SCENARIO, 10_000)
    compare(
        "seed to quantiles, 1e6 draws / naive numpy",
        lambda: kc.ensemble(PLAN, SCENARIO, 1_000_000),
        lambda: naive(1_000_000),
        1 / 25,
        3,
    )
    one, ten = (
        peak_mb(partial(kc.ensemble, PLAN, SCENARIO, draws)) for draws in (1_000_000, 10_000_000)
    )
    theirs = peak_mb(partial(naive, 1_000_000))
    print(
        f"memory: {one:.0f} MB for 1e6 draws, {ten:.0f} MB for 1e7; naive {theirs:.0f} MB for 1e6, "
        f"ratio at 1e7 {ten / (10 * theirs):.4f}  aim 0.01"
    )


def shares(formula: Formula) -> None:
    """Exact sensitivity beside SALib's estimate, and how far the two are apart."""
    from SALib.analyze import sobol
    from SALib.sample import sobol as sampler

    problem = {
        "num_vars": 20,
        "names": [f"x{i}" for i in range(20)],
        "bounds": [[0, 1]] * 20,
    }

    def estimate(samples: int) -> dict[str, np.ndarray]:
        places = sampler.sample(problem, samples, seed=1)
        values = np.stack(
            [one.range.quantile(places[:, i]) for i, one in enumerate(formula.inputs)], axis=1
        )
        totals = readable(*split(values))[:, -1, -1]
        return sobol.analyze(problem, totals, seed=1)

    compare("exact sensitivity / SALib, 1,024 base samples",
            lambda: kc.sensitivity(PLAN, SCENARIO), lambda: estimate(1024), 1 / 500, 5)  # fmt: skip
    exact = kc.sensitivity(PLAN, SCENARIO).fillna({"line": "", "year": 0})
    exact = exact.set_index(["change", "line", "year"])
    close = estimate(4096)
    away = max(
        abs(exact.loc[(one.change, one.line or "", one.year or 0), column] / 100 - close[name][i])
        for i, one in enumerate(formula.inputs)
        for column, name in (("main_pct", "S1"), ("total_pct", "ST"))
    )
    print(f"furthest from SALib with 4,096: {away:.4f}  aim 0.005")


def main() -> None:
    """Run the comparisons."""
    formula = formula_of(PLAN, SCENARIO)
    assert len(formula.inputs) == 20
    evaluation(formula)
    quantiles()
    shares(formula)


if __name__ == "__main__":
    main()
