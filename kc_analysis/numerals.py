"""Numbers as Vietnamese documents write them: 1.056,5 is one thousand and fifty-six and a half."""

import math
import re
from dataclasses import dataclass, field

from kc_analysis.model import Text

_MARKED = re.compile(r"\d[.,]\d")


@dataclass(frozen=True)
class Marks:
    """How a document marks thousands and decimals; a space between thousands is understood too.

    Examples
    --------
    >>> VIETNAMESE.parse("1.056,5"), ENGLISH.parse("1,056.5"), VIETNAMESE.parse("(30)")
    (1056.5, 1056.5, -30.0)
    >>> VIETNAMESE.parse("-1.056,5")
    -1056.5
    """

    thousands: str
    decimal: str
    _number: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Prepare the pattern: a thousands mark stands before exactly three digits, or is none."""
        thousands, decimal = re.escape(self.thousands), re.escape(self.decimal)
        grouped = rf"[1-9]\d{{0,2}}([{thousands} ])\d{{3}}(?:\1\d{{3}})*"
        pattern = rf"(?:\d+|{grouped})(?:{decimal}\d+)?"
        object.__setattr__(self, "_number", re.compile(pattern, re.ASCII))

    def parse(self, text: str) -> float:
        """The number that a text is.

        Parameters
        ----------
        text : str
            Brackets around it make it negative, as accountants write, and so does a minus.

        Raises
        ------
        ValueError
            If it is no number under these marks; a mark in an odd place is never guessed at.
        """
        if text.isdecimal() and text.isascii():
            return float(text)
        bare = text.replace("\xa0", " ")
        negative = bare.startswith("(") and bare.endswith(")")
        if negative:
            bare = bare[1:-1]
        elif bare[:1] in ("-", "−", "–"):
            negative, bare = True, bare[1:]
        if not self._number.fullmatch(bare):
            raise ValueError(text)
        bare = bare.replace(" ", "").replace(self.thousands, "").replace(self.decimal, ".")
        return -float(bare) if negative else float(bare)


VIETNAMESE = Marks(".", ",")
ENGLISH = Marks(",", ".")


def parse_number(text: str, marks: Marks = VIETNAMESE) -> float:
    """Read a number as printed in a Vietnamese document.

    Parameters
    ----------
    text : str
        ``"1.056"``, ``"1 056"``, ``"1056"``, ``"01"``, ``"18,246"``, ``"1.056,5"`` or ``"(30)"``.
    marks : Marks
        How the document marks thousands and decimals.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the text is anything else; a mark in an odd place (``"1.05"``) is never guessed at.

    Examples
    --------
    >>> parse_number("1.056"), parse_number("01"), parse_number("18,246")
    (1056.0, 1.0, 18.246)
    """
    return marks.parse(text)


def marks_shown(text: str) -> Marks | None:
    """The marks that a number shows beyond doubt, or None.

    ``"1.056"`` may be either; ``"1.056,5"``, ``"12,5"`` and ``"1.056.000"`` may not.

    Examples
    --------
    >>> marks_shown("1.056,5") == VIETNAMESE, marks_shown("12.5") == ENGLISH, marks_shown("1.056")
    (True, True, None)
    """
    readings = []
    for marks in (VIETNAMESE, ENGLISH):
        try:
            readings.append((marks.parse(text), marks))
        except ValueError:
            continue
    return readings[0][1] if len(readings) == 1 and not text.isdecimal() else None


def is_marked(text: str) -> bool:
    """Whether a number has a mark, so that it depends on what the marks mean."""
    return bool(_MARKED.search(text))


def format_number(value: float, lang: str = "vi", decimals: int = 0, *, sign: bool = False) -> str:
    """Write a number the Vietnamese (1.056,5) or the English way (1,056.5).

    Parameters
    ----------
    value : float
        A missing value (NaN) is written as a dash.
    lang : {"vi", "en"}
    decimals : int
        Digits after the decimal mark.
    sign : bool
        Whether a positive number carries a plus sign, as changes do.

    Returns
    -------
    str

    Examples
    --------
    >>> format_number(1056.5, "vi", 1), format_number(1056.5, "en", 1)
    ('1.056,5', '1,056.5')
    >>> format_number(-111.2, "vi", 1), format_number(967.2, "vi", 1, sign=True)
    ('−111,2', '+967,2')
    """
    marks = str.maketrans(",.", Text(".,", ",.")[lang])
    if math.isnan(value):
        return "–"
    # Adding zero turns a -0.0 left by rounding into 0.0, which carries no sign.
    rounded = round(value, decimals) + 0.0
    text = f"{rounded:{'+' if sign and rounded else ''},.{decimals}f}"
    return text.translate(marks).replace("-", "−")


def write_number(value: float, lang: str = "vi") -> str:
    """Write a number with as many decimals as it has, three at most.

    Examples
    --------
    >>> write_number(1056), write_number(2.2), write_number(18.246, "en")
    ('1.056', '2,2', '18.246')
    """
    decimals = next((d for d in range(3) if round(value, d) == round(value, 3)), 3)
    return format_number(value, lang, decimals)
