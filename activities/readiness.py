"""What still stands between a report and the kelurahan, sentence by sentence."""

import datetime
from dataclasses import dataclass

from django.db.models import Q, Sum

from activities.models import ActivityReport, Photo, Source, Spending
from activities.progress import EXPLANATION, stages_needed
from common.money import format_rupiah
from common.words import format_date_short, format_decimal


@dataclass(frozen=True)
class Gap:
    """One thing to mend: the box of the form, what to say, a code for tests."""

    box: str
    text: str
    code: str


def gaps_of(report: ActivityReport, *, today: datetime.date) -> list[Gap]:
    """Everything that must be mended before `report` can be sent."""
    return [
        *_time_gaps(report, today),
        *_order_gaps(report),
        *_progress_gaps(report),
        *_money_gaps(report),
        *_people_gaps(report),
        *_photo_gaps(report),
        *_receipt_gaps(report, today),
    ]


def reports_before(report: ActivityReport):
    """Earlier reports of the same work, the newest first."""
    return ActivityReport.objects.filter(
        activity=report.activity_id, period_start__lt=report.period_start
    ).order_by("-period_start")


def earlier_open(report: ActivityReport) -> ActivityReport | None:
    """The oldest report of an earlier month of the work that is not approved yet."""
    return reports_before(report).exclude(state=ActivityReport.State.APPROVED).last()


def spent_until(report: ActivityReport) -> dict[str, int]:
    """Rupiah a source up to and with this report, and all that is approved."""
    counted = Q(report__period_start__lte=report.period_start) | Q(
        report__state=ActivityReport.State.APPROVED
    )
    rows = (
        Spending.objects.filter(counted, report__activity=report.activity_id)
        .values("source")
        .annotate(total=Sum("amount"))
    )
    return {row["source"]: row["total"] for row in rows}


def _time_gaps(report: ActivityReport, today: datetime.date):
    if report.period_start > today:
        yield Gap(
            "period",
            f"Masa laporan baru dimulai {format_date_short(report.period_start)}.",
            "report.future",
        )


def _order_gaps(report: ActivityReport):
    """Reports of one work go in order: each builds on the month before."""
    first = earlier_open(report)
    if first is None:
        return
    if first.is_editable:
        words = f"Laporan {first.period_name} belum dikirim. Kirim laporan itu dulu."
    else:
        words = (
            f"Laporan {first.period_name} masih diperiksa kelurahan. Kirim laporan ini"
            " sesudah laporan itu disetujui."
        )
    yield Gap("period", words, "report.earlier_open")


def _progress_gaps(report: ActivityReport):
    if not 0 <= report.physical_progress <= 100:
        yield Gap(
            "physical_progress",
            "Kemajuan fisik antara 0 dan 100 persen.",
            "report.progress",
        )
    before = reports_before(report).first()
    fell = before and report.physical_progress < before.physical_progress
    if fell and not report.explanation.strip():
        yield Gap(
            EXPLANATION,
            f"Kemajuan fisik turun dari {format_decimal(before.physical_progress)} %."
            " Jelaskan sebabnya.",
            "report.progress_fell",
        )
    short = report.is_final and report.physical_progress < 100
    if short and not report.explanation.strip():
        yield Gap(
            EXPLANATION,
            "Laporan akhir belum 100 %. Jelaskan yang belum selesai.",
            "report.final_short",
        )


def _money_gaps(report: ActivityReport):
    if report.explanation.strip():
        return
    funded = dict(report.activity.fundings.values_list("source", "amount"))
    for source, spent in sorted(spent_until(report).items()):
        most = funded.get(source, 0)
        if spent > most:
            yield Gap(
                EXPLANATION,
                f"Realisasi {Source(source).label} {format_rupiah(spent)} melebihi"
                f" anggarannya {format_rupiah(most)}. Jelaskan sebabnya.",
                "report.over_funding",
            )


def _people_gaps(report: ActivityReport):
    days = len(report.period)
    for side, name in (("women", "perempuan"), ("men", "laki-laki")):
        worked = getattr(report, f"person_days_{side}")
        people = getattr(report, f"workers_{side}")
        if worked and not people:
            yield Gap(
                f"workers_{side}",
                f"Ada HOK {name}. Isi juga jumlah pekerja {name}.",
                "report.no_workers",
            )
        elif worked > people * days:
            yield Gap(
                f"person_days_{side}",
                f"HOK {name} {format_decimal(worked)} terlalu banyak untuk {people}"
                f" pekerja dalam {days} hari.",
                "report.too_many_days",
            )


def _photo_gaps(report: ActivityReport):
    there = set(
        Photo.objects.filter(
            report__activity=report.activity_id,
            report__period_start__lte=report.period_start,
        ).values_list("stage", flat=True)
    )
    needed = stages_needed(report.physical_progress, is_final=report.is_final)
    for stage in needed:
        if stage not in there:
            label = Photo.Stage(stage).label
            yield Gap("photos", f"Unggah foto {label}.", "report.no_photo")


def _receipt_gaps(report: ActivityReport, today: datetime.date):
    latest = min(today, report.period_end)
    for receipt in report.receipts.filter(receipt_on__gt=latest):
        yield Gap(
            "receipts",
            f"Nota “{receipt.label}” bertanggal"
            f" {format_date_short(receipt.receipt_on)}, sesudah masa laporan.",
            "report.receipt_late",
        )
