"""The books: accounts, vouchers, entries, closed months; a book always balances."""
