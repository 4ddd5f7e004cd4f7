"""Bytes become Vietnamese text: Unicode as it is, the encodings that came before it converted."""

import re
import unicodedata
from collections.abc import Callable
from itertools import islice

from kc_analysis.model import Text
from kc_analysis.reading.forms.limits import refuse

_TONES = "\u0300\u0301\u0309\u0303\u0323"  # à á ả ã ạ

# TCVN3 (the ABC fonts: .VnTime, .VnArial) gives each accented small letter a byte, and the letters
# that lack a tone a capital; the toned capitals are drawn by a font of capitals (.VnTimeH).
_TCVN3 = str.maketrans(
    dict(
        zip(
            "¡¢§£¤¥¦¨©®ª«¬\xadµ¸¶·¹»¾¼½ÆÇÊÈÉËÌÐÎÏÑÒÕÓÔÖ×ÝØÜÞßãáâäåèæçéêíëìîïóñòôõøö÷ùúýûüþ",
            "ĂÂĐÊÔƠƯăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ",
            strict=True,
        )
    )
)

# VNI writes a plain letter and then its mark; only đ, ơ, ư, ỵ and the letters i are bytes of their
# own.
_VNI_MARKS = {
    "aeou": ("øùûõï", ""),
    "y": ("øùûõ", ""),
    "ôö": ("øùûõï", ""),
    "aeo": ("âàáåãä", "\u0302"),
    "a": ("êèéúüë", "\u0306"),
}
_VNI_LETTERS = dict(zip("ñôöæóòî", "đơưỉĩịỵ", strict=True))


def _vni_table() -> dict[str, str]:
    table = dict(_VNI_LETTERS)
    for letters, (marks, shape) in _VNI_MARKS.items():
        # Six marks begin with the one for no tone: aâ is â.
        tones = ("", *_TONES) if len(marks) == 6 else _TONES[: len(marks)]
        for letter in letters:
            for mark, tone in zip(marks, tones, strict=True):
                plain = _VNI_LETTERS.get(letter, letter)
                table[letter + mark] = unicodedata.normalize("NFC", plain + shape + tone)
    capitals = {key.upper(): value.upper() for key, value in table.items()}
    return table | capitals | {key.capitalize(): value.upper() for key, value in table.items()}


_VNI = _vni_table()
_VNI_SIGN = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))

# Letters that the old encodings, read as Western European text, cannot show.
_UNICODE = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
_PILED = re.compile("[\u0300-\u036f]{10}")
_WORD = re.compile("[^\\s!-@\\[-`{-~‐-…]+")
_PHRASE = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_SYLLABLE = re.compile(
    "(?:b|ch?|d|đ|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu?|r|s|t[hr]?|v|x)?"
    "(?:(?:o?[aăe]|u?[âêy]|[iy]ê|uyê|uô|ươ|oo|[ioôơuư])(?:ch?|m|n[gh]?|p|t)"
    "|o(?:ai|ay|ao|eo)|uây|uy[au]|[iy]êu|uôi|ươ[iu]|a[iouy]|â[uy]|eo|êu|i[au]|o[aei]|ôi|ơi"
    "|u[aêiơy]|ư[aiu]|[aeêioôơuưy])"
    "|[bcdđghklmnpqrstvx]+"  # initials: QĐ, ĐVT
)
#: So many different accented words are evidence, if so many of them are Vietnamese.
_ENOUGH = 3
_MOST = 0.9
_SAMPLE = 5_000

# All that are no characters but tab, line and page breaks.
_CONTROL = bytes([*range(0x09), *range(0x0E, 0x20)])
_CLAIMED = {
    "windows-1258": "cp1258",
    "windows-1252": "cp1252",
    "iso-8859-1": "cp1252",
    "us-ascii": "cp1252",
}


def decode(data: bytes, file: str, claimed: str = "") -> str:
    r"""Turn a file's bytes into text.

    Parameters
    ----------
    data : bytes
        UTF-8, UTF-16, Windows-1258, TCVN3 (ABC) or VNI; Unicode is recognised by its form, the
        others by this, that they make Vietnamese words.
    file : str
        The name that messages give the file.
    claimed : str, optional
        The encoding that the file says it has; believed where the bytes don't tell.

    Returns
    -------
    str
        NFC, with "\n" between lines. Text typed in a TCVN3 or VNI font is Unicode here too.

    Raises
    ------
    DataError
        If it is none of these, or no text at all.

    Examples
    --------
    >>> decode(b"Kinh ph\xdd khuy\xd5n c\xabng \xae\xdea ph\xad\xacng", "old.txt")
    'Kinh phí khuyến công địa phương'
    """
    text = _unicode(data)
    if text is None:
        claim = _CLAIMED.get(claimed.casefold())
        text = _try(data, claim) if claim else _by_evidence(data)
    expected = Text(
        "văn bản Unicode (UTF-8, UTF-16), Windows-1258, TCVN3 (ABC) hoặc VNI",
        "text in Unicode (UTF-8, UTF-16), Windows-1258, TCVN3 (ABC) or VNI",
    )
    if text is None:
        raise refuse(file, expected, Text("bảng mã khác", "another encoding"), "encoding")
    plain = text.encode()
    if len(plain.translate(None, _CONTROL)) < len(plain):
        raise refuse(file, expected, Text("dữ liệu nhị phân", "binary data"), "encoding")
    if _PILED.search(text):
        # Putting a long run of marks in order takes the square of its length.
        raise refuse(
            file, expected, Text("dấu chồng lên nhau", "marks piled upon each other"), "encoding"
        )
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    convert = typed_in(text)
    return convert(text) if convert else text


def typed_in(text: str) -> Callable[[str], str] | None:
    """Recognise text that was typed in a TCVN3 or VNI font, and say how to convert it.

    Parameters
    ----------
    text : str
        All that was typed, NFC: the more there is of it, the surer.

    Returns
    -------
    callable or None
        Turns a piece of the text into Unicode; ``None`` if the text is as it should be.

    Examples
    --------
    >>> typed_in("Kinh phí khuyeán coâng ñòa phöông")("Hoã trôï")
    'Hỗ trợ'
    >>> typed_in("Kinh phí khuyến công"), typed_in("a café, naïve, déjà vu")
    (None, None)
    """
    if text.isascii() or _UNICODE.search(text):
        return None
    before = _vietnamese(text)
    after = {convert: _vietnamese(text, convert) for convert in (_from_tcvn3, _from_vni)}
    convert = max(after, key=after.__getitem__)
    return convert if after[convert] >= _MOST > before else None


def _unicode(data: bytes) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _try(data, "utf-16")
    if b"\0" in data:
        # Figures, blanks and line ends, a good part of any table, have a zero for their upper
        # byte, few characters for their lower; text in other encodings has no zero at all.
        big, little = (data[first::2].count(0) for first in (0, 1))
        if max(big, little) > len(data) / 10 and min(big, little) < max(big, little) / 4:
            return _try(data, "utf-16-be" if big > little else "utf-16-le")
    return _try(data, "utf-8-sig")


def _by_evidence(data: bytes) -> str | None:
    """The one reading that makes Vietnamese words, if there is one."""
    readings = {}
    for encoding, convert in (("cp1258", _nfc), ("cp1252", _from_tcvn3), ("cp1252", _from_vni)):
        if (text := _try(data, encoding)) is not None:
            readings[convert] = _vietnamese(text, convert), text
    convert = max(readings, key=readings.__getitem__, default=_nfc)
    share, text = readings.get(convert, (0.0, ""))
    return convert(text) if share >= _MOST else None


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _from_tcvn3(text: str) -> str:
    return _PHRASE.sub(_capitals, text.translate(_TCVN3))


def _capitals(match: re.Match[str]) -> str:
    """Raise the toned letters among capitals, for which TCVN3 has small ones only: "HỗTRỢ"."""
    words = match[0].split(" ")
    raised = [word.upper() if _is_capitals(word) else word for word in words]
    # "Hỗ" alone may be either; among capitals it is "HỖ".
    if raised != words and _plain(match[0]).isupper():
        return match[0].upper()
    return " ".join(raised)


def _is_capitals(word: str) -> bool:
    plain = _plain(word)
    return plain.isupper() and (len(plain) > 1 or word[-1].isupper())


def _plain(text: str) -> str:
    return "".join(letter for letter in text if letter.isascii() and letter.isalpha())


def _from_vni(text: str) -> str:
    return _VNI_SIGN.sub(lambda match: _VNI[match[0]], text)


def _vietnamese(text: str, convert: Callable[[str], str] = _nfc) -> float:
    """The share of the different accented words that are Vietnamese once converted."""
    accented = (match[0] for match in _WORD.finditer(text) if not match[0].isascii())
    words = {word for word in islice(accented, _SAMPLE) if any(map(str.isalpha, word))}
    if len(words) < _ENOUGH:
        return 0.0
    return sum(_is_syllable(convert(word)) for word in words) / len(words)


def _is_syllable(word: str) -> bool:
    if not (word[1:].islower() or word.isupper() or len(word) == 1):
        return False
    letters = unicodedata.normalize("NFD", word.lower())
    toneless = "".join(letter for letter in letters if letter not in _TONES)
    if len(letters) - len(toneless) > 1:
        return False
    return bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", toneless)))
