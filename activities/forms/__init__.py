"""Forms of the works, split by noun."""
