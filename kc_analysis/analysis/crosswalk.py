"""Which line of one cycle is which of the next, and the two cycles as one series."""

from collections.abc import Iterator
from difflib import SequenceMatcher

import pandas as pd

from kc_analysis.analysis.amounts import AMOUNT, ratio
from kc_analysis.model import TEXT, Columns, DataError, Plan, Text, Trouble, same, tabulate

#: From how many per cent of likeness on two titles are taken for one.
NEAR_PCT = 75.0
CROSSWALK: Columns = {
    **dict.fromkeys(("old_line", "new_line", "how"), TEXT),
    "likeness_pct": float,
    **dict.fromkeys(("old_label_vi", "new_label_vi", "old_label_en", "new_label_en"), TEXT),
}
_KEYS = ["thread", "cycle", "year"]


def match_lines(old: Plan, new: Plan, corrections: pd.DataFrame | None = None) -> pd.DataFrame:
    """Match the lines of two cycles, and say of each how.

    Parameters
    ----------
    old, new : Plan
    corrections : DataFrame, optional
        A planner's crosswalk.csv: old_line, new_line. A line that stands twice is split or merged;
        with nothing beside it, it is ended or new. What it names is taken from it alone.

    Returns
    -------
    DataFrame
        old_line, new_line (missing: ended, new), how, likeness_pct of the titles, and the titles:

        - ``crosswalk``: as the planner says;
        - ``activity``: the same title in the same source;
        - ``near_title``: the likest title of the same source, ``NEAR_PCT`` per cent alike or more;
        - ``ended``, ``new``: no such line.

    Raises
    ------
    DataError
        If the corrections name a line that a plan does not have.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> draft = kc.draft_cycle(plan, "2026-2030", kc.Assumptions(3.3, ended=("II.3",)))
    >>> kc.match_lines(plan, draft)["how"].value_counts().to_dict()
    {'activity': 8, 'ended': 1}
    """
    pairs = list(_corrected(old, new, corrections))
    left = {line for line, _, _ in pairs}
    right = {line for _, line, _ in pairs}
    olds = old.lines[~old.lines["line"].isin(left)]
    news = new.lines[~new.lines["line"].isin(right)]
    # Of lines with one title in one source, the first goes on in the first.
    keys = ["source", "activity"]
    olds, news = (lines.assign(turn=lines.groupby(keys).cumcount()) for lines in (olds, news))
    alike = olds.merge(news, "inner", [*keys, "turn"], suffixes=("_old", "_new"))
    found = [(one, two, "activity") for one, two in alike[["line_old", "line_new"]].to_numpy()]
    olds = olds[~olds["line"].isin({one for one, _, _ in found})]
    news = news[~news["line"].isin({two for _, two, _ in found})]
    near = list(_near(olds, news))
    found += near
    ended = [line for line in olds["line"] if line not in {one for one, _, _ in near}]
    added = [line for line in news["line"] if line not in {two for _, two, _ in near}]
    pairs += [*found, *((line, None, "ended") for line in ended)]
    order = {line: i for i, line in enumerate(old.lines["line"])}
    pairs.sort(key=lambda pair: order.get(pair[0], len(order)))
    pairs += [(None, line, "new") for line in added]
    return tabulate(CROSSWALK, [(*pair, *_titles(old, new, pair[0], pair[1])) for pair in pairs])


def _corrected(
    old: Plan, new: Plan, corrections: pd.DataFrame | None
) -> Iterator[tuple[str | None, str | None, str]]:
    if corrections is None:
        return
    troubles = []
    for number, row in enumerate(corrections.to_dict("records"), 2):
        one, two = (_given(row[name]) for name in ("old_line", "new_line"))
        for line, plan in ((one, old), (two, new)):
            known = plan.lines["line"].tolist()
            if line is not None and line not in known:
                place = Text(f"crosswalk.csv, dòng {number}", f"crosswalk.csv, line {number}")
                names = ", ".join(known)
                expected = Text(
                    f"một dòng của {plan.cycle}: {names}", f"a line of {plan.cycle}: {names}"
                )
                troubles.append(Trouble(place, expected, same(f"“{line}”")))
        if one or two:  # Excel leaves blank rows behind
            yield one, two, "crosswalk"
    if troubles:
        raise DataError(troubles)


def _given(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _near(olds: pd.DataFrame, news: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Titles of the same source that are much alike, the likest first, each line once."""
    pairs = olds.merge(news, "inner", "source", suffixes=("_old", "_new"))
    pairs = pairs.assign(
        likeness=[
            likeness(one, two)
            for one, two in zip(pairs["label_vi_old"], pairs["label_vi_new"], strict=True)
        ]
    )
    pairs = pairs[pairs["likeness"] >= NEAR_PCT].sort_values("likeness", ascending=False)
    taken: set[tuple[str, str]] = set()
    for one, two in zip(pairs["line_old"], pairs["line_new"], strict=True):
        if not {("old", one), ("new", two)} & taken:
            taken |= {("old", one), ("new", two)}
            yield one, two, "near_title"


def likeness(one: str, two: str) -> float:
    """How alike two titles are, in per cent, whatever their capitals.

    Examples
    --------
    >>> likeness("Tổ chức hội chợ", "TỔ CHỨC HỘI CHỢ")
    100.0
    """
    return round(100 * SequenceMatcher(None, one.casefold(), two.casefold()).ratio(), 1)


def _titles(old: Plan, new: Plan, one: str | None, two: str | None) -> tuple[object, ...]:
    titles = [
        plan.lines.set_index("line")[f"label_{lang}"].get(line)
        for lang in ("vi", "en")
        for plan, line in ((old, one), (new, two))
    ]
    first, second = titles[:2]
    known = isinstance(first, str) and isinstance(second, str)
    return (likeness(str(first), str(second)) if known else float("nan"), *titles)


def compare_cycles(old: Plan, new: Plan, crosswalk: pd.DataFrame) -> pd.DataFrame:
    """Two cycles as one series, a thread of lines that go on in one another.

    Parameters
    ----------
    old, new : Plan
        In prices of one year, where worth is to be compared (``at_constant_prices``).
    crosswalk : DataFrame
        As ``match_lines`` gives it.

    Returns
    -------
    DataFrame
        thread (the old line's number, or the new one's), source, label_vi, label_en, unit, cycle,
        line (its numbers in that cycle), year, amount_million_vnd, quantity,
        cost_million_vnd_per_unit: a row for each year in which the thread has money or work.
        Quantities of unlike units, which a merger brings together, are missing.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> draft = kc.draft_cycle(plan, "2026-2030", kc.Assumptions(3.3))
    >>> both = kc.compare_cycles(plan, draft, kc.match_lines(plan, draft))
    >>> both.query("thread == 'I.2'")["year"].tolist()
    [2022, 2024, 2026, 2028, 2030]
    """
    threads = _threads(crosswalk)
    parts = []
    for side, plan in (("old", old), ("new", new)):
        lines = plan.lines.assign(
            cycle=plan.cycle, thread=[threads[side, line] for line in plan.lines["line"]]
        )
        grouped = lines.groupby("thread", sort=False)
        names = lines.drop_duplicates("thread").set_index("thread").assign(
            line=grouped["line"].agg(", ".join),
            unit=grouped["unit"].agg(lambda units: units.iloc[0] if units.nunique() == 1 else None),
        )  # fmt: skip
        who = lines[["line", "thread", "cycle"]]
        money = plan.budget.merge(who, on="line").groupby(_KEYS)[[AMOUNT]].sum()
        work = plan.quantities.merge(who, on="line").groupby(_KEYS)[["quantity"]].sum()
        frame = money.join(work, how="outer").reset_index()
        about = names[["source", "label_vi", "label_en", "unit", "line"]]
        frame = frame.merge(about, on="thread")
        frame["quantity"] = frame["quantity"].where(frame["unit"].notna())
        parts.append(frame)
    frame = pd.concat(parts, ignore_index=True)
    # A thread is called what its first line is called.
    names = frame.drop_duplicates("thread").set_index("thread")
    order = {thread: i for i, thread in enumerate(dict.fromkeys(threads.values()))}
    frame = frame.assign(
        label_vi=frame["thread"].map(names["label_vi"]),
        label_en=frame["thread"].map(names["label_en"]),
        cost_million_vnd_per_unit=ratio(frame[AMOUNT], frame["quantity"].fillna(0.0)),
    ).sort_values(["thread", "year"], key=lambda column: column.map(order).fillna(column))
    columns = ["thread", "source", "label_vi", "label_en", "unit", "cycle", "line", "year", AMOUNT]
    return frame[[*columns, "quantity", "cost_million_vnd_per_unit"]].reset_index(drop=True)


def cycle_growth(series: pd.DataFrame) -> pd.DataFrame:
    """Each thread's money, work and unit cost, then and now.

    Parameters
    ----------
    series : DataFrame
        As ``compare_cycles`` gives it.

    Returns
    -------
    DataFrame
        thread, source, label_vi, label_en; old_amount_million_vnd, new_amount_million_vnd,
        change_million_vnd, change_pct; old_quantity, new_quantity;
        old_cost_million_vnd_per_unit, new_cost_million_vnd_per_unit, cost_change_pct (missing
        where the two count unlike units).
    """
    cycles = sorted(series["cycle"].unique())
    names = ["thread", "source", "label_vi", "label_en"]
    frame = series[names].drop_duplicates("thread", ignore_index=True)
    for side, cycle in zip(("old", "new"), (cycles[0], cycles[-1]), strict=True):
        grouped = series[series["cycle"] == cycle].groupby("thread")[[AMOUNT, "quantity"]]
        sums = grouped.sum(min_count=1)
        cost = ratio(sums[AMOUNT], sums["quantity"].fillna(0.0))
        sums = sums.assign(cost_million_vnd_per_unit=cost).add_prefix(f"{side}_")
        frame = frame.merge(sums.reset_index(), "left", "thread")
    before, after = (frame[f"{side}_{AMOUNT}"] for side in ("old", "new"))
    cost, dearer = (frame[f"{side}_cost_million_vnd_per_unit"] for side in ("old", "new"))
    frame["change_million_vnd"] = after.fillna(0.0) - before.fillna(0.0)
    frame["change_pct"] = 100 * (ratio(after, before) - 1)
    units = series.groupby("thread")["unit"].agg(lambda column: column.nunique(dropna=False))
    alike = frame["thread"].map(units) == 1
    frame["cost_change_pct"] = (100 * (pd.Series(ratio(dearer, cost)) - 1)).where(alike)
    return frame


def _threads(crosswalk: pd.DataFrame) -> dict[tuple[str, str], str]:
    """The thread of each cycle's lines: those that split, merge or go on are one."""
    thread: dict[tuple[str, str], str] = {}
    columns = (crosswalk[name].tolist() for name in ("old_line", "new_line"))
    for old, new in zip(*columns, strict=True):
        ends = [
            (side, line) for side, line in (("old", old), ("new", new)) if isinstance(line, str)
        ]
        known = [thread[end] for end in ends if end in thread]
        name = known[0] if known else _free(ends[0], thread)
        for end in ends:
            thread[end] = name
        for end, other in thread.items():
            if other in known:
                thread[end] = name
    return thread


def _free(end: tuple[str, str], thread: dict[tuple[str, str], str]) -> str:
    """The line's number; a new line whose number an old one had is marked as new."""
    side, line = end
    return f"{line}*" if side == "new" and line in thread.values() else line
