"""Growth, shares, unit costs and their decomposition: a plan in, a tidy frame out.

``by`` names the columns that set rows apart: none for the total, or any of source, line and
activity. ``per`` is "year", or "cycle" for the years together. Rows keep the document's order.
What is undefined (growth from nothing, cost over no quantity) is missing, never zero.
"""
