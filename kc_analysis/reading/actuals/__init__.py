"""The workbook in which a planner records what really happened, read."""

from kc_analysis.reading.actuals.workbook import Actuals, actuals_file, read_actuals

__all__ = ["Actuals", "actuals_file", "read_actuals"]
