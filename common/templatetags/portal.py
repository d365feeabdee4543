"""The only tag library: money, dates, numbers and names as the portal prints them."""

import re
import uuid
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html

from common import words
from common.money import MINUS, format_rupiah, format_thousands

register = template.Library()

LONGEST_KEY = 64
_ICON_NAME = re.compile(r"[a-z0-9-]+")
_NOT_A_TITLE = re.compile(r"[^\W\d_][\w'’-]*")


@register.filter
def rupiah(amount: int | None) -> str:
    """Whole rupiah: Rp1.234.567; nothing for nothing."""
    return "" if amount in (None, "") else format_rupiah(int(amount))


@register.filter
def ribuan(number: int | None) -> str:
    """Whole number under a head that says (Rp): 1.234.567; nothing for nothing."""
    return "" if number in (None, "") else format_thousands(int(number))


@register.filter
def tanggal(day: date | datetime | None, zone: str | ZoneInfo = "") -> str:
    """Date in running text, joined with U+00A0: 22 November 2026; a moment's day in
    the board's zone.
    """
    return words.format_date(_local_day(day, zone), unbroken=True) if day else ""


@register.filter
def tanggal_pendek(day: date | datetime | None, zone: str | ZoneInfo = "") -> str:
    """Date in a table: 22/11/2026."""
    return words.format_date_short(_local_day(day, zone)) if day else ""


@register.filter
def hari(day: date | datetime | None, zone: str | ZoneInfo = "") -> str:
    """Name of the day of the week: Minggu."""
    return words.weekday_name(_local_day(day, zone)) if day else ""


@register.filter
def jam(moment: datetime | time | None, zone: str | ZoneInfo = "") -> str:
    """Clock time in the board's zone: 19.40 WIB."""
    if moment in (None, ""):
        return ""
    return words.format_time(moment, str(zone) or settings.TIME_ZONE)


@register.filter
def terbilang(amount: int | None) -> str:
    """Whole rupiah in words: satu juta rupiah."""
    return "" if amount in (None, "") else words.terbilang(int(amount))


@register.filter
def desimal(number: Decimal | int | None, places: int | None = None) -> str:
    """Number with a comma: 64,54; `places` rounds and pads."""
    return "" if number in (None, "") else words.format_decimal(number, places)


@register.filter
def persen(number: Decimal | int | None, places: int | None = None) -> str:
    """Percentage as a number from 0 to 100: 64,54 %."""
    return "" if number in (None, "") else words.join_unit(desimal(number, places), "%")


@register.filter
def satuan(number: Decimal | int | str | None, unit: str = "") -> str:
    """Number and unit joined with U+00A0: 310 m."""
    return "" if number in (None, "") else words.join_unit(number, str(unit))


@register.filter
def selisih(number: Decimal | int | None, unit: str = "") -> str:
    """Difference with its sign: "−4 m" for unit "m", "+Rp470.000" for "rupiah"."""
    if number in (None, ""):
        return ""
    sign = MINUS if number < 0 else "+" if number > 0 else ""
    if unit == "rupiah":
        return f"{sign}{format_rupiah(abs(int(number)))}"
    return f"{sign}{words.join_unit(abs(number), str(unit))}"


@register.filter
def nobr(text: str | None) -> str:
    """Text whose dates, numbers with units, RT, Pasal and titles do not break."""
    return words.no_break(str(text)) if text else ""


@register.filter
def diktum(number: int) -> str:
    """Ordinal of a clause in a decree: KESATU, KEDUA."""
    return words.decree_ordinal(int(number))


@register.filter
def inisial(name: object) -> str:
    """First and last initial of a name without its titles: "Hj. Nur Aini, S.Pd." NA."""
    bare = str(name or "").partition(",")[0].split()
    names = [word for word in bare if _NOT_A_TITLE.fullmatch(word)] or bare
    picked = names[:1] + names[1:][-1:]
    return "".join(word[0] for word in picked).upper()


@register.filter
def wa_link(text: object, number: str = "") -> str:
    """Address that opens WhatsApp with a text to send; `number`: to whom, 62812…."""
    return f"https://wa.me/{number}?text={quote(str(text), safe='')}"


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str) -> str:
    """Drawing from the sprite file, hidden from screen readers: put a word beside."""
    if not _ICON_NAME.fullmatch(name):
        raise template.TemplateSyntaxError(f"no icon is called {name!r}")
    return format_html(
        '<svg class="i" aria-hidden="true"><use href="{}#i-{}"></use></svg>',
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
@lru_cache(maxsize=256)
def tag(shown: tuple[str, str]) -> str:
    """State of a record, shape and word: ("ok", "Selesai"). As components/tag.html."""
    kind, word = shown
    shape = f"tag tag-{kind}" if kind else "tag"
    return format_html('<span class="{}">{}</span>', shape, word)


@register.simple_tag(takes_context=True)
def query_with(context: template.Context, **changes: object) -> str:
    """The current query string with some keys changed; None or "" takes one away."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def once(context: template.Context) -> str:
    """Hidden key that makes a form count once however often it is sent.

    A form that comes back with errors keeps the key it was posted with.
    """
    key = context["request"].POST.get("submission_key", "")
    if not 1 <= len(key) <= LONGEST_KEY:
        key = str(uuid.uuid4())
    return format_html('<input type="hidden" name="submission_key" value="{}">', key)


def _local_day(day: date | datetime, zone: str | ZoneInfo) -> date:
    """The civil day of a moment in `zone` (else in the zone of the request)."""
    if not isinstance(day, datetime):
        return day
    return timezone.localdate(day, ZoneInfo(str(zone)) if str(zone) else None)
