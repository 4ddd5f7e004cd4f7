"""kc draft: the next cycle's plan, drafted from this one's."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from kc_analysis.cli.findings import print_findings
from kc_analysis.model import DataError, Plan, Text, Trouble, findings_frame, same
from kc_analysis.reading.cycle import cycles, home, load_cpi, load_norms, load_plan


def add(commands: Any, language: ArgumentParser, cycle: ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "draft",
        parents=[language],
        help="dự thảo kế hoạch giai đoạn sau / draft the next cycle's plan",
    )
    parser.add_argument("cycle", help="giai đoạn mới, như 2026-2030 / the new cycle")
    parser.add_argument(
        "--from",
        dest="base",
        default=next(reversed(cycles()), ""),
        help="giai đoạn làm gốc (mặc định: mới nhất) / the cycle to start from",
    )
    parser.add_argument("--scenario", help="lập từ một kịch bản / start from a scenario")
    parser.add_argument(
        "--assumptions",
        metavar="FILE.toml",
        help="các giả định (mặc định: tăng như giai đoạn trước) / what is assumed",
    )
    parser.add_argument(
        "--actuals",
        metavar="FILE.xlsx",
        help="tệp kết quả đã điền: việc chưa xong xếp trước / what was carried out: the rest first",
    )
    parser.add_argument(
        "--out", metavar="FOLDER", help="thư mục ghi (mặc định: reports/…/draft) / where to write"
    )
    parser.add_argument(
        "--overwrite", action="store_true", help="thay bản đã có / replace what is there"
    )
    parser.set_defaults(do=do)


def do(options: Namespace) -> int:
    """Draft, tell what results, and write both appendices in Excel and in Word, or neither."""
    from kc_analysis.analysis.growth import recent_inflation
    from kc_analysis.publishing.appendices import write_appendices_excel, write_appendices_word
    from kc_analysis.publishing.aside import aside
    from kc_analysis.scenarios.apply import apply_scenario
    from kc_analysis.scenarios.assumptions import Assumptions
    from kc_analysis.scenarios.draft import draft_cycle
    from kc_analysis.scenarios.draft_file import load_assumptions
    from kc_analysis.scenarios.files import load_scenario

    lang, plan, cpi = options.lang, load_plan(options.base), load_cpi()
    if options.scenario:
        plan = apply_scenario(plan, load_scenario(options.scenario))
    if options.assumptions:
        assumed = load_assumptions(options.assumptions)
    else:
        assumed = Assumptions(recent_inflation(cpi))
    left = _unfinished(plan, options.actuals) if options.actuals else {}
    draft = draft_cycle(plan, options.cycle, assumed, load_norms(), cpi, left)
    folder = Path(options.out or home() / "reports" / options.cycle / "draft")
    name = f"{Text('du-thao', 'draft')[lang]}-{options.cycle}"
    writers = {f"{name}.xlsx": write_appendices_excel, f"{name}.docx": write_appendices_word}
    with aside(folder) as made:
        for file, write in writers.items():
            write(made / file, draft, lang)
        if not options.overwrite:
            _see_that_none_is_there([folder / file for file in writers])
    print_findings(findings_frame(draft.notes), lang)
    for file in writers:
        print(Text(f"Đã ghi {folder / file}", f"Written: {folder / file}")[lang])
    return 0


def _unfinished(plan: Plan, file: str) -> dict[str, float]:
    from kc_analysis.midterm.unfinished import unfinished
    from kc_analysis.reading.actuals import read_actuals

    return unfinished(plan, read_actuals(file))


def _see_that_none_is_there(paths: list[Path]) -> None:
    """A draft that is there already may have been edited since."""
    expected = Text(
        "tên chưa dùng; hãy chuyển bản đã có đi nơi khác, hoặc thêm --overwrite",
        "a name that is free; move what is there away, or add --overwrite",
    )
    found = Text("tệp đã có, không ghi đè", "a file that is there already; it is left alone")
    if troubles := [Trouble(same(str(path)), expected, found) for path in paths if path.exists()]:
        raise DataError(troubles)
