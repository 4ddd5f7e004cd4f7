"""The forms in which documents arrive; each becomes lines and grids."""
