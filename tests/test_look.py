"""What the browser gets: weight, icons, error pages and the anatomy of a field."""

import gzip
import re
from pathlib import Path

import pytest
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_form
from django import forms
from django.template.loader import render_to_string

from common.fields import RupiahFormField

ROOT = Path(__file__).resolve().parents[1]
STATIC = ROOT / "static"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
ON_SCREEN = [path for path in TEMPLATES if "pdf" not in path.parts]
KILOBYTE = 1024


def packed(*paths: Path) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


def test_the_theme_stays_under_its_ceiling():
    assert packed(STATIC / "css" / "portal.css") <= 16 * KILOBYTE


def test_a_first_view_stays_under_100_kilobytes():
    first = [
        STATIC / "css" / "portal.css",
        STATIC / "vendor" / "bootstrap" / "bootstrap-trim.min.css",
        STATIC / "vendor" / "htmx" / "htmx.min.js",
        STATIC / "js" / "portal.js",
        STATIC / "img" / "icons.svg",
        STATIC / "img" / "mark.svg",
    ]
    font = (STATIC / "fonts" / "plus-jakarta-sans-id.woff2").stat().st_size
    page = 15 * KILOBYTE

    assert packed(*first) + font + page <= 100 * KILOBYTE


@pytest.mark.parametrize("module", sorted((STATIC / "js").glob("*.js")), ids=str)
def test_a_module_stays_small(module):
    assert len(module.read_text().splitlines()) <= 150


def test_no_page_carries_what_the_content_policy_forbids():
    forbidden = re.compile(r"<[^>]*\s(style|on[a-z]+)=[\"']|<script(?![^>]*\ssrc=)")

    carrying = [
        str(path.relative_to(ROOT))
        for path in ON_SCREEN
        if forbidden.search(path.read_text())
    ]

    assert carrying == []


def test_every_icon_that_a_page_asks_for_is_in_the_sprite():
    drawn = set(
        re.findall(r'id="i-([a-z]+)"', (STATIC / "img" / "icons.svg").read_text())
    )
    asked = {
        name
        for path in TEMPLATES
        for name in re.findall(r'{% icon "([a-z-]+)"', path.read_text())
    }

    assert len(drawn) <= 24
    assert asked - drawn == set()


@pytest.mark.parametrize(
    "page",
    ["400", "403", "403_csrf", "404", "409", "413", "429", "500", "503", "507"],
)
def test_an_error_page_needs_nothing(page):
    html = render_to_string(f"{page}.html")

    assert "<h1>" in html
    assert f"Galat {page[:3]}" in html


class CeilingForm(forms.Form):
    """A form as small as can be."""

    ceiling = RupiahFormField(label="Pagu", help_text="Tidak lebih dari keputusan.")


def test_a_field_says_label_hint_and_error_before_its_control():
    html = as_crispy_form(CeilingForm({"ceiling": "abc"}))

    places = [
        html.index(part)
        for part in (
            'for="id_ceiling"',
            'id="id_ceiling_helptext"',
            'id="id_ceiling_error"',
            "<span>Rp</span>",
            'name="ceiling"',
        )
    ]
    assert places == sorted(places)
    assert 'aria-describedby="id_ceiling_helptext id_ceiling_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'value="abc"' in html


def test_the_summary_links_to_the_field_in_its_own_words():
    class Named(forms.Form):
        name = forms.CharField(label="Nama")

    html = render_to_string("components/error_summary.html", {"form": Named({})})

    assert "Ada 1 isian yang perlu diperbaiki" in html
    assert '<a href="#id_name">Nama belum diisi' in html
