"""Acts of a musyawarah, split by what they change."""
