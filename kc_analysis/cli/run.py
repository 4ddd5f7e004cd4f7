"""kc run: the main job for a cycle."""

import sys
from argparse import ArgumentParser, Namespace
from typing import Any

from kc_analysis.checks.coverage import coverage
from kc_analysis.checks.reconcile import check
from kc_analysis.cli.findings import print_findings
from kc_analysis.model import Text
from kc_analysis.publishing import sentences
from kc_analysis.reading.cycle import load_plan
from kc_analysis.wording import citation

_STOPPED = Text(
    "Không công bố: quyết định không khớp ở những chỗ sau. Sửa tệp, hoặc ghi nhận từng lỗi trong "
    "source.toml ([[known]]) nếu bản in đúng như vậy.",
    "Nothing was published: the decision does not reconcile in these places. Correct the file, or "
    "acknowledge each in source.toml ([[known]]) where the print really says so.",
)


def add(commands: Any, language: ArgumentParser, cycle: ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "run",
        parents=[language, cycle],
        help="làm toàn bộ cho một giai đoạn: số liệu, biểu đồ, báo cáo / the main job for a cycle",
    )
    parser.set_defaults(do=do)


def do(options: Namespace) -> int:
    """Publish, and tell what was read; 1 if the decision does not reconcile or a cell fails."""
    # Notebooks and charts take seconds to load; checking a file needs none of them.
    from kc_analysis.rerun.cycle import OpenErrors, run
    from kc_analysis.rerun.notebooks import CellFailed

    cycle, lang = options.cycle, options.lang
    try:
        page = run(cycle, lang)
    except OpenErrors as stop:
        print(_STOPPED[lang], file=sys.stderr)
        print_findings(stop.findings, lang)
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
