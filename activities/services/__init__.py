"""Acts of the works, split by what they change."""
