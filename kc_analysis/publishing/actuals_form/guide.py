"""The first sheet: what is asked once, how the rest is filled, and the lists to choose from."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, NamedTuple

from kc_analysis.model import Text
from kc_analysis.publishing.actuals_form import words
from kc_analysis.publishing.actuals_form.book import AS_OF, CYCLE, ILLUSTRATIVE, Form, Page
from kc_analysis.publishing.actuals_form.entries import Entry
from kc_analysis.reading.actuals.words import ASKED, NO, PROJECTS, RESULTS, SHEETS, STATUSES, YES
from kc_analysis.wording import labels

_WIDTHS = (34, 24, 84)


class Lists(NamedTuple):
    """Where the lists to choose from stand, as formulas give them."""

    sources: str
    lines: str
    statuses: str
    status: dict[str, str]


def add_guide(form: Form, planned: list[Entry], as_of: date | None) -> Lists:
    """Add the sheet of instructions."""
    page = Page(form, "guide")
    page.sheet.set_portrait()
    for column, width in enumerate(_WIDTHS):
        page.sheet.set_column(column, column, width)
    _ask(page, as_of)
    row = _steps(page, ILLUSTRATIVE[0] + 2)
    row = _meanings(page, row + 1)
    say, titles = form.say, labels(form.plan, "source", form.lang)
    numbers = dict(zip(form.plan.sources["source"], form.plan.sources["number"], strict=True))
    lines = {one["line"]: one for one in planned}.values()
    statuses = [
        (say(STATUSES[key]), say(words.COUNTS_AS[key]), say(words.STATUSES[key]))
        for key in STATUSES
    ]
    sources = [(title, numbers[source], "") for source, title in titles.items()]
    numbered = [
        (one["line"], one.get("unit"), f"{one['title']} ({one['source']})") for one in lines
    ]
    ranges, starts = [], []
    for title, rows in (
        (words.STATUSES_TITLE, statuses),
        (words.SOURCES_TITLE, sources),
        (words.LINES_TITLE, numbered),
    ):
        starts.append(row + 2)
        row = _list(page, row + 1, title, rows)
        ranges.append(form.refer("guide", 0, starts[-1], row - 1))
    return Lists(
        sources=ranges[1],
        lines=ranges[2],
        statuses=ranges[0],
        status={key: form.refer("guide", 0, starts[0] + i) for i, key in enumerate(STATUSES)},
    )


def _ask(page: Page, as_of: date | None) -> None:
    form = page.form
    first, last = form.plan.years[0], form.plan.years[-1]
    for name, at in (("cycle", CYCLE), ("as_of", AS_OF), ("illustrative", ILLUSTRATIVE)):
        page.write((at[0], 0), form.say(ASKED[name]), "bold")
        page.write((at[0], 2), form.say(words.ASKED[name], year=first + 2), "text")
    page.write(CYCLE, form.plan.cycle, "center")
    page.write(AS_OF, None, "input_day")
    if as_of:
        day = datetime.combine(as_of, time())
        page.sheet.write_datetime(*AS_OF, day, form.formats["input_day"])
    answer = YES if form.illustrative else NO
    page.write(ILLUSTRATIVE, form.say(answer), "input_answer")
    page.allow("choice", (ILLUSTRATIVE[0],) * 2, 1, source=[form.say(YES), form.say(NO)])
    between = {"minimum": date(first, 1, 1), "maximum": date(last + 1, 12, 31)}
    page.allow("day", (AS_OF[0],) * 2, 1, **between)


def _steps(page: Page, row: int) -> int:
    """The numbered steps; gives the row below them."""
    page.write((row, 0), page.form.say(words.STEPS_TITLE), "section")
    section = page.form.plan.sources["number"].iloc[0]
    lines = page.form.plan.lines
    own = lines[lines["source"] == page.form.plan.sources["source"].iloc[0]]
    look = page.form.formats["text"]
    for number, step in enumerate(words.STEPS, 1):
        text = f"{number}. {page.form.say(step, number=f'{section}.{len(own) + 1}')}"
        page.sheet.merge_range(row + number, 0, row + number, 2, "", look)
        page.write((row + number, 0), text, "text")
        page.fit(row + number, (text, sum(_WIDTHS)))
    return row + len(words.STEPS) + 1


def _meanings(page: Page, row: int) -> int:
    say = page.form.say
    rows = []
    for sheet, columns in (("results", RESULTS), ("projects", PROJECTS)):
        headings = columns | {"counted": words.COUNTED}
        for name, meaning in words.MEANINGS[sheet].items():
            rows.append((say(headings[name]), say(SHEETS[sheet]), say(meaning)))
    return _list(page, row, words.MEANINGS_TITLE, rows)


def _list(page: Page, row: int, title: Text, rows: Iterable[tuple[Any, ...]]) -> int:
    """A titled list of three columns; gives the row below it."""
    page.write((row, 0), page.form.say(title), "section")
    for cells in rows:
        row += 1
        for column, text in enumerate(cells):
            page.write((row, column), text, "bold" if column == 0 else "text")
    return row + 1
