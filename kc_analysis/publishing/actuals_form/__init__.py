"""The workbook in which a planner records what really happened, written."""

from kc_analysis.publishing.actuals_form.workbook import write_actuals_form

__all__ = ["write_actuals_form"]
