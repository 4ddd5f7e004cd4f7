"""The kc command as a planner types it."""

import subprocess
import sys

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook
from support import EXTRACT

import kc_analysis as kc
from kc_analysis.cli import main
from kc_analysis.reading.forms.text import read_text


def test_check_of_the_decision(capsys):
    assert main(["check", str(EXTRACT)]) == 0
    out = capsys.readouterr().out
    assert "Quyết định số 470/QĐ-UBND ngày 08/4/2020" in out
    assert "mọi tổng đều khớp" in out
    assert "[Ghi chú] 470-QD-UBND.txt, dòng 211" in out


def test_check_in_english(capsys):
    assert main(["check", str(EXTRACT), "--lang", "en"]) == 0
    assert "all of them agree" in capsys.readouterr().out


def test_check_of_a_decision_that_does_not_reconcile(tmp_path, capsys, extract):
    path = tmp_path / "wrong.txt"
    path.write_text(extract.replace("3.616", "3.617"), encoding="utf-8")
    assert main(["check", str(path)]) == 1
    out = capsys.readouterr().out
    assert "[Lỗi] wrong.txt, dòng " in out
    assert "cộng lại được 3.616 nhưng in là 3.617" in out


def test_check_of_what_cannot_be_read(tmp_path, capsys):
    assert main(["check", str(tmp_path / "none.txt"), "--lang", "en"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "none.txt: expected" in captured.err


def test_vietnamese_in_a_console_of_another_encoding():
    run = subprocess.run(
        [sys.executable, "-m", "kc_analysis.cli", "check", str(EXTRACT)],
        capture_output=True, env={"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}, check=True,
    )  # fmt: skip
    assert "Quyết định" in run.stdout.decode("utf-8")


def test_checking_a_file_loads_no_notebook_and_no_chart():
    code = (
        "import sys; from kc_analysis.cli import main; "
        f"main(['check', {str(EXTRACT)!r}]); "
        "slow = ('matplotlib', 'papermill', 'nbformat', 'IPython', 'voila'); "
        "print([m for m in slow if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"


def test_an_unknown_cycle(capsys):
    assert main(["run", "1999-2003"]) == 2
    assert "2021-2025" in capsys.readouterr().err


def test_the_dashboard_of_an_unknown_cycle(capsys):
    assert main(["dashboard", "1999-2003", "--no-browser", "--lang", "en"]) == 2
    assert "2021-2025" in capsys.readouterr().err


def test_help_names_the_commands(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["--help"])
    assert stop.value.code == 0
    out = capsys.readouterr().out
    assert all(command in out for command in ("run", "check", "dashboard"))


@pytest.fixture
def english_settings(tmp_path, extract):
    """The decision as a workbook that stored "1.056" as the number 1.056."""
    book = Workbook()
    sheet = book.active
    for line in ("Số: 470/QĐ-UBND", "Tổng kinh phí giai đoạn 2021-2025 là: 18,246 tỷ đồng."):
        sheet.append([line])
    for grid in read_text(extract, "x").grids:
        sheet.append([])
        sheet.append([])
        sheet.append([grid.above[-1].text])
        for row in grid.rows:
            sheet.append([_stored(cell.text) for cell in row])
    path = tmp_path / "damaged.xlsx"
    book.save(path)
    return path


def _stored(text):
    try:
        return float(text)
    except ValueError:
        return text or None


def test_a_workbook_damaged_by_english_settings_is_shown_and_left(english_settings, capsys):
    before = english_settings.read_bytes()
    assert main(["check", str(english_settings)]) == 1
    out = capsys.readouterr().out
    assert out.count("phải là") == 24
    assert english_settings.read_bytes() == before


def test_a_repaired_copy_is_written_and_reads_as_the_decision(english_settings, tmp_path, capsys):
    before = english_settings.read_bytes()
    out = tmp_path / "repaired.xlsx"
    assert main(["check", str(english_settings), "--repair", str(out)]) == 0
    assert capsys.readouterr().out.count("đã sửa thành") == 24
    assert english_settings.read_bytes() == before
    repaired = kc.read_plan(out)
    original = kc.read_plan(EXTRACT)
    pd.testing.assert_frame_equal(repaired.budget, original.budget)
    pd.testing.assert_frame_equal(repaired.quantities, original.quantities)
    assert not (kc.check(repaired)["severity"] == "error").any()
    book = load_workbook(out)
    assert book.sheetnames == ["Kinh phí", "Khối lượng", "Đã sửa"]
    marked = [
        cell.value
        for sheet in book.worksheets[:2]
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    ]
    assert len(marked) == 24
    assert 1056 in marked and 18246 in marked


def test_a_file_that_is_there_is_never_overwritten(english_settings, capsys):
    before = english_settings.read_bytes()
    assert main(["check", str(english_settings), "--repair", str(english_settings)]) == 2
    assert "không ghi đè" in capsys.readouterr().err
    assert english_settings.read_bytes() == before


def test_how_tables_are_read_is_written_once_and_then_obeyed(tmp_path, capsys):
    layout = tmp_path / "layout.toml"
    assert main(["check", str(EXTRACT), "--layout", str(layout)]) == 0
    assert f"Đã ghi {layout}" in capsys.readouterr().out
    text = layout.read_text(encoding="utf-8")
    changed = text.replace('"Năm 2025", role = "value", year = 2025', '"Năm 2025", role = "note"')
    layout.write_text(changed, encoding="utf-8")
    # Without its last year, the cycle's total of no line agrees.
    assert main(["check", str(EXTRACT), "--layout", str(layout)]) == 1
    assert "Đã ghi" not in capsys.readouterr().out
    assert layout.read_text(encoding="utf-8") == changed


def test_an_empty_workbook_for_what_happened(tmp_path, capsys):
    path = tmp_path / "actuals.xlsx"
    assert main(["template", "actuals", "2021-2025", str(path), "--lang", "en"]) == 0
    assert load_workbook(path).sheetnames[0] == "Instructions"
    assert str(path) in capsys.readouterr().out
    before = path.read_bytes()
    assert main(["template", "actuals", "2021-2025", str(path)]) == 2
    assert "không ghi đè" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_a_draft_is_written_whole_and_never_over_an_edited_one(tmp_path, capsys):
    out = tmp_path / "draft"
    command = ["draft", "2026-2030", "--out", str(out)]
    assert main(command) == 0
    told = capsys.readouterr().out
    assert "chưa xếp được" in told
    assert "định mức 300" in told
    names = {"du-thao-2026-2030.xlsx", "du-thao-2026-2030.docx"}
    assert {path.name for path in out.iterdir()} == names
    word = out / "du-thao-2026-2030.docx"
    word.write_bytes(b"edited")
    (out / "du-thao-2026-2030.xlsx").unlink()
    assert main(command) == 2
    assert "--overwrite" in capsys.readouterr().err
    assert [path.name for path in out.iterdir()] == [word.name]
    assert word.read_bytes() == b"edited"
    assert main([*command, "--overwrite"]) == 0
    assert {path.name for path in out.iterdir()} == names
    assert kc.read_plan(word).years == range(2026, 2031)


def test_a_draft_begins_with_what_was_not_carried_out(tmp_path, capsys):
    # Made-up figures: of nine models, one less than planned was delivered by the end of 2023.
    actuals = str(kc.raw_folder("2021-2025") / "actuals-example.xlsx")
    out = tmp_path / "draft"
    command = ["draft", "2026-2030", "--out", str(out), "--actuals", actuals, "--lang", "en"]
    assert main(command) == 0
    assert "Line II.1: 1 of 2021-2025 unfinished" in capsys.readouterr().out
