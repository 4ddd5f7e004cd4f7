"""A table in two pieces is one; two tables stay two."""

import pytest
from support import DRAWN, drawn, spoken

from kc_analysis.reading.grid import Cell, Grid, document
from kc_analysis.reading.table.assembly import tables_of

HEAD = "TT | Nội dung | Năm 2026 | Năm 2027"
TWO_HEADS = "TT | Nội dung | Năm | Năm\n^ | ^ | 2026 | 2027\nA | B | 1 | 2"
FIRST = "I | Địa phương | 9 | 9\n1 | Máy móc | 9 | 9"


def grid(text: str, *above: str) -> list[Cell | Grid]:
    """A table and the lines above it."""
    return [*spoken(*above), drawn(text)]


def pieces(*parts: list[Cell | Grid]) -> list[list[str]]:
    """The titles of the rows in each table, and the texts of each grid that is none."""
    tables, others = tables_of(document(DRAWN, [one for part in parts for one in part]))
    titles = [[row.label.text for row in table.rows] for table in tables]
    return titles + [[cell.text for row in grid.rows for cell in row] for grid in others]


@pytest.mark.parametrize("head", [HEAD, TWO_HEADS])
@pytest.mark.parametrize("between", [(), ("(tiếp theo)",), ("2",), ("PHỤ LỤC 1", "KẾ HOẠCH")])
@pytest.mark.parametrize("repeated", [True, False])
@pytest.mark.parametrize(
    "rest",
    [
        "2 | Hội chợ | 5 | 5",
        "II | Quốc gia | | \n1 | Mô hình | 5 | 5",
        "a) | Máy sấy | 5 | 5\n2 | Hội chợ | 1 | 1",
        " | Trong đó: | |\n- | Máy sấy | 5 | 5",
        " | Tổng cộng | 14 | 14",
    ],
)
def test_what_goes_on_from_a_table_is_of_it(head, between, repeated, rest):
    table = grid(f"{head}\n{FIRST}", "PHỤ LỤC 1", "KẾ HOẠCH")
    titles = [line.split("|")[1].strip() for line in rest.splitlines()]
    (found,) = pieces(table, grid(f"{head}\n{rest}" if repeated else rest, *between))
    assert found[-len(titles) - 2 :] == ["Địa phương", "Máy móc", *titles]


@pytest.mark.parametrize("again", [HEAD, ""])
def test_lines_that_begin_under_their_section_go_on_from_it(again):
    table = grid(f"{HEAD}\nI | Địa phương | |")
    assert len(pieces(table, grid(f"{again}\n1 | Máy móc | 9 | 9".strip()))) == 1


@pytest.mark.parametrize(
    ("head", "rest", "above"),
    [
        (HEAD, "I | Địa phương | 9 | 9\n1 | Máy móc | 9 | 9", ()),
        (HEAD, "1 | Máy móc | 9 | 9", ()),
        (HEAD, "2 | Hội chợ | 9 | 9", ("PHỤ LỤC 2",)),
        (HEAD, "2 | Hội chợ | 9 | 9", ("KẾ HOẠCH KHỐI LƯỢNG",)),
        ("TT | Nội dung | Năm 2028 | Năm 2029", "2 | Hội chợ | 9 | 9", ()),
    ],
)
def test_what_begins_anew_is_another_table(head, rest, above):
    assert len(pieces(grid(f"{HEAD}\n{FIRST}", "PHỤ LỤC 1"), grid(f"{head}\n{rest}", *above))) == 2


def test_rows_without_a_header_that_are_no_plans_stay_apart():
    signatures = "Nơi nhận: | | KT. CHỦ TỊCH | \n- VT. | | PHÓ CHỦ TỊCH | "
    assert len(pieces(grid(f"{HEAD}\n{FIRST}"), grid(signatures))) == 2
    assert len(pieces(grid(f"{HEAD}\n{FIRST}"), grid("2 | Hội chợ | 9"))) == 2


def test_a_cell_keeps_its_place():
    parts = drawn(f"{HEAD}\n{FIRST}"), drawn("2 | Hội | 5 | 5")
    (table,), _ = tables_of(document(DRAWN, parts))
    assert [row.label.at for row in table.rows] == [(1, 1), (2, 1), (0, 1)]


@pytest.mark.parametrize(
    ("head", "above"),
    [(HEAD, ("ĐVT: nghìn đồng",)), (f"{HEAD} (nghìn đồng)", ("(tiếp theo)",))],
)
def test_another_unit_of_money_makes_another_table(head, above):
    table = grid(f"{HEAD}\n{FIRST}", "KẾ HOẠCH", "ĐVT: triệu đồng")
    assert len(pieces(table, grid(f"{head}\nII | Quốc gia | 900 | 900", *above))) == 2
    assert len(pieces(table, grid(f"{HEAD}\nII | Quốc gia | 9 | 9", "ĐVT: triệu đồng"))) == 1
