"""Files made to harm, and files damaged: each is refused in words, soon and in little memory."""

import io
import os
import signal
import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pandas as pd
import pytest
from documents.forms import as_docx, as_html, as_pdf, as_xlsx_text
from documents.layouts import Marks, Sheet, Span
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from support import EXTRACT

import kc_analysis as kc
from kc_analysis.model import Plan
from kc_analysis.publishing.datapackage import write_processed
from kc_analysis.publishing.page import write_index
from kc_analysis.publishing.workbook import write_workbook
from kc_analysis.reading.forms.limits import FILE_BYTES, UNPACKED_BYTES
from kc_analysis.reading.forms.text import read_text

# Far more than any of these takes: a guard against hanging, no measure of speed.
SECONDS = 600
MEGABYTES = 1_500
MEMORY = Path("/proc/self/status")


@pytest.fixture(autouse=True)
def in_time() -> Iterator[None]:
    """Nothing hangs; what fails a test is no Exception, so that no reader can catch it."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, lambda *_: pytest.fail("this takes too long"))
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(autouse=True)
def in_memory() -> Iterator[None]:
    """No test takes much more memory than it found taken, as far as the system tells."""
    before = megabytes("VmRSS")
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")  # the peak is from now on
    yield
    assert megabytes("VmHWM") - before < MEGABYTES


def megabytes(name: str) -> int:
    if not MEMORY.exists():
        return 0
    lines = MEMORY.read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) // 1024


def refused(path: Path) -> str:
    with pytest.raises(kc.DataError) as error:
        kc.read_plan(path)
    assert "Traceback" not in str(error.value)
    return str(error.value)


# --- the decision in each form ------------------------------------------------------------------

WRITERS = {"docx": as_docx, "xlsx": as_xlsx_text, "html": as_html, "pdf": as_pdf}


@pytest.fixture(scope="session")
def whole(extract: str) -> Callable[[str], bytes]:
    """The decision in each form."""
    sheets = [
        Sheet(
            f"PL{i}",
            [line.text for line in grid.above],
            [[Span(cell.text) for cell in grid.rows[0]]],
            [[Span(cell.text) for cell in row] for row in grid.rows[1:]],
            [],
            Marks(),
            [],
        )
        for i, grid in enumerate(read_text(extract, "x.txt").grids, 1)
    ]
    files = {form: write(sheets) for form, write in WRITERS.items()}
    return lambda form: files[form]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


def with_part(package: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A package with one of its parts changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, change(data) if part == name else data)
    return out.getvalue()


@pytest.mark.parametrize("form", WRITERS)
def test_the_undamaged_decision_is_read(whole, tmp_path, plan, form):
    path = tmp_path / "decision"
    path.write_bytes(whole(form))
    assert kc.read_plan(path).budget.equals(plan.budget)


# --- damage -------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["docx", "xlsx", "pdf"])
@pytest.mark.parametrize("share", [0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99])
def test_cut_short(whole, tmp_path, form, share):
    path = tmp_path / f"decision.{form}"
    path.write_bytes(whole(form)[: round(share * len(whole(form)))])
    assert path.name in refused(path)


@pytest.mark.deep
@pytest.mark.parametrize("form", WRITERS)
def test_one_byte_damaged(whole, tmp_path, form):
    rng, path = Random(1), tmp_path / f"damaged.{form}"
    for _ in range(60):
        damaged = bytearray(whole(form))
        damaged[rng.randrange(len(damaged))] ^= rng.randrange(1, 256)
        path.write_bytes(damaged)
        with suppress(kc.DataError):
            kc.read_plan(path)


@settings(max_examples=300)
@given(
    st.sampled_from([b"", b"PK\3\4", b"%PDF-1.7\n", b"<table><tr><td>", b"\xff\xfe", b"TT\n|\n"]),
    st.binary(max_size=2_000),
)
def test_random_bytes(folder, start, rest):
    path = folder / "random"
    path.write_bytes(start + rest)
    refused(path)


# --- bombs --------------------------------------------------------------------------------------


def bomb(path: Path, part: str, size: int) -> None:
    """A package of one part, that much white space between the tags of an XML document."""
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
        package.open(part, "w", force_zip64=True) as stream,
    ):
        stream.write(b"<a>")
        for _ in range(size // 2**20):
            stream.write(b" " * 2**20)
        stream.write(b"</a>")


PARTS = ["word/document.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"]


@pytest.mark.parametrize("part", PARTS[::3])
def test_a_package_that_unpacks_to_too_much(tmp_path, part):
    path = tmp_path / "bomb"
    bomb(path, part, UNPACKED_BYTES + 2**20)
    assert path.stat().st_size < UNPACKED_BYTES / 100
    assert "at most" in refused(path)


@pytest.mark.parametrize("part", PARTS)
def test_a_package_that_unpacks_to_what_is_just_allowed(tmp_path, part):
    path = tmp_path / "bomb"
    bomb(path, part, UNPACKED_BYTES - 2**20)
    refused(path)


@pytest.mark.parametrize("part", PARTS[::3])
def test_a_package_that_lies_about_its_size(tmp_path, part):
    path = tmp_path / "bomb"
    bomb(path, part, 2 * UNPACKED_BYTES)
    data = bytearray(path.read_bytes())
    directory = data.rindex(b"PK\1\2")
    struct.pack_into("<I", data, directory + 24, 1_000)
    path.write_bytes(data)
    refused(path)


@pytest.mark.deep
@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_a_package_of_a_great_many_parts(tmp_path, form):
    path = tmp_path / "bomb"
    with zipfile.ZipFile(path, "w") as package:
        for i in range(50_000):
            package.writestr(f"{'word' if form == 'docx' else 'xl'}/{i}.xml", b"<a/>")
    refused(path)


LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
LAUGHS = f'<!DOCTYPE x [<!ENTITY l0 "{"ha" * 10}">{LAUGHS}]>'
ENTITY_PARTS = [
    ("docx", "word/document.xml"),
    ("xlsx", "xl/workbook.xml"),
    ("xlsx", "xl/worksheets/sheet1.xml"),
]


def with_entity(package: bytes, part: str, declared: str, entity: str) -> bytes:
    """The package with an entity declared in one of its parts, and named in each text there."""

    def change(xml: bytes) -> bytes:
        body = xml.partition(b"?>")[2] if xml.startswith(b"<?xml") else xml
        for closed in (b"</w:t>", b"</t>", b"</v>", b"</sheets>"):
            body = body.replace(closed, f"&{entity};".encode() + closed)
        assert f"&{entity};".encode() in body
        return declared.encode() + body

    return with_part(package, part, change)


@pytest.mark.parametrize(("form", "part"), ENTITY_PARTS)
def test_entities_of_entities(whole, tmp_path, form, part):
    path = tmp_path / f"laughs.{form}"
    path.write_bytes(with_entity(whole(form), part, LAUGHS, "l9"))
    assert "haha" not in refused(path)


@pytest.mark.parametrize("declared", ["", "parameter"])
@pytest.mark.parametrize(("form", "part"), ENTITY_PARTS)
def test_a_file_named_by_an_entity_is_not_opened(whole, tmp_path, form, part, declared):
    secret = tmp_path / "secret"
    secret.write_text("root:x:0:0", encoding="utf-8")
    doctype = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    if declared:
        secret.write_text('<!ENTITY e "root:x:0:0">', encoding="utf-8")
        doctype = f'<!DOCTYPE x [<!ENTITY % p SYSTEM "{secret.as_uri()}"> %p;]>'
    path = tmp_path / f"entity.{form}"
    path.write_bytes(with_entity(whole(form), part, doctype, "e"))
    assert "root:" not in refused(path)


SPANS = "<table><tr><td {0}>TT<td>Năm 2021<tr><td>1<td {0}>2</table>"
HEADING = "TT\n|\nNội dung\n|\nNăm 2021\n|\n"
TEXTS: dict[str, Callable[[], str]] = {
    "elements nested without end": lambda: "<html>" + "<div>" * 2_000_000,
    "tables nested without end": lambda: "<table><tr><td>" * 300_000,
    "elements left open": lambda: "<table>" + "<tr><td><b><i><u>" * 100_000,
    "wide cells": lambda: SPANS.format('colspan="999999999"'),
    "high cells": lambda: SPANS.format('rowspan="999999999"'),
    "wide and high cells": lambda: SPANS.format('rowspan="999999999" colspan="999999999"') * 100,
    "wide and high cells in many rows": lambda: (
        "<table>" + '<tr><td colspan="1000" rowspan="999999">1' * 20_000
    ),
    "a page of 100,000 columns": lambda: "<table>" + ("<tr>" + "<td>1" * 100_000) * 3,
    "a page of a million rows": lambda: "<table>" + "<tr><td>TT<td>Năm 2021<td>2" * 1_000_000,
    "a long attribute": lambda: f'<table><tr><td style="{"x" * 20_000_000}">',
    "characters that are none": lambda: "<table><tr><td>\x0b\ufffe<br>&#1;<p>&#xFFFF;<td>\f<br>",
    "entities in a page": lambda: LAUGHS + "<table><tr><td>&l9;</table>",
    "a text of 100,000 columns, by bars": lambda: ("TT|" + "Năm 2021|" * 100_000 + "\n") * 3,
    "a text of 100,000 columns, by tabs": lambda: ("TT" + "\tNăm 2021" * 100_000 + "\n") * 3,
    "a text of 100,000 columns, a cell a line": lambda: (
        "TT\n|\nNội dung\n|\n" + "Năm 2021\n|\n" * 100_000
    ),
    "a text of bars": lambda: "|" * 20_000_000,
    "a text of blank cells": lambda: "TT\n" + "|\n" * 3_000_000,
    "a text of blanks": lambda: "TT" + " " * 50_000_000 + "|",
    "a text of blank lines": lambda: "TT" + "\n" * 5_000_000 + "x",
    "a long number": lambda: HEADING + "1\n|\nHỗ trợ\n|\n" + "9" * 5_000_000 + "\n|\n",
    "a great many rows": lambda: HEADING + "1\n|\nHỗ trợ\n|\n\n|\n" * 50_000,
    "a great many tables": lambda: HEADING * 30_000,
    "a great many marks on a letter": lambda: HEADING + "a" + "\u0301\u0323" * 3_000_000,
}


@pytest.mark.deep
@pytest.mark.parametrize("name", TEXTS)
def test_texts_and_pages_made_to_harm(tmp_path, name):
    path = tmp_path / "hostile.txt"
    path.write_text(TEXTS[name](), encoding="utf-8")
    refused(path)


# --- what is no file, or too large a one --------------------------------------------------------


def sparse(path: Path, start: bytes, size: int) -> Path:
    """A file of zeros after its beginning, that takes no room on a disk."""
    with path.open("wb") as file:
        file.write(start)
        file.truncate(size)
    return path


STARTS = [
    b"TT\n|\n",
    b"PK\3\4",
    b"%PDF-1.7\n",
    b"<table>",
    b"\xff\xfe",
    b"\xd0\xcf\x11\xe0\xa1\xb1",
]


@pytest.mark.parametrize("start", STARTS)
def test_a_file_of_a_gigabyte(tmp_path, start):
    assert f"at most {FILE_BYTES}" in refused(sparse(tmp_path / "x", start, 2**30 + 1))


@pytest.mark.deep
@pytest.mark.parametrize("start", STARTS)
def test_a_file_of_the_largest_size_allowed(tmp_path, start):
    refused(sparse(tmp_path / "x", start, FILE_BYTES))


def test_a_folder(tmp_path):
    assert "folder" in refused(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="devices have no path here")
@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null"])
def test_a_device(path):
    assert "device" in refused(Path(path))


@pytest.mark.skipif(os.name != "posix", reason="pipes have no path here")
def test_a_pipe_that_nobody_writes_to(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert "device" in refused(tmp_path / "pipe")


@pytest.mark.skipif(os.name != "posix", reason="only administrators may make links here")
def test_a_link_to_itself(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "link")
    refused(tmp_path / "link")


@pytest.mark.parametrize("name", ["a\0b", "x" * 5_000])
def test_names_that_no_file_can_have(tmp_path, name):
    refused(tmp_path / name)


@pytest.mark.parametrize("ask", [kc.raw_folder, kc.load_source, kc.load_plan])
@pytest.mark.parametrize("outside", ["../x", "..", "", ".", "/", "2021-2025/../../x", "a\0b", "{}"])
def test_a_cycle_whose_name_leads_out_of_the_data(tmp_path, monkeypatch, ask, outside):
    monkeypatch.setenv("KC_HOME", str(tmp_path))
    for place in (tmp_path / "data" / "x", tmp_path / "data" / "raw" / "2021-2025"):
        place.mkdir(parents=True)
        for file in EXTRACT.parent.iterdir():
            (place / file.name).write_bytes(file.read_bytes())
    assert ask("2021-2025") is not None
    with pytest.raises(kc.DataError):
        ask(outside.format(tmp_path / "data" / "x"))


# --- what a document says is text, wherever it goes ---------------------------------------------


def calling(plan: Plan, text: str) -> Plan:
    """The plan as it would be if the document called everything so."""
    return replace(
        plan,
        title=text,
        number=text,
        issuer=text,
        sources=plan.sources.assign(label_vi=text, label_en=text),
        lines=plan.lines.assign(label_vi=text, label_en=text, unit=text, unit_en=text),
        quantities=plan.quantities.assign(unit=text),
        targets=plan.targets.assign(what_vi=text, what_en=text, where=text),
    )


def findings_that_say(text: str) -> pd.DataFrame:
    findings = kc.check(kc.load_plan("2021-2025"))
    return findings.assign(rule="repaired", message_vi=text, message_en=text, place_vi=text)


FORMULAS = ["=1+1", '=HYPERLINK("http://example.org";"x")', "+1+1", "-1+1", "@SUM(1;2)"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_label_becomes_a_formula_in_the_data(plan, tmp_path, formula):
    named = calling(plan, formula)
    source = kc.load_source("2021-2025")
    write_processed(
        tmp_path / "2021-2025", named, source, findings_that_say(formula), kc.coverage(named)
    )
    tables = list((tmp_path / "2021-2025").glob("*.csv"))
    cells = [text for path in tables for text in texts_of(path)]
    assert any(formula in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def texts_of(path: Path) -> list[str]:
    """The cells of a CSV file that hold no number."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, header=None)
    cells = [str(cell) for row in frame.to_numpy() for cell in row]
    return [cell for cell in cells if not cell.lstrip("-").replace(".", "").isdecimal()]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("formula", FORMULAS)
def test_no_label_becomes_a_formula_in_the_workbook(plan, tmp_path, formula, lang):
    path = tmp_path / "plan.xlsx"
    write_workbook(path, calling(plan, formula), findings_that_say(formula), lang)
    book = openpyxl.load_workbook(path, data_only=False)
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    named = [cell for cell in cells if formula in str(cell.value)]
    assert len(named) > 2 * len(plan.lines)
    assert {cell.data_type for cell in named} == {"s"}
    assert {cell.data_type for cell in cells} <= {"s", "n"}


MARKUP = '</td><script>alert(1)</script><img src=x onerror="alert(1)"><a href="javascript:x">y</a>'


def said(html: str) -> str:
    """All that a page says, once it is sure that the page runs nothing."""
    page: Any = etree.fromstring(html, etree.HTMLParser())
    assert not page.xpath("//script | //@onerror | //@href[contains(., ':')]")
    return str(page.xpath("string()"))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_markup_in_a_label_is_text_in_a_table(plan, lang):
    named = calling(plan, MARKUP)
    sums = kc.amounts(named, ["source"], per="cycle")
    for frame in (sums, named.quantities, kc.coverage(named), findings_that_say(MARKUP)):
        assert MARKUP in said(kc.show(frame, named, lang)._repr_html_())


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_markup_in_a_label_is_text_on_the_page(plan, tmp_path, lang):
    named = calling(plan, MARKUP)
    source = kc.load_source("2021-2025") | {"title": MARKUP, "title_en": MARKUP}
    findings, drawn = findings_that_say(MARKUP), {"budget": MARKUP}
    write_index(tmp_path, named, source, findings, kc.coverage(named), drawn, lang)
    assert said((tmp_path / "index.html").read_text(encoding="utf-8")).count(MARKUP) > 3
