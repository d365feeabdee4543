"""Builders: each reads rows into one frozen dataclass of plain printed values."""
