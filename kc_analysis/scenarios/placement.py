"""What a scenario asks of the money, what is placed of it, and what is left."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from kc_analysis.model import TEXT, Finding, Plan, Text, same, tabulate
from kc_analysis.numerals import write_number
from kc_analysis.scenarios.engine import Engine
from kc_analysis.scenarios.figures import Figures, Pool
from kc_analysis.scenarios.scenario import Scenario

#: What is less, in million VND, is nothing.
A_DONG = 1e-6
PLACEMENT: dict[str, Any] = {
    "source": TEXT,
    "year": np.int64,
    **dict.fromkeys(
        (
            "asked_million_vnd", "funds_million_vnd", "short_million_vnd", "placed_million_vnd",
            "left_million_vnd",
        ),
        np.float64,
    ),
    "nearest_line": TEXT,
    "lacks_million_vnd": np.float64,
}  # fmt: skip


def placement(plan: Plan, scenario: Scenario) -> pd.DataFrame:
    """The change of money that a scenario asks for, what is placed, and what is left.

    Parameters
    ----------
    plan : Plan
    scenario : Scenario
        A range counts with its middle.

    Returns
    -------
    DataFrame
        A row for each source and year in which money changes while quantities give way, over the
        lines that the changes speak of, in million VND: asked_million_vnd, the change asked for;
        funds_million_vnd, what there then is; short_million_vnd, what that lacks of the need of
        the work planned before, at the unit costs that then are; placed_million_vnd;
        left_million_vnd, what buys no unit of any of the lines (funds = placed + left, before any
        later change of costs); nearest_line and lacks_million_vnd, the line that is nearest to one
        more unit and what is missing for it, where something is left.

    Raises
    ------
    DataError
        With all that is wrong with the scenario; or with the change that cannot be carried out.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> placed = kc.placement(plan, kc.load_scenario("national-cut"))
    >>> placed[["asked_million_vnd", "placed_million_vnd", "left_million_vnd"]].sum().tolist()
    [-1260.0, 4700.0, 340.0]
    >>> placed[["nearest_line", "lacks_million_vnd"]].to_numpy().tolist()
    [['II.2', 100.0], ['II.2', 160.0]]
    """
    return placement_of(Engine(plan, scenario).run())


def placement_of(figures: Figures) -> pd.DataFrame:
    """The same of a scenario that has been carried out."""
    pools: dict[tuple[str, int], list[Pool]] = {}
    for pool in figures.pools:
        first = pool.rows[0]
        pools.setdefault((figures.source[first], figures.at[first][1]), []).append(pool)
    return tabulate(PLACEMENT, [(*at, *_row(figures, pools[at])) for at in sorted(pools)])


def _row(figures: Figures, pools: list[Pool]) -> tuple[Any, ...]:
    """The figures of one source and year, whose money may be settled more than once."""
    placed: dict[int, float] = {}
    asked = short = left = 0.0
    nearest: tuple[str | None, float] = None, np.nan
    for pool in pools:
        amount = pool.amount[:, 0]
        rest = pool.shared.left[0]
        asked, left = asked + pool.asked[0], left + rest
        short += max(0.0, pool.need[0] - amount.sum() - rest)
        placed.update(zip(pool.rows.tolist(), amount.tolist(), strict=True))
        if rest > A_DONG:
            price = pool.shared.price[:, 0]
            nearest = figures.at[pool.whole[price.argmin()]][0], float(price.min() - rest)
    total = sum(placed.values())
    numbers = (asked, total + left, short, total, left, nearest[1])
    asked, *others, lacks = (round(float(one), 6) + 0.0 for one in numbers)  # no -0.0
    return asked, *others, nearest[0], lacks


def notes_of(plan: Plan, figures: Figures) -> Iterator[Finding]:
    """In words: what whole units leave, and what funds lack for the work planned before."""
    labels = plan.sources.set_index("source")
    for one in placement_of(figures).to_dict("records"):
        asked, left, short = (one[f"{name}_million_vnd"] for name in ("asked", "left", "short"))
        one["dearer"] = short > max(0.0, -asked) + A_DONG
        if asked or left or short:
            said = [_said(one, labels.loc[one["source"], f"label_{lang}"], lang)
                    for lang in ("vi", "en")]  # fmt: skip
            rule = "remainder" if left else "short" if one["dearer"] else "placed"
            found = one["funds_million_vnd"], one["placed_million_vnd"]
            yield Finding(rule, "note", "budget", one["nearest_line"], one["year"], *found,
                          same(""), Text(*said))  # fmt: skip
    for (line, year), wanted, bought in figures.rounded:
        message = Text(
            f"Dòng {line} năm {year}: {write_number(wanted)} làm tròn xuống {write_number(bought)}",
            f"Line {line} in {year}: {write_number(wanted, 'en')} is rounded down to "
            f"{write_number(bought, 'en')}",
        )
        yield Finding("remainder", "note", "quantities", line, year, wanted, bought, same(""),
                      message)  # fmt: skip


def _said(row: dict[Any, Any], source: str, lang: str) -> str:
    asked, funds, short, placed, left, lacks = (
        write_number(row[f"{name}_million_vnd"], lang)
        for name in ("asked", "funds", "short", "placed", "left", "lacks")
    )
    sign = "+" if row["asked_million_vnd"] > 0 else ""
    said = [
        Text(
            f"{source} năm {row['year']}: thay đổi {sign}{asked} thành {funds} triệu đồng",
            f"{source} in {row['year']}: a change of {sign}{asked} to {funds} million VND",
        )
    ]
    if row["dearer"]:  # else the change itself is all that is short
        said.append(
            Text(
                f"thiếu {short} so với nhu cầu của khối lượng trước đó",
                f"{short} short of what the work planned before needs",
            )
        )
    said.append(Text(f"đã bố trí {placed}", f"{placed} is placed"))
    if row["left_million_vnd"]:
        said.append(
            Text(
                f"chưa bố trí được {left} (dòng {row['nearest_line']} gần đủ nhất, thiếu {lacks} "
                "cho một đơn vị nữa)",
                f"{left} is left (line {row['nearest_line']} is nearest to one more unit, "
                f"{lacks} short of it)",
            )
        )
    return "; ".join(one[lang] for one in said)
