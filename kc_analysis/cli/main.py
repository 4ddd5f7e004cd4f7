"""The kc command's options, and what becomes of errors."""

import argparse
import io
import sys

from kc_analysis.cli import check, dashboard, draft, new_cycle, review, run, template
from kc_analysis.model import DataError
from kc_analysis.reading.cycle import cycles

_COMMANDS = (run, check, dashboard, template, review, draft, new_cycle)


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
    options = parser().parse_args(arguments)
    try:
        status: int = options.do(options)
    except DataError as error:
        print(error.in_language(options.lang), file=sys.stderr)
        return 2
    return status


def parser() -> argparse.ArgumentParser:
    """The command's options; each command adds its own."""
    language = argparse.ArgumentParser(add_help=False)
    language.add_argument(
        "--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ (mặc định: vi) / language"
    )
    cycle = argparse.ArgumentParser(add_help=False)
    cycle.add_argument(
        "cycle",
        nargs="?",
        default=next(reversed(cycles()), ""),  # where there is none yet, loading says so
        help="giai đoạn, như 2021-2025 (mặc định: mới nhất) / the cycle, newest by default",
    )
    made = argparse.ArgumentParser(
        prog="kc",
        description="Kế hoạch khuyến công: đọc, đối chiếu, phân tích / read, check and analyse",
    )
    commands = made.add_subparsers(dest="command", required=True)
    for command in _COMMANDS:
        command.add(commands, language, cycle)
    return made
