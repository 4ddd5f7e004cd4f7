"""What a plan is: the one noun of this package, its column names and its errors."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

#: Text columns hold Python strings; a missing one is NaN, as in any frame that pandas reads.
TEXT = pd.StringDtype(storage="python", na_value=np.nan)
#: A year that may be missing, where a number stands for the whole cycle.
YEAR = pd.Int64Dtype()

Columns = dict[str, Any]
LINES: Columns = dict.fromkeys(
    ("line", "source", "number", "activity", "label_vi", "label_en", "unit", "unit_en", "parent"),
    TEXT,
)
SOURCES: Columns = dict.fromkeys(("source", "number", "label_vi", "label_en"), TEXT)
BUDGET: Columns = {
    **dict.fromkeys(("line", "source", "activity"), TEXT),
    "year": np.int64,
    "amount_million_vnd": np.float64,
}
QUANTITIES: Columns = {
    **dict.fromkeys(("line", "source", "activity", "unit"), TEXT),
    "year": np.int64,
    "quantity": np.float64,
}
PRINTED: Columns = {
    **dict.fromkeys(("table", "level", "line", "source"), TEXT),
    "year": YEAR,
    "value": np.float64,
}
ORIGIN: Columns = {
    **dict.fromkeys(("table", "line"), TEXT),
    "year": YEAR,
    **dict.fromkeys(("file", "place_vi", "place_en", "printed"), TEXT),
}
FINDINGS: Columns = {
    **dict.fromkeys(("rule", "severity", "table", "line"), TEXT),
    "year": YEAR,
    "expected": np.float64,
    "found": np.float64,
    **dict.fromkeys(("place_vi", "place_en", "message_vi", "message_en"), TEXT),
}
TARGETS: Columns = {
    "task": YEAR,
    **dict.fromkeys(("target_id", "what_vi", "what_en"), TEXT),
    "low": np.float64,
    "high": np.float64,
    **dict.fromkeys(
        ("unit_vi", "unit_en", "per", "budget_line", "line_unit", "years", "where"), TEXT
    ),
}


def tabulate(columns: Columns, rows: Iterable[tuple[Any, ...]]) -> pd.DataFrame:
    """A frame with the given columns and their types, from a tuple a row; no row is fine too.

    Handing pandas finished arrays spares it the guessing of types, which takes most of the time
    that making a small frame takes.

    Examples
    --------
    >>> tabulate(BUDGET, [("I.1", "local", "machinery", 2021, 600.0)]).dtypes["year"]
    dtype('int64')
    """
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    arrays = {
        name: _array(column, dtype)
        for (name, dtype), column in zip(columns.items(), values, strict=True)
    }
    return pd.DataFrame(arrays, copy=False)


def _array(values: Sequence[Any], dtype: Any) -> Any:
    if dtype is TEXT:
        return pd.array(list(values), dtype=TEXT)
    if dtype is YEAR:
        missing = np.array([value is None for value in values], dtype=bool)
        return pd.arrays.IntegerArray(
            np.array([value or 0 for value in values], dtype=np.int64), missing
        )
    return np.array(values, dtype=dtype)


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of wording in both languages; ``text["vi"]`` and ``text["en"]`` pick one.

    Examples
    --------
    >>> Text("dòng 12", "line 12")["en"]
    'line 12'
    """

    vi: str
    en: str

    def __getitem__(self, lang: str) -> str:
        """The wording in one language; a ValueError if there is no such language."""
        if lang not in ("vi", "en"):
            raise ValueError(
                f'lang: cần "vi" hoặc "en", nhưng thấy "{lang}"; "vi" or "en" expected, '
                f'"{lang}" found'
            )
        return self.en if lang == "en" else self.vi


def same(text: str) -> Text:
    """A wording that is the same in both languages: a name, a number, a quotation.

    Examples
    --------
    >>> same("source.toml")["vi"]
    'source.toml'
    """
    return Text(text, text)


class Trouble(NamedTuple):
    """One thing that could not be read: where it stands, what was expected, what was found.

    ``code`` names its kind in one or two English words, for programs and tests.
    """

    place: Text
    expected: Text
    found: Text
    code: str = "unreadable"

    def in_language(self, lang: str) -> str:
        """The trouble as one sentence.

        Examples
        --------
        >>> Trouble(Text("dòng 3", "line 3"), Text("số", "a number"), Text("12x", "12x")
        ...         ).in_language("en")
        'line 3: expected a number, found 12x'
        """
        return Text(
            f"{self.place.vi}: cần {self.expected.vi}, nhưng thấy {self.found.vi}",
            f"{self.place.en}: expected {self.expected.en}, found {self.found.en}",
        )[lang]


#: The rest are counted: a damaged file can have thousands.
SHOWN_TROUBLES = 100


class DataError(ValueError):
    """A document or data file that cannot be read, with all its troubles in one list.

    Parameters
    ----------
    troubles : iterable of Trouble
        At least one. ``str(error)`` gives each in Vietnamese and in English.
    """

    def __init__(self, troubles: Iterable[Trouble]) -> None:
        self.troubles = tuple(troubles)
        super().__init__(f"{self.in_language('vi')}\n{self.in_language('en')}")

    def in_language(self, lang: str) -> str:
        """The troubles in one language, one a line; of very many, as many as a person reads."""
        lines = [trouble.in_language(lang) for trouble in self.troubles[:SHOWN_TROUBLES]]
        if more := len(self.troubles) - len(lines):
            lines.append(Text(f"… và {more} chỗ khác", f"… and {more} more")[lang])
        return "\n".join(lines)


class Finding(NamedTuple):
    """One thing that a check or the reader has to say of a plan."""

    rule: str
    severity: str  # "error", "warning" or "note"
    table: str
    line: str
    year: int | None
    expected: float
    found: float
    place: Text
    message: Text


def findings_frame(findings: Iterable[Finding]) -> pd.DataFrame:
    """Findings as a frame, a row each, with place and message in both languages."""
    return tabulate(
        FINDINGS,
        [
            (*row[:7], row.place.vi, row.place.en, row.message.vi, row.message.en)
            for row in findings
        ],
    )


@dataclass(frozen=True, eq=False)
class Plan:
    """A plan of support: approved, adjusted, carried out, imagined or drafted.

    Attributes
    ----------
    cycle : str
        First and last year, ``"2021-2025"``.
    title : str
        The title of the budget table, as printed.
    number, issued, issuer
        The decision's number, date and issuing body; ``None`` where the document names none.
    sources : DataFrame
        A row a fund source: source, number (of its section), label_vi, label_en.
    lines : DataFrame
        A row a line: line, source, number, activity, label_vi, label_en, unit, unit_en, parent
        (the line of which this is another measure, if it is). Its order is the document's and is
        the order of every table and chart.
    budget : DataFrame
        A row a printed amount: line, source, activity, year, amount_million_vnd.
    quantities : DataFrame
        A row a printed quantity: line, source, activity, unit, year, quantity.
    printed : DataFrame
        The totals as printed: table, level (line, section, grand), line, source, year (missing
        for the whole cycle), value. Only the checks read them; no sum ever includes them.
    origin : DataFrame
        A row for each number read: table, line, year, file, place_vi, place_en, printed.
    notes : tuple of Finding
        What only the reader could see (a unit inferred, a title that differs).
    targets : DataFrame
        The figures that the decision's narrative promises; empty where none were given.
    variant : Text, optional
        What a plan is called that departs from the decision, as a scenario does.
    """

    cycle: str
    title: str
    number: str | None
    issued: date | None
    issuer: str | None
    sources: pd.DataFrame
    lines: pd.DataFrame
    budget: pd.DataFrame
    quantities: pd.DataFrame
    printed: pd.DataFrame
    origin: pd.DataFrame
    notes: tuple[Finding, ...]
    targets: pd.DataFrame
    variant: Text | None = None

    @property
    def years(self) -> range:
        """The years of the cycle."""
        first, last = self.cycle.split("-")
        return range(int(first), int(last) + 1)
