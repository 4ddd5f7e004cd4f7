"""Charts: a frame and the plan it comes from in, matplotlib Axes out.

A chart draws and does not compute. Its ``plan`` gives names, order and colours: a line looks the
same whether the frame holds all lines or a few. ``lang`` is "vi" or "en". ``ax``, if given, is
cleared and drawn into; else the chart makes a figure, which ``save`` closes. The charts of a
mid-term review take the whole review in their place.
"""

from kc_analysis.charts.coverage import coverage as coverage
from kc_analysis.charts.cycles import cost_change as cost_change
from kc_analysis.charts.cycles import cycle_series as cycle_series
from kc_analysis.charts.decomposition import decomposition as decomposition
from kc_analysis.charts.decomposition import decomposition_by_year as decomposition_by_year
from kc_analysis.charts.midterm import execution as execution
from kc_analysis.charts.midterm import execution_map as execution_map
from kc_analysis.charts.midterm_amounts import outlook as outlook
from kc_analysis.charts.midterm_amounts import plan_and_spent as plan_and_spent
from kc_analysis.charts.midterm_amounts import variance as variance
from kc_analysis.charts.midterm_results import leverage as leverage
from kc_analysis.charts.midterm_results import targets as targets
from kc_analysis.charts.scenarios import comparison as comparison
from kc_analysis.charts.scenarios import fan as fan
from kc_analysis.charts.scenarios import tornado as tornado
from kc_analysis.charts.style import save as save
from kc_analysis.charts.unit_costs import unit_costs as unit_costs
from kc_analysis.charts.yearly import budget as budget
from kc_analysis.charts.yearly import growth as growth
from kc_analysis.charts.yearly import shares as shares
