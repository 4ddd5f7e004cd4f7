"""The money of each source in the years to come, as it grows from the last cycle's."""

from typing import NamedTuple

from kc_analysis.model import Plan, Text
from kc_analysis.numerals import format_number, write_number
from kc_analysis.scenarios.assumptions import Assumptions
from kc_analysis.scenarios.carried import Prices


class Path(NamedTuple):
    """A source's money by year, to a đồng, and the growth that makes it.

    Attributes
    ----------
    base, base_year : float, int
        The plan's last year, and its money; the mean of a year, where the last has none.
    last : float
        The money of the plan's last year.
    rate_pct : float
        A year, on average.
    money : dict of int to float
    """

    base: float
    base_year: int
    last: float
    rate_pct: float
    money: dict[int, float]

    @property
    def growth(self) -> Text:
        """The growth in words."""
        vi, en = (format_number(abs(self.rate_pct), lang, 1) for lang in ("vi", "en"))
        if self.rate_pct < 0:
            return Text(f"giảm {vi}%/năm", f"a fall of {en}% a year")
        return Text(f"tăng {vi}%/năm", f"a growth of {en}% a year")

    def told(self, year: int, carried: float) -> Text:
        """A year's money in words, with what the year before hands on."""
        figures = (self.money[year], self.base, abs(carried))
        vi, en = ([write_number(round(one, 1), lang) for one in figures] for lang in ("vi", "en"))
        start = Text(f"bình quân {vi[1]} mỗi năm", f"{en[1]} a year on average")
        if self.last:
            start = Text(f"{vi[1]} năm {self.base_year}", f"{en[1]} in {self.base_year}")
        text = Text(
            f"{vi[0]} của nguồn năm {year} ({start.vi} {self.growth.vi})",
            f"the source's {en[0]} in {year} ({start.en}, {self.growth.en})",
        )
        if not round(carried, 1):
            return text
        if carried > 0:
            return Text(f"{text.vi} và {vi[2]} năm trước chuyển sang",
                        f"{text.en} and {en[2]} from the year before")  # fmt: skip
        return Text(f"{text.vi} trừ {vi[2]} năm trước đã dùng",
                    f"{text.en} less {en[2]} that the year before took")  # fmt: skip


def paths(
    plan: Plan, years: list[int], assumptions: Assumptions, prices: Prices
) -> dict[str, Path]:
    """The money of each source that goes on in the new cycle."""
    sums = plan.budget.groupby(["source", "year"])["amount_million_vnd"].sum()
    ended = set(assumptions.ended)
    kept = set(plan.lines.loc[~plan.lines["line"].isin(ended), "source"])
    kept |= {
        source
        for source, number in zip(plan.sources["source"], plan.sources["number"], strict=True)
        if number in {one.line.rpartition(".")[0] for one in assumptions.added}
    }
    first, last = plan.years[0], plan.years[-1]
    found = {}
    for source in plan.sources["source"]:
        if source not in kept:
            continue
        begins, ends = (float(sums.get((source, year), 0.0)) for year in (first, last))
        whole = float(sums[source].sum()) if source in sums.index else 0.0
        base = ends or whole / len(plan.years)
        if assumptions.amounts == "real":
            growth = {year: prices.level[year] for year in years}
        else:
            grows = first < last and begins > 0 and ends > 0
            rate = (ends / begins) ** (1 / (last - first)) if grows else 1.0
            growth = {year: rate ** (year - last) for year in years}
        yearly = 100 * (growth[years[-1]] ** (1 / (years[-1] - last)) - 1)
        money = {year: round(base * growth[year], 6) for year in years}
        found[source] = Path(base, last, ends, yearly, money)
    return found
