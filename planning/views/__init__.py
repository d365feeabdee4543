"""Pages of planning, split by noun."""
