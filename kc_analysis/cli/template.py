"""kc template: an empty workbook, to be filled."""

from argparse import ArgumentParser, Namespace
from typing import Any

from kc_analysis.model import Text
from kc_analysis.reading.cycle import load_plan


def add(commands: Any, language: ArgumentParser, cycle: ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "template",
        parents=[language],
        help="ghi một tệp Excel trống để điền / write an empty workbook to be filled",
    )
    parser.add_argument(
        "what", choices=("actuals",), help="actuals: kết quả thực hiện / what really happened"
    )
    parser.add_argument("cycle", help="giai đoạn, như 2021-2025 / the cycle")
    parser.add_argument("file", metavar="FILE.xlsx", help="tệp mới / a new file")
    parser.set_defaults(do=do)


def do(options: Namespace) -> int:
    """Write the workbook."""
    from kc_analysis.publishing.actuals_form import write_actuals_form

    write_actuals_form(options.file, load_plan(options.cycle), options.lang)
    print(Text(f"Đã ghi {options.file}", f"Written: {options.file}")[options.lang])
    return 0
