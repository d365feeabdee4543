"""Stages 1 and 2: a group hands in its application, the officer looks at each member.

Source: revolving-loans sheet §2.1 and §2.2.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from boards.audit import record
from boards.forms import EditConflict
from boards.models import User
from boards.numbers import next_in_sequence
from boards.parameters import setting_of
from common.errors import RuleViolation
from common.figures import BadFigure
from common.money import format_rupiah
from common.words import format_date, inside_sentence
from loans.eligibility import eligibility_of
from loans.models import Loan, LoanShare, ProductTerms
from loans.schedule import Frequency, loan_schedule
from members.models import CommunityGroup, GroupMember


@dataclass(frozen=True)
class Request:
    """What one member asks for."""

    member: GroupMember
    amount: int
    use: str = ""


@dataclass(frozen=True)
class Application:
    """What a group hands in."""

    terms: ProductTerms
    applied_on: datetime.date
    instalments: int
    purpose: str
    requests: Sequence[Request]


@dataclass(frozen=True)
class Finding:
    """What the officer found at one member's home and business; rupiah a month."""

    share: LoanShare
    visited_on: datetime.date
    income: int
    cost: int
    proposed: int
    character: str = ""
    has_id_copy: bool = False
    signed_joint: bool = False


def lock_group(group: CommunityGroup) -> CommunityGroup:
    """The group's row, held until the transaction ends."""
    return CommunityGroup.objects.select_for_update().get(pk=group.pk)


def lock_loan(loan: Loan) -> Loan:
    """The loan as it stands now, held until the transaction ends."""
    rows = Loan.objects.select_related("board", "group", "terms__product")
    return rows.select_for_update(of=("self",)).get(pk=loan.pk)


def expect_state(loan: Loan, *states: str) -> None:
    """Raises RuleViolation `loan.state` when the loan is in another state."""
    if loan.state not in states:
        raise RuleViolation(
            f"Pinjaman ini sudah {loan.get_state_display().lower()}.",
            code="loan.state",
        )


def check_eligible(group: CommunityGroup, on: datetime.date) -> None:
    """Raises RuleViolation `loan.not_eligible`, naming what the group lacks."""
    missing = eligibility_of(group, on=on).missing
    if missing:
        lacking = "; ".join(inside_sentence(line.label) for line in missing)
        raise RuleViolation(
            f"Syarat KSM belum lengkap: {lacking}.", code="loan.not_eligible"
        )


def round_of(group: CommunityGroup) -> int:
    """The how manieth loan the next one is; rescheduling is no new round.

    Nor is a payout that was taken back.
    """
    lent = group.loans.filter(state__in=Loan.PAID_OUT)
    last = lent.exclude(state=Loan.State.TAKEN_BACK).order_by("-round_no").first()
    return last.round_no + 1 if last else 1


@transaction.atomic
def apply_for_loan(
    group: CommunityGroup, *, application: Application, by: User
) -> Loan:
    """Enter an application into the register; it gets its number at once.

    Audits `loans.applied`. Raises RuleViolation `loan.group_closed`, `loan.future`,
    `loan.application_open`, `loan.running`, `loan.too_few_members`,
    `loan.not_a_member`, `loan.rounds_over`, `loan.over_ceiling`, `loan.instalments`.
    """
    group = lock_group(group)
    _check_group(group, application.applied_on)
    _check_requests(group, application)
    _check_instalments(application.terms, application.instalments)
    loan = _entered(group, application, by)
    _enter_shares(loan, application.requests)
    total = sum(request.amount for request in application.requests)
    says = f"mencatat permohonan {loan} sebesar {format_rupiah(total)}"
    record("loans.applied", loan, by=by, says=says, amount=total)
    return loan


def _entered(group: CommunityGroup, application: Application, by: User) -> Loan:
    year = application.applied_on.year
    seq = next_in_sequence(group.board, "PNJ", year=year)
    loan = Loan(
        board=group.board,
        group=group,
        terms=application.terms,
        round_no=round_of(group),
        applied_on=application.applied_on,
        application_number=f"{seq:03d}/UPK/{year}",
        purpose=application.purpose,
        instalments=application.instalments,
        created_by=by,
    )
    loan.full_clean()
    loan.save(force_insert=True)
    return loan


def _enter_shares(loan: Loan, requests: Sequence[Request]) -> None:
    LoanShare.objects.bulk_create(
        LoanShare(
            board=loan.board,
            region_code=loan.region_code,
            loan=loan,
            member=request.member,
            position=position,
            name=request.member.person.full_name,
            requested=request.amount,
            use=request.use,
        )
        for position, request in enumerate(requests, 1)
    )


def _check_group(group: CommunityGroup, on: datetime.date) -> None:
    if on > group.board.today():
        raise RuleViolation("Isi hari ini atau sebelumnya.", code="loan.future")
    if group.closed_on and group.closed_on <= on:
        raise RuleViolation(
            f"{group} bubar per {format_date(group.closed_on)}.",
            code="loan.group_closed",
        )
    if group.loans.open_applications().exists():
        raise RuleViolation(
            f"{group} masih punya permohonan terbuka. Selesaikan dulu yang itu.",
            code="loan.application_open",
        )
    running = group.loans.running().first()
    if running:
        raise RuleViolation(
            f"{group} masih punya pinjaman berjalan. Lunasi dulu pinjaman"
            f" {running.account_number}.",
            code="loan.running",
        )


def _check_requests(group: CommunityGroup, application: Application) -> None:
    on, requests = application.applied_on, application.requests
    least = setting_of(group.board, "group_min_members", on=on).value
    active = set(group.members.active_on(on).values_list("pk", flat=True))
    if len(active) < least:
        raise RuleViolation(
            f"{group} baru punya {len(active)} anggota; paling sedikit {least}.",
            code="loan.too_few_members",
        )
    asked = [request.member.pk for request in requests]
    if not asked or len(set(asked)) < len(asked) or not active.issuperset(asked):
        raise RuleViolation(
            "Pilih anggota KSM ini, masing-masing satu kali.", code="loan.not_a_member"
        )
    round_no = round_of(group)
    for request in requests:
        name = request.member.person.name
        check_ceiling(application.terms, round_no, name, request.amount)


def check_ceiling(terms: ProductTerms, round_no: int, name: str, amount: int) -> None:
    """Raises RuleViolation `loan.rounds_over` or `loan.over_ceiling`."""
    ceiling = terms.ceiling_of(round_no)
    if ceiling is None:
        raise RuleViolation(
            f"Ini pinjaman ke-{round_no}. Sesudah pinjaman terakhir, KSM diarahkan ke"
            " lembaga keuangan formal.",
            code="loan.rounds_over",
        )
    if amount > ceiling:
        raise RuleViolation(
            f"{name}: {format_rupiah(amount)} melebihi batas pinjaman ke-{round_no},"
            f" {format_rupiah(ceiling)}.",
            code="loan.over_ceiling",
        )


def _check_instalments(terms: ProductTerms, instalments: int) -> None:
    if not terms.fewest <= instalments <= terms.most:
        raise RuleViolation(
            f"Isi {terms.fewest} sampai {terms.most} angsuran.",
            code="loan.instalments",
        )


@transaction.atomic
def check_loan(
    loan: Loan,
    *,
    on: datetime.date,
    findings: Sequence[Finding],
    fit: bool,
    note: str,
    by: User,
    seen_revision: int | None = None,
) -> Loan:
    """Write down what the officer found, one finding for each member (sheet B).

    Audits `loans.checked`. Raises EditConflict when `seen_revision` is no longer the
    loan's, RuleViolation `loan.state`, `loan.check_day`, `loan.not_all_visited`,
    `loan.visit_day`, `loan.over_ceiling`, `loan.over_capacity` or `loan.plan` when no
    plan can be made of a proposal.
    """
    loan = lock_loan(loan)
    expect_state(loan, Loan.State.APPLIED, Loan.State.RECHECK, Loan.State.CHECKED)
    if loan.decided_by_id:
        raise RuleViolation("Pinjaman ini sudah diputus manajer.", code="loan.state")
    if seen_revision not in (None, loan.revision):
        raise EditConflict(loan)
    _check_day(loan, on)
    shares = {share.pk: share for share in loan.shares.all()}
    if {finding.share.pk for finding in findings} != set(shares):
        raise RuleViolation(
            "Isi hasil pemeriksaan semua anggota.", code="loan.not_all_visited"
        )
    for finding in findings:
        _note_finding(loan, shares[finding.share.pk], finding, on)
    loan.state = Loan.State.CHECKED
    loan.checked_on, loan.checked_by, loan.checked_name = on, by, str(by)
    loan.fit, loan.check_note = fit, note
    loan.revision += 1
    loan.full_clean()
    loan.save()
    word = "layak" if fit else "tidak layak"
    record("loans.checked", loan, by=by, says=f"memeriksa {loan}: {word}")
    return loan


def _check_day(loan: Loan, on: datetime.date) -> None:
    if not loan.applied_on <= on <= loan.board.today():
        raise RuleViolation(
            f"Isi tanggal antara {format_date(loan.applied_on)} dan hari ini.",
            code="loan.check_day",
        )


def judge_finding(
    loan: Loan, name: str, finding: Finding, *, on: datetime.date
) -> None:
    """May this much be proposed for one member, by the visit and what is left a month?

    Raises RuleViolation `loan.visit_day`, `loan.over_ceiling`, `loan.over_capacity`
    or `loan.plan`.
    """
    if finding.visited_on > on:
        raise RuleViolation(
            f"{name}: dikunjungi paling lambat pada tanggal pemeriksaan,"
            f" {format_date(on)}.",
            code="loan.visit_day",
        )
    check_ceiling(loan.terms, loan.round_no, name, finding.proposed)
    monthly = monthly_burden(loan, finding.proposed)
    left = max(finding.income - finding.cost, 0)
    if monthly > left:
        raise RuleViolation(
            f"{name}: angsuran {format_rupiah(monthly)} sebulan melebihi"
            f" kemampuan bayar {format_rupiah(left)}. Turunkan usulan pinjaman.",
            code="loan.over_capacity",
        )


def _note_finding(
    loan: Loan, share: LoanShare, finding: Finding, on: datetime.date
) -> None:
    judge_finding(loan, share.name, finding, on=on)
    share.visited_on = finding.visited_on
    share.income, share.cost = finding.income, finding.cost
    share.proposed, share.character = finding.proposed, finding.character
    share.has_id_copy = finding.has_id_copy
    share.signed_joint = finding.signed_joint
    share.full_clean()
    share.save()


def monthly_burden(loan: Loan, principal: int) -> int:
    """The largest instalment of such a share, as rupiah a month.

    Raises RuleViolation `loan.plan` with a sentence of the arithmetic.
    """
    if not principal:
        return 0
    terms = loan.terms.for_loan(loan.instalments)
    try:
        plan = loan_schedule(principal, terms, anchor_on=loan.applied_on)
    except BadFigure as bad:
        raise RuleViolation(str(bad), code="loan.plan") from bad
    largest = max(line.total for line in plan)
    if terms.frequency == Frequency.WEEKLY:
        # 52 weeks in 12 months, rounded up: better too careful.
        return -(-largest * 52 // (12 * terms.every))
    return -(-largest // terms.every)


@transaction.atomic
def withdraw_application(loan: Loan, *, reason: str, by: User) -> Loan:
    """The group takes its application back. Audits `loans.withdrawn`.

    Raises RuleViolation `loan.state`.
    """
    loan = lock_loan(loan)
    expect_state(loan, *Loan.BEFORE_PAYOUT)
    loan.state, loan.decision_reason = Loan.State.WITHDRAWN, reason
    loan.closed_on = loan.board.today()
    loan.revision += 1
    loan.full_clean()
    loan.save()
    record("loans.withdrawn", loan, by=by, says=f"mencatat {loan} ditarik ({reason})")
    return loan
