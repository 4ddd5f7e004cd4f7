"""What an allocation seeks, and by what it was chosen among the best, in words."""

from collections.abc import Sequence

import numpy as np

from kc_analysis.model import Text
from kc_analysis.numerals import write_number
from kc_analysis.scenarios.lexicographic import SECONDS, Best
from kc_analysis.scenarios.program import Problem

MOST_MONEY = Text(
    "dùng được nhiều tiền nhất, tính theo đơn giá bình quân cả giai đoạn của từng dòng",
    "most money used, counted in each line's mean price over the cycle",
)
MOST_WORTH = Text(
    "khối lượng có giá trị lớn nhất theo các trọng số đã cho",
    "quantities worth the most by the weights given",
)
PROPORTION = Text(
    "các dòng giảm cùng một tỷ lệ kinh phí, sát nhất mà số đơn vị nguyên cho phép: dòng lệch nhiều "
    "nhất chỉ lệch {} % kinh phí của nó",
    "each line cut by the same share of its money, as near as whole units allow: the line that is "
    "furthest from it is {} % of its money away",
)
CHOICE = {
    "only": Text(
        "không phương án nào khác đạt mục tiêu tốt bằng",
        "no other plan meets the objective as well",
    ),
    "closest": Text(
        "có phương án khác đạt mục tiêu tốt bằng; đây là phương án duy nhất gần kế hoạch đã duyệt "
        "nhất, tính theo tiền của khối lượng thêm và bớt",
        "others meet the objective as well; this alone is closest to the approved plan, by the "
        "money of the quantities added and taken away",
    ),
    "among": Text(
        "có phương án khác đạt mục tiêu tốt bằng; đây là một trong các phương án cùng gần kế hoạch "
        "đã duyệt nhất, tính theo tiền của khối lượng thêm và bớt",
        "others meet the objective as well; this is one of several that are equally close to the "
        "approved plan, by the money of the quantities added and taken away",
    ),
    "open": Text(
        f"chưa chứng minh được trong {SECONDS} giây phương án nào trong các phương án tốt nhất là "
        "gần kế hoạch đã duyệt nhất",
        f"which of the best plans is the closest to the approved plan was not proven within "
        f"{SECONDS} seconds",
    ),
}


def furthest(problem: Problem, bought: np.ndarray) -> Text:
    """Cuts in proportion, and how far the furthest line is from its share."""
    away = 100 * np.abs(problem.kept @ bought - problem.fair).max(initial=0)
    return Text(
        *(PROPORTION[lang].format(write_number(round(away, 1), lang)) for lang in ("vi", "en"))
    )


def chosen(parts: Sequence[Best]) -> tuple[bool | None, Text]:
    """Whether the whole is the only one, and in words: it is if each of its parts is."""
    others = [part.others for part in parts]
    by_all = [part.others_by_all for part in parts]
    if any(by_all):
        return False, CHOICE["among"]
    if None in by_all or (None in others and not any(others)):
        return None, CHOICE["open"]
    return True, CHOICE["closest" if any(others) else "only"]
