"""The rows and columns of an appendix, whichever program is to open it."""

from typing import NamedTuple

import pandas as pd

from kc_analysis.model import Plan, Text
from kc_analysis.publishing.report.letterhead import committee
from kc_analysis.wording import labels

TITLES = {
    "budget": Text("PHỤ LỤC 1", "APPENDIX 1"),
    "quantities": Text("PHỤ LỤC 2", "APPENDIX 2"),
}
MILLION = Text("Đơn vị tính: triệu đồng", "Unit: million VND")
TOTAL = Text("Tổng cộng", "Total")
DRAFT = Text("DỰ THẢO", "DRAFT")
PRICE = Text("Đơn giá {} (tr.đ)", "Unit cost {} (VND m)")
_COUNTS = {
    "vi": ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"),
    "en": ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
}
#: The first appendix prints the plan's own title; the second is of quantities.
WORK = Text(
    "BIỂU KẾ HOẠCH KHỐI LƯỢNG KHUYẾN CÔNG GIAI ĐOẠN {}", "INDUSTRIAL PROMOTION WORK PLANNED, {}"
)
_ROMAN = (
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"),
    *("XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX"),
)


class Row(NamedTuple):
    """A row: what it is, its number and title, its unit, its figures by year, and its parts.

    A line's figures are the plan's, and ``origins`` tells where each comes from; a section and the
    grand total add up the rows that ``parts`` names, counted from the first row of the body.
    ``prices`` are what a unit costs in each year, where a quantity is bought with money.
    """

    level: str
    number: str
    title: str
    unit: str
    figures: dict[int, float]
    parts: list[int]
    origins: dict[int, str]
    prices: dict[int, float]


class Appendix(NamedTuple):
    """An appendix: its number, title and what it goes with, its headings, its years, its rows.

    The headings are of number, title, unit (of quantities), years, total and, of quantities, the
    unit cost of each year.
    """

    name: str
    title: str
    attached: str
    heads: list[str]
    years: list[int]
    rows: list[Row]

    def value(self, row: Row, year: int) -> float | None:
        """The figure of a row in a year, added up where it is a total; None for a blank."""
        if row.level == "line":
            return row.figures.get(year)
        parts = [self.value(self.rows[part], year) for part in row.parts]
        known = [part for part in parts if part is not None]
        return sum(known) if known else None

    @property
    def leading(self) -> int:
        """How many columns stand before the years."""
        return self.heads.index(str(self.years[0]))

    def total(self, row: Row) -> float | None:
        """The figure of a row for the whole cycle."""
        known = [value for year in self.years if (value := self.value(row, year)) is not None]
        return sum(known) if known else None


def appendix(plan: Plan, table: str, lang: str = "vi") -> Appendix:
    """One appendix of a plan.

    Parameters
    ----------
    plan : Plan
    table : {"budget", "quantities"}
    lang : {"vi", "en"}

    Returns
    -------
    Appendix
        Of quantities, only lines have figures: those of unlike units are never added up.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> money = appendix(kc.load_plan("2021-2025"), "budget")
    >>> money.rows[-1].number, money.total(money.rows[-1])
    ('III', 18246.0)
    """
    titles, sources = labels(plan, "line", lang), labels(plan, "source", lang)
    unit = Text("unit", "unit_en")[lang]
    money = table == "budget"
    frame, name = (plan.budget, "amount_million_vnd") if money else (plan.quantities, "quantity")
    figures: dict[str, dict[int, float]] = {}
    for line, year, value in zip(frame["line"], frame["year"], frame[name], strict=True):
        # What is printed is what is added up.
        figures.setdefault(line, {})[year] = round(value, 3)
    both = plan.budget.merge(plan.quantities, on=["line", "year"])
    both = both[both["quantity"] > 0]
    prices: dict[str, dict[int, float]] = {}
    for row in both.to_dict("records"):
        cost = row["amount_million_vnd"] / row["quantity"]
        prices.setdefault(row["line"], {})[row["year"]] = round(cost, 9)
    origins: dict[str, dict[int, str]] = {}
    for row in plan.origin[plan.origin["table"] == table].to_dict("records"):
        if not pd.isna(row["year"]):
            place = f"{row['file']}: {row[f'place_{lang}']}"
            origins.setdefault(row["line"], {})[row["year"]] = place
    rows: list[Row] = []
    sections = []
    for source in plan.sources.to_dict("records"):
        lines = plan.lines[plan.lines["source"] == source["source"]]
        sections.append(len(rows))
        parts = list(range(len(rows) + 1, len(rows) + 1 + len(lines)))
        title = sources[source["source"]]
        rows.append(Row("section", source["number"], title, "", {}, parts if money else [], {}, {}))
        for line in lines.to_dict("records"):
            counted = line[unit] if isinstance(line[unit], str) else line["unit"]
            key = line["line"]
            known, from_where = figures.get(key, {}), origins.get(key, {})
            cost = prices.get(key, {})
            rows.append(
                Row("line", line["number"], titles[key], counted, known, [], from_where, cost)
            )
    if money:
        taken = [_ROMAN.index(row.number) for row in rows if row.number in _ROMAN]
        after = _ROMAN[max([len(sections), *(at + 1 for at in taken)])]
        whole = _whole(plan, lang)
        rows.append(Row("grand", after, whole, "", {}, sections, {}, {}))
    years = list(plan.years)
    heads = [Text("TT", "No.")[lang], Text("Nội dung", "Title")[lang]]
    heads += [] if money else [Text("ĐVT", "Unit")[lang]]
    title = plan.title if money else WORK[lang].format(plan.cycle.replace("-", " - "))
    heads += [*map(str, years), TOTAL[lang]]
    heads += [] if money else [PRICE[lang].format(year) for year in years]
    return Appendix(TITLES[table][lang], title, _attached(plan, lang), heads, years, rows)


def _whole(plan: Plan, lang: str) -> str:
    """What the grand total is called, as decisions do."""
    numbers = plan.sources["number"].tolist()
    counts = dict(enumerate(_COUNTS[lang], 1))
    title = Text("Tổng kinh phí theo {} nguồn ({})", "Total of {} sources ({})")
    return title[lang].format(counts.get(len(numbers), len(numbers)), "+".join(numbers))


def _attached(plan: Plan, lang: str) -> str:
    """The decision that the appendix goes with; of a draft, to be filled in."""
    number, day = plan.number or "…/QĐ-UBND", plan.issued
    dated = Text("… tháng … năm …", "… … …")[lang]
    if day:
        month = f"{day.month:02d}" if day.month < 3 else day.month
        dated = Text(f"{day.day:02d} tháng {month} năm {day.year}", f"{day:%d %B %Y}")[lang]
    by = committee(plan.issuer, lang)
    return Text(
        f"(Kèm theo Quyết định số {number} ngày {dated} của {by})",
        f"(With Decision No. {number} of {dated} of {by})",
    )[lang]
