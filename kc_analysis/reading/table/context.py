"""What the lines above and below a table say of it: title, cycle, unit, fund, phase."""

from collections.abc import Iterator
from itertools import takewhile

from kc_analysis.reading.grid import Cell
from kc_analysis.reading.vocabulary import (
    NO_FACETS,
    Facets,
    cycles_in,
    find,
    money_inside,
    money_unit,
    source_of,
    sources_in,
    stated_count,
    stated_unit,
    without_brackets,
    years_in,
)

#: How many lines above a table are taken to speak of it: its number, title, decision and unit.
_JUST_ABOVE = 6
#: A longer line is a sentence.
_LINE = 160


def context_of(
    above: list[Cell], below: list[Cell]
) -> tuple[str, list[str], Facets, tuple[int, int] | None, str]:
    """The title, the lines just above, what they say of all numbers, the cycle and unit they name.

    What stands nearest to the table goes before; of the lines below only the first few are looked
    at, for a unit of money.
    """
    about = [cell.text for cell in above[-_JUST_ABOVE:]]
    outside = _unwrapped([text for text in _outside_brackets(about) if len(text) <= _LINE])
    near = [text for text in reversed(about) if len(text) <= _LINE]
    naming = outside[::-1]
    title = _title(above) or next((text for text in near if not _is_small(text)), "")
    cycle = next((cycles_in(text)[0] for text in naming if cycles_in(text)), None)
    titled = next((text for text in naming if cycles_in(text) or years_in(text)), title)
    if titled in naming and not any(map(str.isupper, naming[: naming.index(titled) + 1])):
        title = titled
    year = None
    if not cycles_in(titled) and len(set(years_in(titled))) == 1:
        year, cycle = years_in(titled)[0], None
    phase = find("phase", titled) if find("context", titled) else ""
    unit = next(filter(None, map(stated_count, near)), "")
    said = NO_FACETS._replace(
        year=year,
        phase=phase or ("need" if find("phase", titled) == "need" else ""),
        measure="quantity"
        if unit
        else next(filter(None, (find("measure", text) for text in (titled, title, *near))), ""),
        source=_source(near),
        money="" if unit else next(units_stated(above, below), ""),
    )
    return title, about, said, cycle, unit


def _outside_brackets(lines: list[str]) -> list[str]:
    """The lines that stand in no bracket, which may be wrapped over several."""
    found = []
    depth = 0
    for line in lines:
        if not depth and not line.startswith("("):
            found.append(line)
        depth = max(0, depth + line.count("(") - line.count(")"))
    return found


def _unwrapped(lines: list[str]) -> list[str]:
    """The lines, those in capitals that follow one another as one: a title is often wrapped."""
    found: list[str] = []
    for line in lines:
        if found and line.isupper() and found[-1].isupper():
            line = f"{found.pop()} {line}"
        found.append(line)
    return found


def _is_small(text: str) -> bool:
    """Whether a line is in brackets or states a unit."""
    return text.startswith("(") or bool(stated_unit(text)) or bool(money_unit(text))


def _title(above: list[Cell]) -> str:
    """The capitals nearest above the table, without the appendix's number."""
    title: list[str] = []
    for line in reversed(above):
        text = without_brackets(line.text)
        if text.isupper() and not text.startswith("PHỤ LỤC"):
            title.insert(0, text)
        elif title:
            break
    return " ".join(title)


def _source(near: list[str]) -> str:
    """The one fund that the nearest line names that names any, back to the sentences above."""
    for text in near:
        if stated_unit(text) or money_unit(text.strip("()")) or text.startswith("(Kèm"):
            continue
        text = text.strip("()")
        if text.endswith((";", ".")) or "đồng" in text.casefold():
            break
        if sources_in(text):
            return source_of(text)
    return ""


def units_stated(above: list[Cell], below: list[Cell]) -> Iterator[str]:
    """The units of money that lines state, above the table or just below it, likeliest first."""
    lines = [line.text for line in reversed(above)]
    after = [line.text for line in takewhile(_is_no_title, below[:2])]
    yield from filter(
        None,
        (
            *map(stated_unit, lines),
            *(money_inside(text) for text in lines if _may_state(text)),
            *(money_unit(text.strip(" .;()")) for text in lines),
            *map(stated_unit, after),
        ),
    )


def units_just_above(above: list[Cell]) -> set[str]:
    """The units of money that the lines just above a table state; one, unless they disagree."""
    return set(units_stated(above[-_JUST_ABOVE:], []))


def _is_no_title(line: Cell) -> bool:
    """Whether a line does not begin what the next table is of."""
    return not without_brackets(line.text).isupper()


def _may_state(text: str) -> bool:
    """Whether a bracket in a line can be a unit of all: a title's, not that of a sum in it."""
    rest = without_brackets(text)
    return not rest or rest.isupper() or rest[-4:].isdecimal() or rest[-1:].isalpha()
