"""Pages of members, split by noun."""
