"""The lines of a cell as one text: words and numbers that a narrow cell has cut are whole."""

import re
from itertools import chain, pairwise, product
from unicodedata import combining, normalize

from kc_analysis.reading.forms.pdf.pieces import Line
from kc_analysis.reading.grid import BREAK, folded

# In parts of the letter size: a cell's padding, at most, and the room that is enough for a space.
_PADDING = 0.6
_ROOM = 0.5

_GROUPED = re.compile(r"\d{1,3}(?:([., ])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d{1,2})?")
_WHOLE = re.compile(rf"(?!0\d)(?:\d+|{_GROUPED.pattern})")
_LAST_NUMBER = re.compile(r"[\d.,][\d., ]*$|$")
_FIRST_NUMBER = re.compile(r"^[\d., ]*[\d.,]|^")
_LONGEST = 40  # letters in a number, at most
_YEARS = re.compile(r"\(?\d{4} ?[-–] ?\d{4}\)?")
_FIGURE = re.compile(r"\d[\d., ]*%?")

_SYLLABLE = re.compile(
    "(?:b|c|ch|d|gh?|gi|h|kh?|l|m|n|ngh?|nh|ph?|qu|r|s|th?|tr|v|x)?"
    "(?:a[iouy]?|e[ou]?|i(?:a|eu?|u)?|o(?:a[ioy]?|eo?|i|o)?"
    "|u(?:ay?|e|i|o[iu]?|u|y[aeu]?)?|y(?:eu?)?)"
    "(?:ch?|m|ng?|nh|p|t)?"
)
_TONES = set("\u0300\u0301\u0303\u0309\u0323")
_AROUND = '.,;:()“”"'


def cell_text(lines: list[Line], left: float, right: float) -> str:
    """The text of a cell that reaches from ``left`` to ``right``.

    Two whole numbers in one cell stay two.
    """
    if (number := _cut_number(lines, left, right)) is not None:
        return number
    parts: list[str] = []
    end = ""  # what stands after the last break
    for above, line in zip([[], *lines], lines, strict=False):
        text = BREAK.join(piece.text for piece in line)
        link = _link(end, text, fits(above, line, left, right)) if above else ""
        parts += link, text
        end = text if link == BREAK else end + link + text
    return folded("".join(parts))


def fits(above: Line, line: Line, left: float, right: float) -> bool:
    """Whether the line's first word had room on the line above: its author broke the line."""
    size = line[0].size
    padding = min(above[0].x0 - left, right - above[-1].x1, _PADDING * size)
    room = right - left - 2 * max(padding, 0) - (above[-1].x1 - above[0].x0)
    return line[0].head + _ROOM * size <= room


def is_figure(text: str) -> bool:
    """Whether a text is but a number."""
    return bool(_FIGURE.fullmatch(text))


def goes_on(text: str) -> bool:
    """Whether words go on those above; a capital or a dash begins a title ("Trong đó:")."""
    return text[:1].islower() or text[:1] in ("(", ",", ";")


def one_number(above: str, below: str) -> str | None:
    """What joins the number with which a line ends to that of the next, if the two are one."""
    before = _LAST_NUMBER.findall(above[-_LONGEST:])[0].strip()
    after = _FIRST_NUMBER.findall(below[:_LONGEST])[0].strip()
    if before and after and not (_WHOLE.fullmatch(before) and _WHOLE.fullmatch(after)):
        return next((by for by in ("", " ") if _GROUPED.fullmatch(before + by + after)), None)
    return None


def _cut_number(lines: list[Line], left: float, right: float) -> str | None:
    """The number that a cell cuts into more than two lines, where no line had room for the next."""
    pairs = pairwise(lines)
    if len(lines) < 3 or any(fits(above, line, left, right) for above, line in pairs):
        return None
    texts = [" ".join(piece.text for piece in line) for line in lines]
    if not all(map(is_figure, texts)):
        return None
    ways = (
        "".join(chain(*zip(texts, by, strict=True)))
        for by in product(*[("", " ")] * (len(texts) - 1), [""])
    )
    numbers = {number for number in ways if _GROUPED.fullmatch(number)}
    return numbers.pop() if len(numbers) == 1 else None


def _link(above: str, below: str, has_room: bool) -> str:
    """What joins two lines."""
    number = one_number(above.rpartition(BREAK)[2], below.partition(BREAK)[0])
    if number is not None:
        return number
    words = above.replace(BREAK, " ").split(" ")
    before, after = words[-1].lstrip(_AROUND), below.replace(BREAK, " ").split(" ")[0]
    if _YEARS.fullmatch(before + after):
        return ""
    is_unit = words[-2:-1] and words[-2][-1:].isdigit()
    is_one_case = after[:1].islower() or (before.isupper() and after[:1].isupper())
    after = after.rstrip(_AROUND)
    if is_unit or not is_one_case or not _is_syllable(before + after):
        return BREAK
    # A whole syllable begins a line of its own, unless it had room on the line above.
    is_cut = not (_is_syllable(before) and _is_syllable(after))
    return "" if is_cut or not has_room else BREAK


def _is_syllable(word: str) -> bool:
    """Whether a Vietnamese syllable may be spelt so."""
    marks = normalize("NFD", word.casefold())
    plain = "".join(mark for mark in marks if not combining(mark)).replace("đ", "d")
    return bool(_SYLLABLE.fullmatch(plain)) and sum(mark in _TONES for mark in marks) < 2
