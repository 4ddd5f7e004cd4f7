"""Excel workbooks: the stored values, and what stands hidden, merged or without a result."""

from kc_analysis.reading.forms.excel.book import read_excel

__all__ = ["read_excel"]
