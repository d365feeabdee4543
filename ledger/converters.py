"""Books in addresses: `upk` and `sekretariat`."""


class BookConverter:
    """Kind of a book by the word people use for it."""

    regex = "upk|sekretariat"

    def to_python(self, value: str) -> str:
        """Address to kind."""
        return "fund" if value == "upk" else "works"

    def to_url(self, value: str) -> str:
        """Kind to address."""
        return "upk" if value == "fund" else "sekretariat"
