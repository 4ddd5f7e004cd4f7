"""What a planner must know of a variant: ceilings, cost norms, remainders, as HTML."""

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from kc_analysis.analysis.unit_costs import headroom
from kc_analysis.explorer.ceilings import limits, passed
from kc_analysis.explorer.figures import written
from kc_analysis.explorer.words import WORDS
from kc_analysis.model import Plan, Text
from kc_analysis.scenarios.scenario import Scenario
from kc_analysis.wording import labels

_COST, _NORM = "cost_million_vnd_per_unit", "norm_million_vnd_per_unit"
#: The rest are folded away: a list is not to push the tables off the screen.
_SHOWN = 4
_ROOM = "headroom_million_vnd_per_unit"


class Verdicts:
    """What is said of every variant of a plan.

    Parameters
    ----------
    approved : Plan
    norms : DataFrame
        As ``load_norms`` gives them.
    lang : {"vi", "en"}
    """

    def __init__(self, approved: Plan, norms: pd.DataFrame, lang: str) -> None:
        self.approved, self.norms, self.lang = approved, norms, lang
        self._exceeded_before = {(line, year) for line, year, _, _ in self._exceeded(approved)}

    def of(self, plan: Plan, scenario: Scenario) -> Markup:
        """The verdicts on a plan, and on the scenario that makes it."""
        verdicts = (self._ceilings(plan, scenario), self._norms(plan), self._remainders(plan))
        return Markup('<div class="kc-verdicts">{}</div>').format(Markup().join(verdicts))

    def _ceilings(self, plan: Plan, scenario: Scenario) -> Markup:
        ceilings, declared_by = limits(self.approved, scenario)
        over, count = passed(plan, ceilings), len(ceilings)
        names = {"": WORDS["total"][self.lang]} | labels(plan, "source", self.lang)
        if over:
            sentence = Text(f"Vượt {len(over)} trong {count} mức", f"{len(over)} of {count} passed")
        else:
            sentence = Text(f"Giữ được cả {count} mức", f"All {count} are kept")
        if declared_by:
            whose = Text(
                f"do kịch bản “{declared_by.title.vi}” đặt",
                f"set by the scenario “{declared_by.title.en}”",
            )
        else:
            whose = Text(
                "là kinh phí đã duyệt theo nguồn và năm, vì phương án không đặt mức nào",
                "the approved amounts by source and year, as the variant sets none",
            )
        rows = [
            Text(
                f"{names[one.source or '']} năm {one.year}: {written(amount, 'vi')}, "
                f"vượt {written(amount - one.amount_million_vnd, 'vi')}",
                f"{names[one.source or '']} in {one.year}: {written(amount, 'en')}, "
                f"{written(amount - one.amount_million_vnd, 'en')} over",
            )
            for one, amount in over
        ]
        said = Text(f"{sentence.vi} ({whose.vi}).", f"{sentence.en} ({whose.en}).")
        return self._verdict("ceilings", "bad" if over else "good", said, rows)

    def _norms(self, plan: Plan) -> Markup:
        rows = []
        for line, year, cost, norm in self._exceeded(plan):
            before = (line, year) in self._exceeded_before
            rows.append(
                Text(
                    f"Dòng {line} năm {year}: {written(cost, 'vi')} một đơn vị, định mức "
                    f"{written(norm, 'vi')}{' (kế hoạch cũng vượt)' if before else ''}",
                    f"Line {line} in {year}: {written(cost, 'en')} a unit, the norm is "
                    f"{written(norm, 'en')}{' (exceeded by the plan too)' if before else ''}",
                )
            )
        if rows:
            said = Text(f"Vượt ở {len(rows)} chỗ:", f"Exceeded in {len(rows)} places:")
        else:
            said = Text(
                "Không dòng nào vượt định mức đang có hiệu lực.",
                "No line exceeds a norm that is in force.",
            )
        return self._verdict("norms", "bad" if rows else "good", said, rows)

    def _exceeded(self, plan: Plan) -> list[tuple[str, int, float, float]]:
        """Line, year, unit cost and norm, where the one is above the other."""
        room = headroom(plan, self.norms)
        over = room[room[_ROOM] < -1e-6]
        columns = (over[name].tolist() for name in ("line", "year", _COST, _NORM))
        return list(zip(*columns, strict=True))

    def _remainders(self, plan: Plan) -> Markup:
        rows = [note.message for note in plan.notes if note.rule == "remainder"]
        if rows:
            said = Text("Vì chỉ tính đơn vị nguyên vẹn:", "As only whole units count:")
        else:
            said = Text("Không có.", "None.")
        return self._verdict("remainders", "note" if rows else "good", said, rows)

    def _verdict(self, name: str, mark: str, said: Text, rows: Sequence[Text]) -> Markup:
        texts = [row[self.lang] for row in rows]
        listed = _listed(texts[:_SHOWN])
        if more := texts[_SHOWN:]:
            summary = Text(f"và {len(more)} chỗ nữa", f"and {len(more)} more")[self.lang]
            folded = Markup("<details><summary>{}</summary>{}</details>")
            listed += folded.format(summary, _listed(more))
        return Markup('<strong class="kc-{}">{}</strong><div>{}{}</div>').format(
            mark, WORDS[name][self.lang], said[self.lang], listed
        )


def _listed(texts: Sequence[str]) -> Markup:
    items = Markup().join(Markup("<li>{}</li>").format(text) for text in texts)
    return Markup("<ul>{}</ul>").format(items) if texts else Markup()
