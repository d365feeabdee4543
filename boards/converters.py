"""Region codes in addresses: `35.20.06.1010`, and `indonesia` for the country."""


class RegionConverter:
    """Kemendagri code of any level; "" travels as the word `indonesia`."""

    regex = r"indonesia|\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?"

    def to_python(self, value: str) -> str:
        """Address to code."""
        return "" if value == "indonesia" else value

    def to_url(self, value: str) -> str:
        """Code to address."""
        return value or "indonesia"
