"""Rows for tests, from plain functions; each creates only what its name says."""
