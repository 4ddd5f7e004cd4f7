"""Sums of products: a plan's amount as a formula of the numbers that are not known for sure."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Factor(NamedTuple):
    """An uncertain number as it is, or, with ``years``, as growth in per cent over those years."""

    number: int
    years: int = 0


Product = tuple[Factor, ...]


@dataclass(frozen=True)
class Sum:
    """Products of factors, each with its coefficient; adds, and multiplies, as a number does.

    Examples
    --------
    >>> x, y = Sum.of(Factor(0)), Sum.of(Factor(1))
    >>> (2 * x * (y + 3)).terms == {(Factor(0), Factor(1)): 2.0, (Factor(0),): 6.0}
    True
    """

    terms: dict[Product, float] = field(default_factory=dict)

    @classmethod
    def of(cls, factor: Factor) -> "Sum":
        """The factor itself."""
        return cls({(factor,): 1.0})

    def __add__(self, other: "Sum | float") -> "Sum":
        """The terms of both."""
        terms = dict(self.terms)
        for product, coefficient in _terms(other).items():
            terms[product] = terms.get(product, 0.0) + coefficient
        return Sum(terms)

    def __mul__(self, other: "Sum | float") -> "Sum":
        """Every term with every other."""
        terms: dict[Product, float] = {}
        for left, one in self.terms.items():
            for right, two in _terms(other).items():
                product = tuple(sorted((*left, *right)))
                terms[product] = terms.get(product, 0.0) + one * two
        return Sum(terms)

    def __truediv__(self, other: float) -> "Sum":
        """Every coefficient over a number."""
        return self * (1 / other)

    __radd__ = __add__
    __rmul__ = __mul__


def _terms(value: Sum | float) -> dict[Product, float]:
    return value.terms if isinstance(value, Sum) else {(): float(value)}
