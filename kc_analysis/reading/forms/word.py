"""Word documents: paragraphs become lines, tables become grids."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from lxml import etree

from kc_analysis.model import DataError, Text
from kc_analysis.reading.forms import limits
from kc_analysis.reading.forms.packages import SAFE, Package, parsed
from kc_analysis.reading.forms.word_lists import Lists, attribute
from kc_analysis.reading.forms.word_table import Table
from kc_analysis.reading.grid import BREAK, Cell, Document, File, Grid, document, folded, raised

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
_LOOKS = ("vertAlign", "strike", "dstrike", "vanish", "position", "rStyle", "b")
_OF_PARAGRAPHS = ("pStyle", "ind")
_PROPERTIES = ("gridSpan", "vMerge", "gridBefore", "gridAfter")
_OF_LISTS = ("ilvl", "numId")
_TAGS = {
    f"{{{space}}}{name}": name
    for space in _NAMESPACES
    for name in (
        *(*_SKIPPED, "tab", *_LINE_ENDS, *_PARTS),
        *(*_PROPERTIES, *_OF_LISTS, *_OF_PARAGRAPHS, *_LOOKS),
    )
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
        are not. A table in a cell of another is that cell's text; but where it is the larger, the
        other serves to lay it out and is no grid: its text is lines. Numbers that Word counts by
        itself stand before their paragraphs.

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
    body = _Body(package)
    for chunk in package.chunks(min(texts, key=len), _CHUNK):
        body.feed(chunk)
    return body.close()


def _not_word(file: str, found: Text) -> DataError:
    return limits.refuse(file, Text("một tài liệu Word (.docx)", "a Word document (.docx)"), found)


class _Body:
    """The document's text, taken from its XML as it streams by; no tree of it is kept."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.file = File(package.file, self.place)
        self.lists = Lists(package.read("word/numbering.xml"), package.file)
        self.listed: dict[str, str] = {}  # the list and level of the paragraph being read
        self.content: list[Cell | Grid] = []
        self.lines = self.tables = self.rows = 0  # how many there are
        self.numbers: dict[int, int] = {}  # of the tables, as the document's reader counts them
        # The open tables, innermost last; the page itself is around all.
        self.open = [Table(self.file, 0, is_page=True)]
        self.words: list[str] = []  # of the paragraph being read
        self.style: dict[str, str] = {}  # of the paragraph being read
        self.looks: dict[str, str] = {}  # of the run being read
        self.around: list[list[str]] = []  # of those in which a text box stands
        self.skipped = 0
        self.root: Any = None
        self.parser = etree.XMLPullParser(events=("start", "end"), tag=[*_TAGS], **SAFE)
        starts: dict[str, _Handler] = {
            "document": self.start_document,
            "tbl": self.start_table,
            "txbxContent": self.start_box,
            **dict.fromkeys(_SKIPPED, self.start_skipped),
        }
        ends: dict[str, _Handler] = {
            "t": self.say,
            "tab": lambda _: self.words.append("\t"),
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
            **dict.fromkeys(_OF_PARAGRAPHS, self.take_style),
            "r": lambda _: self.looks.clear(),
            **dict.fromkeys(_SKIPPED, self.end_skipped),
        }
        self.starts = {tag: starts[name] for tag, name in _TAGS.items() if name in starts}
        self.ends = {tag: ends[name] for tag, name in _TAGS.items() if name in ends}

    def place(self, at: Any) -> Text:
        if isinstance(at, int):
            return Text(f"đoạn {at}", f"paragraph {at}")
        _, row, column = at
        table = self.numbers[at[0]]
        return Text(
            f"bảng {table}, hàng {row}, cột {column}", f"table {table}, row {row}, column {column}"
        )

    @cached_property
    def styles(self) -> dict[str, dict[str, str]]:
        """The looks of the styles, by their names; not all documents ask for them."""
        xml = self.package.read("word/styles.xml")
        styles = parsed(xml, self.file.name).iterfind("{*}style") if xml else ()
        return {
            attribute(style, "styleId"): {
                _TAGS[look.tag]: _look(look)
                for look in (*style.iterfind("{*}rPr/*"), *style.iterfind("{*}pPr/{*}ind"))
                if look.tag in _TAGS
            }
            for style in styles
        }

    def feed(self, chunk: bytes) -> None:
        with limits.library_errors(self.file.name):
            self.parser.feed(chunk)
        starts, ends = self.starts, self.ends
        for event, element in self.parser.read_events():
            tag = element.tag
            handler = starts.get(tag) if event == "start" else ends.get(tag)
            if handler and (not self.skipped or _TAGS[tag] in _SKIPPED):
                handler(element)
        self.forget()

    def close(self) -> Document:
        with limits.library_errors(self.file.name):
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
            self.open[-1].is_deleted |= parent.tag.endswith("}trPr")
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
        if text and not text.isspace() and self.open[-1].bold is not False:
            bold = self.looks.get("b", self.style.get("b", _OFF[0]))
            self.open[-1].bold = bold not in _OFF
        self.words.append(text)

    def start_box(self, _: Any) -> None:
        self.around.append(self.words)
        self.words = []
        # It floats over the table in which it is anchored.
        self.open.append(Table(self.file, 0, is_page=True))

    def end_box(self, _: Any) -> None:
        self.words = self.around.pop()
        self.open.pop()

    def end_paragraph(self, _: Any) -> None:
        words, self.words = "".join(self.words), []
        listed, self.listed = self.listed, {}
        style, self.style = self.style, {}
        if listed:
            level = listed.get("ilvl", "0")
            label = self.lists.next(listed.get("numId", ""), int(level) if level in _LEVELS else 0)
            words = f"{label} {words}"
        if text := folded(words):
            table = self.open[-1]
            if table.is_page:
                self.add([text])
            else:
                if not table.pieces:
                    table.indent = _steps(style.get("ind", "")) + len(words) - len(words.lstrip())
                table.say([text])
                table.parts.append(text)

    def add(self, parts: list[str | Grid]) -> None:
        """Add lines and grids to the document."""
        for part in parts:
            if isinstance(part, Grid):
                self.numbers[part.rows[0][0].at[0]] = len(self.numbers) + 1
                self.content.append(part)
            else:
                self.lines += 1
                self.content.append(Cell(part, self.lines, self.file))
        limits.check_size(self.file.name, self.lines, 1)

    def take_list(self, element: Any) -> None:
        """The list, or the level of it, that the paragraph belongs to."""
        self.listed[_TAGS[element.tag]] = next(iter(element.values()), "")

    def take_style(self, element: Any) -> None:
        """The style of the paragraph being read, and how far it is set in by itself."""
        name, value = _TAGS[element.tag], _look(element)
        self.style |= self.styles.get(value, {}) if name == "pStyle" else {name: value}

    def take_look(self, element: Any) -> None:
        """How the run being read looks; a paragraph's mark looks so by itself."""
        parent = element.getparent().getparent()
        if parent is not None and parent.tag.endswith("}r"):
            name, value = _TAGS[element.tag], _look(element)
            self.looks |= self.styles.get(value, {}) if name == "rStyle" else {name: value}

    def take(self, element: Any) -> None:
        """A property of the row or the cell being read."""
        table = self.open[-1]
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
            table.fill(columns)
        else:
            table.after = columns

    def end_cell(self, _: Any) -> None:
        table = self.open[-1]
        table.end_cell()
        if len(table.row) > limits.COLUMNS:
            limits.check_size(self.file.name, 1, len(table.row))

    def end_row(self, _: Any) -> None:
        table = self.open[-1]
        self.rows += 1
        limits.check_size(self.file.name, self.rows, len(table.row) + table.after)
        table.end_row()

    def start_table(self, _: Any) -> None:
        self.tables += 1
        self.open.append(Table(self.file, self.tables))

    def end_table(self, _: Any) -> None:
        table = self.open.pop()
        outer, content = self.open[-1], table.content()
        if outer.is_page:
            self.add(content)
        else:
            outer.parts += content


def _look(element: Any) -> str:
    """What a property of a text says; "on" where it stands for itself."""
    if _TAGS[element.tag] == "ind":
        return attribute(element, "left") or attribute(element, "start")
    return next(iter(element.values()), "on")


def _steps(twips: str) -> int:
    """Steps as wide as a blank."""
    return int(twips[:6]) // 60 if twips.isdecimal() else 0
