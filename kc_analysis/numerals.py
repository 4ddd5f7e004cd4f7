"""Numbers as Vietnamese documents write them: 1.056,5 is one thousand and fifty-six and a half."""

import math
import re

# A thousands mark stands before exactly three digits, or it is none: "1.05" is no number at all.
_NUMBER = re.compile(r"(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d+)?", re.ASCII)


def parse_number(text: str) -> float:
    """Read a number as printed in a Vietnamese document.

    Parameters
    ----------
    text : str
        ``"1.056"``, ``"1056"``, ``"01"``, ``"18,246"`` or ``"1.056,5"``.

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
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return float(text.replace(".", "").replace(",", "."))


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
    if math.isnan(value):
        return "–"
    # Adding zero turns a -0.0 left by rounding into 0.0, which carries no sign.
    rounded = round(value, decimals) + 0.0
    text = f"{rounded:{'+' if sign and rounded else ''},.{decimals}f}"
    if lang == "vi":
        text = text.translate(str.maketrans(",.", ".,"))
    return text.replace("-", "−")
