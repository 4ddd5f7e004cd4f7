"""Formulas of execution, delivery and status; see ``midterm.execution`` and ``midterm.status``."""

from kc_analysis.publishing.annex.formulas import (
    Names,
    Row,
    Rule,
    count,
    is_known,
    known,
    quoted,
    rate,
    total,
)
from kc_analysis.publishing.annex.words import WORDS


def execution(names: Names) -> dict[str, Rule]:
    """The columns of ``midterm.execution.execution``."""
    spent, allocated = names["spent_million_vnd"], names["allocated_million_vnd"]
    return {
        **_due(names, "planned_million_vnd", "not_reported_million_vnd", "spent_million_vnd"),
        "allocated_million_vnd": lambda row: known(allocated, *row.where),
        **_done(names, "planned_million_vnd", "spent_million_vnd"),
        "of_allocation_pct": lambda row: rate(
            total(spent, *row.where, is_known(allocated)),
            total(allocated, *row.where, is_known(spent)),
        ),
        "status": _status(names, "planned_million_vnd", "spent_million_vnd"),
    }


def delivery(names: Names) -> dict[str, Rule]:
    """The columns of ``midterm.execution.delivery``."""
    planned, delivered = "planned_quantity", "delivered_quantity"
    return {
        **_due(names, planned, "not_reported_quantity", delivered),
        **_done(names, planned, delivered),
        "status": _status(names, planned, delivered),
    }


def single(names: Names) -> dict[str, Rule]:
    """The rates and the status of a line in a year, from its own row of the figures."""
    planned, spent, part = "planned_million_vnd", "spent_million_vnd", "of_plan_pct"

    def status(row: Row) -> str:
        under_way = f"{row.cells['year']}>{names['year_over']}"
        return judged(names, row, (planned, spent), under_way)

    def of(whole: str) -> Rule:
        return lambda row: _share(row.cells[spent], row.cells[whole])

    return {part: of(planned), "of_allocation_pct": of("allocated_million_vnd"), "status": status}


def judged(names: Names, row: Row, sides: tuple[str, str], under_way: str) -> str:
    """The status as ``midterm.status.execution_status`` gives it, in words.

    Parameters
    ----------
    names : Names
    row : Row
        Its of_plan_pct is "" where nothing is planned of what is reported.
    sides : tuple of str
        The columns of what is planned and of what is carried out.
    under_way : str
        A condition.
    """
    planned, spent, part = (row.cells[name] for name in (*sides, "of_plan_pct"))
    word = {key: quoted(text[names.lang]) for key, text in WORDS.items()}
    rounded = f"ROUND({part},1)"
    return (
        f'IF({spent}="",IF(N({planned})>0,{word["not_reported"]},""),'
        f'IF({part}="",IF({spent}>0,{word["unplanned"]},""),'
        f"IF(AND({under_way},{rounded}<{names['done']}),{word['under_way']},"
        f"IF({spent}=0,{word['not_carried_out']},"
        f"IF({rounded}>={names['over']},{word['over']},"
        f"IF({rounded}>={names['done']},{word['done']},"
        f"IF({rounded}>={names['slow']},{word['slow']},{word['behind']})))))))"
    )


def _due(names: Names, planned: str, not_reported: str, reported: str) -> dict[str, Rule]:
    plan, missing = names[planned], f"(1-{is_known(names[reported])})"
    return {
        planned: lambda row: known(plan, *row.where, names.due),
        not_reported: lambda row: total(plan, *row.where, names.due, missing),
    }


def _done(names: Names, planned: str, reported: str) -> dict[str, Rule]:
    plan, done = names[planned], names[reported]
    return {
        reported: lambda row: known(done, *row.where),
        "of_plan_pct": lambda row: rate(
            row.cells[reported], total(plan, *row.where, is_known(done))
        ),
    }


def _status(names: Names, planned: str, reported: str) -> Rule:
    def rule(row: Row) -> str:
        under_way = f"{count(*row.where, names.ahead, names.due)}>0"
        return judged(names, row, (planned, reported), under_way)

    return rule


def _share(part: str, whole: str) -> str:
    return f'IF(OR({part}="",N({whole})=0),"",100*{part}/{whole})'
