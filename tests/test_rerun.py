"""The main job on a copy of the data: published together, or not at all."""

import hashlib
import shutil

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import kc_analysis as kc
from kc_analysis.cli import main
from kc_analysis.publishing.gallery import gallery
from kc_analysis.reading.cycle import home
from kc_analysis.rerun import cycle as rerun
from kc_analysis.rerun import notebooks

PARAMETERS = 'CYCLE = "2021-2025"\nLANG = "vi"'


def write_notebook(folder, source, parameters=PARAMETERS):
    cells = [
        new_markdown_cell("# Thử", metadata={"tags": ["vi"]}),
        new_markdown_cell("# Trial", metadata={"tags": ["en"]}),
        new_code_cell(parameters, metadata={"tags": ["parameters"]}),
        new_code_cell(source),
    ]
    folder.mkdir(exist_ok=True)
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new_notebook(cells=cells, metadata=kernel), folder / "trial.ipynb")


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A home of its own: the real raw data, one small notebook, one chart for speed."""
    shutil.copytree(home() / "data" / "raw", tmp_path / "data" / "raw")
    write_notebook(tmp_path / "notebooks", "import kc_analysis as kc\nkc.load_plan(CYCLE).cycle")
    monkeypatch.setenv("KC_HOME", str(tmp_path))

    def one_chart(*arguments):
        charts = gallery(*arguments)
        return {"growth": charts["growth"]}

    monkeypatch.setattr(rerun, "gallery", one_chart)
    return tmp_path


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def spoil(copy, old, new):
    """Change the decision and its checksum, as an editor who accepts the change would."""
    raw = copy / "data" / "raw" / "2021-2025"
    decision, source = raw / "470-QD-UBND.txt", raw / "source.toml"
    before = hashlib.sha256(decision.read_bytes()).hexdigest()
    decision.write_bytes(decision.read_bytes().replace(old.encode(), new.encode()))
    after = hashlib.sha256(decision.read_bytes()).hexdigest()
    source.write_text(source.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    return source


def test_all_is_published(copy, capsys):
    assert main(["run", "2021-2025"]) == 0
    out = capsys.readouterr().out
    assert "mọi tổng đều khớp" in out
    reports = copy / "reports" / "2021-2025"
    assert str(reports / "index.html") in out
    assert sorted(files(reports)) == [
        "charts/growth.en.png", "charts/growth.en.svg",
        "charts/growth.vi.png", "charts/growth.vi.svg",
        "index.html", "notebooks/trial.html", "notebooks/trial.ipynb",
    ]  # fmt: skip
    page = (reports / "index.html").read_text(encoding="utf-8")
    assert 'lang="vi"' in page
    assert "notebooks/trial.html" in page
    assert "charts/growth.vi.png" in page
    assert "growth.en.png" not in page
    assert "http://" not in page and "https://" not in page
    trial = (reports / "notebooks" / "trial.html").read_text(encoding="utf-8")
    assert "Thử" in trial and "Trial" not in trial
    assert "2021-2025" in trial
    assert "import kc_analysis" not in trial
    processed = files(copy / "data" / "processed" / "2021-2025")
    committed = files(home() / "data" / "processed" / "2021-2025")
    assert processed == committed


def test_in_english(copy):
    assert main(["run", "--lang", "en"]) == 0
    page = (copy / "reports" / "2021-2025" / "index.html").read_text(encoding="utf-8")
    assert "growth.en.png" in page
    assert "Industrial promotion plan of Cao Bằng" in page


def test_errors_stop_publication_until_acknowledged_by_name(copy, capsys):
    source = spoil(copy, "3.616", "3.617")
    assert main(["run", "2021-2025"]) == 1
    captured = capsys.readouterr()
    assert "Không công bố" in captured.err
    assert "cộng lại được 3.616 nhưng in là 3.617" in captured.out
    assert not (copy / "data" / "processed").exists()
    assert not (copy / "reports").exists()
    with source.open("a", encoding="utf-8") as file:
        for rule in ("line-total", "damaged"):
            file.write(f'[[known]]\nrule = "{rule}"\ntable = "budget"\nline = "I.1"\n')
            file.write('reason_vi = "bản in sai"\nreason_en = "misprint"\n')
    assert main(["run", "2021-2025"]) == 0
    page = (copy / "reports" / "2021-2025" / "index.html").read_text(encoding="utf-8")
    assert "nhưng in là 3.617" in page


def test_a_cell_that_fails_leaves_the_last_good_report(copy, capsys):
    assert main(["run", "2021-2025"]) == 0
    before = files(copy / "reports") | files(copy / "data" / "processed")
    write_notebook(copy / "notebooks", "1 / 0")
    capsys.readouterr()
    assert main(["run", "2021-2025", "--lang", "en"]) == 1
    error = capsys.readouterr().err
    assert "trial.ipynb" in error
    assert "ZeroDivisionError" in error
    assert files(copy / "reports") | files(copy / "data" / "processed") == before


@pytest.mark.deep
def test_a_run_that_did_not_end_is_gone_on_with(copy, monkeypatch):
    ran = []
    run_cells = notebooks.run_cells

    def noted(notebook, *rest):
        ran.append(notebook.stem)
        run_cells(notebook, *rest)

    monkeypatch.setattr(notebooks, "run_cells", noted)
    trial, wrong = (copy / "notebooks" / f"{name}.ipynb" for name in ("trial", "wrong"))
    right = trial.read_bytes()

    def run(source):
        write_notebook(copy / "notebooks", source)
        trial.replace(wrong)
        trial.write_bytes(right)
        return main(["run", "2021-2025"])

    assert run("1 / 0") == 1
    assert sorted(ran) == ["trial", "wrong"]
    assert run("2 + 2") == 0
    assert sorted(ran) == ["trial", "wrong", "wrong"]
    # A run that has come to its end leaves nothing of the kind, and the next runs everything.
    assert not list((copy / "reports").rglob(".unfinished"))
    assert main(["run", "2021-2025"]) == 0
    assert sorted(ran) == ["trial", "trial", "wrong", "wrong", "wrong"]


def test_a_parameter_that_a_notebook_lacks_is_an_error_before_anything_starts(copy, capsys):
    write_notebook(copy / "notebooks", "1", parameters='CYCLE = "2021-2025"')
    assert main(["run", "2021-2025"]) == 2
    assert "notebooks/trial.ipynb" in capsys.readouterr().err
    assert not (copy / "reports").exists()


def test_a_changed_decision_is_not_run(copy, capsys):
    decision = copy / "data" / "raw" / "2021-2025" / "470-QD-UBND.txt"
    decision.write_bytes(decision.read_bytes().replace(b"3.616", b"3.617"))
    assert main(["run", "2021-2025"]) == 2
    assert kc.load_source("2021-2025")["sha256"] in capsys.readouterr().err
