"""HTML: web pages, and the HTML that office programs save, under .doc and .xls as well."""

import re
from collections import Counter
from collections.abc import Callable
from html import unescape
from typing import Any

from lxml import etree

from kc_analysis.model import Text
from kc_analysis.reading.forms.encodings import decode, typed_in
from kc_analysis.reading.forms.html_looks import Looks
from kc_analysis.reading.forms.limits import CELLS, COLUMNS, check_size, refuse
from kc_analysis.reading.grid import BREAK, Cell, Document, File, Grid, document, folded, raised

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
# Tags that end a line of text, and so a word, inside a cell; and those that make up tables.
_BREAKS = (
    *("address", "article", "aside", "blockquote", "br", "center", "dd", "div", "dl", "dt"),
    *("fieldset", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend"),
    *("li", "main", "nav", "ol", "option", "p", "pre", "section", "ul"),
)
_LINES = {*_BREAKS, "html", "body", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"}
_NOT_READ = ("script", "style", "title", "xml", "del", "s", "strike")
_ORDER = {"thead": 0, "tfoot": 2}
_TEXT = etree.XPath("string()")
_HIDDEN = etree.XPath(
    "//*[@hidden or contains(translate(@style, 'DISPLAYNOE ', 'displaynoe'), 'display:none')]"
)
_STRUCK = etree.XPath("//*[contains(@style, 'line-through')]")
_RAISED = etree.XPath("//sup | //*[contains(@style, 'super')]")
#: For a column: how many more rows a cell above reaches down over it, and that cell.
Reaching = dict[int, tuple[int, Cell]]
# Excel hides the end of a text that its column is too narrow to show.
_EXCEL = "urn:schemas-microsoft-com:office:excel"

_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def read_html(data: bytes, file: str) -> Document:
    """Split a page into lines and grids.

    Parameters
    ----------
    data : bytes
        The page; its encoding is told by its bytes, or by what it says of itself.
    file : str
        The name that messages give the page.

    Returns
    -------
    Document
        A table in a cell of a larger one is that cell's text. A table that holds a larger one only
        places it, and one with a single row or fewer than three columns only places text: what
        they hold besides is lines.

    Raises
    ------
    DataError
        If the page is damaged, nested too deep, or larger than any plan.

    Examples
    --------
    >>> page = "<p>Biểu</p><table><tr><td rowspan=2>TT<td>A<td>B<tr><td colspan=2>1.056</table>"
    >>> document = read_html(page.encode(), "x.html")
    >>> [[cell.text for cell in row] for row in document.grids[0].rows]
    [['TT', 'A', 'B'], ['TT', '1.056', '1.056']]
    >>> document.grids[0].rows[1][2].where.en
    'x.html, table 1, row 2, column 2'
    """
    claim = _CHARSET.search(data, 0, 4096)
    page = decode(data, file, claim[1].decode("ascii", "replace") if claim else "")
    # Counted before the page is parsed: each cell takes far more memory as an element.
    check_size(file, sum(page.count(cell) for cell in ("<td", "<th", "<TD", "<TH")), 1)
    root = _parse(page, file)
    etree.strip_elements(root, *_NOT_READ, with_tail=False)
    _unnest(root)
    for mark in _RAISED(root) if "sup" in page else ():
        _respell(mark, raised)
    for element in _STRUCK(root) if "line-through" in page else ():
        _respell(element, lambda _: "")
    # Looking at each element's style takes as long as all the rest.
    may_hide = any(word in page for word in ("none", "None", "NONE", "hidden", "HIDDEN"))
    hidden = _hide(root, _EXCEL in page) if may_hide else set()
    # Letters that are written as &Yacute; have not been looked at yet.
    if convert := typed_in(unescape(page)):
        _respell(root, convert)
    for element in root.iter(_BREAKS):
        # A cell's text is asked for as a whole; its lines must not run together in it.
        element.text = _spaced(element.text)
        element.tail = _spaced(element.tail)
    layout = {next(table.iterancestors("table"), None) for table in root.iter("table")}
    looks = Looks.of(page)
    room = CELLS
    source = File(file, _place)
    content: list[Cell | Grid] = []
    lines = tables = 0
    said: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if element.tag in _LINES and said:
            if text := folded("".join(said)):
                lines += 1
                content.append(Cell(text, lines, source))
            said.clear()
        if event == "end":
            if element.tail:
                said.append(element.tail)
        elif element in hidden:
            walk.skip_subtree()
        elif element.tag == "table" and element not in layout:
            grid = _grid(element, hidden, looks, tables + 1, room, source)
            room -= sum(map(len, grid.rows))
            if len(grid.rows) > 1 and max(map(len, grid.rows)) > 2:
                for caption in filter(None, map(folded, map(_TEXT, element.iter("caption")))):
                    lines += 1
                    content.append(Cell(caption, lines, source))
                content.append(grid)
                tables += 1
                walk.skip_subtree()
        elif element.text:
            said.append(element.text)
    return document(source, content)


def _unnest(root: Any) -> None:
    """Put the tables that stand in cells of larger ones after these."""
    around = {table: next(table.iterancestors("table"), None) for table in root.iter("table")}
    if all(outer is None for outer in around.values()):
        return
    own = Counter(next(cell.iterancestors("table"), None) for cell in root.iter("td", "th"))
    whole = own.copy()
    for table, outer in reversed(around.items()):
        whole[outer] += whole[table]
        if outer is not None and own[outer] > whole[table]:
            stand_in = etree.Element("span")
            stand_in.tail, table.tail = table.tail, None
            table.getparent().replace(table, stand_in)
            table.tail, outer.tail = outer.tail, None
            outer.addnext(table)


def _parse(page: str, file: str) -> Any:
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False
    )
    whole = Text("một trang HTML nguyên vẹn", "a whole HTML page")
    try:
        root = etree.fromstring(page.encode(), parser)
    except etree.LxmlError as error:
        found = Text("tệp bị cắt cụt hoặc hỏng", "a file cut short or damaged")
        raise refuse(file, whole, found, "damaged") from error
    # The parser stops at its limits, and what it has read by then looks like a page.
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        found = Text("thẻ lồng quá sâu hoặc quá dài", "tags nested too deep, or too long")
        raise refuse(file, whole, found, "too-large")
    return etree.Element("html") if root is None else root


def _hide(root: Any, excel: bool) -> set[Any]:
    """Empty what is not shown, but for hidden rows and cells of tables: those are returned."""
    hidden = set()
    for element in _HIDDEN(root):
        if element.tag in ("tr", "td", "th"):
            hidden.add(element)
        elif not (excel and element.tag == "span"):
            element.clear(keep_tail=True)
    return hidden


def _respell(root: Any, convert: Callable[[str], str]) -> None:
    """Convert the text inside an element."""
    for element in root.iter():
        if element.text:
            element.text = convert(element.text)
        if element.tail and element is not root:
            element.tail = convert(element.tail)


def _grid(table: Any, hidden: set[Any], looks: Looks, number: int, room: int, file: File) -> Grid:
    """The table as it shows; ``room`` is how many cells the limit still has room for."""
    grid = Grid([])
    reaching: Reaching = {}
    rows = sorted(table.iter("tr"), key=lambda tr: _ORDER.get(tr.getparent().tag, 1))
    for at, tr in enumerate(rows, 1):
        row: list[Cell] = []
        for td in tr.iterchildren("td", "th"):
            while len(row) in reaching:
                row.append(_next(reaching, len(row)))
            text = _TEXT(td) if len(td) else td.text or ""
            row.append(Cell(folded(text), (number, at, len(row) + 1), file))
            if row[-1].text and (looks.bold or looks.indent or "\xa0" in text):
                row[-1] = looks.on(row[-1], td, text)
            if td in hidden and tr not in hidden:
                grid.hidden.append(row[-1])
            down, across = td.get("rowspan"), td.get("colspan")
            if down or across:
                _spread(row, _span(down), _span(across), reaching)
                check_size(file.name, at, len(row))
        for column in sorted(column for column in reaching if column >= len(row)):
            row += [Cell("", (number, at, len(row) + 1), file)] * (column - len(row))
            row.append(_next(reaching, column))
        check_size(file.name, at, len(row))
        room -= len(row)
        if room < 0:
            most = Text(f"không quá {CELLS} ô", f"at most {CELLS} cells")
            raise refuse(file.name, most, Text("nhiều hơn", "more"), "too-large")
        if tr in hidden:
            shut = [cell for cell in row if cell.text and not cell.covered]
            grid.hidden.extend(shut)
            if not shut:
                continue  # Excel keeps its columns' widths in a hidden row of blanks.
        if row:
            grid.rows.append(row)
    return grid


def _spread(row: list[Cell], down: int, across: int, reaching: Reaching) -> None:
    """Let a cell that is last in its row reach over the places to its right and below."""
    covered = row[-1]._replace(covered=True)
    first = len(row) - 1
    row += [covered] * (across - 1)
    for column in range(first, len(row)):
        reaching.pop(column, None)
        if down > 1:
            reaching[column] = down - 1, covered


def _span(value: str | None) -> int:
    """A span as browsers take it: 1 where it is no number, never above the limit."""
    digits = (value or "").strip()[:6]
    return min(max(int(digits), 1), COLUMNS) if digits.isdecimal() else 1


def _next(reaching: Reaching, column: int) -> Cell:
    rows, cell = reaching.pop(column)
    if rows > 1:
        reaching[column] = rows - 1, cell
    return cell


def _spaced(text: str | None) -> str:
    """A text on a line of its own, without the characters that no element may be given."""
    return BREAK + _NO_CHARACTER.sub("", text or "")


def _place(at: Any) -> Text:
    if isinstance(at, int):
        return Text(f"đoạn {at}", f"paragraph {at}")
    table, row, column = at
    return Text(
        f"bảng {table}, hàng {row}, cột {column}", f"table {table}, row {row}, column {column}"
    )
