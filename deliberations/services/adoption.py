"""A rule of the board from adoption to its last day."""

import datetime
from dataclasses import dataclass

from django.db import transaction

from boards.access import may_set_rule
from boards.audit import record
from boards.chain import add_link
from boards.models import User
from boards.parameters import setting_of
from boards.rulebook import PARAMETERS
from common.errors import RuleViolation
from common.words import format_date
from deliberations.models import Decision, RuleVersion
from deliberations.rule_records import version_record
from deliberations.rule_search import index_version
from deliberations.services.citing import values_resting_on
from deliberations.services.rules import (
    locked_document,
    locked_draft,
    locked_version,
)

ADOPTER_SAYS = "Penetapan aturan dicatat koordinator. Mintalah kepadanya."


@dataclass(frozen=True)
class Adoption:
    """How a version was adopted: by whom it was judged, when, and from when it holds.

    Texts from before the portal have no decision; their forum is typed.
    """

    adopted_on: datetime.date
    in_force_on: datetime.date
    forum: str = ""
    decision: Decision | None = None
    deed_number: str = ""
    deed_on: datetime.date | None = None
    deed_notary: str = ""


@transaction.atomic
def adopt_version(
    version: RuleVersion, *, how: Adoption, on: datetime.date, by: User
) -> RuleVersion:
    """Freeze a draft as adopted; the version before it ends when this one begins.

    Of a version before it that was taken back later, this one holds the rest of the
    days and keeps when and why they ended. `on` is today.

    Raises RuleViolation `rules.adopter`, `rules.own_text`, `rules.adopted`,
    `rules.no_forum`, `rules.adopted_in_future`,
    `rules.in_force_before_adoption`, `rules.before_meeting`, `rules.other_decision`,
    `rules.deed_before_adoption`, `rules.cited_after`, `rules.same_start`.
    Source: governance sheet, section 2.2 (draft, adopted, published, in force).
    """
    current = locked_draft(version)
    _check_adopter(current, how, by, on=on)
    _check_days(how, on=on)
    forum = _forum_of(current, how)
    current.adopted_on, current.adopted_by = how.adopted_on, by
    current.in_force_on, current.forum = how.in_force_on, forum[:160]
    current.decision = how.decision
    current.deed_number, current.deed_on = how.deed_number.strip(), how.deed_on
    current.deed_notary = how.deed_notary.strip()
    _take_place(current)
    current.revision += 1
    current.full_clean(exclude=["created_by", "source"])
    current.save()
    index_version(current)
    frozen = version_record(current.pk)
    add_link("deliberations.rule", current, frozen, board=current.board)
    record("deliberations.rule_adopted", current, by=by, says=_adopted_says(current))
    return current


@transaction.atomic
def revoke_version(
    version: RuleVersion, *, ends_on: datetime.date, reason: str, by: User
) -> RuleVersion:
    """Take an adopted version back from a day on, without another in its place.

    Raises RuleViolation `rules.adopter`, `rules.not_adopted`, `rules.ended`,
    `rules.no_reason`, `rules.ends_before_start`, `rules.cited_after`,
    `rules.holds_value`.
    """
    locked_document(version.document)
    current = locked_version(version)
    if not may_set_rule(by, current.board, judges=True):
        raise RuleViolation(ADOPTER_SAYS, code="rules.adopter")
    if current.is_draft:
        raise RuleViolation(
            "Versi ini masih draf. Hapus drafnya saja.", code="rules.not_adopted"
        )
    if current.ends_on:
        raise RuleViolation(
            f"Versi ini sudah tidak berlaku mulai {format_date(current.ends_on)}.",
            code="rules.ended",
        )
    if not reason.strip():
        raise RuleViolation("Tulis alasan pencabutan.", code="rules.no_reason")
    if ends_on < current.in_force_on:
        raise RuleViolation(
            f"Versi ini berlaku mulai {format_date(current.in_force_on)}. Pilih tanggal"
            " itu atau sesudahnya.",
            code="rules.ends_before_start",
        )
    _refuse_cited(current, since=ends_on)
    _refuse_values(current, since=ends_on)
    current.ends_on, current.revoked_by = ends_on, by
    current.revoke_reason = reason.strip()
    current.revision += 1
    current.save()
    says = f"mencabut {current} mulai {format_date(ends_on)}: {current.revoke_reason}"
    record("deliberations.rule_revoked", current, by=by, says=says)
    return current


def _check_adopter(
    version: RuleVersion, how: Adoption, by: User, *, on: datetime.date
) -> None:
    """Who wrote a text does not adopt it alone: a decision or a second person does."""
    if not may_set_rule(by, version.board, judges=True):
        raise RuleViolation(ADOPTER_SAYS, code="rules.adopter")
    alone = version.created_by_id == by.pk and how.decision is None
    if alone and not setting_of(version.board, "one_person_office", on=on).value:
        raise RuleViolation(
            "Anda sendiri yang menulis naskah ini. Pilih keputusan yang menetapkannya,"
            " atau minta sekretaris menuliskan naskahnya.",
            code="rules.own_text",
        )


def _check_days(how: Adoption, *, on: datetime.date) -> None:
    if how.adopted_on > on:
        raise RuleViolation(
            "Tanggal penetapan paling lambat hari ini.", code="rules.adopted_in_future"
        )
    if how.in_force_on < how.adopted_on:
        raise RuleViolation(
            f"Tanggal berlaku {format_date(how.in_force_on)} mendahului penetapan"
            f" {format_date(how.adopted_on)}. Pilih tanggal penetapan atau sesudahnya.",
            code="rules.in_force_before_adoption",
        )
    if how.deed_on and how.deed_on < how.adopted_on:
        raise RuleViolation(
            f"Akta {format_date(how.deed_on)} mendahului penetapan"
            f" {format_date(how.adopted_on)}. Periksa kedua tanggalnya.",
            code="rules.deed_before_adoption",
        )


def _forum_of(version: RuleVersion, how: Adoption) -> str:
    """The forum as typed, or the meeting of the decision."""
    forum = how.forum.strip()
    if how.decision:
        _check_decision(version, how)
        meeting = how.decision.meeting
        forum = forum or f"{meeting.title} {format_date(meeting.held_on)}"
    if not forum:
        raise RuleViolation(
            "Tulis forum yang menetapkan, misalnya Rembug warga kelurahan.",
            code="rules.no_forum",
        )
    return forum


def _check_decision(version: RuleVersion, how: Adoption) -> None:
    """The decision is of this board, in force, about a rule, not of later."""
    rows = Decision.objects.filter(board=version.board).in_force()
    decision = rows.filter(pk=how.decision.pk, kind=Decision.Kind.RULE).first()
    if decision is None:
        raise RuleViolation(
            "Pilih keputusan berjenis Aturan yang sudah disahkan dan disetujui.",
            code="rules.other_decision",
        )
    if how.adopted_on < decision.held_on:
        raise RuleViolation(
            f"Tanggal penetapan {format_date(how.adopted_on)} mendahului musyawarahnya,"
            f" {format_date(decision.held_on)}.",
            code="rules.before_meeting",
        )


def _take_place(version: RuleVersion) -> None:
    """End the version before at this one's start; end this one at the next one's."""
    others = version.document.versions.adopted()
    if others.filter(in_force_on=version.in_force_on).exists():
        raise RuleViolation(
            f"Sudah ada versi yang berlaku mulai {format_date(version.in_force_on)}."
            " Pilih tanggal lain.",
            code="rules.same_start",
        )
    later = others.filter(in_force_on__gt=version.in_force_on)
    after = later.order_by("in_force_on").first()
    version.ends_on = after.in_force_on if after else None
    earlier = others.filter(in_force_on__lt=version.in_force_on)
    before = earlier.order_by("-in_force_on").first()
    if before and (before.ends_on is None or before.ends_on > version.in_force_on):
        _refuse_cited(before, since=version.in_force_on)
        _hand_over(before, version)


def _hand_over(before: RuleVersion, version: RuleVersion) -> None:
    """The days of `before` from this version's start are this version's.

    When they were taken back, their last day goes along with who said so and why.
    """
    if before.revoked_by_id:
        version.ends_on = before.ends_on
        version.revoked_by, before.revoked_by = before.revoked_by, None
        version.revoke_reason, before.revoke_reason = before.revoke_reason, ""
    before.ends_on, before.revision = version.in_force_on, before.revision + 1
    before.save()


def _refuse_cited(version: RuleVersion, *, since: datetime.date) -> None:
    """A decision of that day or later already rests on an article of this version."""
    cited = Decision.objects.filter(
        bases__article__version=version, held_on__gte=since
    ).first()
    if cited:
        raise RuleViolation(
            f"Keputusan “{cited.title}” tanggal {format_date(cited.held_on)} memakai"
            f" pasal {version} sebagai dasar. Pilih tanggal sesudahnya.",
            code="rules.cited_after",
        )


def _refuse_values(version: RuleVersion, *, since: datetime.date) -> None:
    """A rule value that holds on that day or later rests on this rule."""
    bases = values_resting_on(version, since=since)
    if bases:
        names = ", ".join(
            f"{PARAMETERS[basis.setting.name].label} ({basis.says})" for basis in bases
        )
        raise RuleViolation(
            f"Pada {format_date(since)} atau sesudahnya masih ada nilai aturan yang"
            f" memakai pasal dokumen ini: {names}. Tetapkan dulu nilai itu dengan dasar"
            " lain, atau pilih tanggal sesudah nilainya berganti.",
            code="rules.holds_value",
        )


def _adopted_says(version: RuleVersion) -> str:
    basis = f", keputusan {version.decision.number_text}" if version.decision else ""
    taken = (
        f", dicabut mulai {format_date(version.ends_on)}" if version.revoked_by else ""
    )
    return (
        f"menetapkan {version} menurut {version.forum}{basis}, berlaku mulai"
        f" {format_date(version.in_force_on)}{taken}"
    )
