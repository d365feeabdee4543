"""The tag library, as templates use it."""

import uuid
from datetime import UTC, date, datetime, time
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import Context, Template, TemplateSyntaxError

EVENING = datetime(2026, 11, 22, 16, 40, tzinfo=UTC)


def show(source, **context):
    return Template("{% load portal %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "value", "shown"),
    [
        ("{{ v|rupiah }}", 1_234_567, "Rp1.234.567"),
        ("{{ v|rupiah }}", -5_000, "−Rp5.000"),
        ("{{ v|rupiah }}", 0, "Rp0"),
        ("{{ v|rupiah }}", None, ""),
        ("{{ v|tanggal }}", date(2026, 11, 22), "22\u00a0November\u00a02026"),
        ("{{ v|tanggal }}", None, ""),
        ("{{ v|tanggal }}", EVENING, "22\u00a0November\u00a02026"),
        ("{{ v|tanggal:'Asia/Jayapura' }}", EVENING, "23\u00a0November\u00a02026"),
        ("{{ v|tanggal_pendek }}", date(2026, 11, 2), "02/11/2026"),
        ("{{ v|tanggal_pendek:'Asia/Makassar' }}", EVENING, "23/11/2026"),
        ("{{ v|hari }}", date(2026, 11, 22), "Minggu"),
        ("{{ v|jam }}", EVENING, "23.40\u00a0WIB"),
        ("{{ v|jam:'Asia/Makassar' }}", EVENING, "00.40\u00a0WITA"),
        ("{{ v|jam:'Asia/Jayapura' }}", time(7, 5), "07.05\u00a0WIT"),
        ("{{ v|jam }}", None, ""),
        ("{{ v|terbilang }}", 1_000_000, "satu juta rupiah"),
        ("{{ v|desimal }}", Decimal("64.54"), "64,54"),
        ("{{ v|desimal:2 }}", 64, "64,00"),
        ("{{ v|desimal }}", None, ""),
        ("{{ v|persen }}", Decimal("64.54"), "64,54\u00a0%"),
        ("{{ v|persen:0 }}", Decimal("64.5"), "65\u00a0%"),
        ("{{ v|satuan:'m' }}", 1310, "1.310\u00a0m"),
        ("{{ v|satuan:'m' }}", None, ""),
        ("{{ v|selisih:'m' }}", -4, "−4\u00a0m"),
        ("{{ v|selisih:'m' }}", 0, "0\u00a0m"),
        ("{{ v|selisih:'rupiah' }}", 470_000, "+Rp470.000"),
        ("{{ v|selisih:'rupiah' }}", -470_000, "−Rp470.000"),
        ("{{ v|selisih }}", Decimal("1.5"), "+1,5"),
        ("{{ v|selisih }}", None, ""),
        ("{{ v|nobr }}", "RT 001 pukul 19.30", "RT\u00a0001 pukul\u00a019.30"),
        ("{{ v|nobr }}", None, ""),
        ("{{ v|inisial }}", "Hj. Nur Aini, S.Pd.", "NA"),
        ("{{ v|inisial }}", "Sukirman", "S"),
        ("{{ v|inisial }}", "Drs. H. Ahmad Dahlan bin Umar", "AU"),
        ("{{ v|inisial }}", "", ""),
        (
            "{{ v|wa_link }}",
            "Rapat & doa: https://x.id/a?b=1",
            "https://wa.me/?text=Rapat%20%26%20doa%3A%20https%3A%2F%2Fx.id%2Fa%3Fb%3D1",
        ),
    ],
)
def test_filters_print_as_the_portal_writes(source, value, shown):
    assert show(source, v=value) == shown


def test_filtered_text_is_still_escaped():
    assert show("{{ v|nobr }}", v="<b>RT 001") == "&lt;b&gt;RT\u00a0001"
    assert show("{{ v|inisial }}", v="<x> <y>") == "&lt;&lt;"


def test_an_icon_is_a_hidden_drawing_from_the_sprite():
    drawing = show('{% icon "plus" %}')
    assert drawing.startswith('<svg class="i" aria-hidden="true"><use href="/static/')
    assert drawing.endswith('#i-plus"></use></svg>')


def test_a_state_is_a_word_in_its_shape():
    assert show("{% tag v %}", v=("ok", "Selesai")) == (
        '<span class="tag tag-ok">Selesai</span>'
    )
    assert show("{% tag v %}", v=("", "<b>")) == '<span class="tag">&lt;b&gt;</span>'


@pytest.mark.parametrize("name", ["", "a b", '"><script>'])
def test_an_icon_with_an_odd_name_is_refused(name):
    with pytest.raises(TemplateSyntaxError):
        show("{% icon name %}", name=name)


def test_a_query_keeps_what_it_does_not_change(rf):
    request = rf.get("/?q=RT 09&tahun=2026&sesudah=abc")
    source = '{% query_with tahun=2025 sesudah="" baru=None %}'
    assert show(source, request=request) == "?q=RT+09&amp;tahun=2025"


def test_a_query_does_not_let_markup_through(rf):
    request = rf.get("/", {"q": '"><script>'})
    assert "<" not in show("{% query_with a=1 %}", request=request)


def test_a_new_form_gets_a_new_key(rf):
    field = show("{% once %}", request=rf.get("/"))
    head, key, tail = field.split('"')[:-2], field.split('"')[-2], field.split('"')[-1]
    assert '"'.join(head) == '<input type="hidden" name="submission_key" value='
    assert tail == ">"
    assert uuid.UUID(key).version == 4
    assert show("{% once %}", request=rf.get("/")) != field


def test_a_form_that_comes_back_keeps_its_key(rf):
    request = rf.post("/", {"submission_key": "kunci-1"})
    assert 'value="kunci-1"' in show("{% once %}", request=request)


@pytest.mark.parametrize("posted", ["", "k" * 65])
def test_an_empty_or_endless_key_is_replaced(rf, posted):
    request = rf.post("/", {"submission_key": posted})
    key = show("{% once %}", request=request).split('"')[-2]
    assert uuid.UUID(key).version == 4


def test_a_posted_key_is_escaped():
    request = SimpleNamespace(POST={"submission_key": '"><b>'})
    assert "<b>" not in show("{% once %}", request=request)
