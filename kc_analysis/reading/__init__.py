"""A document becomes a Plan: a form yields grids of cells, the grids tables, the tables a Plan."""
