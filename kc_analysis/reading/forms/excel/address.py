"""Where a cell stands: a row and a column, from zero; the name that Excel gives it; one number."""

Place = tuple[int, int]  # row and column

#: Among places as whole numbers, a row lies as far from the next as Excel has columns, and a sheet
#: as far as it has cells.
ROW = 2**14
SHEET = 2**20 * ROW


def place_of(name: str) -> Place:
    """The place of C12."""
    letters = name.rstrip("0123456789")
    return int(name[len(letters) :]) - 1, column_of(letters)


def column_of(letters: str) -> int:
    """The column AB."""
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column - 1


def name_of(at: int) -> str:
    """C12, for a place as a whole number."""
    row, column = divmod(at % SHEET, ROW)
    letters = ""
    while column >= 0:
        letters = chr(65 + column % 26) + letters
        column = column // 26 - 1
    return f"{letters}{row + 1}"
