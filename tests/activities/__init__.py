"""Tests of the works."""
