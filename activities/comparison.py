"""Plan beside fact beside difference, and what proof is there: for people to read."""

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Sum

from activities.models import ActivityReport, CostKind, FieldComment, Photo, Spending
from activities.progress import metres_between, wage_share
from boards.models import Board
from boards.parameters import setting_of
from common.money import format_rupiah
from common.templatetags.portal import selisih
from common.words import format_decimal, inside_sentence, join_unit


@dataclass(frozen=True)
class Row:
    """One line of the comparison; `field` is what a comment names."""

    field: str
    label: str
    plan: str
    fact: str
    gap: str = ""
    hot: bool = False
    comment: FieldComment | None = None


@dataclass(frozen=True)
class StagePhoto:
    """The photo of one stage that the comparison shows, and how far it was taken."""

    stage: int
    photo: Photo | None
    metres: int | None = None

    @property
    def words(self) -> str:
        """What stands beside the percent."""
        if self.photo is None:
            return "belum ada"
        if self.stage == 0:
            return "sebelum"
        if self.metres is None:
            return "tempat tidak tercatat"
        return f"jarak {format_decimal(self.metres)} m dari titik 0 %"


@dataclass(frozen=True)
class Totals:
    """What was done up to and with a report: rupiah a cost kind, and work days."""

    costs: dict[str, int]
    person_days: Decimal

    @property
    def spent(self) -> int:
        """All costs together."""
        return sum(self.costs.values())


def totals_until(report: ActivityReport) -> Totals:
    """Sums over this report and the ones before it."""
    before = {
        "activity": report.activity_id,
        "period_start__lte": report.period_start,
    }
    rows = (
        Spending.objects.filter(**{f"report__{key}": on for key, on in before.items()})
        .values("kind")
        .annotate(total=Sum("amount"))
    )
    days = ActivityReport.objects.filter(**before).aggregate(
        women=Sum("person_days_women"), men=Sum("person_days_men")
    )
    return Totals(
        {row["kind"]: row["total"] for row in rows},
        (days["women"] or 0) + (days["men"] or 0),
    )


def compare(
    report: ActivityReport, comments: dict[str, FieldComment], totals: Totals
) -> list[Row]:
    """Rows of the comparison; money and work days are counted up to this report."""
    activity = report.activity
    plan = dict(activity.budget_lines.values_list("kind", "amount"))
    short = report.volume_done < activity.volume
    percent = join_unit(format_decimal(report.physical_progress), "%")
    rows = [
        Row("progress", "Kemajuan fisik", join_unit(100, "%"), percent),
        Row(
            "volume",
            f"Volume, {inside_sentence(activity.get_works_type_display())}",
            join_unit(format_decimal(activity.volume), activity.unit),
            join_unit(format_decimal(report.volume_done), activity.unit),
            _gap(report.volume_done - activity.volume, activity.unit),
            hot=short and report.is_final,
        ),
    ]
    for kind in CostKind:
        planned, spent = plan.get(kind, 0), totals.costs.get(kind, 0)
        if planned or spent:
            gap = selisih(spent - planned, "rupiah")
            words = format_rupiah(planned), format_rupiah(spent)
            rows.append(Row(kind, kind.label, *words, gap, hot=spent > planned))
    rows += _people_rows(report, plan, totals) + _proof_rows(report)
    return [replace(row, comment=comments.get(row.field)) for row in rows]


def _people_rows(report: ActivityReport, plan: dict, totals: Totals) -> list[Row]:
    activity = report.activity
    minimum = setting_of(report.board, "minimum_wage_share", on=report.period_end).value
    planned, done = wage_share(plan), wage_share(totals.costs)
    under = done is not None and done < minimum
    women = f"{report.workers_women} dari {report.workers}"
    share = report.workers and round(report.workers_women * 100 / report.workers)
    days = totals.person_days - activity.person_days
    return [
        Row(
            "person_days",
            "Hari kerja",
            join_unit(format_decimal(activity.person_days), "HOK"),
            join_unit(format_decimal(totals.person_days), "HOK"),
            _gap(days, "HOK"),
        ),
        Row(
            "wage_share",
            "Bagian upah",
            _percent(planned),
            _percent(done),
            f"di bawah {join_unit(minimum, '%')}" if under else "",
            hot=under,
        ),
        Row(
            "workers",
            "Pekerja perempuan",
            f"{activity.workers_women} dari {activity.workers}",
            women,
            f"{join_unit(share, '%')} dari pekerja",
        ),
    ]


def _proof_rows(report: ActivityReport) -> list[Row]:
    """Photos, receipts and words of the month: what has no plan but may be asked."""
    photos = list(report.photos.values_list("stage", flat=True))
    receipts = list(report.receipts.values_list("amount", flat=True))
    bought, shown = bought_in(report), sum(receipts)
    said = "ada" if report.problems or report.follow_up else "tidak ada"
    gap = selisih(shown - bought, "rupiah") if shown != bought else ""
    return [
        Row("photos", "Foto bulan ini", "", f"{len(photos)} foto"),
        Row(
            "receipts",
            "Nota bulan ini",
            format_rupiah(bought),
            format_rupiah(shown),
            gap,
            hot=shown < bought,
        ),
        Row("problems", "Masalah dan tindak lanjut", "", said),
    ]


def bought_in(report: ActivityReport) -> int:
    """Rupiah of the month spent on other things than wages: what receipts prove."""
    others = report.spendings.exclude(kind=CostKind.WAGES)
    return sum(others.values_list("amount", flat=True))


def stage_photos(report: ActivityReport) -> list[StagePhoto]:
    """One photo for 0, 50 and 100 percent, of this report or an earlier one.

    The latest 0 % photo with a place is the point; of the other stages the one taken
    nearest to it is shown.
    """
    photos = Photo.objects.filter(
        report__activity=report.activity_id,
        report__period_start__lte=report.period_start,
    ).select_related("file", "thumbnail")
    by_stage: dict[int, list[Photo]] = defaultdict(list)
    for photo in photos.order_by("pk"):
        by_stage[photo.stage].append(photo)
    placed = [photo for photo in by_stage[0] if photo.point]
    origin = placed[-1] if placed else None
    first = origin or (by_stage[0][-1] if by_stage[0] else None)
    shown = [StagePhoto(0, first)]
    for stage in (50, 100):
        shown.append(_nearest(stage, by_stage[stage], origin))
    return shown


def _nearest(stage: int, photos: list[Photo], origin: Photo | None) -> StagePhoto:
    measured = [
        (metres_between(origin.point, photo.point), photo)
        for photo in photos
        if origin and photo.point
    ]
    if measured:
        metres, photo = min(measured, key=lambda pair: (pair[0], -pair[1].pk))
        return StagePhoto(stage, photo, metres)
    return StagePhoto(stage, photos[-1] if photos else None)


@dataclass(frozen=True)
class Piece:
    """One line of "Kelengkapan": is it there, how much, and where to see it."""

    there: bool
    label: str
    value: str
    note: str = ""
    anchor: str = ""


def pieces_of(
    report: ActivityReport, photos: list[StagePhoto], totals: Totals, board: Board
) -> list[Piece]:
    """What proof a report brings and what is missing."""
    activity = report.activity
    receipts = list(report.receipts.values_list("amount", flat=True))
    bought = bought_in(report)
    shown = sum(1 for shot in photos if shot.photo)
    short = bought - sum(receipts)
    aligned = activity.plan_item
    return [
        Piece(True, "Keputusan LKM", "1", activity.decision.number_text),
        Piece(
            aligned is not None,
            "Butir rencana",
            "1" if aligned else "–",
            str(aligned) if aligned else "Belum selaras dengan RKP Desa atau Renja.",
        ),
        Piece(activity.point is not None, "Titik peta", "1" if activity.point else "–"),
        Piece(
            shown == len(photos), "Foto 0, 50, 100 %", f"{shown} dari 3", anchor="foto"
        ),
        Piece(
            short <= 0,
            "Nota belanja",
            str(len(receipts)),
            f"Kurang {format_rupiah(short)} dari belanja {format_rupiah(bought)}."
            if short > 0
            else "",
            anchor="nota",
        ),
        Piece(
            bool(report.person_days) or not totals.costs.get(CostKind.WAGES),
            "Hari kerja dan pekerja",
            join_unit(format_decimal(report.person_days), "HOK"),
        ),
    ]


def _gap(number: Decimal, unit: str) -> str:
    """Difference with sign and unit: "−4 m"."""
    sign = "\N{MINUS SIGN}" if number < 0 else "+" if number > 0 else ""
    return f"{sign}{join_unit(format_decimal(abs(number)), unit)}"


def _percent(share: Decimal | None) -> str:
    return "–" if share is None else join_unit(format_decimal(share), "%")
