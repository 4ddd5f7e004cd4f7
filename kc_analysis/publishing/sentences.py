"""Sentences made from the figures, so that no rerun can make the prose lie.

Each function takes a tidy frame (and the plan, where it needs names) and gives a sentence in one
language, as Markdown that a notebook shows by itself.
"""

from collections.abc import Iterable

import pandas as pd

from kc_analysis.model import Plan, Text
from kc_analysis.numerals import format_number, write_number
from kc_analysis.wording import VALUES, labels

AMOUNT = "amount_million_vnd"
COST = "cost_million_vnd_per_unit"


_PARTS = {
    "line": Text("dòng", "lines"),
    "activity": Text("hoạt động", "activities"),
    "source": Text("nguồn", "sources"),
}


class Prose(str):
    """A text that a notebook shows as Markdown."""

    def _repr_markdown_(self) -> str:
        return self

    @property
    def plain(self) -> str:
        """The text without its marks of emphasis."""
        return self.replace("**", "")


def reconciliation(plan: Plan, findings: pd.DataFrame, lang: str = "vi") -> Prose:
    """How much was read, and whether it adds up.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> reconciliation(plan, kc.check(plan), "en").split(":")[0]
    '98 numbers were read from the tables and 39 totals checked'
    """
    severities = findings["severity"].value_counts()
    errors, warnings, notes = (severities.get(s, 0) for s in ("error", "warning", "note"))
    numbers = (plan.origin["table"] != "narrative").sum()
    verdict = (
        Text("mọi tổng đều khớp", "all of them agree")
        if not errors
        else Text(f"có **{errors} lỗi** phải xem lại", f"**{errors} errors** must be looked at")
    )
    return _prose(
        Text(
            f"Đã đọc {numbers} số trong các bảng và đối chiếu {len(plan.printed)} số tổng: "
            f"{verdict.vi}. Còn {warnings} cảnh báo và {notes} ghi chú trong bảng phát hiện.",
            f"{numbers} numbers were read from the tables and {len(plan.printed)} totals checked: "
            f"{verdict.en}. {warnings} warnings and {notes} notes stand in the table of findings.",
        ),
        lang,
    )


def coverage(covered: pd.DataFrame, lang: str = "vi") -> Prose:
    """How many of the narrative's targets the appendices bear out.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> covered = kc.coverage(kc.load_plan("2021-2025"))
    >>> coverage(covered, "en").startswith("Of the 32 targets in the text, 7 agree")
    True
    """
    if covered.empty:
        return _prose(
            Text(
                "Chưa có chỉ tiêu nào của phần lời trong targets.csv.",
                "No targets of the text stand in targets.csv yet.",
            ),
            lang,
        )
    counts = covered["status"].value_counts(sort=False)
    agree = counts.get("agrees", 0)
    rest = "; ".join(
        f"{VALUES[str(status)][lang].lower()}: {count}"
        for status, count in counts.items()
        if status != "agrees"
    )
    return _prose(
        Text(
            f"Trong {len(covered)} chỉ tiêu của phần lời, {agree} chỉ tiêu khớp với phụ lục; "
            f"{rest}.",
            f"Of the {len(covered)} targets in the text, {agree} agree with the appendices; "
            f"{rest}.",
        ),
        lang,
    )


def growth(frame: pd.DataFrame, lang: str = "vi", *, real: bool = False) -> Prose:
    """From where to where the total went, at what yearly rate, and when fastest and slowest.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> growth(kc.growth(kc.load_plan("2021-2025")), "en")[:70]
    'The budget goes from 2,950 (2021) to 4,356 million VND (2025), +10.23%'
    """
    first, last = frame.iloc[0], frame.iloc[-1]
    rates = frame.set_index("year")["growth_pct"].dropna()
    prices = (
        Text(f" theo giá năm {first['year']:.0f}", f" at {first['year']:.0f} prices")
        if real
        else Text("", "")
    )

    def pct(value: float) -> str:
        return f"{format_number(value, lang, 2, sign=True)}%"

    ends = [format_number(row[AMOUNT], lang, 1 if real else 0) for row in (first, last)]
    return _prose(
        Text(
            f"Kinh phí{prices.vi} đi từ {ends[0]} ({first['year']:.0f}) đến {ends[1]} triệu đồng "
            f"({last['year']:.0f}), bình quân {pct(last['compound_pct'])} một năm; nhanh nhất năm "
            f"{rates.idxmax()} ({pct(rates.max())}), chậm nhất năm {rates.idxmin()} "
            f"({pct(rates.min())}).",
            f"The budget{prices.en} goes from {ends[0]} ({first['year']:.0f}) to {ends[1]} million "
            f"VND ({last['year']:.0f}), {pct(last['compound_pct'])} a year; fastest in "
            f"{rates.idxmax()} ({pct(rates.max())}), slowest in {rates.idxmin()} "
            f"({pct(rates.min())}).",
        ),
        lang,
    )


def decomposition(parts: pd.DataFrame, start: int, end: int, lang: str = "vi") -> Prose:
    """What the change between two years is made of.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> parts = kc.decompose_growth(kc.load_plan("2021-2025"), 2021, 2025, by=[])
    >>> decomposition(parts, 2021, 2025, "en").split(":")[0]
    'From 2021 to 2025 the budget changes by +1,406.0 million VND'
    """
    told = _parts(parts, "", lang)
    constant = Text("", "")
    if "real_change_million_vnd" in parts:
        real = _parts(parts, "real_", lang)
        constant = Text(
            f" Theo giá năm {start}: thay đổi {real.vi}.", f" At {start} prices: {real.en}."
        )
    return _prose(
        Text(
            f"Từ {start} đến {end} kinh phí thay đổi {told.vi}.{constant.vi}",
            f"From {start} to {end} the budget changes by {told.en}.{constant.en}",
        ),
        lang,
    )


def _parts(parts: pd.DataFrame, prices: str, lang: str) -> Text:
    names = ("change", "volume", "unit_cost", "new", "ended")
    change, volume, cost, new, ended = (
        format_number(parts[f"{prices}{name}_million_vnd"].sum(), lang, 1, sign=True)
        for name in names
    )
    return Text(
        f"{change} triệu đồng: do khối lượng {volume}, do đơn giá {cost}, do dòng bắt đầu {new}, "
        f"do dòng kết thúc {ended}",
        f"{change} million VND: volume {volume}, unit cost {cost}, lines that start {new}, "
        f"lines that end {ended}",
    )


def shares(frame: pd.DataFrame, plan: Plan, of: str = "source", lang: str = "vi") -> Prose:
    """Who or what has which share of the cycle; the frame is ``shares(plan, of, per="cycle")``.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> shares(kc.shares(plan, per="cycle"), plan, lang="en")
    'Over the cycle: National funds 75.63%; Local funds 24.37%.'
    """
    names = labels(plan, of, lang)
    listed = "; ".join(
        f"{names[row[of]]} {format_number(row['share_pct'], lang, 2)}%"
        for row in frame.sort_values("share_pct", ascending=False).to_dict("records")
    )
    return _prose(Text(f"Cả giai đoạn: {listed}.", f"Over the cycle: {listed}."), lang)


def concentration(frame: pd.DataFrame, lang: str = "vi", *, of: str = "line") -> Prose:
    """How many equal lines or activities would be as concentrated, in the first and last year.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> by_activity = kc.concentration(kc.load_plan("2021-2025"), "activity")
    >>> concentration(by_activity, "en", of="activity")[:59]
    'The concentration index (HHI) over activities is 4,609 in 2'
    """
    what = _PARTS[of]
    first, last = frame.iloc[0], frame.iloc[-1]
    hhi = [format_number(row["hhi"], lang) for row in (first, last)]
    equal = [format_number(row["effective_number"], lang, 1) for row in (first, last)]
    years = [f"{row['year']:.0f}" for row in (first, last)]
    return _prose(
        Text(
            f"Chỉ số tập trung HHI theo {what.vi} là {hhi[0]} năm {years[0]} (như {equal[0]} "
            f"{what.vi} bằng nhau) và {hhi[1]} năm {years[1]} (như {equal[1]} {what.vi} bằng "
            "nhau).",
            f"The concentration index (HHI) over {what.en} is {hhi[0]} in {years[0]} (as "
            f"{equal[0]} equal {what.en}) and {hhi[1]} in {years[1]} (as {equal[1]} equal "
            f"{what.en}).",
        ),
        lang,
    )


def source_gaps(frame: pd.DataFrame, plan: Plan, lang: str = "vi") -> Prose:
    """What the same activity costs from two sources; the frame is over the cycle."""
    activities, sources = labels(plan, "activity", lang), labels(plan, "source", lang)
    return _sentences(
        (
            Text(
                f"{activities[row['activity']]}: {sources[row['source']]} "
                f"{format_number(row[COST], lang, 2)}, {sources[row['other_source']]} "
                f"{format_number(row['other_' + COST], lang, 2)} triệu đồng/{row['unit']}, chênh "
                f"{format_number(row['gap_pct'], lang, 1, sign=True)}%.",
                f"{activities[row['activity']]}: {sources[row['source']]} "
                f"{format_number(row[COST], lang, 2)}, {sources[row['other_source']]} "
                f"{format_number(row['other_' + COST], lang, 2)} million VND a unit, a gap of "
                f"{format_number(row['gap_pct'], lang, 1, sign=True)}%.",
            )
            for row in frame.to_dict("records")
        ),
        Text(
            "Không có hoạt động nào được hai nguồn cùng chi.",
            "No activity is paid for by two sources.",
        ),
        lang,
    )


def headroom(frame: pd.DataFrame, lang: str = "vi") -> Prose:
    """How close each line comes to its cost norm, by which instrument, and how that is known.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> room = kc.headroom(kc.load_plan("2021-2025"), kc.load_norms())
    >>> "II.2: at most 300.0 million VND a unit against 300" in headroom(room, "en")
    True
    """
    verdicts = (
        Text("vượt mức", "over the ceiling"),
        Text("đúng bằng mức", "exactly at the ceiling"),
        Text("dưới mức", "below the ceiling"),
    )
    sentences = []
    for line, years in frame.groupby("line", sort=False):
        norm = years.iloc[0]
        provision = f", {norm['provision']}" if pd.notna(norm["provision"]) else ""
        ceiling = format_number(norm["norm_million_vnd_per_unit"], lang)
        by = f"{norm['instrument']}{provision}; {norm[f'seen_{lang}']}"
        known = years.dropna(subset=["headroom_million_vnd_per_unit"])
        if known.empty:
            sentence = Text(
                f"{line}: mức {ceiling} ({by}) không còn hiệu lực nên không đối chiếu.",
                f"{line}: the ceiling of {ceiling} ({by}) is not in force and is not applied.",
            )
        else:
            highest = format_number(known[COST].max(), lang, 1)
            least = known["headroom_million_vnd_per_unit"].min()
            verdict = verdicts[0 if least < 0 else 1 if least == 0 else 2]
            sentence = Text(
                f"{line}: cao nhất {highest} triệu đồng một đơn vị so với mức {ceiling} ({by}): "
                f"{verdict.vi}.",
                f"{line}: at most {highest} million VND a unit against {ceiling} ({by}): "
                f"{verdict.en}.",
            )
        sentences.append(sentence)
    none = Text("Không có định mức cho dòng nào.", "No line has a cost norm.")
    return _sentences(sentences, none, lang)


def placement(frame: pd.DataFrame, title: Text, lang: str = "vi") -> Prose:
    """What a scenario asks of the money, what whole units take and what is left.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan, cut = kc.load_plan("2021-2025"), kc.load_scenario("national-cut")
    >>> print(placement(kc.placement(plan, cut), cut.title, "en"))
    National funds cut by a fifth from 2024: asked for −1,260 million VND; placed 4,700 of 5,040; \
left 340, which buys no unit (nearest: II.2 in 2024, which lacks 100).
    """
    if frame.empty:
        none = Text("không thay đổi kinh phí nào", "no change of money")
        return _prose(Text(f"{title.vi}: {none.vi}.", f"{title.en}: {none.en}."), lang)
    names = ("asked", "placed", "funds", "left")
    sums = {name: frame[f"{name}_million_vnd"].sum() for name in names}
    written = {name: write_number(value, lang) for name, value in sums.items()}
    sign = "+" if sums["asked"] > 0 else ""
    said = Text(
        f"{title.vi}: yêu cầu {sign}{written['asked']} triệu đồng; đã bố trí {written['placed']} "
        f"trong {written['funds']}; còn {written['left']}",
        f"{title.en}: asked for {sign}{written['asked']} million VND; placed {written['placed']} "
        f"of {written['funds']}; left {written['left']}",
    )
    if not sums["left"]:
        return _prose(Text(f"{said.vi}.", f"{said.en}."), lang)
    nearest = frame.sort_values("lacks_million_vnd").iloc[0]
    line, year = nearest["nearest_line"], nearest["year"]
    lacks = write_number(nearest["lacks_million_vnd"], lang)
    return _prose(
        Text(
            f"{said.vi}, không đủ cho một đơn vị nào (gần đủ nhất: {line} năm {year}, thiếu "
            f"{lacks}).",
            f"{said.en}, which buys no unit (nearest: {line} in {year}, which lacks {lacks}).",
        ),
        lang,
    )


def _sentences(sentences: Iterable[Text], none: Text, lang: str) -> Prose:
    return Prose("\n".join(f"- {text[lang]}" for text in sentences) or none[lang])


def _prose(text: Text, lang: str) -> Prose:
    return Prose(text[lang])
