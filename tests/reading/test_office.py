"""Files of older and other office programs."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from documents.decision import sheets
from documents.forms import FORMS
from support import EXTRACT, assert_same_plan

import kc_analysis as kc
from kc_analysis.model import DataError
from kc_analysis.reading.forms import office as office_files
from kc_analysis.reading.forms.office import modernized


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Stand in for LibreOffice with a script."""

    def install(script: str) -> None:
        program = tmp_path / "soffice"
        code = tmp_path / "office.py"
        code.write_text(script, encoding="utf-8")
        # Through a shell, since Python may stand in a folder with a blank in its name.
        command = f'#!/bin/sh\nexec "{sys.executable}" "{code}" "$@"\n'
        program.write_text(command, encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", str(tmp_path))

    return install


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def test_an_old_document_needs_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(DataError, match=r"\.docx"):
        modernized(OLD, "x.doc", "docx")


posix = pytest.mark.skipif(os.name != "posix", reason="the stand-in is a script")


@posix
def test_an_old_document_is_converted_and_read(office: Any, tmp_path: Path) -> None:
    (tmp_path / "made.docx").write_bytes(b"converted")
    office(
        "import sys, shutil, pathlib, urllib.parse\n"
        "profile = sys.argv[1].removeprefix('-env:UserInstallation=file://')\n"
        "user = pathlib.Path(urllib.parse.unquote(profile), 'user')\n"
        "settings = user / 'registrymodifications.xcu'\n"
        "assert 'DisableMacrosExecution' in settings.read_text()\n"
        "out = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\n"
        "out.mkdir()\n"
        f"shutil.copy({str(tmp_path / 'made.docx')!r}, out / 'document.docx')\n"
    )
    assert modernized(OLD, "x.doc", "docx") == b"converted"


@posix
def test_an_old_document_that_cannot_be_converted_is_refused(
    office: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    office("")
    with pytest.raises(DataError, match="LibreOffice"):
        modernized(OLD, "x.doc", "docx")
    office("import time; time.sleep(60)")
    monkeypatch.setattr(office_files, "_SECONDS", 1)
    with pytest.raises(DataError, match="LibreOffice"):
        modernized(OLD, "x.doc", "docx")


@pytest.mark.parametrize("form", ["doc", "odt", "rtf", "xls", "ods"])
def test_libreoffice_converts_the_decision(form: str, tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        assert os.environ.get("CI_OFFICE") != "1", "LibreOffice is not installed"
        pytest.skip("LibreOffice is not installed")
    kind = "xlsx_text" if form in ("xls", "ods") else "docx"
    source = tmp_path / f"decision.{kind.partition('_')[0]}"
    # Word 97 knows no table at a document's end; LibreOffice makes text of it.
    source.write_bytes(FORMS[kind]([replace(sheet, below=["Nơi nhận:"]) for sheet in sheets()]))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", form, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(source)], check=True, timeout=300, capture_output=True)
    assert_same_plan(kc.read_plan(tmp_path / f"decision.{form}"), kc.read_plan(EXTRACT))
