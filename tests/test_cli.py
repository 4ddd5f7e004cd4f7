"""The kc command as a planner types it."""

import subprocess
import sys

import pytest
from support import EXTRACT

from kc_analysis.cli import main


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
        "print([m for m in ('matplotlib', 'papermill', 'nbformat', 'IPython') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"


def test_an_unknown_cycle(capsys):
    assert main(["run", "1999-2003"]) == 2
    assert "2021-2025" in capsys.readouterr().err


def test_help_names_both_commands(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["--help"])
    assert stop.value.code == 0
    assert "run" in (out := capsys.readouterr().out) and "check" in out
