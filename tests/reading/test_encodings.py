"""Old encodings become Unicode; Unicode stays as it is; what is neither is refused."""

import contextlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_analysis.model import DataError
from kc_analysis.reading.forms.encodings import decode, typed_in

# One sentence as each font of old stores it, typed by hand from the fonts' own tables.
SENTENCE = "Kinh phí khuyến công địa phương hỗ trợ ứng dụng máy móc, Bình chọn sản phẩm"
TCVN3 = "Kinh phÝ khuyÕn c«ng ®Þa ph\xad¬ng hç trî øng dông m¸y mãc, B×nh chän s¶n phÈm"
VNI = "Kinh phí khuyeán coâng ñòa phöông hoã trôï öùng duïng maùy moùc, Bình choïn saûn phaåm"
CP1258 = (
    b"Kinh ph\xed khuy\xea\xecn c\xf4ng \xf0i\xf2a ph\xfd\xf5ng h\xf4\xde tr\xf5\xf2 \xfd\xecng"
    b" du\xf2ng m\xe1y m\xf3c"
)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_in_each_form(extract, encoding, form):
    data = unicodedata.normalize(form, extract).replace("\n", "\r\n").encode(encoding)
    assert decode(data, "x.txt") == extract


@pytest.mark.parametrize("typed", [TCVN3, VNI])
@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-16"])
def test_text_typed_in_an_old_font(typed, encoding):
    assert decode(typed.encode(encoding), "x.txt") == SENTENCE


def test_windows_1258():
    assert decode(CP1258, "x.txt") == SENTENCE.partition(",")[0]


def test_windows_1258_where_the_page_says_so():
    assert decode(b"ph\xed", "x.html", "windows-1258") == "phí"


def test_each_small_letter_of_tcvn3():
    vowels = "aăâeêioôơuưy"
    tones = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
    letters = [unicodedata.normalize("NFC", v + t) for v in vowels for t in tones][1:]
    typed = (
        "µ ¶ · ¸ ¹ ¨ » ¼ ½ ¾ Æ © Ç È É Ê Ë e Ì Î Ï Ð Ñ ª Ò Ó Ô Õ Ö i × Ø Ü Ý Þ o ß á â ã ä"
        " « å æ ç è é ¬ ê ë ì í î u ï ñ ò ó ô \xad õ ö ÷ ø ù y ú û ü ý þ"
    )
    assert typed_in(TCVN3)(typed) == " ".join(letters)


@pytest.mark.parametrize("case", [str.lower, str.upper])
def test_each_letter_of_vni(case):
    words = {
        "à á ả ã ạ â ầ ấ ẩ ẫ ậ ă ằ ắ ẳ ẵ ặ": "aø aù aû aõ aï aâ aà aá aå aã aä aê aè aé aú aü aë",
        "è é ẻ ẽ ẹ ê ề ế ể ễ ệ": "eø eù eû eõ eï eâ eà eá eå eã eä",
        "ì í ỉ ĩ ị ỳ ý ỷ ỹ ỵ đ": "ì í æ ó ò yø yù yû yõ î ñ",
        "ò ó ỏ õ ọ ô ồ ố ổ ỗ ộ": "oø où oû oõ oï oâ oà oá oå oã oä",
        "ơ ờ ớ ở ỡ ợ ư ừ ứ ử ữ ự": "ô ôø ôù ôû ôõ ôï ö öø öù öû öõ öï",
        "ù ú ủ ũ ụ": "uø uù uû uõ uï",
    }
    convert = typed_in(VNI)
    for right, typed in words.items():
        assert convert(case(typed)) == case(right)


def test_capitals_that_tcvn3_lacks():
    convert = typed_in(TCVN3)
    typed = "ñY BAN NH¢N D¢N TØNH CAO B»NG\nHç TRî M¸Y MãC\nSè: 470/Q§-UBND\nTõ n¨m, Hç trî"
    assert convert(typed) == (
        "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG\nHỖ TRỢ MÁY MÓC\nSố: 470/QĐ-UBND\nTừ năm, Hỗ trợ"
    )


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "Hà Nam, Hòa Bình, Quý, là và có",
        "a café, naïve, déjà vu, El Niño, São Paulo, fiancée, Zürich, coöperate",
        "© 2020 Acme® 5 µm ± 1 § 3 «quoted» 20 °C, ½ £5 ¥6 ¢7",
        "Ils ont été créés à l’école, où l’hôtel a brûlé près de la forêt",
        "Über die Straße für größere Äpfel, schön grün",
        "",
    ],
)
def test_ordinary_text_stays_as_it_is(text):
    assert typed_in(text) is None
    assert decode(text.encode(), "x.txt") == text


@pytest.mark.parametrize(
    "data",
    [b"a\0b", b"\x89PNG\r\n\x1a\n", b"caf\xe9", b"K? ho?ch\xfd\xff", bytes(range(256))],
)
def test_what_is_no_text_is_refused(data):
    with pytest.raises(DataError, match=r"x\.txt: expected text in Unicode"):
        decode(data, "x.txt")


@given(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"])))
def test_text_with_a_letter_that_old_fonts_lack_is_only_normalised(text):
    text += " ệ"
    assert decode(text.encode(), "x.txt") == unicodedata.normalize("NFC", text).removeprefix(
        "\ufeff"
    )


@given(st.binary())
def test_any_bytes_are_text_or_refused(data):
    with contextlib.suppress(DataError):
        assert isinstance(decode(data, "x.txt"), str)
