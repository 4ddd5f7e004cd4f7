"""All takes its place, or nothing does."""

import pytest

from kc_analysis.publishing.aside import aside


def test_new_replaces_old_and_leaves_the_rest(tmp_path):
    target = tmp_path / "reports"
    (target / "charts").mkdir(parents=True)
    (target / "charts" / "old.png").write_text("old")
    (target / "mine.docx").write_text("a planner's own")
    with aside(target) as made:
        (made / "charts").mkdir()
        (made / "charts" / "new.png").write_text("new")
        (made / "index.html").write_text("page")
        assert not (target / "index.html").exists()
    assert [path.name for path in (target / "charts").iterdir()] == ["new.png"]
    assert sorted(path.name for path in target.iterdir()) == ["charts", "index.html", "mine.docx"]


def test_a_failure_leaves_all_as_it_was(tmp_path):
    (tmp_path / "index.html").write_text("old")
    with pytest.raises(RuntimeError), aside(tmp_path) as made:
        (made / "index.html").write_text("half")
        raise RuntimeError
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]
    assert (tmp_path / "index.html").read_text() == "old"
