"""What the formulas of the annex are made of.

``SUMPRODUCT`` with equations rather than ``SUMIFS``: the latter takes the texts "1.1" and "1.10"
for the same number, and would add up two lines as one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kc_analysis.publishing.annex.words import NAMES


@dataclass(frozen=True)
class Row:
    """A row of a table, as its formulas see it.

    Attributes
    ----------
    where : tuple of str
        The conditions that a row of the figures has to meet to count here.
    cells : mapping
        The address of each cell by its column's name.
    record : mapping
        The library's own row.
    """

    where: tuple[str, ...]
    cells: Mapping[str, str]
    record: Mapping[Any, Any]


#: Gives the formula of a cell; None where the cell holds a plain value, or nothing.
Rule = Callable[[Row], str | None]


class Names:
    """What the columns of the figures are called in formulas, and conditions on their rows.

    Parameters
    ----------
    lang : {"vi", "en"}
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang
        year = self["year"]
        self.due = f"({year}<={self['to_year']})"
        self.over = f"({year}<={self['year_over']})"
        self.ahead = f"({year}>{self['year_over']})"

    def __getitem__(self, key: str) -> str:
        """The name of a column, or of a cell of the rules."""
        return NAMES[key][self.lang]

    def where(self, key: str, value: str | int) -> str:
        """The condition that a row has a line, a source or a year."""
        return f"({self[key]}={value if isinstance(value, int) else quoted(value)})"


def quoted(text: str) -> str:
    """A text inside a formula.

    Examples
    --------
    >>> quoted('3" pipes')
    '"3"" pipes"'
    """
    return '"' + text.replace('"', '""') + '"'


def is_known(value: str) -> str:
    """The condition that a row has a number in a column."""
    return f"ISNUMBER({value})"


def total(value: str, *where: str) -> str:
    """The sum of a column over the rows that meet some conditions.

    Examples
    --------
    >>> total("Spent", '(Line_no="I.1")', "(In_year<=2023)")
    'SUMPRODUCT((Line_no="I.1")*(In_year<=2023),Spent)'
    """
    return f"SUMPRODUCT({_all(where)},{value})" if where else f"SUM({value})"


def count(*where: str) -> str:
    """How many rows meet some conditions."""
    return f"SUMPRODUCT({_all(where)})"


def known(value: str, *where: str) -> str:
    """The sum, or nothing where no row has a number."""
    return f'IF({count(*where, is_known(value))}=0,"",{total(value, *where)})'


def rate(part: str, whole: str, times: str = "100*") -> str:
    """Part over whole, or nothing where the whole is nothing.

    Examples
    --------
    >>> rate("B2", "C2")
    'IF(C2=0,"",100*B2/C2)'
    """
    return f'IF({whole}=0,"",{times}{part}/{whole})'


def _all(where: tuple[str, ...]) -> str:
    # Excel counts truths as numbers only once they are multiplied.
    return "*".join(where) if len(where) > 1 else f"{where[0]}*1"
