"""Which line a row speaks of: one of the plan's, or one that was carried out unplanned."""

from typing import Any

import numpy as np
import pandas as pd

from kc_analysis.model import LINES, Plan, Text, same, tabulate
from kc_analysis.reading.actuals.book import Taker
from kc_analysis.reading.actuals.words import PLANNED
from kc_analysis.reading.forms.excel.address import Place
from kc_analysis.reading.numbering import marks_of
from kc_analysis.reading.titles import slug


class Lines:
    """The plan's lines, and those that the workbook declares beside them.

    Attributes
    ----------
    known : dict
        A line's number, and its row of ``plan.lines``.
    """

    def __init__(self, plan: Plan) -> None:
        self.known: dict[str, dict[Any, Any]] = {
            line["line"]: line for line in plan.lines.to_dict("records")
        }
        sources = plan.sources.to_dict("records")
        self._sources = {one["source"]: _named(one, "label_vi", "label_en") for one in sources}
        self._sections = {one["number"]: one["source"] for one in sources}

    def take(self, taker: Taker, at: dict[str, Place]) -> str | None:
        """The line of a row of results; None where a trouble leaves it unknown."""
        line = taker.text(at["line"])
        if line in self.known:
            self._compare(taker, at, line)
            return line
        section, _, number = line.partition(".")
        planned = [at[name] for name in PLANNED if name in at]
        if section in self._sections and marks_of(number) and taker.blank(planned):
            return self._declare(taker, at, line, section)
        taker.wrong(at["line"], self.one_line())
        return None

    def one_line(self) -> Text:
        """What is expected where a line is to be named."""
        lines = ", ".join(self.known)
        return Text(
            f"một dòng của kế hoạch ({lines}) hoặc dòng ngoài kế hoạch đã khai đủ",
            f"a line of the plan ({lines}) or an unplanned one that is declared in full",
        )

    def frame(self) -> pd.DataFrame:
        """All lines, those of a source together."""
        order = list(self._sources)
        lines = sorted(self.known.values(), key=lambda line: order.index(line["source"]))
        return tabulate(LINES, [tuple(line[name] for name in LINES) for line in lines])

    def _compare(self, taker: Taker, at: dict[str, Place], line: str) -> None:
        """What is locked in the form has to be as it was."""
        known = self.known[line]
        names = {
            "title": _named(known, "label_vi", "label_en"),
            "source": self._sources[known["source"]],
            "unit": _named(known, "unit", "unit_en"),
        }
        for column, name in names.items():
            if column in at and taker.text(at[column]) not in (name.vi, name.en):
                of = Text(f"{name.vi} (dòng {line})", f"{name.en} (line {line})")
                taker.wrong(at[column], of)

    def _declare(self, taker: Taker, at: dict[str, Place], line: str, section: str) -> str | None:
        before = len(taker.troubles)
        source = self._sections[section]
        texts = {name: taker.text(at.get(name)) for name in ("title", "unit")}
        for name, expected in (("title", _A_TITLE), ("unit", _A_UNIT)):
            if name in at and not texts[name]:
                taker.wrong(at[name], expected)
        said = taker.one_of(at.get("source"), self._sources)
        if said not in (None, source):
            taker.wrong(at["source"], self._sources[source])
        if len(taker.troubles) > before:
            return None
        self.known[line] = {
            "line": line,
            "source": source,
            "number": line.partition(".")[2],
            "activity": slug(texts["title"]),
            "label_vi": texts["title"],
            "label_en": np.nan,
            "unit": texts["unit"],
            "unit_en": np.nan,
            "parent": np.nan,
        }
        return line


def _named(record: dict[Any, Any], vi: str, en: str) -> Text:
    """What a record is called; where it has no English, its Vietnamese name."""
    return Text(record[vi], record[en]) if isinstance(record[en], str) else same(record[vi])


_A_TITLE = Text("tên nội dung", "a title")
_A_UNIT = Text("đơn vị tính", "a unit")
