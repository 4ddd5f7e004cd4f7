"""The charts of the annex, native and bound to the cells of its tables."""

from typing import Any

from xlsxwriter.chart import Chart

from kc_analysis.charts.style import DARK, GREY, HUES, PALE
from kc_analysis.model import Text, same
from kc_analysis.publishing.annex.paper import FONT, Paper
from kc_analysis.publishing.annex.sheets import Drawn
from kc_analysis.publishing.annex.table import Placed
from kc_analysis.publishing.annex.words import (
    CHARTS,
    HEADINGS,
    MILLION,
    OF_PLAN,
    PER_DONG,
    SERIES,
    WORDS,
)

_WIDTH, _HEIGHT, _PER_ROW, _HIGHEST = 640, 420, 30, 920
#: The height of a sheet's rows, and how many of them a printed page holds.
_ROW, _PAGE = 20, 48
#: The ways whose ends are told apart by numbers; to catch up is to end where the plan does.
_ENDS = ("planned_million_vnd", "as_planned_million_vnd", "at_rate_million_vnd")
_DASH = same("–")


def add_charts(paper: Paper, drawn: Drawn) -> None:
    """Add the sheet of charts, two to a page where they fit."""
    sheet = paper.add_sheet("charts", [8.43] * 10)
    row = 3
    breaks: list[int] = []
    for chart, height in (
        (_years(paper, drawn.years), _HEIGHT),
        (_path(paper, drawn.path), _HEIGHT),
        _bars(paper, "lines", drawn.lines, "of_plan_pct", OF_PLAN),
        _bars(paper, "leverage", drawn.effects, "leverage", PER_DONG),
    ):
        rows = -(-height // _ROW) + 1
        begun = breaks[-1] if breaks else 0
        if row + rows - begun > _PAGE and row > 3:
            breaks.append(row)
        chart.set_size({"width": _WIDTH, "height": height})
        sheet.insert_chart(row, 0, chart)
        row += rows
    sheet.set_h_pagebreaks(breaks)
    sheet.print_area(0, 0, row - 1, 9)


def _years(paper: Paper, years: Placed) -> Chart:
    chart = paper.book.add_chart({"type": "column"})
    fills = (
        {"fill": {"color": PALE}, "border": {"color": DARK}},
        {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": GREY, "bg_color": "white"},
         "border": {"color": DARK}},
        {"fill": {"color": HUES[0]}, "border": {"color": DARK}},
    )  # fmt: skip
    names = ("planned_million_vnd", "not_reported_million_vnd", "spent_million_vnd")
    for name, look in zip(names, fills, strict=True):
        if not paper.review.by_year[name].any():
            continue
        chart.add_series(
            {
                "name": SERIES[name][paper.lang],
                "categories": years.cells("label"),
                "values": years.cells(name),
                "data_labels": {"value": True, "num_format": "#,##0;-#,##0;", "font": _font(9)},
                "gap": 60,
                "overlap": -5,
                **look,
            }
        )
    return _finished(paper, chart, "years", y=MILLION)


def _bars(paper: Paper, key: str, table: Placed, column: str, unit: Text) -> tuple[Chart, int]:
    """A bar a line; of a line without a figure a word says so, and no bar that looks like 0."""
    chart = paper.book.add_chart({"type": "bar"})
    frame = paper.review.by_line if key == "lines" else paper.review.effects_by_line
    # Beside a line without a figure: what is the matter with it, where its status tells.
    words = [WORDS.get(one, _DASH)[paper.lang] for one in frame.get("status", [""] * len(frame))]
    missing = zip(frame[column].isna(), words, strict=True)
    chart.add_series(
        {
            "name": HEADINGS[column][paper.lang],
            "categories": table.cells("label"),
            "values": table.cells(column),
            "data_labels": {
                "value": True,
                "num_format": "#,##0.0" if column.endswith("_pct") else "#,##0.00",
                "font": _font(9),
                "custom": [_label(word) if is_missing else None for is_missing, word in missing],
            },
            "fill": {"color": HUES[0]},
            "border": {"color": DARK},
            "gap": 50,
        }
    )
    chart.set_legend({"none": True})
    finished = _finished(paper, chart, key, y=unit, is_bar=True)
    return finished, min(_HIGHEST, max(260, 110 + _PER_ROW * len(frame)))


def _path(paper: Paper, path: Placed) -> Chart:
    """A chart of points, since each way has years of its own."""
    chart = paper.book.add_chart({"type": "scatter", "subtype": "straight_with_markers"})
    frame = paper.review.path
    looks = {
        "planned_million_vnd": (GREY, "dash", "diamond", "white"),
        "spent_million_vnd": (HUES[0], "solid", "circle", HUES[0]),
        "as_planned_million_vnd": (HUES[2], "round_dot", "triangle", HUES[2]),
        "at_rate_million_vnd": (HUES[1], "square_dot", "square", HUES[1]),
        "caught_up_million_vnd": (HUES[4], "long_dash_dot", "x", "white"),
    }
    for name, (colour, dash, marker, inside) in looks.items():
        there = frame.index[frame[name].notna()]
        if there.empty:
            continue
        held = slice(there[0], there[-1] + 1)
        chart.add_series(
            {
                "name": SERIES[name][paper.lang],
                "categories": path.cells("year", rows=held),
                "values": path.cells(name, rows=held),
                "line": {"color": colour, "width": 2.25, "dash_type": dash},
                "marker": {
                    "type": marker,
                    "size": 8,
                    "fill": {"color": inside},
                    "border": {"color": colour},
                },
                **_at_its_end(paper, name, len(there)),
            }
        )
    _finished(paper, chart, "path", y=MILLION)
    first, last = paper.review.plan.years[0], paper.review.plan.years[-1]
    chart.set_x_axis(
        {"name": HEADINGS["year"][paper.lang], "name_font": _axis_font(),
         "min": first, "max": last, "major_unit": 1, "num_format": "0", "num_font": _font(9),
         "major_gridlines": {"visible": False}, "line": {"color": GREY}}
    )  # fmt: skip
    # Room to the right for a number.
    chart.set_plotarea({"layout": {"x": 0.11, "y": 0.13, "width": 0.79, "height": 0.62}})
    return chart


def _at_its_end(paper: Paper, name: str, points: int) -> dict[str, Any]:
    """The number at a way's last point, out of the way of the others; see ``_ENDS``."""
    if name == "spent_million_vnd":
        position = "below"
    elif name in _ENDS:
        ends = paper.review.path[[*_ENDS]].iloc[-1].sort_values(kind="stable").index
        position = ("below", "right", "above")[ends.get_loc(name)]
    else:
        return {}
    return {
        "data_labels": {
            "value": True,
            "num_format": "#,##0",
            "position": position,
            "font": _font(9),
            "custom": [{"delete": True}] * (points - 1) + [None],
        }
    }


def _finished(paper: Paper, chart: Chart, key: str, y: Text, *, is_bar: bool = False) -> Chart:
    title = paper.marked(CHARTS[key][paper.lang])
    chart.set_title({"name": title, "name_font": {**_font(13), "bold": True}, "overlay": False})
    values = {
        "name": y[paper.lang],
        "name_font": _axis_font(),
        "num_font": _font(9),
        "num_format": "#,##0.0" if key == "leverage" else "#,##0",
        "min": 0,
        "major_gridlines": {"visible": True, "line": {"color": PALE}},
        "line": {"none": True},
    }
    names = {"num_font": _font(9), "line": {"color": GREY}, "major_tick_mark": "none"}
    if is_bar:
        # In the order of the table, from the top; the scale stays below.
        chart.set_x_axis(values)
        chart.set_y_axis({**names, "reverse": True, "crossing": "max"})
    else:
        chart.set_x_axis(names)
        chart.set_y_axis(values)
        chart.set_legend({"position": "bottom", "font": _font(9)})
    chart.set_chartarea({"border": {"color": PALE}})
    return chart


def _label(word: str) -> dict[str, Any]:
    """A word where a number would stand; made anew each time, as it is changed by its use."""
    bare = {"fill": {"none": True}, "border": {"none": True}}
    return {"value": word, "font": {**_font(9), "italic": True}, **bare}


def _axis_font() -> dict[str, Any]:
    return {**_font(10), "bold": False, "italic": True}


def _font(size: int) -> dict[str, Any]:
    return {"name": FONT, "size": size, "color": DARK}
