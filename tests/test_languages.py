"""Every page of a report is in the language asked for, and none is left in the other."""

import re
import shutil

import lxml.html
import pytest

from kc_analysis.cli import main
from kc_analysis.reading.cycle import home

VIETNAMESE = re.compile(
    "[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.I
)
#: What names the decision's own places, papers, places and persons, or quotes it, stays as it is.
NAMES = re.compile(
    r"“[^”]*”|\d+/QĐ-UBND|Thông tư (liên tịch )?[\w/-]+|Điều \d+( khoản \d+)?( điểm q)?( \(×.*?\))?"
    r"|Phần [IVX.\d]+|Cao Bằng|triệu đồng|tỷ đồng"
)
#: Of the worked example: what a planner added has no English title.
ADDED = ("Hỗ trợ áp dụng sản xuất sạch hơn", "Mô hình")
ENGLISH = re.compile(
    r"\b(the|of|and|is|are|was|with|by|from|planned|year|amount|line|source)\b", re.I
)
ADDRESS = re.compile(r"[\w-]+\.(csv|toml|xlsx|ipynb|txt|png|svg)|\[\[\w+\]\]|\b[a-z]+(-[a-z]+)+\b")


@pytest.fixture(scope="module", params=["vi", "en"])
def pages(request, tmp_path_factory):
    """The texts of all pages of a report, with the language that they are in."""
    root = tmp_path_factory.mktemp("home")
    for name in ("raw", "scenarios"):
        shutil.copytree(home() / "data" / name, root / "data" / name)
    shutil.copytree(home() / "notebooks", root / "notebooks")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KC_HOME", str(root))
        assert main(["run", "2021-2025", "--lang", request.param]) == 0
    found = {}
    for path in sorted((root / "reports").rglob("*.html")):
        page = lxml.html.parse(str(path)).getroot()
        for element in list(page.iter("style", "script")):
            element.drop_tree()
        found[path.stem] = [line for text in page.itertext() for line in text.splitlines()]
    return request.param, found


@pytest.mark.deep
def test_no_page_holds_the_other_language(pages):
    lang, found = pages
    assert len(found) == 8
    for name, lines in found.items():
        for line in lines:
            text = NAMES.sub("", line)
            if lang == "en":
                assert text.strip() in ADDED or not VIETNAMESE.search(text.replace(ADDED[0], "")), (
                    name,
                    line,
                )
            else:
                assert not ENGLISH.search(ADDRESS.sub("", text)), (name, line)
