"""Tables of sums by fund: no lines of their own, and held against those of the plan."""

from math import isclose

from kc_analysis.model import Finding, Text
from kc_analysis.numerals import write_number
from kc_analysis.reading.plan.cut import Funds, Number
from kc_analysis.reading.table.parts import Row, Table, finding, left_out
from kc_analysis.reading.table.solve import Settled


def without_summaries(kept: list[Settled]) -> tuple[list[Settled], list[Settled]]:
    """The tables of lines, and those that have funds alone, each once."""
    plain: list[Settled] = []
    summaries: list[Settled] = []
    for one in kept:
        rows = [row for row in one.table.rows if row.role == "item" and row.cells]
        bare = rows and all(row.is_fund and row.facets.source and not row.children for row in rows)
        once = len({row.facets.source for row in rows}) == len(rows)
        named = all(row.parent is None for row in rows)
        (summaries if bare and once and named and not one.table.counts else plain).append(one)
    return (plain, summaries) if plain else (summaries, [])


def hold_summaries(summaries: list[Settled], money: list[Number], funds: Funds) -> list[Finding]:
    """Sums by fund are held against the lines; funds that have no lines are lines themselves."""
    found = []
    sums: dict[tuple[str, int | None], float] = {}
    for number in money:
        if number.level == "line" and number.year:
            for year in (number.year, None):
                at = (number.source, year)
                sums[at] = sums.get(at, 0.0) + number.value
    known = {source for source, _ in sums}
    for one in summaries:
        table, agree = one.table, True
        for (r, c), value in one.values.items():
            row, said = table.rows[r], table.facets(table.rows[r], c)
            if row.role != "item" or (said.period and "-" not in said.period):
                continue
            if said.source not in known:
                found.append(_fund_without_lines(table, row))
                agree = False
                break
            expected = sums.get((said.source, said.year), 0.0)
            if not isclose(expected, value, rel_tol=1e-12, abs_tol=1e-8):
                agree = False
                found.append(_summary_differs(row, c, said.year, expected, value, funds))
        if agree:
            found.append(left_out(table, Text("bảng tổng hợp theo nguồn", "sums by source")))
    return found


def _fund_without_lines(table: Table, row: Row) -> Finding:
    message = Text(
        f"Bảng “{table.title}” có nguồn “{row.label.text}”, không nội dung nào đọc được thuộc "
        "nguồn này",
        f"The table “{table.title}” has the fund “{row.label.text}”, of which no line was read",
    )
    return finding("fund-without-lines", "error", row.label, message, "budget")


def _summary_differs(
    row: Row, c: int, year: int | None, expected: float, value: float, funds: Funds
) -> Finding:
    when = Text(str(year) if year else "cả giai đoạn", str(year) if year else "the cycle")
    message = Text(
        f"Bảng tổng hợp, “{row.label.text}”, {when.vi}: in là {write_number(value)} nhưng các nội "
        f"dung cộng lại được {write_number(expected)}",
        f"The table of sums by source, “{row.label.text}”, {when.en}: {write_number(value, 'en')} "
        f"is printed but its lines add up to {write_number(expected, 'en')}",
    )
    fund = funds.by_source.get(row.facets.source)
    line = fund.number if fund else ""
    return finding(
        "summary-differs", "error", row.cells[c], message, "budget", line, year, expected, value
    )
