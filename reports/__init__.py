"""Every page or paper that shows more than one app."""
