"""What in the figures makes one wonder, though it may well be so."""

from collections.abc import Iterable, Iterator, Mapping

from kc_analysis.model import Finding, Plan, Text
from kc_analysis.numerals import write_number
from kc_analysis.reading.actuals.results import At, Figure, by_cell
from kc_analysis.reading.actuals.words import PROJECTS, RESULTS

#: From how many times the plan on a figure is more likely mistyped.
FAR_ABOVE = 3


def remarks(
    file: str,
    plan: Plan,
    figures: Mapping[At, Mapping[str, Figure]],
    typed: Iterable[tuple[At, Mapping[str, Figure]]],
) -> Iterator[Finding]:
    """Warnings about single figures.

    Parameters
    ----------
    file : str
        The workbook's name.
    plan : Plan
    figures : mapping
        What counts, by line and year and by the name of the column.
    typed : iterable
        The same of each row as typed, of results and of projects.
    """
    planned = by_cell(plan.budget, "amount_million_vnd")
    quantities = by_cell(plan.quantities, "quantity")
    for at, row in figures.items():
        for name, plans in (("disbursed_million_vnd", planned), ("quantity", quantities)):
            figure, due = row.get(name), plans.get(at)
            if figure and due and figure.value > FAR_ABOVE * due:
                message = Text(
                    f"{RESULTS[name].vi}: {write_number(figure.value)}, gấp "
                    f"{write_number(round(figure.value / due, 1))} lần kế hoạch "
                    f"{write_number(due)}; có gõ đúng đơn vị không?",
                    f"{RESULTS[name].en}: {write_number(figure.value, 'en')}, "
                    f"{write_number(round(figure.value / due, 1), 'en')} times the "
                    f"{write_number(due, 'en')} planned; is it typed in the right unit?",
                )
                yield _finding(file, "actual-far-above-plan", at, due, figure, message)
        spent, allocated = (row.get(f"{name}_million_vnd") for name in ("disbursed", "allocated"))
        if spent and allocated and spent.value > allocated.value:
            message = Text(
                f"Giải ngân {write_number(spent.value)} nhiều hơn số được giao "
                f"{write_number(allocated.value)}",
                f"Disbursed {write_number(spent.value, 'en')}, more than the "
                f"{write_number(allocated.value, 'en')} allocated",
            )
            yield _finding(file, "actual-over-allocation", at, allocated.value, spent, message)
    for at, row in typed:
        largest = max([planned.get(at, 0.0), *(figure.value for figure in row.values())])
        for name, figure in row.items():
            heading = (RESULTS | PROJECTS)[name]
            if name.endswith("_vnd") and (whole := _thousandfold(figure.value, largest)):
                message = Text(
                    f"{heading.vi}: lưu là {write_number(figure.value)}; phải chăng là "
                    f"{write_number(whole)}?",
                    f"{heading.en}: stored as {write_number(figure.value, 'en')}; is "
                    f"{write_number(whole, 'en')} meant?",
                )
                yield _finding(file, "actual-thousandth", at, whole, figure, message)


def _thousandfold(value: float, largest: float) -> float | None:
    """What was meant by a number that may have been typed as 1.056 and stored as one and a bit.

    It has a fraction, of thousandths, and is far smaller than what stands beside it.
    """
    whole = float(round(value * 1000))
    odd = value % 1 and abs(value * 1000 - whole) < 1e-6
    return whole if odd and largest > 100 * value else None


def _finding(
    file: str, rule: str, at: At, expected: float, found: Figure, message: Text
) -> Finding:
    place = Text(f"{file}, {found.place.vi}", f"{file}, {found.place.en}")
    return Finding(rule, "warning", "budget", *at, expected, found.value, place, message)
