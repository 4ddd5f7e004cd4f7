"""Formulas of what made spending depart from the plan, and of what the money moved."""

from kc_analysis.publishing.annex.formulas import Names, Row, Rule, is_known, known, rate, total

#: Planned and spent, quantity planned and delivered: p, s, q, d below.
_SIDES = ("planned_million_vnd", "spent_million_vnd", "planned_quantity", "delivered_quantity")
_NO_PRICE = "OR(N({p})*{s}=0,N({q})*N({d})=0)"
_SPLIT = {
    "volume_million_vnd": f"IF({_NO_PRICE},0,({{d}}-{{q}})*({{p}}/{{q}}+{{s}}/{{d}})/2)",
    "unit_cost_million_vnd": f"IF({_NO_PRICE},0,({{s}}/{{d}}-{{p}}/{{q}})*({{q}}+{{d}})/2)",
    "new_million_vnd": "IF(N({p})=0,{s},0)",
    "ended_million_vnd": "IF({s}=0,-N({p}),0)",
    "unsplit_million_vnd": "IF(AND(N({p})*{s}<>0,N({q})*N({d})=0),{s}-{p},0)",
    "change_million_vnd": "{s}-N({p})",
}
PARTS = tuple(_SPLIT)


def split() -> dict[str, Rule]:
    """Spent less planned of a line in a year, as ``analysis.decomposition.split_change`` does."""

    def of(text: str) -> Rule:
        def rule(row: Row) -> str:
            p, s, q, d = (row.cells[name] for name in _SIDES)
            return f'IF({s}="","",{text.format(p=p, s=s, q=q, d=d)})'

        return rule

    return {name: of(text) for name, text in _SPLIT.items()}


def variance(names: Names) -> dict[str, Rule]:
    """The columns of ``midterm.variance``: the single lines and years added up."""

    def of(name: str) -> Rule:
        return lambda row: total(names[name], *row.where)

    return {name: of(name) for name in PARTS}


def effects(names: Names) -> dict[str, Rule]:
    """The columns of ``midterm.effects``."""
    spent = names["spent_million_vnd"]

    def added(name: str) -> Rule:
        return lambda row: known(names[name], *row.where)

    def ratio(name: str, *, is_cost: bool) -> Rule:
        def rule(row: Row) -> str:
            cost = total(spent, *row.where, is_known(names[name]))
            moved = total(names[name], *row.where, is_known(spent))
            return rate(cost, moved, "") if is_cost else rate(moved, cost, "")

        return rule

    moved = ("counterpart_million_vnd", "establishments", "jobs")
    return {
        **{name: added(name) for name in ("spent_million_vnd", *moved)},
        "leverage": ratio("counterpart_million_vnd", is_cost=False),
        "cost_million_vnd_per_establishment": ratio("establishments", is_cost=True),
        "cost_million_vnd_per_job": ratio("jobs", is_cost=True),
    }
