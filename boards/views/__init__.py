"""Pages of the ground floor, split by noun."""
