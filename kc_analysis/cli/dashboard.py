"""kc dashboard: the page on which a planner tries changes."""

from argparse import ArgumentParser, Namespace
from typing import Any


def add(commands: Any, language: ArgumentParser, cycle: ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "dashboard",
        parents=[language, cycle],
        help="mở trang thử các thay đổi kế hoạch / open the page that tries changes to the plan",
    )
    parser.add_argument(
        "--port", type=int, default=8866, help="cổng (mặc định: %(default)s) / the port"
    )
    parser.add_argument(
        "--no-browser",
        dest="browser",
        action="store_false",
        help="không tự mở trình duyệt / open no browser",
    )
    parser.set_defaults(do=do)


def do(options: Namespace) -> int:
    """Serve the page until it is stopped."""
    from kc_analysis.explorer.dashboard import serve

    serve(options.cycle, options.lang, options.port, browser=options.browser)
    return 0
