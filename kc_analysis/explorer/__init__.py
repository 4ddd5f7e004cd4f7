"""A plan in the planner's hands: each slider makes it another plan, seen at once."""
