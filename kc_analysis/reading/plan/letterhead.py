"""A decision's number, date, issuer and cycle: from its head, or as its appendix names it."""

import re
from contextlib import suppress
from datetime import date
from itertools import takewhile
from typing import Any

from kc_analysis.reading.grid import Cell
from kc_analysis.reading.vocabulary import cycles_in, find, years_in

_DAY = r"ngày\s+(\d{1,2})(?:\s+tháng\s+|/)(\d{1,2})(?:\s+năm\s+|/)(\d{4})"
_NUMBER = re.compile(r"Số:\s*(\d+/[^\s;,)]+)")
_ISSUED = re.compile(_DAY)
# An appendix often names the decision that it is attached to.
_NAMED = re.compile(
    rf"(?:kèm theo\s+|^)Quyết định\s+số:?\s+(\d+/QĐ-[^\s;,)]+)\s+{_DAY}", re.I | re.M
)
_ISSUER = re.compile(
    r"^(?:ỦY BAN NHÂN DÂN|UBND)\s+(?:TỈNH|THÀNH PHỐ)\s+[^\W\d]+(?: [^\W\d]+)*", re.M
)
_OF_OTHERS = re.compile(r"^\W*(?:căn cứ|theo|xét|thực hiện|kèm theo)\b", re.IGNORECASE)
_PLAN = re.compile(r"kế hoạch|chương trình|kinh phí|quyết định", re.IGNORECASE)


def letterhead(prose: str) -> dict[str, Any]:
    """The number, date of issue and issuer of a decision; None each where the text has none."""
    head = re.split(r"\bCăn cứ\b", prose)[0]  # what follows names other decisions
    number, issued, issuer = (pattern.search(head) for pattern in (_NUMBER, _ISSUED, _ISSUER))
    if not number and (named := _NAMED.search(prose)):
        return {"number": named[1], "issued": _day(named.groups()[1:]), "issuer": _named(issuer)}
    return {
        "number": number[1] if number else None,
        "issued": _day(issued.groups()) if issued else None,
        "issuer": _named(issuer),
    }


def _day(parts: tuple[str, ...]) -> date | None:
    with suppress(ValueError):  # a misprint, such as 31/2
        return date(*(int(part) for part in reversed(parts)))
    return None


def _named(issuer: re.Match[str] | None) -> str | None:
    return " ".join(takewhile(str.isupper, issuer[0].split())) if issuer else None


def cycle_named(lines: list[Cell]) -> tuple[int, int] | None:
    """The first and last year of the plan that a decision's title names; None where none does."""
    for line in lines:
        text = line.text
        if not _PLAN.search(text) or _OF_OTHERS.match(text) or find("context", text):
            continue
        if text.endswith((".", ";")):
            continue  # a sentence may speak of another plan
        if cycles := cycles_in(text):
            return cycles[0]
        if len(years := set(years_in(text))) == 1 and "năm" in text.casefold():
            return (only := years.pop(), only)
    return None
