"""A scenario: the ordered differences from a plan, or from another scenario."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from kc_analysis.model import Text
from kc_analysis.scenarios.ranges import Range

Of = Literal["amount", "quantity", "unit_cost"]
By = Literal["set", "multiply", "add", "grow_pct"]
Order = Literal["remainder", "plan"]


@dataclass(frozen=True)
class Change:
    """One difference: where, of what, and how.

    Attributes
    ----------
    of : {"amount", "quantity", "unit_cost"}
        Amounts in million VND, unit costs in million VND a unit.
    by : {"set", "multiply", "add", "grow_pct"}
        ``grow_pct`` multiplies by (1 + value / 100) for every year since ``from_year``.
    value : float or Range
    years : tuple of int
    source, line, activity : tuple of str
        What is changed must be among each that is not empty.
    gives_way : {"quantity", "unit_cost"}, optional
        Of a change of amount: what changes with it. A quantity counted in whole units stays whole;
        what that leaves of the lines' money is pooled by source and year.
    from_year : int, optional
        Of a growth: the year that it starts from.
    independent : tuple of {"source", "line", "year"}
        Of a range: for each of which a value of its own is drawn; else one is for all.
    correlation : float
        Of a range drawn by line or source: how closely the draws of one source go together.
    """

    of: Of
    by: By
    value: float | Range
    years: tuple[int, ...]
    source: tuple[str, ...] = ()
    line: tuple[str, ...] = ()
    activity: tuple[str, ...] = ()
    gives_way: Literal["quantity", "unit_cost"] | None = None
    from_year: int | None = None
    independent: tuple[str, ...] = ()
    correlation: float = 0.0


class Ceiling(NamedTuple):
    """The most that a source (all, if None) may give in a year, in million VND."""

    source: str | None
    year: int
    amount_million_vnd: float


@dataclass(frozen=True)
class Scenario:
    """Differences from a cycle's plan, or from another scenario of it.

    Attributes
    ----------
    name : str
        The file's name without its ending.
    title : Text
    cycle : str
        Of the plan that it starts from, as ``"2021-2025"``.
    changes : tuple of Change
        In the order in which they apply.
    ceilings : tuple of Ceiling
        What must not be passed, if anything.
    base : Scenario, optional
        The scenario that comes before, if it does not start from the plan itself.
    order : {"remainder", "plan"}
        Which line gets a unit first of what whole units left of their money: the one that lacks
        the least part of a unit, then as in the plan; or simply as in the plan.
    """

    name: str
    title: Text
    cycle: str
    changes: tuple[Change, ...]
    ceilings: tuple[Ceiling, ...] = ()
    base: "Scenario | None" = None
    order: Order = "remainder"

    @property
    def declaring(self) -> "Scenario | None":
        """The nearest scenario that declares ceilings: this one, or one that it is based on."""
        return next((part for part in reversed(self.chain) if part.ceilings), None)

    @property
    def chain(self) -> tuple["Scenario", ...]:
        """The scenarios in the order in which they apply, this one last."""
        return (*(self.base.chain if self.base else ()), self)
