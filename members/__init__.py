"""Who was elected: persons, terms, mandates, units."""
