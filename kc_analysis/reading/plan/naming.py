"""What lines are called, in what they are counted, and who pays: whatever is missing or differs."""

from collections.abc import Iterator

from kc_analysis.model import Finding, Text
from kc_analysis.reading.plan.choice import LINES, Half
from kc_analysis.reading.plan.cut import NAMES, Number
from kc_analysis.reading.table.parts import Row, finding
from kc_analysis.reading.titles import core, slug

#: The part of the words that two names of one line share where only the wording differs.
_LIKE = 1 / 3


def names(money: Half, work: Half) -> Iterator[Finding]:
    """Titles and funds that differ between the tables; lines without a title or a unit."""
    yield from _titles(money, work)
    yield from _funds(money, work)
    yield from _missing(money, work)
    yield from _sources(money)
    yield from _unknown_funds(money)


def _titles(money: Half, work: Half) -> Iterator[Finding]:
    """Lines of one number whose titles differ between the two tables."""
    costed = {n.key: n for n in reversed(money.numbers) if n.level == "line"}
    titles = {slug(n.label.text) for n in costed.values()}
    counted = {n.key: n for n in reversed(work.numbers) if n.level == "line"}
    for key, line in sorted(counted.items()):
        other = costed.get(key)
        if other is None or slug(line.label.text) == slug(other.label.text):
            continue
        name = slug(line.label.text)
        # Said in other words, unless it is what another row is called.
        like = _is_like(name, slug(other.label.text)) and name not in titles
        message = Text(
            f"Dòng {key} mang tên “{line.label.text}” ở bảng khối lượng nhưng "
            f"“{other.label.text}” ở bảng kinh phí",
            f"Line {key} is called “{line.label.text}” in the table of quantities but "
            f"“{other.label.text}” in the table of money",
        )
        severity = "warning" if like else "error"
        yield finding("title-differs", severity, line.label, message, "quantities", key)


def _is_like(name: str, other: str) -> bool:
    ours, theirs = set(name.split("-")), set(other.split("-"))
    return len(ours & theirs) > _LIKE * len(ours | theirs)


def _funds(money: Half, work: Half) -> Iterator[Finding]:
    """Lines of one number that one fund pays and another fund's work is: a section is misread."""
    costed = {n.key: n for n in money.numbers if n.level == "line"}
    counted = {n.key: n for n in work.numbers if n.level == "line"}
    for key, line in counted.items():
        other = costed.get(key)
        if other is None or line.source == other.source:
            continue
        message = Text(
            f"Dòng {key} thuộc nguồn “{line.source}” ở bảng khối lượng nhưng “{other.source}” ở "
            "bảng kinh phí; xem lại tên các phần",
            f"Line {key} is of the fund “{line.source}” in the table of quantities but of "
            f"“{other.source}” in the table of money; look at what the sections are called",
        )
        yield finding("fund-differs", "error", line.label, message, "quantities", key)


def _missing(money: Half, work: Half) -> Iterator[Finding]:
    """Lines that have figures and no title, or quantities and no unit."""
    for name, half in (("budget", money), ("quantities", work)):
        lines: dict[str, Number] = {}
        for number in half.numbers:
            if number.level in LINES:
                lines.setdefault(number.key, number)
        for key, line in lines.items():
            if not line.label.text:
                message = Text(
                    f"Dòng {key} có số nhưng không có tên", f"Line {key} has figures and no title"
                )
                yield finding("no-title", "error", line.cell, message, name, key)
            if half.measure == "quantity" and not line.unit:
                message = Text(
                    f"Dòng {key} “{line.label.text}” có khối lượng nhưng không có đơn vị tính",
                    f"Line {key} “{line.label.text}” has quantities and no unit",
                )
                yield finding("no-unit-of-work", "error", line.label, message, name, key)


def _sources(money: Half) -> Iterator[Finding]:
    """Two sections that are taken for one source of funds, and so added up."""
    for part in money.parts:
        first: dict[str, Row] = {}
        for row in part.settled.table.rows:
            if not (row.is_fund and row.facets.source and row.parent is None):
                continue
            if (other := first.setdefault(row.facets.source, row)) is row:
                continue
            message = Text(
                f"Phần {other.key} “{other.label.text}” và phần {row.key} “{row.label.text}” được "
                "coi là một nguồn và cộng chung",
                f"Section {other.key} “{other.label.text}” and section {row.key} "
                f"“{row.label.text}” are taken for one source and added up",
            )
            yield finding("one-source-twice", "warning", row.label, message, "budget", row.key)


def _unknown_funds(money: Half) -> Iterator[Finding]:
    """Sections that are taken for funds and are not called so; an error where none is."""
    tables = [part.settled.table for part in money.parts]
    paid = {number.source for number in money.numbers if number.level == "line"}
    known = paid & {
        *NAMES,
        *(slug(core(row.label.text)) for t in tables for row in t.rows if row.is_fund),
    }
    for table in tables:
        for row in table.rows:
            name = slug(core(row.label.text))
            if row.parent is None and not row.is_fund and name in paid - known:
                message = Text(
                    f"Phần {row.key} “{row.label.text}” được coi là một nguồn kinh phí nhưng tên "
                    "không nói vậy",
                    f"Section {row.key} “{row.label.text}” is taken for a source of funds, though "
                    "it is not called one",
                )
                severity = "warning" if known else "error"
                yield finding("fund-unknown", severity, row.label, message, "budget", row.key)
