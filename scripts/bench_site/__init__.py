"""A site for measuring: the portal, its raw floor, a naive list and Django's admin."""
