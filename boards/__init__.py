"""The tenant and what every room needs: users, roles, access, audit, chain, numbers."""
