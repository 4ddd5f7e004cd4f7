"""What one unit of work costs: by line, between sources, against the cost norms."""

from itertools import combinations

import pandas as pd

from kc_analysis.analysis.amounts import AMOUNT, Per, columns, grid, ratio
from kc_analysis.model import Plan

COST = "cost_million_vnd_per_unit"


def unit_costs(plan: Plan, per: Per = "year") -> pd.DataFrame:
    """What a line pays for one unit of its work: amount over quantity.

    Parameters
    ----------
    plan : Plan
    per : {"year", "cycle"}

    Returns
    -------
    DataFrame
        line, source, activity, unit, year (with ``per="year"``), amount_million_vnd, quantity,
        cost_million_vnd_per_unit: a row for each line (and year) that has money or work.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> costs = kc.unit_costs(kc.load_plan("2021-2025")).set_index(["line", "year"])
    >>> costs.loc["I.1", "cost_million_vnd_per_unit"].tolist()
    [200.0, 160.0, 187.5, 158.0, 167.2]
    """
    keys = columns(["line"], per)
    frame = grid(plan, ["line", "source", "activity", "unit"], per)
    for part, value in ((plan.budget, AMOUNT), (plan.quantities, "quantity")):
        frame = frame.merge(part.groupby(keys, as_index=False)[value].sum(), "left", keys)
    frame = frame.dropna(subset=[AMOUNT, "quantity"], how="all", ignore_index=True)
    return frame.assign(**{COST: ratio(frame[AMOUNT], frame["quantity"])})


def source_gaps(plan: Plan, per: Per = "year") -> pd.DataFrame:
    """What the same activity costs from one fund source and from another.

    Parameters
    ----------
    plan : Plan
    per : {"year", "cycle"}

    Returns
    -------
    DataFrame
        activity, unit, year (with ``per="year"``), source, other_source, their unit costs
        cost_million_vnd_per_unit and other_cost_million_vnd_per_unit,
        gap_million_vnd_per_unit (other less first) and gap_pct of the first. Only lines counted
        in the same unit are set against each other.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> kc.source_gaps(kc.load_plan("2021-2025"), per="cycle")["gap_pct"].round(1).tolist()
    [74.2]
    """
    keys = columns(["activity", "unit"], per)
    costs = unit_costs(plan, per)[[*keys, "source", COST]]
    other = costs.rename(columns={"source": "other_source", COST: f"other_{COST}"})
    pairs = costs.merge(other, "inner", keys)
    order = list(combinations(plan.sources["source"], 2))
    chosen = [pair in order for pair in zip(pairs["source"], pairs["other_source"], strict=True)]
    pairs = pairs[chosen].reset_index(drop=True)
    gap = pairs[f"other_{COST}"] - pairs[COST]
    return pairs.assign(gap_million_vnd_per_unit=gap, gap_pct=100 * gap / pairs[COST])


def headroom(plan: Plan, norms: pd.DataFrame, per: Per = "year") -> pd.DataFrame:
    """How far each line's unit cost stays below the ceiling that a cost norm sets.

    Parameters
    ----------
    plan : Plan
    norms : DataFrame
        As ``load_norms`` gives them: activity, source ("both" or one), amount_max_million_vnd,
        in_force_from, in_force_to (ISO dates), instrument, provision, seen_vi, seen_en.
    per : {"year", "cycle"}

    Returns
    -------
    DataFrame
        The columns of ``unit_costs``; norm_id, norm_million_vnd_per_unit, in_force,
        headroom_million_vnd_per_unit (negative where the norm is exceeded), per_vi and per_en
        (what the norm counts, which the decision's unit need not match), instrument, provision,
        and seen_vi and seen_en, which tell how the norm is known. Lines without a norm are left
        out; a norm not in force through the year (or cycle) is shown, but gives no headroom.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> room = kc.headroom(kc.load_plan("2021-2025"), kc.load_norms(), per="cycle")
    >>> room.set_index("line").loc["II.2", "headroom_million_vnd_per_unit"]
    np.float64(0.0)
    """
    names = {"source": "norm_source", "amount_max_million_vnd": "norm_million_vnd_per_unit"}
    known = norms.rename(columns=names).dropna(subset=["activity", "norm_million_vnd_per_unit"])
    frame = unit_costs(plan, per).merge(known, "inner", "activity")
    frame = frame[(frame["norm_source"] == "both") | (frame["norm_source"] == frame["source"])]
    first, last = (frame["year"],) * 2 if per == "year" else (plan.years[0], plan.years[-1])
    begins = pd.to_datetime(frame["in_force_from"]).dt.year
    ends = pd.to_datetime(frame["in_force_to"]).dt.year
    in_force = (begins <= first) & (ends.isna() | (ends >= last))
    room = (frame["norm_million_vnd_per_unit"] - frame[COST]).where(in_force)
    frame = frame.assign(in_force=in_force, headroom_million_vnd_per_unit=room)
    dropped = ["activity_vi", "norm_source", "share_max_pct", "in_force_from", "in_force_to"]
    return frame.drop(columns=dropped).reset_index(drop=True)
