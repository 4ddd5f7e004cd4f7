"""Findings on the console."""

import pandas as pd

from kc_analysis.wording import VALUES


def print_findings(findings: pd.DataFrame, lang: str) -> None:
    """Print findings, the gravest first, a line each."""
    for severity in ("error", "warning", "note"):
        for row in findings[findings["severity"] == severity].to_dict("records"):
            place = f"{row[f'place_{lang}']}: " if row[f"place_{lang}"] else ""
            print(f"  [{VALUES[severity][lang]}] {place}{row[f'message_{lang}']}")
