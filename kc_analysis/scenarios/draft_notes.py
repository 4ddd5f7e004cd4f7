"""What a draft has to say of itself: the growth that results, and what it could not do."""

from collections.abc import Iterator, Mapping
from math import nan

import pandas as pd

from kc_analysis.model import Finding, Plan, Text
from kc_analysis.numerals import format_number, write_number
from kc_analysis.scenarios.assumptions import Assumptions
from kc_analysis.scenarios.carried import Carried, norm_in_force
from kc_analysis.scenarios.paths import Path
from kc_analysis.scenarios.placing import At

_AMOUNT = "amount_million_vnd"
_NOWHERE = Text("", "")


def name(plan: Plan, draft: Plan, assumptions: Assumptions) -> Text:
    """What the draft is called: from what, by which assumptions, and what comes of them."""
    base = plan.variant or Text(f"kế hoạch {plan.cycle}", f"the plan of {plan.cycle}")
    vi = [f"giá tăng {write_number(assumptions.inflation_pct)}%/năm"]
    en = [f"prices rise by {write_number(assumptions.inflation_pct, 'en')}% a year"]
    compound = assumptions.amounts == "compound"
    vi.append("kinh phí mỗi nguồn tăng như trước" if compound else "kinh phí giữ giá trị thực")
    en.append("each source grows as before" if compound else "each source holds its worth")
    if assumptions.ceilings:
        vi.append("có mức trần")
        en.append("under ceilings")
    result = _result(plan, draft, None)
    return Text(
        f"Dự thảo {draft.cycle} lập từ {base.vi}; giả định {', '.join(vi)}; kết quả {result.vi}",
        f"Draft for {draft.cycle} from {base.en}; assumed: {', '.join(en)}; "
        f"the result: {result.en}",
    )


def notes(
    plan: Plan,
    draft: Plan,
    paths: Mapping[str, Path],
    carried: Mapping[str, list[Carried]],
    norms: pd.DataFrame | None,
    assumptions: Assumptions,
    unfinished: Mapping[str, float],
    short: Mapping[At, float],
) -> tuple[Finding, ...]:
    """All of it, the growth first."""
    return (
        *_growth(plan, draft, paths, capped=bool(assumptions.ceilings)),
        *_norms(draft, carried, norms, assumptions),
        *_unfinished(plan, draft, unfinished),
        *_short(short),
        *_empty(draft),
    )


def _result(plan: Plan, draft: Plan, source: str | None) -> Text:
    """The money of a draft, and how it grows from the plan's last year to its own."""
    last, end = plan.years[-1], draft.years[-1]
    before, placed = _of(plan, source), _of(draft, source)
    first = before.loc[before["year"] == last, _AMOUNT].sum()
    final = placed.loc[placed["year"] == end, _AMOUNT].sum()
    vi, en = (
        [write_number(round(one, 3), lang) for one in (placed[_AMOUNT].sum(), first, final)]
        for lang in ("vi", "en")
    )
    text = Text(
        f"{vi[0]} triệu đồng, từ {vi[1]} năm {last} đến {vi[2]} năm {end}",
        f"{en[0]} million VND, from {en[1]} in {last} to {en[2]} in {end}",
    )
    if not (first and final):
        return text
    rate = 100 * ((final / first) ** (1 / (end - last)) - 1)
    return Text(
        f"{text.vi} ({format_number(rate, 'vi', 1)}%/năm)",
        f"{text.en} ({format_number(rate, 'en', 1)}% a year)",
    )


def _of(plan: Plan, source: str | None) -> pd.DataFrame:
    return plan.budget if source is None else plan.budget[plan.budget["source"] == source]


def _growth(
    plan: Plan, draft: Plan, paths: Mapping[str, Path], *, capped: bool
) -> Iterator[Finding]:
    """What each source places, and all together, beside what the growth assumed gives."""
    rows: list[tuple[str | None, str, Text, Text, float]] = []
    for row in draft.sources.to_dict("records"):
        path = paths[row["source"]]
        title = Text(row["label_vi"], row["label_en"])
        rows.append((row["source"], row["number"], title, path.growth, sum(path.money.values())))
    took = (
        Text(", kể cả phần vượt mức trần,", ", with what ceilings take") if capped else Text("", "")
    )
    growth = Text("mức tăng của từng nguồn", "the growth of each")
    whole = Text("Cộng các nguồn", "All sources")
    rows.append((None, "", whole, growth, sum(wanted for *_, wanted in rows)))
    for source, number, title, growth, wanted in rows:
        placed = _of(draft, source)[_AMOUNT].sum()
        left = round(1_000_000 * (wanted - placed))
        words = Text("chưa xếp được", "left unplaced") if left >= 0 else Text("vượt", "in excess")
        result = _result(plan, draft, source)
        message = Text(
            f"{title.vi}: {result.vi}; {growth.vi} là {write_number(wanted)}; "
            f"{words.vi}{took.vi} {format_number(abs(left))} đồng",
            f"{title.en}: {result.en}; {growth.en} makes {write_number(wanted, 'en')}; "
            f"{words.en}{took.en}: {format_number(abs(left), 'en')} VND",
        )
        yield Finding("draft-growth", "note", "budget", number, None, wanted, placed, _NOWHERE,
                      message)  # fmt: skip


def _norms(
    draft: Plan,
    carried: Mapping[str, list[Carried]],
    norms: pd.DataFrame | None,
    assumptions: Assumptions,
) -> Iterator[Finding]:
    """Where the norm binds, or is passed, in the years in which the draft buys."""
    lines = draft.lines.set_index("line")
    bought = draft.quantities.groupby("line")["year"].apply(list).to_dict()
    binding = [
        (one.demand.line, one.before_norm, one.norm, assumptions.within_norms)
        for lines_of in carried.values()
        for one in lines_of
    ]
    for new in assumptions.added:
        activity, source = lines.loc[new.line, ["activity", "source"]]
        norm = norm_in_force(norms, str(activity), str(source))
        binding.append((new.line, dict.fromkeys(new.quantities, new.unit_cost), norm, False))
    for line, costs, norm, kept in binding:
        over = [year for year in bought.get(line, []) if norm and costs[year] > norm]
        if norm is None or not over:
            continue
        least, most = costs[over[0]], costs[over[-1]]
        years = ", ".join(map(str, over))
        vi, en = (
            (
                " – ".join(dict.fromkeys(write_number(one, lang) for one in (least, most))),
                write_number(norm, lang),
            )
            for lang in ("vi", "en")
        )
        does = (
            Text("dự thảo lấy theo định mức", "the draft takes the norm")
            if kept
            else Text("dự thảo vượt định mức", "the draft passes the norm")
        )
        message = Text(
            f"Dòng {line}, {years}: đơn giá {vi[0]}, định mức {vi[1]} triệu đồng; {does.vi}",
            f"Line {line}, {years}: a unit costs {en[0]}, the norm is {en[1]} million VND; "
            f"{does.en}",
        )
        rule = "norm-binds" if kept else "norm-passed"
        yield Finding(rule, "warning", "budget", line, None, norm, most, _NOWHERE, message)


def _unfinished(plan: Plan, draft: Plan, unfinished: Mapping[str, float]) -> Iterator[Finding]:
    kept = set(draft.lines["line"])
    for line, quantity in unfinished.items():
        vi, en = (write_number(quantity, lang) for lang in ("vi", "en"))
        does = (
            Text("xếp trước hết", "placed before all else")
            if line in kept
            else Text("không xếp, vì dòng này kết thúc", "not placed, as the line ends")
        )
        message = Text(
            f"Dòng {line}: {vi} chưa xong của {plan.cycle}, {does.vi}",
            f"Line {line}: {en} of {plan.cycle} unfinished, {does.en}",
        )
        yield Finding("unfinished", "note", "quantities", line, None, quantity, nan, _NOWHERE,
                      message)  # fmt: skip


def _short(short: Mapping[At, float]) -> Iterator[Finding]:
    for (line, year), quantity in short.items():
        vi, en = (write_number(quantity, lang) for lang in ("vi", "en"))
        message = Text(
            f"Dòng {line} năm {year}: nguồn không đủ kinh phí cho {vi}",
            f"Line {line} in {year}: the source lacks the money for {en}",
        )
        yield Finding("draft-short", "warning", "budget", line, year, quantity, nan, _NOWHERE,
                      message)  # fmt: skip


def _empty(draft: Plan) -> Iterator[Finding]:
    for line in draft.lines.loc[~draft.lines["line"].isin(draft.budget["line"]), "line"]:
        message = Text(
            f"Dòng {line} không có kinh phí trong dự thảo", f"Line {line} has no money in the draft"
        )
        yield Finding("draft-empty", "warning", "budget", line, None, nan, nan, _NOWHERE, message)
