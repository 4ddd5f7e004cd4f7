"""How a table's rows are numbered: which numbers groups, sections and lines have."""

from typing import NamedTuple

from kc_analysis.reading import words
from kc_analysis.reading.grid import Cell

#: Kinds of numbers that lines may have, those that come first where a table has several. Letters,
#: dashes and blanks number lines only where nothing else does.
_LINES = ("1", "1.1", "1.1.1", "a", "-", "")
_BLANK = Cell("", None)


class Numbered(NamedTuple):
    """A row's number and its kind, and its title without them."""

    number: str
    kind: str
    title: Cell


class Outline(NamedTuple):
    """The kinds of numbers that groups of sections, sections and lines have; others are details.

    ``group`` is "" where sections stand in no groups; ``names`` are the sections' numbers.
    """

    group: str
    section: str
    line: str
    names: set[str]

    @property
    def loose(self) -> bool:
        """Whether lines are numbered as details are elsewhere, and only the section tells them."""
        return self.line in ("a", "-", "")


def numbered(row: list[Cell], at_number: int, at_title: int) -> Numbered:
    """A row's number and title, that may stand in one cell; a narrow column may have cut it."""
    if len(row) <= max(at_number, at_title):
        return Numbered("", "", _BLANK)
    number, title = row[at_number].text.replace(" ", ""), row[at_title]
    if not number or at_number == at_title or (title.covered and title.at == row[at_number].at):
        number, text = words.split_number(title.text)
        title = title._replace(text=text)
    title = title._replace(text=words.without_footnote(title.text))
    return Numbered(words.bare_number(number), words.numbering(number), title)


def outline(rows: list[Numbered], *, deeper: bool = False) -> Outline:
    """What the numbers of a table's rows stand for.

    Where lines are ``deeper``, sections are groups, and what seems a line is a section.
    """
    kinds = list(dict.fromkeys(row.kind for row in rows))
    outer = [kind for kind in kinds if kind in ("I", "A")]
    if not outer and "1" in kinds and kinds != ["1"]:
        # 1, 2 over 1.1, 2.1 are funds, or else activities and their parts.
        titles = [row.title.text for row in rows if row.kind == "1"]
        outer = ["1"] if all(map(words.names_fund, titles)) else []
    below = [kind for kind in _LINES if kind in {*kinds, ""} and kind not in outer]
    *groups, section, line = ["", *outer, *below[: 1 + deeper]] if outer else ["", "", below[0]]
    names = {row.number for row in rows if section and row.kind == section}
    return Outline(groups[-1], section, line, names)


def totals(rows: list[Numbered], names: set[str]) -> dict[int, str]:
    """Which rows are totals, and of what: grand, or section.

    The first row of the table is of all, or else the last, unless it names a section.
    """
    titles = {
        i: row.title.text
        for i, row in enumerate(rows)
        # "Tổng kinh phí khuyến công địa phương" with a number is a section.
        if words.is_total(row.title.text) and not (row.kind and words.knows_source(row.title.text))
    }
    of_all = [i for i, title in titles.items() if words.totalled(title) not in names]
    # One below each section, all called alike, are the sections' own.
    alike = len({titles[i].casefold() for i in of_all}) == 1
    if of_all[:1] == [0]:
        grand = 0
    elif not of_all or (alike and len(of_all) == len(names) > 1):
        grand = None
    else:
        grand = of_all[-1]
    return {i: "grand" if i == grand else "section" for i in titles}
