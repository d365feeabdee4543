"""Walking a role's pages by their links: one page of every address, looked at."""

import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

WIDE, NARROW, NARROWEST = 1280, 360, 320
AXE = """async () => {
    const found = await axe.run(document, {resultTypes: ["violations"]});
    return found.violations.map((rule) =>
        rule.id + " " + rule.nodes.map((node) => node.html.slice(0, 160)).join(" | "));
}"""
# What of a page is wider than the window and lies in no region that scrolls by itself.
SIDEWAYS = """() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    return [...document.querySelectorAll("main *, header *, footer *, nav *")]
        .filter((part) => part.getBoundingClientRect().right > room + 1)
        .slice(0, 4)
        .map((part) => part.tagName + "." + part.className);
}"""
TAG = re.compile(r"<([a-z]\w*)(?:\s[^>]*?class=\"([^\"]*)\")?")
LINK = re.compile(r'<a\s[^>]*?href="([/?][^"#]*)')
# Fragments that a page loads by itself are there, and behaviours had their turn.
SETTLED = "() => !document.querySelector('.htmx-request')"


@dataclass
class Findings:
    """Everything that is wrong, page by page.

    `shapes` are names of views with the elements and classes of a page: what has been
    looked at for one role is not looked at again for the next.
    """

    said: list[str] = field(default_factory=list)
    shapes: set = field(default_factory=set)
    pages: int = 0

    def is_new(self, name: str, source: str) -> bool:
        """True the first time that a page of this make is met."""
        shape = (name, frozenset(TAG.findall(source)))
        known = shape in self.shapes
        self.shapes.add(shape)
        return not known

    def add(self, where: str, *what: str) -> None:
        """Note faults of a page."""
        self.said += [f"{where}: {words}" for words in what]


def view_name(path: str) -> str:
    """Name of the view behind an address, with the keys of its query; "" for none."""
    parts = urlsplit(path)
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        return ""
    return ".".join([name, *re.findall(r"(?:^|&)(\w+)=", parts.query)])


def walk(page: Page, role: str, findings: Findings) -> set[str]:
    """Follow links from the home; the names of the views seen."""
    seen, waiting = set(), ["/"]
    hosts = foreign_requests(page)
    while waiting:
        path = waiting.pop(0)
        name = view_name(path)
        if name in seen:
            continue
        seen.add(name)
        where = f"{role} {name} {path}"
        answer = page.context.request.get(path)
        if answer.status != 200:
            findings.add(where, f"status {answer.status}")
        elif "html" in answer.headers["content-type"]:
            source, here = answer.text(), urlsplit(answer.url).path
            if findings.is_new(name, source):
                open_page(page, answer.url, where, findings)
                findings.add(where, *page.faults, *hosts)
            found = [unescape(link) for link in LINK.findall(source)]
            waiting += [here + link if link[0] == "?" else link for link in found]
        hosts.clear()
    return seen


def foreign_requests(page: Page) -> list[str]:
    """A list that grows with every request to another host."""
    hosts: list[str] = []

    def note(request) -> None:
        url = urlsplit(request.url)
        if url.scheme.startswith("http") and url.hostname != "127.0.0.1":
            hosts.append(f"asked {url.hostname}")

    page.on("request", note)
    return hosts


def open_page(page: Page, url: str, where: str, findings: Findings) -> None:
    """Go there, wait for what the page loads by itself, and look."""
    page.faults.clear()
    page.goto(url, wait_until="load")
    page.wait_for_function(SETTLED)
    look(page, where, findings)


def look(page: Page, where: str, findings: Findings) -> None:
    """axe at two widths, and no sideways scroll at the width of 400 % zoom."""
    findings.pages += 1
    heads = page.locator("h1").count()
    if heads != 1:
        findings.add(where, f"{heads} headings of level 1")
    page.evaluate(AXE_SCRIPT)
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        findings.add(f"{where} at {width}", *page.evaluate(AXE))
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    findings.add(f"{where} sideways", *page.evaluate(SIDEWAYS))
    page.set_viewport_size({"width": WIDE, "height": 900})
