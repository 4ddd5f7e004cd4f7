"""Totals found in real tables by their numbers alone, beside those that people marked in them.

    python benchmarks/aggregation.py DATA.jl.gz [--out FOUND.jl]

DATA is the data set of AggreCol (github.com/lanchiang/AggreCol, data/dataset.jl.gz): gzipped JSON,
a table a line, with ``table_array``, ``number_format`` and ``aggregation_annotations``. A
difference a - b = c is marked there as the sum a = b + c. FOUND gets a line a table,
``{"table": 0, "sums": [[row, column, [[row, column], ...]], ...]}``, counted from 0.
"""

import argparse
import gzip
import json
import re
import time
from pathlib import Path
from typing import Any

from kc_analysis.reading.table.discovery import find_sums
from kc_analysis.reading.table.sums import Place

MARKS = {"None": "", "Comma": ",", "Point": ".", "Space": " "}
#: Around a number: a currency, a percent sign, a footnote's mark.
AROUND = re.compile(r"^[$€£¥]\s*|\s*(?:%|[*†‡]+|\*?\d?[/)])$")


def number(text: str, thousands: str, decimal: str) -> float | None:
    """The number that a cell shows; None if it shows none, or a date."""
    text = AROUND.sub("", re.sub(r"[\u00a0\u202f\u2009]", " ", text).strip()).replace("−", "-")
    minus = re.fullmatch(r"\((.+)\)|(?:-\s*)(.+)|(.+)-", text)
    if minus:
        text = next(filter(None, minus.groups()))
    text = AROUND.sub("", text.strip())
    groups = rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+|" if thousands else ""
    if not re.fullmatch(rf"(?=.*\d)(?:{groups}\d*)(?:{re.escape(decimal)}\d*)?", text):
        return None
    value = float((text.replace(thousands, "") if thousands else text).replace(decimal, "."))
    return -value if minus else value


def numbers(cells: list[list[str]], number_format: str) -> dict[Place, float]:
    """The numbers of a table, but for the years that head its columns."""
    thousands, decimal = (MARKS[mark] for mark in number_format.split())
    values = {}
    for r, row in enumerate(cells):
        told = {c: number(text, thousands, decimal) for c, text in enumerate(row)}
        line = {(r, c): value for c, value in told.items() if value is not None}
        if not all(1900 <= value <= 2100 and value % 1 == 0 for value in line.values()):
            values.update(line)
    return values


def listed(value: Any) -> Any:
    """A list, or the JSON text of one."""
    return json.loads(value) if isinstance(value, str) else value


def marked(entry: dict[str, Any]) -> set[Place]:
    """The cells that people marked as sums."""
    notes = listed(entry["aggregation_annotations"])
    return {tuple(listed(n["aggregator_index"])) for n in notes if n["operator"] == "Sum"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    right = said = gold = 0
    lines = []
    start = time.perf_counter()
    with gzip.open(args.data, "rt", encoding="utf-8") as data:
        for i, line in enumerate(data):
            entry = json.loads(line)
            found = find_sums(numbers(listed(entry["table_array"]), entry["number_format"]))
            totals, truth = {total for total, _ in found}, marked(entry)
            right += len(totals & truth)
            said += len(totals)
            gold += len(truth)
            sums = [[*total, parts] for total, parts in found]
            lines.append(json.dumps({"table": i, "sums": sums}) + "\n")
    if args.out:
        args.out.write_text("".join(lines), encoding="utf-8")
    print(f"{len(lines)} tables, {time.perf_counter() - start:.1f} s")
    print(
        f"cells that are totals: precision {right / said:.3f}, recall {right / gold:.3f}, "
        f"F1 {2 * right / (said + gold):.3f} ({right} right of {said} found, {gold} marked)"
    )


if __name__ == "__main__":
    main()
