"""Numbers the Vietnamese way."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_analysis import format_number, parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.056", 1056),
        ("3960", 3960),
        ("01", 1),
        ("18,246", 18.246),
        ("18.246", 18246),
        ("1.250,5", 1250.5),
        ("0", 0),
        ("12.345.678", 12345678),
        ("1 056", 1056),
        ("1\xa0056,5", 1056.5),
        ("(30)", -30),
        ("-30", -30),
        ("−1.056,5", -1056.5),
    ],
)
def test_read(text, value):
    assert parse_number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "12x",
        "1.05",
        "1.0567",
        "1,056,7",
        "1.056.",
        ".5",
        ",5",
        "- 1",
        "1.0a6",
        "٣",
        "nan",
    ],
)
def test_refuse(text):
    with pytest.raises(ValueError, match="^" + (text and ".*") + "$"):
        parse_number(text)


@given(st.decimals(0, 10**12, places=3))
def test_what_is_written_is_read_back(value):
    assert parse_number(format_number(float(value), "vi", 3)) == float(value)


@pytest.mark.parametrize(
    ("value", "decimals", "sign", "vi", "en"),
    [
        (1056.5, 1, False, "1.056,5", "1,056.5"),
        (18246, 0, False, "18.246", "18,246"),
        (-111.2, 1, True, "−111,2", "−111.2"),
        (967.2, 1, True, "+967,2", "+967.2"),
        (-0.004, 2, True, "0,00", "0.00"),
        (math.nan, 2, True, "–", "–"),
    ],
)
def test_write(value, decimals, sign, vi, en):
    assert format_number(value, "vi", decimals, sign=sign) == vi
    assert format_number(value, "en", decimals, sign=sign) == en
