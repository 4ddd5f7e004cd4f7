"""PDF documents: what lies between ruling lines, or stands in aligned columns, becomes grids."""

from kc_analysis.reading.forms.pdf.pages import read_pdf

__all__ = ["read_pdf"]
