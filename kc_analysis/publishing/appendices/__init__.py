"""A plan as the two appendices of a decision, to be edited, issued, and read back."""

from kc_analysis.publishing.appendices.excel import write_appendices_excel
from kc_analysis.publishing.appendices.word import write_appendices_word

__all__ = ["write_appendices_excel", "write_appendices_word"]
