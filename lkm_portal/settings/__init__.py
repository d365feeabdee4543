"""One base; dev, test and production say only what differs."""
