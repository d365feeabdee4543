"""Pages of the works, split by noun."""
