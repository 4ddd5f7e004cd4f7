"""kc draft: the next cycle's plan, drafted from this one's."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from kc_analysis.model import Text
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
        "--out", metavar="FOLDER", help="thư mục ghi (mặc định: reports) / where to write"
    )
    parser.set_defaults(do=do)


def do(options: Namespace) -> int:
    """Draft, and write both appendices in Excel and in Word."""
    from kc_analysis.analysis.growth import recent_inflation
    from kc_analysis.publishing.appendices import write_appendices_excel, write_appendices_word
    from kc_analysis.scenarios.apply import apply_scenario
    from kc_analysis.scenarios.draft import Assumptions, draft_cycle
    from kc_analysis.scenarios.draft_file import load_assumptions
    from kc_analysis.scenarios.files import load_scenario

    lang, plan = options.lang, load_plan(options.base)
    if options.scenario:
        plan = apply_scenario(plan, load_scenario(options.scenario))
    if options.assumptions:
        assumed = load_assumptions(options.assumptions)
    else:
        assumed = Assumptions(recent_inflation(load_cpi()))
    draft = draft_cycle(plan, options.cycle, assumed, load_norms())
    folder = Path(options.out or home() / "reports" / options.cycle)
    folder.mkdir(parents=True, exist_ok=True)
    for suffix, write in (("xlsx", write_appendices_excel), ("docx", write_appendices_word)):
        path = folder / f"{Text('du-thao', 'draft')[lang]}-{options.cycle}.{suffix}"
        write(path, draft, lang)
        print(Text(f"Đã ghi {path}", f"Written: {path}")[lang])
    return 0
