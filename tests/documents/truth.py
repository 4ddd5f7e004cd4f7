"""What was read of a document held against its truth; what became of it, in a word."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

import kc_analysis as kc
from documents.invented import Number
from documents.layouts import MONEY
from documents.tabulated import Case
from kc_analysis.model import Plan


class Got(NamedTuple):
    """One number that was read."""

    source: str | None
    label: str
    unit: str | None
    year: int | None
    period: str
    phase: str | None
    measure: str
    value: float
    words: str = ""  # all that its row says


class Verdict(NamedTuple):
    outcome: str  # "right", "told", "refused", "SILENT" or "crash"
    good: bool  # whether it is what was expected
    word: str


Fits = Callable[[Number, Got], bool]


def plain(text: object) -> str:
    """A label without case, the marks around it and the number before it."""
    text = unicodedata.normalize("NFC", str(text or "")).casefold()
    text = re.sub(r"\s+", " ", text).strip(" .:;-+–•")
    return re.sub(r"^\(?(\d{1,2}|[ivx]{1,4})(\.\d+)*[.)/] ", "", text).strip()


def equal(left: float, right: float) -> bool:
    return abs(left - right) <= 1e-6 * max(1, abs(left), abs(right))


def difference(truth: Iterable[Number], got: list[Got], fits: Fits) -> str:
    """The first number that is missing or too many; nothing where each has its own."""
    left = list(got)
    for number in truth:
        one = next((g for g in left if fits(number, g)), None)
        if one is None:
            near = [g for g in got if plain(g.label) == plain(number.label)]
            near.sort(key=lambda g: not equal(g.value, float(number.value)))
            return (
                f"missing {_say(number)}; {f'nearest {_say(near[0])}' if near else 'no such label'}"
            )
        left.remove(one)
    return f"{len(left)} too many: {_say(left[0])}" if left else ""


def _say(number: Number | Got) -> str:
    return " ".join(str(part) for part in number[:8] if part not in ("", None))


def plan_difference(truth: list[Number], got: list[Got]) -> str:
    """Of parts and what they add up to, a plan has the one or the other."""
    ways = [[n for n in truth if n.role != "part"], [n for n in truth if n.role != "parent"]]
    found = [difference(way, got, _fits_plan) for way in ways]
    return "" if "" in found else found[0]


def _fits_plan(number: Number, got: Got) -> bool:
    value = float(number.value)
    if number.measure == "money":
        value /= float(MONEY[number.unit])
    elif plain(number.unit) != plain(got.unit):
        return False
    if (number.measure, number.year) != (got.measure, got.year) or not equal(value, got.value):
        return False
    if number.source and number.source != got.source:
        return False
    label = plain(number.label)
    return (
        number.role == "second"
        or label == plain(got.label)
        or (number.role == "part" and label in plain(got.label))
    )


def tables_difference(truth: list[Number], got: list[Got]) -> str:
    """What is no money or work of a year may be left out, and must not come out as such."""
    left = list(got)
    for number in (n for n in truth if n.role == "other"):
        aside = next((g for g in left if _is_aside(number, g)), None)
        if aside and not any(n.role != "other" and _fits_table(n, aside) for n in truth):
            left.remove(aside)
    return difference([n for n in truth if n.role != "other"], left, _fits_table)


def _is_aside(number: Number, got: Got) -> bool:
    if not equal(float(number.value), got.value) or plain(number.label) != plain(got.label):
        return False
    kind = ("money", "quantity")
    return number.measure in kind or got.measure not in kind or "%" in (got.unit or "")


def _fits_table(number: Number, got: Got) -> bool:
    return (
        equal(float(number.value), got.value)
        and plain(number.label) == plain(got.label)
        and _in_time(number, got)
        and number.phase in ("", got.phase)
        and {number.measure, got.measure} != {"money", "quantity"}
        and (number.place.startswith("Toàn") or plain(number.place) in plain(got.words))
    )


def _in_time(number: Number, got: Got) -> bool:
    if not number.period:
        return number.year is None or (number.year == got.year and not got.period)
    if re.fullmatch(r"\d{4}-\d{4}", number.period) and not got.period:
        return got.year is None
    *part, year = number.period.split()
    return got.period == number.period or (part == [got.period] and str(got.year) == year)


# --- a document ---------------------------------------------------------------------------------


def judge(case: Case, path: Path) -> Verdict:
    """Read the document and say what became of it."""
    try:
        if case.call == "read_plan":
            plan = kc.read_plan(path)
            found = kc.check(plan)
            errors = found[found["severity"] == "error"]
            word = plan_difference(case.truth, plan_numbers(plan))
        else:
            errors = pd.DataFrame()
            word = tables_difference(case.truth, table_numbers(path))
    except kc.DataError as error:
        message = str(error)
        good = case.expect in ("refuse", "read_or_refuse") and path.name in message
        return Verdict("refused", good, message.replace("\n", " / "))
    except Exception as error:
        return Verdict("crash", False, f"{type(error).__name__}: {error}")
    told = " / ".join(
        " ".join(str(row[name] or "") for name in ("line", "place_en", "message_vi", "message_en"))
        for _, row in errors.iterrows()
    )
    if case.expect == "finding":
        if not told:
            return Verdict("SILENT", False, word or "the slip is not told")
        return Verdict("told", not word and _names(case.names, errors), word or told)
    if told:
        return Verdict("told", case.expect == "read_or_refuse", f"{word}; {told}")
    if word:
        return Verdict("SILENT", False, word)
    return Verdict("right", case.expect in ("read", "read_or_refuse"), "")


def _names(names: list[str], errors: pd.DataFrame) -> bool:
    """Whether a finding names one of these rows, by its label or by its number."""
    said = [
        " ".join(str(row[c] or "") for c in ("place_vi", "place_en", "message_vi", "message_en"))
        for _, row in errors.iterrows()
    ]
    words, lines = plain(" / ".join(said)), set(errors["line"])
    return any(
        plain(name) in words
        if len(name) > 4
        else name in lines
        or re.search(
            rf"(?:row|line|section|dòng|hàng|phần|mục)\s+[“\"]?{re.escape(name)}(?![\w.]*\w)",
            words,
            re.I,
        )
        for name in names
    )


def plan_numbers(plan: Plan) -> list[Got]:
    labels = plan.lines.set_index("line")
    return [
        Got(
            row["source"],
            labels.loc[row["line"], "label_vi"],
            row.get("unit"),
            None if pd.isna(row["year"]) else int(row["year"]),
            "",
            None,
            measure,
            float(row[column]),
        )
        for frame, column, measure in (
            (plan.budget, "amount_million_vnd", "money"),
            (plan.quantities, "quantity", "quantity"),
        )
        for row in frame.to_dict("records")
        if row[column]
    ]


def table_numbers(path: Path) -> list[Got]:
    return [
        Got(
            row.get("source"),
            row["label"],
            row.get("unit"),
            None if pd.isna(row.get("year")) else int(row["year"]),
            row.get("period") or "",
            row.get("phase"),
            row["measure"],
            float(row["value"]),
            " / ".join(str(value) for value in row.values() if isinstance(value, str)),
        )
        for table in kc.read_tables(path)
        for row in table.frame.to_dict("records")
    ]
