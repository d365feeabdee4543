"""The works: what a decision started, what was done, what the kelurahan checked."""
