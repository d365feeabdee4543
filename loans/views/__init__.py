"""Pages of loans, one module a noun."""
