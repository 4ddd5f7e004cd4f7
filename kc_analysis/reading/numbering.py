"""Row numbers: how they are written, and which comes after which."""

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from kc_analysis.reading.vocabulary import find

_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_DIGITS = re.compile(r"(?:(?:[IVX]+|[A-Z])\.)?([0-9]{1,3}(?:\.[0-9]{1,3})*)")
_LETTER = re.compile(r"[a-zđ]")
_CALLED = re.compile(r"^(?:phần|mục|nhóm|chương)\s+(?=[IVXA-H0-9]+\W*$)", re.IGNORECASE)
_LONGEST = len("Chương XXXVIII.")
_BEFORE_TITLE = re.compile(
    r"((?:(?:Phần|Mục|Nhóm|Chương) )?(?:[IVX]+|[A-Z]|[0-9]{1,3}|[a-zđ](?=\)))(?=[.)/:-])"
    r"|\((?:[0-9]{1,2}|[a-zđ]|[ivx]+)\)|(?:[IVX]+|[A-Z])(?:\.[0-9]{1,2})+|[0-9]{1,2}(?:\.[0-9]{1,2})+)[.)/:-]?\s+(\D.*)"
    r"|([-–+•*])\s*([^\W\d].*)"
)
_COLUMN = re.compile(r"\(?(?:([A-Z])|(\d{1,2}))\)?(?:\s*=.*)?")
_VALUES = {"I": 1, "V": 5, "X": 10}


class Mark(NamedTuple):
    """A row's number: how it is written ("I", "A", "a", "1", "1.1", "(1)", "-"), and its rank.

    ``text`` is the number without what parts it from the title; ``prefix`` the numbers before its
    last, as I in I.1.
    """

    style: str
    rank: int | None
    text: str
    prefix: str = ""


@lru_cache(maxsize=4096)
def marks_of(text: str) -> tuple[Mark, ...]:
    """What a text may be as a row's number, likeliest first; empty where it is none.

    Examples
    --------
    >>> [marks_of(text)[0].style for text in ("II", "B", "3.", "II.3", "1.2", "(1)", "a)", "-")]
    ['I', 'A', '1', '1', '1.1', '(1)', 'a', '-']
    >>> [(mark.style, mark.rank) for mark in marks_of("V")], marks_of("750x")
    ([('I', 5), ('A', 22)], ())
    """
    text = "".join(_CALLED.sub("", text).split())
    if not text or len(text) > _LONGEST:
        return ()
    if text in ("-", "–", "—", "+", "*", "•"):
        return (Mark("-" if text in "-–—" else text, None, text),)
    bare = text.strip("().:/-–")
    if digits := _DIGITS.fullmatch(bare):
        parts = digits[1].split(".")
        style = ".".join("1" * len(parts))
        if len(parts) == 1 and text.startswith("("):
            style = "(1)"
        last = parts[-1].lstrip("0") or parts[-1]
        return (Mark(style, int(parts[-1]), last, bare.rpartition(".")[0]),)
    found = []
    if _ROMAN.fullmatch(bare):
        values = [_VALUES[letter] for letter in bare]
        rank = sum(
            -value if value < after else value
            for value, after in zip(values, [*values[1:], 0], strict=True)
        )
        found.append(Mark("I", rank, bare))
    if len(bare) == 1 and bare.isupper():
        found.append(Mark("A", ord(bare) - ord("A") + 1, bare))
    if _LETTER.fullmatch(bare):
        found.append(Mark("a", "abcdđefghijklmnopqrstuvwxyz".find(bare) + 1 or None, bare))
    return tuple(found)


@lru_cache(maxsize=4096)
def split_number(text: str) -> tuple[str, str]:
    """A number and a title that stand in one cell, "I. Khuyến công"; the number "" where none is.

    Examples
    --------
    >>> split_number("II. Khuyến công quốc gia"), split_number("Tổng cộng")
    (('II', 'Khuyến công quốc gia'), ('', 'Tổng cộng'))
    >>> split_number("1.2 Máy móc"), split_number("- Máy sấy"), split_number("(1) Hội chợ")
    (('1.2', 'Máy móc'), ('-', 'Máy sấy'), ('(1)', 'Hội chợ'))
    """
    match = _BEFORE_TITLE.fullmatch(text)
    return (match[1] or match[3], match[2] or match[4]) if match else ("", text)


def is_number_heading(text: str) -> bool:
    """Whether a heading stands over the rows' numbers.

    Examples
    --------
    >>> [is_number_heading(text) for text in ("Số TT", "STT.", "Nội dung")]
    [True, True, False]
    """
    return len(text) < _LONGEST and find("column", text) == "number"


def is_column_number(text: str) -> bool:
    """Whether a text can number a column: A, 3, (4), 5 = 3 + 4."""
    return bool(_COLUMN.fullmatch(text.strip("[]")))


def are_column_numbers(texts: list[str]) -> bool:
    """Whether a row's texts number the columns: A, B, 1, 2, 3 = 1 + 2.

    Examples
    --------
    >>> are_column_numbers(["A", "B", "1", "2", "3=1+2"]), are_column_numbers(["1", "2.670", "9"])
    (True, False)
    """
    numbers = []
    for text in texts:
        match = _COLUMN.fullmatch(text.strip("[]"))
        if not match:
            return False
        numbers += [int(match[2])] if match[2] else []
    ahead = all(after - before in (0, 1) for before, after in pairwise(numbers))
    return len(texts) > 1 and bool(numbers) and numbers[0] in (0, 1, 2, 3) and ahead
