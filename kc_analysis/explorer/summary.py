"""A variant in two lines: its total against the plan's, and the changes that lead there."""

from markupsafe import Markup

from kc_analysis.explorer.figures import written
from kc_analysis.explorer.knobs import number_of, percent_of
from kc_analysis.explorer.words import WORDS
from kc_analysis.model import Plan
from kc_analysis.numerals import format_number, write_number
from kc_analysis.scenarios.ranges import KINDS
from kc_analysis.scenarios.scenario import Change, Scenario
from kc_analysis.wording import labels

_HEADLINE = Markup(
    '<div class="kc-headline"><p>{whole}: <strong class="kc-total">{total}</strong> {million}'
    '<span class="kc-change {look}">{change}</span>'
    '<span class="kc-plan">{plan}: {before}</span></p>'
    '<p class="kc-changes">{changes}</p></div>'
)


def headline(approved: Plan, plan: Plan, scenario: Scenario, lang: str) -> Markup:
    """The total, the difference, and what was changed.

    Parameters
    ----------
    approved, plan : Plan
    scenario : Scenario
    lang : {"vi", "en"}
    """
    before, total = (float(one.budget["amount_million_vnd"].sum()) for one in (approved, plan))
    change, look = total - before, ""
    difference = f"({WORDS['unchanged'][lang]})"
    if abs(change) >= 0.05:
        look = "kc-more" if change > 0 else "kc-less"
        percent = format_number(100 * change / before, lang, 1, sign=True) if before else "–"
        difference = f"{written(change, lang, sign=True)} ({percent}%)"
    return _HEADLINE.format(
        whole=WORDS["whole"][lang],
        total=written(total, lang),
        million=WORDS["million"][lang],
        look=look,
        change=difference,
        plan=WORDS["plan"][lang],
        before=written(before, lang),
        changes=_changes(plan, scenario, lang),
    )


def _changes(plan: Plan, scenario: Scenario, lang: str) -> str:
    said = [_said(change, plan, lang) for change in scenario.changes]
    texts = []
    if scenario.base:
        texts.append(f"{WORDS['based_on'][lang]} “{scenario.base.title[lang]}”.")
    if said:
        texts.append(f"{WORDS['changes'][lang]}: {'; '.join(filter(None, said))}.")
    if any(isinstance(c.value, KINDS) for part in scenario.chain for c in part.changes):
        texts.append(WORDS["ranges"][lang])
    return " ".join(texts) or WORDS["nothing_changed"][lang]


def _said(change: Change, plan: Plan, lang: str) -> str:
    """One change that a control has made, in a few words."""
    number = number_of(change)
    if change.by == "grow_pct":
        percent = format_number(number, lang, 1, sign=True)
        return f"{WORDS['cost'][lang]} {percent}% {WORDS['yearly'][lang]}"
    (year,) = change.years
    if change.of == "amount":
        percent = format_number(percent_of(change), lang, sign=True)
        return f"{labels(plan, 'source', lang)[change.source[0]]} {year} {percent}%"
    if change.of == "quantity":
        return f"{change.line[0]} {year} = {write_number(number, lang)}"
    return ""  # a unit cost is set only together with a quantity, which is told
