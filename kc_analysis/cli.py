"""The kc command."""

import argparse
import io
import sys
from pathlib import Path

import pandas as pd

from kc_analysis.checks.coverage import coverage
from kc_analysis.checks.reconcile import check
from kc_analysis.model import DataError, Text
from kc_analysis.publishing import sentences
from kc_analysis.reading.cycle import cycles, load_plan
from kc_analysis.reading.plan import read_plan
from kc_analysis.wording import VALUES, citation


def main(arguments: list[str] | None = None) -> int:
    """Run the kc command.

    Parameters
    ----------
    arguments : list of str, optional
        The command line's, if left out.

    Returns
    -------
    int
        0 if all is well, 1 if a document does not reconcile, 2 if it cannot be read.
    """
    # A Windows console or a pipe may have an encoding without Vietnamese letters.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(arguments)
    try:
        if options.command == "check":
            return _check(options.file, options.repair, options.thousands, options.lang)
        return _run(options.cycle, options.lang)
    except DataError as error:
        print(error.in_language(options.lang), file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    language = argparse.ArgumentParser(add_help=False)
    language.add_argument(
        "--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ (mặc định: vi) / language"
    )
    parser = argparse.ArgumentParser(
        prog="kc",
        description="Kế hoạch khuyến công: đọc, đối chiếu, phân tích / read, check and analyse",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser(
        "run",
        parents=[language],
        help="làm toàn bộ cho một giai đoạn: số liệu, biểu đồ, báo cáo / the main job for a cycle",
    )
    run.add_argument(
        "cycle",
        nargs="?",
        default=cycles()[-1],
        help="giai đoạn, như 2021-2025 (mặc định: mới nhất) / the cycle, newest by default",
    )
    checking = commands.add_parser(
        "check",
        parents=[language],
        help="đọc một văn bản và đối chiếu các số / read a document and check its figures",
    )
    checking.add_argument("file", help="tệp / the file")
    checking.add_argument(
        "--thousands",
        choices=(".", ","),
        help="dấu tách hàng nghìn, nếu văn bản không tự cho biết / the thousands mark, if known",
    )
    checking.add_argument(
        "--repair",
        metavar="OUT.xlsx",
        help="ghi bản đã sửa vào tệp mới, bản gốc giữ nguyên / write a repaired copy",
    )
    return parser


def _check(file: str, repaired: str | None, thousands: str | None, lang: str) -> int:
    plan = read_plan(file, repair=repaired is not None, thousands=thousands)
    findings = check(plan)
    if repaired is not None:
        from kc_analysis.publishing.workbook import write_workbook

        write_workbook(Path(repaired), plan, findings, lang)
    print(citation(plan, lang))
    print(sentences.reconciliation(plan, findings, lang).plain)
    _print_findings(findings, lang)
    return int((findings["severity"] == "error").any())


def _run(cycle: str, lang: str) -> int:
    # Notebooks and charts take seconds to load; checking a file needs none of them.
    from kc_analysis.rerun import CellFailed, OpenErrors, run

    try:
        page = run(cycle, lang)
    except OpenErrors as stop:
        print(_STOPPED[lang], file=sys.stderr)
        _print_findings(stop.findings, lang)
        return 1
    except CellFailed as failure:
        print(failure.text[lang], file=sys.stderr)
        return 1
    plan = load_plan(cycle)
    print(citation(plan, lang))
    print(sentences.reconciliation(plan, check(plan), lang).plain)
    print(sentences.coverage(coverage(plan), lang).plain)
    print(Text(f"Mở trang này trước: {page}", f"Open this page first: {page}")[lang])
    return 0


def _print_findings(findings: pd.DataFrame, lang: str) -> None:
    for severity in ("error", "warning", "note"):
        for row in findings[findings["severity"] == severity].to_dict("records"):
            place = f"{row[f'place_{lang}']}: " if row[f"place_{lang}"] else ""
            print(f"  [{VALUES[severity][lang]}] {place}{row[f'message_{lang}']}")


_STOPPED = Text(
    "Không công bố: quyết định không khớp ở những chỗ sau. Sửa tệp, hoặc ghi nhận từng lỗi trong "
    "source.toml ([[known]]) nếu bản in đúng như vậy.",
    "Nothing was published: the decision does not reconcile in these places. Correct the file, or "
    "acknowledge each in source.toml ([[known]]) where the print really says so.",
)

if __name__ == "__main__":
    sys.exit(main())
