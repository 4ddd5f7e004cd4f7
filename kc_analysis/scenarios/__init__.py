"""What if: declared changes to a plan, how sure they are, and the best plan under ceilings."""
