"""Word documents: paragraphs become lines, tables become grids."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lxml import etree

from kc_analysis.model import DataError, Text
from kc_analysis.reading.forms import limits
from kc_analysis.reading.grid import BREAK, Cell, Document, File, Grid, document, folded, raised
from kc_analysis.reading.forms.packages import Package
from kc_analysis.reading.forms.word_lists import Lists

_Handler = Callable[[Any], None]

#: What is read at a time: with more, Python spends its time on sweeping up events still to come.
_CHUNK = 2**14

#: As Word writes, and as the ISO standard would have it ("strict").
_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_SKIPPED = ("del", "moveFrom", "tblPrChange", "trPrChange", "tcPrChange")
_LINE_ENDS = ("br", "cr")
_PARTS = ("document", "tbl", "tr", "tc", "p", "r", "t", "noBreakHyphen", "txbxContent")
_LOOKS = ("vertAlign", "strike", "dstrike", "vanish", "position", "rStyle")
_PROPERTIES = ("gridSpan", "vMerge", "gridBefore", "gridAfter")
_OF_LISTS = ("ilvl", "numId")
_TAGS = {
    f"{{{space}}}{name}": name
    for space in _NAMESPACES
    for name in (*_SKIPPED, "tab", *_LINE_ENDS, *_PARTS, *_PROPERTIES, *_OF_LISTS, *_LOOKS)
}
# A second copy of a text box, for programs that do not know the first.
_TAGS["{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"] = "moveFrom"

_LEVELS = "012345678"
_OFF = ("0", "false", "off", "none")
_LOST = ("strike", "dstrike", "vanish")  # what is struck out or hidden


def read_word(data: bytes, file: str) -> Document:
    """Read a Word document (.docx; .docm, whose macros are not looked at).

    Parameters
    ----------
    data : bytes
        The file's content.
    file : str
        The name that messages give the file.

    Returns
    -------
    Document
        Tracked insertions are read as text; tracked deletions, and what is struck out or hidden,
        are not. A table that serves to lay out other tables is no grid: its text is lines. Numbers
        that Word counts by itself stand before their paragraphs.

    Raises
    ------
    DataError
        If it is no Word document, or one that is damaged, protected by a password or too large.

    Examples
    --------
    >>> import io, docx
    >>> word, file = docx.Document(), io.BytesIO()
    >>> _ = word.add_paragraph("Đơn vị tính: triệu đồng")
    >>> word.add_table(1, 2).cell(0, 1).text = "Năm 2021"
    >>> word.save(file)
    >>> document = read_word(file.getvalue(), "x.docx")
    >>> [line.text for line in document.lines], document.grids[0].rows[0][1].where.en
    (['Đơn vị tính: triệu đồng'], 'x.docx, table 1, row 1, column 2')
    """
    package = Package(data, file)
    # Word names the text so, at times with a number: document2.xml.
    texts = [n for n in package.names if n.startswith("word/document") and n.endswith(".xml")]
    if not texts:
        raise _not_word(file, Text("tệp nén loại khác", "another kind of package"))
    body = _Body(file, package.read("word/numbering.xml"), package.read("word/styles.xml"))
    for chunk in package.chunks(min(texts, key=len), _CHUNK):
        body.feed(chunk)
    return body.close()


def _not_word(file: str, found: Text) -> DataError:
    return limits.refuse(file, Text("một tài liệu Word (.docx)", "a Word document (.docx)"), found)


@dataclass
class _Table:
    """A table while it is read.

    ``lines`` holds its text paragraph by paragraph, should it turn out to be layout.
    """

    file: File
    number: int
    is_layout: bool = False
    rows: list[list[Cell]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    # Of the row and the cell being read:
    row: list[Cell] = field(default_factory=list)
    is_deleted: bool = False
    after: int = 0
    pieces: list[str] = field(default_factory=list)
    span: int = 1
    continues: bool = False

    def end_cell(self) -> None:
        column, text = len(self.row), folded(BREAK.join(self.pieces))
        at = (self.number, len(self.rows) + 1, column + 1)
        covered = False
        if self.continues and self.rows and column < len(self.rows[-1]):
            text, at, *_ = self.rows[-1][column]
            covered = True
        self.row.append(Cell(text, at, self.file, None, covered))
        if self.span > 1:
            self.row += [Cell(text, at, self.file, None, True)] * (self.span - 1)
        self.pieces, self.span, self.continues = [], 1, False

    def blank(self, columns: int) -> None:
        at = (self.number, len(self.rows) + 1, len(self.row) + 1)
        self.row += [Cell("", at, self.file)] * columns

    def end_row(self) -> None:
        self.blank(self.after)
        if self.row and not self.is_deleted:
            self.rows.append(self.row)
        self.row, self.is_deleted, self.after = [], False, 0


class _Body:
    """The document's text, taken from its XML as it streams by; no tree of it is kept."""

    def __init__(self, file: str, numbering: bytes, styles: bytes) -> None:
        self.file = File(file, _place)
        self.lists = Lists(numbering)
        self.styles_xml = styles
        self.listed: dict[str, str] = {}  # the list and level of the paragraph being read
        self.content: list[Cell | Grid] = []
        self.lines = 0
        # The open tables, innermost last; the page itself is the layout around all.
        self.tables = [_Table(self.file, 0, is_layout=True)]
        self.words: list[str] = []  # of the paragraph being read
        self.looks: dict[str, str] = {}  # of the run being read
        self.around: list[list[str]] = []  # of those in which a text box stands
        self.skipped = 0
        self.number = 0  # of the last table
        self.rows = 0
        self.root: Any = None
        self.parser = etree.XMLPullParser(
            events=("start", "end"),
            tag=[*_TAGS],
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        starts: dict[str, _Handler] = {
            "document": self.start_document,
            "tbl": self.start_table,
            "txbxContent": self.start_box,
            **dict.fromkeys(_SKIPPED, self.start_skipped),
        }
        ends: dict[str, _Handler] = {
            "t": self.say,
            "tab": lambda _: self.words.append(" "),
            **dict.fromkeys(_LINE_ENDS, lambda _: self.words.append(BREAK)),
            "noBreakHyphen": lambda _: self.words.append("-"),
            "p": self.end_paragraph,
            "tc": self.end_cell,
            "tr": self.end_row,
            "tbl": self.end_table,
            "txbxContent": self.end_box,
            **dict.fromkeys(_PROPERTIES, self.take),
            **dict.fromkeys(_OF_LISTS, self.take_list),
            **dict.fromkeys(_LOOKS, self.take_look),
            "r": lambda _: self.looks.clear(),
            **dict.fromkeys(_SKIPPED, self.end_skipped),
        }
        self.starts = {tag: starts[name] for tag, name in _TAGS.items() if name in starts}
        self.ends = {tag: ends[name] for tag, name in _TAGS.items() if name in ends}

    @cached_property
    def styles(self) -> dict[str, dict[str, str]]:
        """The looks of the characters' styles; few documents ask for them."""
        return _styles(self.styles_xml)

    def feed(self, chunk: bytes) -> None:
        self.parser.feed(chunk)
        starts, ends = self.starts, self.ends
        for event, element in self.parser.read_events():
            tag = element.tag
            handler = starts.get(tag) if event == "start" else ends.get(tag)
            if handler and (not self.skipped or _TAGS[tag] in _SKIPPED):
                handler(element)
        self.forget()

    def close(self) -> Document:
        self.parser.close()
        return document(self.file, self.content)

    def forget(self) -> None:
        """Drop what has been read: all but the last branch, on which the parser is at work."""
        if self.root is None:
            raise _not_word(self.file.name, Text("tệp XML loại khác", "another kind of XML"))
        node = self.root
        while len(node):
            del node[:-1]
            node = node[0]

    def start_document(self, element: Any) -> None:
        tree = element.getroottree()
        if tree.docinfo.doctype:
            # Word writes none; there, entities could be declared.
            raise _not_word(self.file.name, Text("tệp XML có DOCTYPE", "XML with a DOCTYPE"))
        self.root = tree.getroot()

    def start_skipped(self, element: Any) -> None:
        # Among a row's properties, the mark says that the row as a whole is deleted.
        if not self.skipped and (parent := element.getparent()) is not None:
            self.tables[-1].is_deleted |= parent.tag.endswith("}trPr")
        self.skipped += 1

    def end_skipped(self, _: Any) -> None:
        self.skipped -= 1

    def say(self, element: Any) -> None:
        text = element.text or ""
        if self.looks:
            lifted = self.looks.get("position", "0")
            if self.looks.get("vertAlign") == "superscript" or lifted.strip("0").isdecimal():
                text = raised(text)
            if any(self.looks.get(name, _OFF[0]) not in _OFF for name in _LOST):
                text = ""
        self.words.append(text)

    def start_box(self, _: Any) -> None:
        self.around.append(self.words)
        self.words = []
        # It floats over the table in which it is anchored.
        self.tables.append(_Table(self.file, 0, is_layout=True))

    def end_box(self, _: Any) -> None:
        self.words = self.around.pop()
        self.tables.pop()

    def end_paragraph(self, _: Any) -> None:
        words, self.words = self.words, []
        listed, self.listed = self.listed, {}
        if listed:
            level = listed.get("ilvl", "0")
            label = self.lists.next(listed.get("numId", ""), int(level) if level in _LEVELS else 0)
            words = [f"{label} ", *words]
        text = folded("".join(words))
        if text:
            table = self.tables[-1]
            if table.is_layout:
                self.add_line(text)
            else:
                table.pieces.append(text)
                table.lines.append(text)

    def add_line(self, text: str) -> None:
        self.lines += 1
        self.content.append(Cell(text, self.lines, self.file))
        limits.check_size(self.file.name, self.lines, 1)

    def take_list(self, element: Any) -> None:
        """The list, or the level of it, that the paragraph belongs to."""
        self.listed[_TAGS[element.tag]] = next(iter(element.values()), "")

    def take_look(self, element: Any) -> None:
        """How the run being read looks; a paragraph's mark looks so by itself."""
        parent = element.getparent().getparent()
        if parent is not None and parent.tag.endswith("}r"):
            name, value = _TAGS[element.tag], next(iter(element.values()), "on")
            self.looks |= self.styles.get(value, {}) if name == "rStyle" else {name: value}

    def take(self, element: Any) -> None:
        """A property of the row or the cell being read."""
        table = self.tables[-1]
        name, value = _TAGS[element.tag], next(iter(element.values()), "")
        if name == "vMerge":
            table.continues = value != "restart"
            return
        # Five digits are more than enough to be refused.
        columns = int(value[:5]) if value.isdecimal() else 0
        limits.check_size(self.file.name, 1, len(table.row) + columns)
        if name == "gridSpan":
            table.span = max(columns, 1)
        elif name == "gridBefore":
            table.blank(columns)
        else:
            table.after = columns

    def end_cell(self, _: Any) -> None:
        table = self.tables[-1]
        table.end_cell()
        if len(table.row) > limits.COLUMNS:
            limits.check_size(self.file.name, 1, len(table.row))

    def end_row(self, _: Any) -> None:
        table = self.tables[-1]
        self.rows += 1
        limits.check_size(self.file.name, self.rows, len(table.row) + table.after)
        table.end_row()

    def start_table(self, _: Any) -> None:
        outer = self.tables[-1]
        if not outer.is_layout:
            outer.is_layout = True
            self.number -= 1
            for text in outer.lines:
                self.add_line(text)
        self.number += 1
        self.tables.append(_Table(self.file, self.number))

    def end_table(self, _: Any) -> None:
        table = self.tables.pop()
        if table.is_layout:
            return
        if not table.rows:
            self.number -= 1
            return
        self.content.append(Grid(table.rows))


def _styles(xml: bytes) -> dict[str, dict[str, str]]:
    """The looks of the characters' styles, by their names."""
    if not xml or b"<!DOCTYPE" in xml:
        return {}  # Word writes none; there, entities could be declared
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return {
        next(value for name, value in style.items() if name.endswith("styleId")): {
            _TAGS[look.tag]: next(iter(look.values()), "on")
            for look in style.iterfind("{*}rPr/*")
            if _TAGS.get(look.tag) in _LOOKS
        }
        for style in etree.fromstring(xml, parser).iterfind("{*}style")
        if any(name.endswith("styleId") for name in style.attrib)
    }


def _place(at: Any) -> Text:
    if isinstance(at, int):
        return Text(f"đoạn {at}", f"paragraph {at}")
    table, row, column = at
    return Text(
        f"bảng {table}, hàng {row}, cột {column}", f"table {table}, row {row}, column {column}"
    )
