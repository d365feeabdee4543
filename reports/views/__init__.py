"""Pages of papers and reports, split by noun."""
