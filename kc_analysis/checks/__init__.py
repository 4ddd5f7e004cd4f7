"""Do the printed totals, the two tables and the narrative's figures agree: the checks."""
