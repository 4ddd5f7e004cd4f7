"""Units of money."""

#: How many million đồng one of each unit of money is: (multiply by, divide by), both exact.
MONEY = {
    "đồng": (1, 1_000_000),
    "nghìn đồng": (1, 1_000),
    "triệu đồng": (1, 1),
    "tỷ đồng": (1_000, 1),
}
MONEY_EN = dict(zip(MONEY, ("VND", "thousand VND", "million VND", "billion VND"), strict=True))


def in_million_vnd(value: float, unit: str) -> float:
    """An amount of money in million VND, rounded back to the digits printed (a tenth of a đồng)."""
    times, over = MONEY[unit]
    return value if times == over else round(value * times / over, 7)
