"""The log in sentences: of a board, and of the offices of a region."""

import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import render
from django.views.decorators.http import require_GET

from boards.access import board_view, region_view
from boards.audit import events_of_board
from boards.models import AuditEvent
from boards.roles import Permission
from common.paging import paginate
from common.periods import Period

# Beginning of an action -> what the filter calls it.
KINDS = {
    "deliberations.": "Musyawarah dan keputusan",
    "activities.": "Kegiatan dan laporan",
    "ledger.": "Buku dan bukti",
    "loans.": "Pinjaman",
    "members.": "Anggota",
    "planning.": "Rencana",
    "reports.": "Surat dan laporan",
    "boards.": "Profil, akun, dan aturan",
}


def _chosen(request: HttpRequest) -> dict[str, str]:
    """What the filter asks: person, month, kind."""
    return {
        name: request.GET.get(name, "").strip()[:60]
        for name in ("orang", "bulan", "jenis")
    }


def _filtered(
    events: QuerySet[AuditEvent], chosen: dict[str, str], zone: ZoneInfo
) -> QuerySet[AuditEvent]:
    """Events by person, month ("2026-11" on the clock of `zone`) and kind."""
    if chosen["orang"]:
        events = events.filter(user_name__icontains=chosen["orang"])
    if chosen["jenis"] in KINDS:
        events = events.filter(action__startswith=chosen["jenis"])
    if chosen["bulan"]:
        try:
            month = Period.parse(chosen["bulan"])
        except ValueError:
            return events.none()
        midnight = datetime.time(tzinfo=zone)
        after = month.end + datetime.timedelta(days=1)
        events = events.filter(
            at__gte=datetime.datetime.combine(month.start, midnight),
            at__lt=datetime.datetime.combine(after, midnight),
        )
    return events


def _context(request: HttpRequest, events: QuerySet[AuditEvent], zone: str) -> dict:
    chosen = _chosen(request)
    return {
        "page": paginate(_filtered(events, chosen, ZoneInfo(zone)), request, by="at"),
        "chosen": chosen,
        "kinds": KINDS.items(),
        "zone": zone,
    }


@require_GET
@board_view(Permission.VIEW_AUDIT)
def audit_board(request, board):
    """Who did what on this board, newest first."""
    context = _context(request, events_of_board(board), board.time_zone)
    return render(request, "boards/audit_board.html", context)


@require_GET
@region_view(Permission.VIEW_AUDIT)
def audit_region(request, region):
    """What the offices of a region did: accounts, boards, programmes, summaries."""
    events = AuditEvent.objects.filter(
        board_id=None, region_code__startswith=region.code
    )
    context = _context(request, events, settings.TIME_ZONE)
    return render(request, "boards/audit_region.html", context)
