"""Files of older or other office programs, turned by LibreOffice into those that are read here."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from kc_analysis.model import Text
from kc_analysis.reading.forms.limits import refuse

_SECONDS = 120

#: A profile under which LibreOffice runs no macro and fetches nothing that a document links to.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""

_PROGRAMS = {"docx": "Word", "xlsx": "Excel"}
_OLD = {"docx": "doc", "xlsx": "xls"}


def modernized(data: bytes, file: str, form: str) -> bytes:
    """A document as .docx, or a workbook as .xlsx.

    Parameters
    ----------
    data : bytes
        A file of Word 97 or Excel 97, rich text or an OpenDocument.
    file : str
        The name that messages give the file.
    form : {"docx", "xlsx"}

    Raises
    ------
    DataError
        If LibreOffice is not installed or cannot read the file.
    """
    program = _PROGRAMS[form]
    expected = Text(
        f"tệp .{form} (mở bằng {program} rồi lưu lại)", f"a .{form} (save it as such in {program})"
    )
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        found = Text(
            "tệp kiểu cũ hoặc của chương trình khác, mà máy này không có LibreOffice để chuyển đổi",
            "a file of an older or another program, and no LibreOffice here to convert it",
        )
        raise refuse(file, expected, found, "old-form")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        converted = _convert(office, data, Path(folder), form)
    if converted is None:
        found = Text("tệp mà LibreOffice không đọc được", "one that LibreOffice cannot read")
        raise refuse(file, expected, found, "old-form")
    return converted


def _convert(office: str, data: bytes, folder: Path, form: str) -> bytes | None:
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    source, target = folder / f"document.{_OLD[form]}", folder / "out"
    source.write_bytes(data)
    command = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", form, "--outdir", str(target), str(source)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    ) as process:
        try:
            process.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            # What was started is a script; the office itself is its child.
            if os.name == "posix":
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
    converted = target / f"document.{form}"
    return converted.read_bytes() if converted.is_file() else None
