"""kc review: the papers of a mid-term review."""

import sys
from argparse import ArgumentParser, Namespace
from typing import Any

from kc_analysis.cli.findings import print_findings
from kc_analysis.model import Text, findings_frame
from kc_analysis.reading.actuals import read_actuals


def add(commands: Any, language: ArgumentParser, cycle: ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "review",
        parents=[language],
        help="sơ kết giữa kỳ: phụ lục Excel, báo cáo Word, biểu đồ / the papers of a review",
    )
    parser.add_argument(
        "file", metavar="FILE.xlsx", help="tệp kết quả đã điền / the filled workbook"
    )
    parser.add_argument(
        "--scenario",
        help="so với một kịch bản thay vì kế hoạch đã duyệt / hold against a scenario",
    )
    parser.add_argument(
        "--overwrite",
        action="store_true",
        help="thay cả bản đã có người sửa / replace papers that were edited, too",
    )
    parser.set_defaults(do=do)


def do(options: Namespace) -> int:
    """Write the papers, and tell where; 1 if a cell of the notebook fails."""
    from kc_analysis.rerun.notebooks import CellFailed
    from kc_analysis.rerun.papers import ANNEX, REPORT, write_papers

    lang = options.lang
    try:
        folder = write_papers(
            options.file, lang, scenario=options.scenario, overwrite=options.overwrite
        )
    except CellFailed as failure:
        print(failure.text[lang], file=sys.stderr)
        return 1
    print_findings(findings_frame(read_actuals(options.file).plan.notes), lang)
    for name in (REPORT, ANNEX, "05_midterm_review.html", "charts"):
        print(Text(f"Đã ghi {folder / name}", f"Written: {folder / name}")[lang])
    return 0
