"""Rows that Word numbers by itself are numbered as a reader sees them."""

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

import kc_analysis as kc
from kc_analysis.reading.forms.word_lists import Lists

SPACE = nsdecls("w")


def numbering(*levels: tuple[str, str], start: int = 1) -> bytes:
    parts = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    return (
        f'<w:numbering {SPACE}><w:abstractNum w:abstractNumId="0">{parts}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>'
    ).encode()


@pytest.mark.parametrize(
    ("form", "labels"),
    [
        ("decimal", ["1.", "2.", "3."]),
        ("decimalZero", ["01.", "02.", "03."]),
        ("upperRoman", ["I.", "II.", "III."]),
        ("lowerLetter", ["a.", "b.", "c."]),
        ("bullet", ["-", "-", "-"]),
    ],
)
def test_labels(form, labels):
    lists = Lists(numbering((form, "%1.")), "x")
    assert [lists.next("1", 0) for _ in labels] == labels


def test_levels_count_within_one_another():
    lists = Lists(numbering(("upperRoman", "%1"), ("decimal", "%1.%2")), "x")
    found = [lists.next("1", level) for level in (0, 1, 1, 0, 1)]
    assert found == ["I", "I.1", "I.2", "II", "II.1"]


def test_a_list_that_begins_again():
    lists = Lists(numbering(("decimal", "%1"), start=1), "x")
    assert [lists.next(name, 0) for name in ("1", "1", "2", "2")] == ["1", "2", "1", "2"]


def test_what_is_no_list_has_no_label():
    assert Lists(b"", "x").next("1", 0) == ""
    assert Lists(numbering(("decimal", "%1")), "x").next("7", 0) == ""


def test_a_plan_whose_rows_word_numbers(tmp_path, plan):
    """The decision as a clerk types it: no number in the TT column, but Word's own list."""
    path = tmp_path / "decision.docx"
    from kc_analysis.publishing.appendices import write_appendices_word

    write_appendices_word(path, plan)
    document = docx.Document(str(path))
    part = document.part.numbering_part
    for child in list(part.element):
        part.element.remove(child)
    for kind, form in ((0, "decimal"), (1, "upperRoman")):
        part.element.append(
            parse_xml(
                f'<w:abstractNum {SPACE} w:abstractNumId="{kind}"><w:lvl w:ilvl="0">'
                f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="%1"/></w:lvl>'
                "</w:abstractNum>"
            )
        )
    lists = 0

    def begin(kind: int) -> int:
        nonlocal lists
        lists += 1
        part.element.append(
            parse_xml(
                f'<w:num {SPACE} w:numId="{lists}"><w:abstractNumId w:val="{kind}"/>'
                '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            )
        )
        return lists

    for table in document.tables:
        roman = begin(1)
        for row in table.rows[1:]:
            paragraph = row.cells[0].paragraphs[0]
            text = paragraph.text
            if not text.isdecimal():
                number, decimal = roman, begin(0)
            else:
                number = decimal
            paragraph.runs[0].text = ""
            paragraph._p.get_or_add_pPr().append(
                parse_xml(
                    f'<w:numPr {SPACE}><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
                )
            )
    document.save(str(path))
    again = kc.read_plan(path)
    assert again.lines["line"].tolist() == plan.lines["line"].tolist()
    assert again.budget["amount_million_vnd"].sum() == 18246
    assert "error" not in set(kc.check(again)["severity"])
