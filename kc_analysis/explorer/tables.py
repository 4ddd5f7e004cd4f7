"""An appendix of the variant, each figure that departs from the plan with its difference."""

from dataclasses import dataclass

from markupsafe import Markup

from kc_analysis.explorer.figures import Table, cells, written
from kc_analysis.explorer.words import WORDS
from kc_analysis.model import Plan
from kc_analysis.wording import COLUMNS, labels

_TABLE = Markup('<table class="kc-table"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>')
_CELL = Markup('<td class="kc-number {}">{}{}</td>')


def changes_table(approved: Plan, plan: Plan, table: Table, lang: str) -> Markup:
    """The budget or the quantities of a plan, laid out as the decision prints them.

    Parameters
    ----------
    approved, plan : Plan
    table : {"budget", "quantities"}
    lang : {"vi", "en"}

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> cut = kc.apply_scenario(plan, kc.load_scenario("national-cut"))
    >>> "<ins>−1.600</ins>" in changes_table(plan, cut, "budget", "vi")
    True
    """
    figures = _Figures(cells(approved, table), cells(plan, table), list(plan.years), lang)
    lines, sources = labels(plan, "line", lang), labels(plan, "source", lang)
    total, units = WORDS["total"][lang], _units(plan, lang)
    counted = table == "quantities"  # of which, in unlike units, there are no sums
    columns = ["line", "label", "unit"] if counted else ["line", "label"]
    heads = [COLUMNS[name][lang] for name in columns] + [*map(str, plan.years), total]
    rows = []
    for source, name in sources.items():
        own = plan.lines.loc[plan.lines["source"] == source, "line"].tolist()
        if not counted:
            rows.append(figures.row(["", name], own, "kc-sum"))
        for line in own:
            texts = [line, lines[line], units[line]]
            rows.append(figures.row(texts[: len(columns)], [line]))
    if not counted:
        rows.append(figures.row(["", total], list(lines), "kc-sum"))
    head = Markup().join(Markup('<th scope="col">{}</th>').format(text) for text in heads)
    return _TABLE.format(head, Markup().join(rows))


@dataclass
class _Figures:
    """An appendix of two plans."""

    before: dict[tuple[str, int], float]
    after: dict[tuple[str, int], float]
    years: list[int]
    lang: str

    def row(self, texts: list[str], lines: list[str], look: str = "") -> Markup:
        """What is said of lines, their sum in each year, and over the years."""
        parts = [Markup("<td>{}</td>").format(text) for text in texts]
        parts += [
            self.cell(lines, years) for years in (*([year] for year in self.years), self.years)
        ]
        return Markup('<tr class="{}">{}</tr>').format(look, Markup().join(parts))

    def cell(self, lines: list[str], years: list[int]) -> Markup:
        """A sum, and its difference from the approved plan's if there is any."""
        places = [(line, year) for line in lines for year in years]
        old = sum(self.before.get(place, 0.0) for place in places)
        new = sum(self.after.get(place, 0.0) for place in places)
        text = written(new, self.lang) if any(place in self.after for place in places) else "–"
        change = new - old
        if abs(change) < 1e-6:
            return _CELL.format("", text, "")
        difference = Markup("<ins>{}</ins>").format(written(change, self.lang, sign=True))
        return _CELL.format("kc-more" if change > 0 else "kc-less", text, difference)


def _units(plan: Plan, lang: str) -> dict[str, str]:
    unit = plan.lines["unit"]
    named = unit if lang == "vi" else plan.lines["unit_en"].fillna(unit)
    return dict(zip(plan.lines["line"], named.fillna(""), strict=True))
