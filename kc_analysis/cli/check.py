"""kc check: a document is read and its figures are set against each other."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

import pandas as pd

from kc_analysis.checks.reconcile import check
from kc_analysis.cli.findings import print_findings
from kc_analysis.model import DataError, Plan, Text, Trouble, same
from kc_analysis.publishing import sentences
from kc_analysis.reading.forms.opening import open_document
from kc_analysis.reading.plan.attempt import attempt
from kc_analysis.reading.plan.layout_file import layout_file
from kc_analysis.reading.plan.read_plan import plan_of
from kc_analysis.wording import citation


def add(commands: Any, language: ArgumentParser, cycle: ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "check",
        parents=[language],
        help="đọc một văn bản và đối chiếu các số / read a document and check its figures",
    )
    parser.add_argument("file", help="tệp / the file")
    parser.add_argument(
        "--thousands",
        choices=(".", ","),
        help="dấu tách hàng nghìn, nếu văn bản không tự cho biết / the thousands mark, if known",
    )
    parser.add_argument(
        "--repair",
        metavar="OUT.xlsx",
        help="ghi bản đã sửa vào tệp mới, bản gốc giữ nguyên / write a repaired copy",
    )
    parser.add_argument(
        "--layout",
        metavar="FILE.toml",
        help="cách đọc từng bảng: chưa có tệp thì ghi ra, có thì theo / how tables are read",
    )
    parser.add_argument(
        "--explain",
        metavar="PAGE.html",
        help="ghi một trang cho thấy từng ô được đọc là gì / a page that shows what each cell is",
    )
    parser.set_defaults(do=do)


def _write_repaired(path: Path, plan: Plan, findings: pd.DataFrame, lang: str) -> None:
    from kc_analysis.publishing.workbook import write_workbook

    if path.suffix.lower() != ".xlsx":
        expected = Text("tên tệp .xlsx", "the name of an .xlsx")
        raise DataError([Trouble(same("--repair"), expected, same(path.name))])
    if not (findings["rule"] == "repaired").any():
        print(Text("Không có số nào sửa được; không ghi tệp.", "Nothing to repair.")[lang])
        return
    write_workbook(path, plan, findings, lang)
    print(Text(f"Đã ghi {path}", f"Written: {path}")[lang])


def _write(path: Path, text: str, lang: str) -> None:
    from kc_analysis.publishing.aside import new_file

    with new_file(path) as half:
        half.write_text(text, encoding="utf-8", newline="\n")
    print(Text(f"Đã ghi {path}", f"Written: {path}")[lang])


def do(options: Namespace) -> int:
    """Read, check, and tell; 1 if there is an error."""
    repaired, thousands, lang = options.repair, options.thousands, options.lang
    document = open_document(Path(options.file))
    layout = Path(options.layout) if options.layout else None
    if layout and not layout.exists():
        _write(layout, layout_file(attempt(document, thousands=thousands)), lang)
    if options.explain:
        from kc_analysis.publishing.explain import explain

        page = explain(document, layout, thousands=thousands, lang=lang)
        _write(Path(options.explain), page, lang)
    plan = plan_of(document, layout, repair=repaired is not None, thousands=thousands)
    findings = check(plan)
    if repaired is not None:
        _write_repaired(Path(repaired), plan, findings, lang)
    print(citation(plan, lang))
    print(sentences.reconciliation(plan, findings, lang).plain)
    print_findings(findings, lang)
    return int((findings["severity"] == "error").any())
