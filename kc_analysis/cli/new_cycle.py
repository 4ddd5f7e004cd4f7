"""kc new-cycle: a decision is taken in."""

from argparse import ArgumentParser, Namespace
from typing import Any

from kc_analysis.cli.findings import print_findings
from kc_analysis.model import Text
from kc_analysis.publishing.table import show
from kc_analysis.wording import citation

_MATCHED = Text("Các dòng so với giai đoạn trước:", "Lines beside those of the last cycle:")
_DIFFERS = Text("Khác giai đoạn trước:", "Otherwise than in the last cycle:")
_TO_FILL = Text("Còn phải điền:", "Still to fill in:")


def add(commands: Any, language: ArgumentParser, cycle: ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "new-cycle",
        parents=[language],
        help="đưa quyết định của giai đoạn mới vào / take in the decision of a new cycle",
    )
    parser.add_argument("cycle", help="giai đoạn mới, như 2026-2030 / the new cycle")
    parser.add_argument("file", help="tệp quyết định / the decision")
    parser.add_argument(
        "--thousands",
        choices=(".", ","),
        help="dấu tách hàng nghìn, nếu văn bản không tự cho biết / the thousands mark, if known",
    )
    parser.set_defaults(do=do)


def do(options: Namespace) -> int:
    """Take it in, and tell what differs and what is to be filled in; 1 if there is an error."""
    from kc_analysis.publishing.new_cycle import take_in

    lang = options.lang
    taken = take_in(options.cycle, options.file, options.thousands)
    print(Text(f"Đã lập {taken.folder}", f"Made: {taken.folder}")[lang])
    print(citation(taken.plan, lang))
    print_findings(taken.findings, lang)
    if not taken.matched.empty:
        print(_MATCHED[lang])
        print(show(taken.matched, taken.plan, lang))
    for title, texts in ((_DIFFERS, taken.differences), (_TO_FILL, taken.to_fill)):
        if texts:
            print(title[lang], *(f"  - {text[lang]}" for text in texts), sep="\n")
    return int((taken.findings["severity"] == "error").any())
