"""Values that people, browsers and attackers send; and the forms of a page."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

MARK = "<b id=galat7>"
SUM = "{{1234567|add:1}}"
SUMMED = "1234568"
NUL = "a\0b"

# One of each family: markup, templates, invisible letters, numbers, dates, sizes.
VALUES = {
    "markup": f'"><script>alert(1)</script>{MARK}',
    "template": f"{SUM}{{% load x %}}${{7*7}}%(name)s{{0.__class__}}",
    "nul": NUL,
    "invisible": "Bu\u200bdi\u202egnp.exe\u2066\ufeff\u0007",
    "emoji": "👩‍👩‍👧‍👦 وارگا ＝１＋１",
    "lines": "satu\r\nSet-Cookie: a=b\r\n\r\ndua",
    "huge number": "1" + "0" * 30,
    "negative": "-1",
    "odd digit": "²",
    "other digits": "٣٤",
    "nan": "NaN",
    "infinite": "1e400",
    "no day": "31-02-2026",
    "first year": "01/01/0001",
    "last year": "31/12/9999",
    "first month": "0001-01",
    "last month": "9999-12",
    "last quarter": "9999-T4",
    "only a year": "9999",
    "no hour": "24.00",
    "overflow": "9223372036854775808",
    "below": "-9223372036854775809",
    "small overflow": "2147483648",
    "long": "panjang " * 2_500,
    "quote": "'; DROP TABLE boards_board; --",
    "path": "../../../../etc/passwd",
    "empty": "",
}


@dataclass
class PageForm:
    """One form as the browser would send it: where to, and name to value."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)


class FormReader(HTMLParser):
    """Collects the forms of a page with what stands in them."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.open: PageForm | None = None
        self.select = self.area = ""

    def handle_starttag(self, tag, attrs):
        """Note forms and what they hold."""
        found = dict(attrs)
        if tag == "form":
            method = (found.get("method") or "get").lower()
            self.open = PageForm(found.get("action") or "", method)
            self.forms.append(self.open)
        elif self.open is not None and found.get("name"):
            self._keep(tag, found)
        elif tag == "option" and self.open is not None and self.select:
            chosen = "selected" in found or not self.open.values[self.select]
            if chosen:
                self.open.values[self.select] = found.get("value") or ""

    def _keep(self, tag: str, found: dict) -> None:
        name, kind = found["name"], found.get("type", "")
        if kind == "file":
            self.open.files.append(name)
        elif tag == "select":
            self.select = name
            self.open.values.setdefault(name, "")
        elif tag == "textarea":
            self.area = name
            self.open.values[name] = ""
        elif kind in ("radio", "checkbox"):
            if "checked" in found or name not in self.open.values:
                self.open.values[name] = found.get("value") or "on"
        elif tag in ("input", "button"):
            self.open.values.setdefault(name, found.get("value") or "")

    def handle_data(self, data):
        """The text of an area."""
        if self.area and self.open is not None:
            self.open.values[self.area] += data

    def handle_endtag(self, tag):
        """Close what is open."""
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.area = ""


def forms_of(page: str) -> list[PageForm]:
    """Every form of a page."""
    reader = FormReader()
    reader.feed(page)
    return reader.forms
