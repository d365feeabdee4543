"""Pages of a musyawarah, split by noun."""
