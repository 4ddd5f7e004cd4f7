"""What strict nbval does not see: that cells were run, in order, and hold nothing of a machine."""

import re
from pathlib import Path

import nbformat
import pytest

from kc_analysis.reading.cycle import home

NOTEBOOKS = sorted((home() / "notebooks").glob("*.ipynb"))


def outputs_as_text(cell) -> str:
    texts = []
    for output in cell.get("outputs", []):
        texts.append(output.get("text", ""))
        texts += [
            str(data)
            for kind, data in output.get("data", {}).items()
            if not kind.startswith("image/")
        ]
    return "\n".join(texts)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
class TestNotebook:
    @pytest.fixture
    def notebook(self, path: Path):
        return nbformat.read(path, as_version=4)

    @pytest.fixture
    def code(self, notebook):
        return [cell for cell in notebook.cells if cell.cell_type == "code"]

    def test_every_cell_was_run_in_order(self, code):
        assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
        assert any(cell.outputs for cell in code)

    def test_outputs_hold_no_warning_address_or_path(self, code):
        for cell in code:
            assert all(o.output_type != "error" and o.get("name") != "stderr" for o in cell.outputs)
            text = outputs_as_text(cell)
            assert not re.search(r"0x[0-9a-f]{6,}|Warning|(^|\s)(/\w+){2,}|[A-Z]:\\", text), text

    def test_it_defines_nothing_and_names_no_path(self, code):
        assert len(code) <= 12
        for cell in code:
            assert not re.search(r"^\s*(def|class)\s", cell.source, re.MULTILINE)
            assert "/" not in cell.source and "\\" not in cell.source

    def test_its_parameters(self, code):
        assert code[0].metadata.tags == ["parameters"]
        assert code[0].source.startswith('CYCLE = "2021-2025"\nLANG = "vi"')

    def test_every_chart_is_shown(self, code):
        for cell in code:
            shown = [o for o in cell.outputs if "image/png" in o.get("data", {})]
            assert len(shown) == cell.source.count("ax = ")

    def test_every_text_cell_stands_in_both_languages(self, notebook):
        texts = [cell.metadata.tags for cell in notebook.cells if cell.cell_type == "markdown"]
        assert texts[::2] == [["vi"]] * (len(texts) // 2)
        assert texts[1::2] == [["en"]] * (len(texts) // 2)
        assert len(texts) % 2 == 0
