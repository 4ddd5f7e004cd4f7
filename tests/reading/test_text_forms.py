"""The same tables come back from each way in which text shows a table."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_analysis import read_tables
from kc_analysis.model import DataError
from kc_analysis.reading.forms.text import read_text


def texts(document):
    return [[[cell.text for cell in row] for row in grid.rows] for grid in document.grids]


def above(document):
    return [[cell.text for cell in grid.above] for grid in document.grids]


def markdown(row):
    return f"| {' | '.join(row)} |"


def drawn(rows):
    return [line for row in rows for line in ("├──┼──┤", f"│ {' │ '.join(row)} │")] + ["└──┴──┘"]


def columns(rows):
    widths = [max(map(len, column)) + 2 for column in zip(*rows, strict=True)]
    lines = ["".join(map(str.ljust, row, widths)) for row in rows]
    return [lines[0], "-" * 40, *lines[1:]]


def values(sign):
    def write(rows):
        file = io.StringIO()
        csv.writer(file, delimiter=sign).writerows(rows)
        return file.getvalue().splitlines()

    return write


def ruled(rows):
    return [markdown(rows[0]), "|" + "---|" * len(rows[0]), *map(markdown, rows[1:])]


FORMS = {
    "markdown": ruled,
    "bar at the end": lambda rows: [" | ".join(row) + " |" for row in rows],
    "bar between": lambda rows: [" | ".join(row) for row in rows],
    "drawn": drawn,
    "columns": columns,
    "semicolons": values(";"),
    "commas": values(","),
    "tabs": lambda rows: ["\t".join(row) for row in rows],
}


@pytest.mark.parametrize("form", FORMS)
def test_a_row_a_line(extract, form):
    bars = read_text(extract, "x.txt")
    lines = []
    for rows, before in zip(texts(bars), above(bars), strict=True):
        lines += ["", *before, *FORMS[form](rows), ""]
    again = read_text("\n".join([*lines, "CHỦ TỊCH"]), "x.txt")
    assert texts(again) == texts(bars)
    assert above(again) == above(bars)
    assert again.lines[-1].text == "CHỦ TỊCH"


def test_values_between_commas_with_titles_and_two_tables():
    text = "\n".join(
        [
            "BIỂU 1,,,",
            '"Đơn vị tính: triệu đồng, làm tròn",,,',
            "TT,Nội dung,2021,2022",
            'I,"Địa phương, tỉnh","1.056,5",7',
            "1,Hội chợ,5,",
            ",,,",
            "BIỂU 2,,,",
            "TT,Nội dung,ĐVT,2021",
            "1,Hội chợ,lần,2",
        ]
    )
    document = read_text(text, "x.csv")
    assert texts(document) == [
        [
            ["TT", "Nội dung", "2021", "2022"],
            ["I", "Địa phương, tỉnh", "1.056,5", "7"],
            ["1", "Hội chợ", "5", ""],
        ],
        [["TT", "Nội dung", "ĐVT", "2021"], ["1", "Hội chợ", "lần", "2"]],
    ]
    assert above(document) == [["BIỂU 1", "Đơn vị tính: triệu đồng, làm tròn"], ["BIỂU 2"]]
    assert document.grids[1].rows[1][2].where.en == "x.csv, line 9"


def test_text_with_commas_is_no_table():
    text = "Điều 1. Phê duyệt, ban hành, công bố\nĐiều 2. Giao Sở, ngành\nĐiều 3. Chánh, Phó, a"
    document = read_text(text, "x.txt")
    assert not document.grids
    assert [line.text for line in document.lines] == text.split("\n")


def test_columns_with_blank_cells_and_numbers_to_the_right():
    text = (
        "BIỂU 1\n"
        "TT   Nội dung          Năm 2021   Năm 2022\n"
        "I    Địa phương           1.056      2.056\n"
        "1    Hội chợ vùng            56\n"
        "     Tổng cộng            1.056      2.056\n"
        "Nơi nhận\n"
    )
    document = read_text(text, "x.txt")
    assert texts(document) == [
        [
            ["TT", "Nội dung", "Năm 2021", "Năm 2022"],
            ["I", "Địa phương", "1.056", "2.056"],
            ["1", "Hội chợ vùng", "56", ""],
            ["", "Tổng cộng", "1.056", "2.056"],
        ]
    ]
    assert above(document) == [["BIỂU 1"]]
    assert [line.text for line in document.grids[0].below] == ["Nơi nhận"]


def between_bars(*rows):
    return "".join(f"{cell}\n|\n" for row in rows for cell in row)


HEAD = ["TT", "Nội dung", "Năm 2021", "Năm 2022"]


@pytest.mark.parametrize(
    "rows",
    [
        # A section's row is one cell merged over all columns.
        [
            HEAD,
            ["I", "Địa phương"],
            ["1", "Việc a", "5", "6"],
            ["II", "Quốc gia"],
            ["1", "Việc b", "7", "8"],
        ],
        # A heading that was merged over the years, and one more for the whole.
        [
            ["TT", "Nội dung", "Giai đoạn", *HEAD[2:]],
            ["I", "Việc a", "5", "6"],
            ["1", "Việc b", "7", "8"],
        ],
        # Notes that are blank are lost; a figure before one looks like the number of a row.
        [[*HEAD, "Ghi chú"], ["1", "Việc a", "5", "4", "Ưu tiên"], ["2", "Việc b", "7", "8"]],
        [[*HEAD, "Ghi chú"], ["1", "Việc a", "5", "2", "Ưu tiên"], ["2", "Việc b", "7", "8"]],
        [[*HEAD, "Ghi chú"], ["1", "Việc a", "5", "2", "Ưu tiên"], ["II", "Việc b", "7", "8"]],
        [[*HEAD, "Ghi chú"], ["1", "Việc a", "5", "1", "Ưu tiên"], ["2", "Việc b", "7", "8"]],
        [
            [*HEAD, "Ghi chú"],
            ["I", "Việc a", "", "", "Ưu tiên"],
            ["1", "Việc b", "7", "8"],
            ["2", "Việc c", "1", "2"],
        ],
        [[*HEAD, "Ghi chú"], ["1", "Việc a", "5", "6"], ["2", "Việc b", "7", "3", "Ưu tiên"]],
        # Numbers in steps, and a row without one.
        [
            HEAD,
            ["1", "Việc a", "5", "6"],
            ["1.1", "Việc b", "2", "3"],
            ["1.2", "Việc c", "3", "3"],
            ["2", "Việc d", "1", "2"],
        ],
        [
            HEAD,
            ["a", "Việc x", "5", "6"],
            ["b", "Việc y", "2", "3"],
            ["", "Cộng", "7", "9"],
            ["a", "Việc z", "1", "2"],
        ],
        [
            HEAD,
            ["1", "Việc a", "5", "6"],
            ["-", "Việc b", "2", "3"],
            ["-", "Việc c", "3", "3"],
            ["2", "Việc d", "1", "2"],
        ],
        # A number left out.
        [
            HEAD,
            ["1", "Việc a", "5", "6"],
            ["2", "Việc b", "2", "3"],
            ["4", "Việc c", "3", "3"],
            ["5", "Việc d", "1", "2"],
        ],
        # The columns are numbered.
        [HEAD, ["A", "B", "1", "2"], ["1", "Việc a", "5", "6"], ["2", "Việc b", "2", "3"]],
        [
            ["TT", "Nội dung", "Giai đoạn", *HEAD[2:]],
            ["A", "B", "1", "2"],
            ["1", "Việc a", "5", "6"],
        ],
        # No numbers at all.
        [["Nội dung", "Năm 2021", "Năm 2022"], ["Việc a", "5", "6"], ["Việc b", "7", ""]],
        [
            ["Nội dung", "ĐVT", "Năm 2021", "Năm 2022"],
            ["Việc a", "lần", "", "6"],
            ["Việc b", "lớp", "7", "8"],
        ],
        [["Nội dung", "2021", "2022"], ["Việc a", "5", "6"], ["Việc b", "7", "8"]],
        [
            ["Nội dung", "Giai đoạn", "2021", "2022"],
            ["a b", "5", "6"],
            ["b c", "7", "8"],
            ["Việc c", "1", "2"],
        ],
    ],
)
def test_rows_between_bars(rows):
    text = "BIỂU 1\n" + between_bars(*rows) + "Nơi nhận"
    document = read_text(text, "x.txt")
    assert texts(document) == [rows]
    assert above(document) == [["BIỂU 1"]]
    assert [line.text for line in document.lines] == ["BIỂU 1", "Nơi nhận"]


def test_two_tables_between_bars_without_numbers():
    rows = [["Nội dung", "Năm 2021", "Năm 2022"], ["a", "5", "6"], ["b", "7", "8"]]
    text = between_bars(*rows) + "BIỂU 2\n" + between_bars(*rows)
    document = read_text(text, "x.txt")
    assert texts(document) == [rows, rows]
    assert above(document) == [[], ["BIỂU 2"]]


def paragraphs(document):
    pieces = []
    for rows, before in zip(texts(document), above(document), strict=True):
        pieces += ["\n".join(before), *(cell for row in rows for cell in row)]
    return "".join(piece + "\n\n" for piece in pieces)


def test_a_paragraph_a_cell(extract):
    bars = read_text(extract, "x.txt")
    again = read_text(paragraphs(bars), "x.txt")
    assert texts(again) == texts(bars)
    assert above(again) == above(bars)


def test_a_paragraph_a_cell_wrapped_over_lines(extract):
    bars = read_text(extract, "x.txt")
    again = read_text(paragraphs(bars).replace("khuyến công", "khuyến\ncông"), "x.txt")
    assert texts(again) == texts(bars)


def test_blank_lines_and_a_signature_after_the_last_paragraph(extract):
    bars = read_text(extract, "x.txt")
    tail = "\n\n\n\nTM. ỦY BAN NHÂN DÂN\n\n\n\n\n\nCHỦ TỊCH\n"
    again = read_text(paragraphs(bars) + tail, "x.txt")
    assert texts(again) == texts(bars)
    assert [line.text for line in again.lines[-2:]] == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]


def test_blank_paragraphs_that_vanished_leave_rows_short(extract):
    bars = read_text(extract, "x.txt")
    text = paragraphs(bars)
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    widths = [{len(row) for row in rows} for rows in texts(read_text(text, "x.txt"))]
    assert all(len(found) > 1 for found in widths)


def test_each_cell_knows_its_line():
    text = "BIỂU\n\n| TT | Nội dung | Năm 2021 |\n|---|---|---|\n| 1 | Hội chợ | 70 |"
    document = read_text(text, "x.txt")
    assert document.grids[0].rows[1][2].where.vi == "x.txt, dòng 5"
    assert document.lines[0].where.en == "x.txt, line 1"


def test_white_space_is_folded():
    document = read_text("|  TT | Nội \xa0  dung | 2021 |\n| 1 | Hội chợ | 70\xa0|", "x.txt")
    assert texts(document) == [[["TT", "Nội dung", "2021"], ["1", "Hội chợ", "70"]]]


def test_text_set_off_by_tabs_is_no_table():
    text = "ỦY BAN NHÂN DÂN\tCỘNG HÒA\nSố: 470/QĐ-UBND\tCao Bằng, ngày 08\n\tĐiều 1.\n\tĐiều 2."
    document = read_text(text, "x.txt")
    assert not document.grids
    assert [line.text for line in document.lines][2:5] == [
        "Số: 470/QĐ-UBND",
        "Cao Bằng, ngày 08",
        "Điều 1.",
    ]


def test_a_row_without_end_is_refused():
    with pytest.raises(DataError, match="columns"):
        read_text("|".join("a" * 2000) + "\n" + "a|b|c", "x.txt")


@given(st.text(st.sampled_from("TT1I|\t\n -Ộă,.")))
def test_any_text_is_a_document(text):
    document = read_text(text, "x.txt")
    found = {cell.at[0] for cell in document.lines}
    found |= {cell.at[0] for grid in document.grids for row in grid.rows for cell in row}
    assert found <= set(range(text.count("\n") + 2))
    assert all(line.text for line in document.lines)


@pytest.mark.parametrize("style", ["-", "+", "*", "•", "(1)", "a)", "1.1.1.1", "II.1", "Phần I"])
def test_a_row_begins_at_a_number_in_any_style(style):
    rows = [
        HEAD,
        ["A", "Việc a", "5", "6"],
        [style, "Việc b", "2", "3"],
        ["", "Cộng", "2", "3"],
    ]
    assert texts(read_text(between_bars(*rows), "x.txt")) == [rows]


def test_a_figure_that_looks_like_a_number_in_steps_begins_no_row():
    rows = [
        [*HEAD, "Ghi chú"],
        ["1", "Việc a", "5", "1.200.000", "Ưu tiên"],
        ["2", "Việc b", "7", "8"],
        ["3", "Việc c", "7", "8"],
    ]
    assert texts(read_text(between_bars(*rows), "x.txt")) == [rows]


def test_the_rest_of_a_title_in_the_last_row():
    rows = [
        HEAD,
        ["1", "Việc a", "5", "6"],
        ["2", "Việc b có tên dài", "7", "8"],
        ["", "hơn một hàng", "", ""],
    ]
    tables = [["TT", "Nội dung", "Năm 2023", "Năm 2024"], *rows[1:]]
    text = between_bars(*rows) + "BIỂU 2\n" + between_bars(*tables)
    assert texts(read_text(text, "x.txt")) == [rows, tables]


@pytest.mark.parametrize(
    "rows",
    [
        # Sections without figures, a dash for nothing, and years that look like figures.
        [
            ["Nội dung", "2021", "2022", "Giai đoạn 2021-2022"],
            ["Khuyến công quốc gia", "", "", ""],
            ["Việc a", "890 000", "–", "890 000"],
            ["Việc b", "-", "7", "7"],
        ],
        # Numbered columns, and units.
        [
            ["Nội dung", "ĐVT", "Năm 2021", "Năm 2022"],
            ["(1)", "(2)", "(3)", "(4)"],
            ["I. Địa phương", "", "", ""],
            ["1. Việc a", "lớp", "5", "6"],
        ],
    ],
)
def test_rows_without_numbers_beside_a_table_with_numbers(rows):
    numbered = [HEAD, ["1", "Việc a", "5", "6"], ["2", "Việc b", "7", "8"]]
    text = between_bars(*numbered) + "BIỂU 2\nĐVT: đồng\n" + between_bars(*rows)
    document = read_text(text, "x.txt")
    assert texts(document) == [numbered, rows]
    assert above(document) == [[], ["BIỂU 2", "ĐVT: đồng"]]


def test_words_that_are_no_rows_are_no_table():
    text = between_bars(["Nội dung", "Năm 2021"], ["Việc a"], ["5", "6", "Việc b"])
    assert not read_text(text, "x.txt").grids


def test_a_row_of_tabs_may_hold_one_title_or_none():
    rows = [
        HEAD,
        ["1", "Việc a có tên dài", "5", "6"],
        ["", "hơn một hàng", "", ""],
        ["", "", "", ""],
        ["2", "Việc b", "7", "8"],
    ]
    text = "\n".join(["\tBIỂU 1", *("\t".join(row) for row in rows), "\tNơi nhận"])
    document = read_text(text, "x.txt")
    assert texts(document) == [rows]
    assert [line.text for line in document.lines] == ["BIỂU 1", "Nơi nhận"]


# --- headings that have lost how far they reach -------------------------------------------------

YEARS = ["2021", "2022", "2023"]
LINES = [
    ["I", "Khuyến công quốc gia", "30", "40", "50", "120"],
    ["1", "Việc a", "10", "15", "20", "45"],
    ["2", "Việc b", "20", "25", "30", "75"],
]


def total_first(row):
    return [*row[:2], row[-1], *row[2:-1]]


@pytest.mark.parametrize("write", [between_bars, lambda *rows: "\n".join(map("\t".join, rows))])
@pytest.mark.parametrize(
    ("above", "below", "lines"),
    [
        (["Giai đoạn 2021-2023", "Cộng"], YEARS, LINES),
        (["Giai đoạn 2021-2023", "Giai đoạn 2021-2023"], YEARS, LINES),
        (["Tổng số", "Chia theo năm"], YEARS, [*map(total_first, LINES)]),
        (["Giai đoạn 2021-2023"], ["Cộng", *YEARS], [*map(total_first, LINES)]),
        (["Giai đoạn 2021-2023"], [*YEARS, "Cộng"], LINES),
        (["Cộng", "Giai đoạn 2021-2023", "Ghi chú"], YEARS, [[*total_first(x), ""] for x in LINES]),
    ],
)
def test_headings_under_headings_without_merged_cells(tmp_path, write, above, below, lines):
    path = tmp_path / "x.txt"
    path.write_text(write(["TT", "Nội dung", *above], below, *lines), encoding="utf-8")
    (table,) = read_tables(path)
    found = table.frame.query("year.notna()")
    printed = {(r.label, r.year): r.value for r in found.itertuples()}
    assert printed == {
        (label, 2021 + i): float(value)
        for _, label, *values, _ in LINES
        for i, value in enumerate(values)
    }
    assert sorted(table.frame.query("year.isna()").value) == [45, 75, 120]


def test_headings_are_not_guessed_where_no_sum_tells_how_they_lie(tmp_path):
    path = tmp_path / "x.txt"
    heads = ["TT", "Nội dung", "Giai đoạn 2021-2022", "Giai đoạn 2021-2022", "2021", "2022"]
    path.write_text(between_bars(heads, ["1", "Việc a", "5", "6", "9"]), encoding="utf-8")
    with pytest.raises(DataError):
        read_tables(path)


def test_a_row_that_lost_a_figure_is_not_filled_up_with_a_blank_note(tmp_path):
    rows = [
        ["TT", "Nội dung", "ĐVT", "Năm 2021", "Năm 2022", "Ghi chú"],
        ["1", "Hội chợ", "lần", "5", "6", ""],
        ["2", "Đào tạo", "lớp", "7", ""],
        ["3", "Máy móc", "cái", "8", "9", "Ưu tiên"],
    ]
    path = tmp_path / "x.txt"
    path.write_text(between_bars(*rows), encoding="utf-8")
    (table,) = read_tables(path)
    assert "Đào tạo" not in {*table.frame.label}
    assert any(note.severity == "error" and "Đào tạo" in note.message.en for note in table.notes)
