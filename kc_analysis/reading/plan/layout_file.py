"""What was inferred of a document, as a file that a person can change line by line."""

from typing import Any

import tomlkit
from tomlkit.items import Array, InlineTable
from tomlkit.items import Table as TomlTable

from kc_analysis.reading.layout import FACETS, place_of, unit_of
from kc_analysis.reading.plan.attempt import Attempt, Taken
from kc_analysis.reading.table.marks import marked_cells
from kc_analysis.reading.table.parts import Column, Row, Table

_HEAD = """\
Các bảng của văn bản được hiểu như dưới đây. Sửa chỗ nào thì chỗ ấy được đọc theo; dòng nào xóa đi
thì máy lại tự suy ra. Không sửa place, title, at, heading, label, key: chúng chỉ để nhận ra bảng,
cột và hàng. Ghi "" (năm: 0) nghĩa là không có.

Bảng:
  counts     "money" (kinh phí), "quantity" (khối lượng), ["money", "quantity"] (cả hai),
             "none" (không thuộc kế hoạch)
  thousands  dấu tách hàng nghìn: "." hoặc ","
  unit       đơn vị tiền của cả bảng: "triệu đồng", "nghìn đồng", "tỷ đồng", "đồng"
Cột (at: thứ tự từ trái sang):
  role       "number" (số thứ tự), "title" (nội dung), "unit" (đơn vị tính), "source" (nguồn),
             "place" (địa bàn), "year" (năm), "note" (không đọc), "value" (cột số)
  year       một năm; period: "2021-2025" (cả giai đoạn), "Q1" (quý), "6M" (6 tháng),
             "M1" (tháng 1), "to" (lũy kế)
  phase      "plan" (kế hoạch), "adjusted" (điều chỉnh), "allotted" (giao), "need" (nhu cầu),
             "estimate" (ước thực hiện), "actual" (thực hiện)
  measure    "money", "quantity", "share" (tỷ lệ), "growth" (tăng trưởng), "other" (số khác)
  source     "local" (địa phương), "national" (quốc gia), "counterpart" (đối ứng)
  unit, place; total = true: cột tổng
Hàng (at: thứ tự từ trên xuống):
  role       "item" (nội dung hoặc phần có số), "heading" (đề mục không có số), "total" (hàng tổng),
             "of which" (trong đó, không cộng riêng), "second" (số đo khác của hàng trên),
             "beside" (nội dung riêng, ngang hàng với hàng trên), "extra" (không cộng vào đâu),
             "aside" (tỷ lệ, chú thích)
  under      key, hoặc at, của hàng mà nó thuộc về; "" là không thuộc hàng nào. Với hàng tổng: phần
             mà nó cộng; "" là cộng tất cả
  source     như ở cột"""


def layout_file(attempt: Attempt) -> str:
    """What was inferred of a document's tables, as TOML; ``read_plan`` takes it back.

    What could not be decided is left to fill in.

    Parameters
    ----------
    attempt : Attempt

    Returns
    -------
    str
    """
    document = tomlkit.document()
    for line in _HEAD.splitlines():
        document.add(tomlkit.comment(line))
    tables = tomlkit.aot()
    for taken in attempt.tables:
        tables.append(_table(taken))
    document.add("table", tables)
    return tomlkit.dumps(document)


def _table(taken: Taken) -> TomlTable:
    table = taken.settled.table
    made = tomlkit.table()
    made.add("place", place_of(table))
    made.add("title", table.title)
    if taken.counts is None:
        made.add(tomlkit.comment('counts = "money", "quantity" hoặc "none"?'))
    else:
        counts: Any = [*taken.counts] if len(taken.counts) > 1 else (*taken.counts, "none")[0]
        made.add("counts", counts)
        if taken.left_out:
            made["counts"].comment(taken.left_out.message.vi)
    if not taken.is_settled:
        made.add(tomlkit.comment('thousands = "." hoặc ","?'))
    elif marked_cells(table):
        made.add("thousands", taken.settled.marks.thousands)
    if table.said.money:
        made.add("unit", table.said.money)
    made.add("columns", _columns(table))
    if taken.is_settled:
        made.add("rows", _rows(table))
    else:
        made.add(tomlkit.comment("Điền thousands rồi ghi lại vào tệp khác để có các hàng."))
    return made


def _line(**told: Any) -> InlineTable:
    made = tomlkit.inline_table()
    made.update(told)
    return made


def _columns(table: Table) -> Array:
    made = tomlkit.array()
    for c, column in enumerate(table.columns):
        said = {key: value for key in FACETS if (value := _facet(column, key))}
        made.add_line(_line(at=c + 1, heading=column.heading, role=column.role, **said))
    made.add_line(indent="")
    return made


def _facet(column: Column, key: str) -> Any:
    return unit_of(column) if key == "unit" else getattr(column.facets, key)


def _rows(table: Table) -> Array:
    doubts = {trouble.place: trouble for trouble in table.troubles}
    made = tomlkit.array()
    for r, row in enumerate(table.rows):
        key = {} if row.role == "total" else {"key": row.key}
        known = {"at": r + 1, **key, "label": row.label.text}
        source = {"source": row.own.source} if row.own.source else {}
        if doubt := doubts.get(row.label.where):
            made.add_line(_line(**known, **source), comment=f"role, under? Cần {doubt.expected.vi}")
            continue
        made.add_line(_line(**known, **_place(table.rows, row), **source))
    made.add_line(indent="")
    return made


def _place(rows: list[Row], row: Row) -> dict[str, Any]:
    """What a row is, and what it stands under."""
    role, above = row.role, row.parent
    if row.beside is not None:
        role, above = "beside", row.beside
    if above is not None:
        key = rows[above].key
        alone = [other.key for other in rows].count(key) == 1
        return {"role": role, "under": key if alone else above + 1}
    # A total that is not of all, and of no section, is left for the reader to place.
    return {"role": role} if role == "total" and row.key != "grand" else {"role": role, "under": ""}
