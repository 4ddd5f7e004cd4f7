"""Charts: a frame and the plan it comes from in, matplotlib Axes out.

A chart draws and does not compute. Its ``plan`` gives names, order and colours: a line looks the
same whether the frame holds all lines or a few. ``lang`` is "vi" or "en". ``ax``, if given, is
cleared and drawn into; else the chart makes a figure, which ``save`` closes.
"""

from kc_analysis.charts.coverage import coverage as coverage
from kc_analysis.charts.decomposition import decomposition as decomposition
from kc_analysis.charts.style import save as save
from kc_analysis.charts.unit_costs import unit_costs as unit_costs
from kc_analysis.charts.yearly import budget as budget
from kc_analysis.charts.yearly import growth as growth
from kc_analysis.charts.yearly import shares as shares
