"""Stage 3: a meeting decides, or the manager and the koordinator by the board's rule.

Source: revolving-loans sheet §1.4 and §2.1 (R16): the petugas proposes, the manager
decides, the koordinator signs with him.
"""

import datetime
from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet

from boards.access import holds_post
from boards.audit import record
from boards.models import Board, User
from boards.parameters import setting_of
from boards.roles import Post
from common.errors import RuleViolation
from common.money import format_rupiah
from common.words import format_date
from deliberations.models import Decision
from loans.models import Loan
from loans.rules import BY_MEETING, deciders_of
from loans.services.applications import (
    check_ceiling,
    check_eligible,
    expect_state,
    lock_loan,
)
from loans.services.decision_money import check_covers

State = Loan.State


def loan_decisions(board: Board) -> QuerySet[Decision]:
    """Ratified decisions in force from which a loan may be lent, newest first."""
    rows = Decision.objects.filter(board=board, kind=Decision.Kind.LOAN)
    return rows.in_force().order_by("-held_on", "-pk")


def decides(user: User, board: Board) -> bool:
    """Is this the manager of the UPK or the koordinator?"""
    posts = (Post.MANAGER, Post.COORDINATOR)
    return any(holds_post(user, board, post) for post in posts)


def _check_ready(loan: Loan, on: datetime.date) -> None:
    """Raises `loan.decision_day`, `loan.not_fit` or `loan.not_eligible`."""
    if not (loan.checked_on or loan.applied_on) <= on <= loan.board.today():
        raise RuleViolation(
            f"Isi tanggal antara {format_date(loan.checked_on)} dan hari ini.",
            code="loan.decision_day",
        )
    if not loan.fit:
        raise RuleViolation(
            "Petugas menilai tidak layak. Minta diperiksa ulang atau tolak.",
            code="loan.not_fit",
        )
    check_eligible(loan.group, on)


def _note_amounts(
    loan: Loan, amounts: Mapping[int, int], notes: Mapping[int, str] | None
) -> int:
    """Write what each member gets (share id to rupiah, zero for none); the sum.

    `notes` are the words beside it on sheet C, by share.

    Raises `loan.amounts`, `loan.over_proposal`, `loan.over_ceiling`, `loan.no_amount`.
    """
    shares = list(loan.shares.all())
    if set(amounts) != {share.pk for share in shares}:
        raise RuleViolation("Isi jumlah untuk semua anggota.", code="loan.amounts")
    for share in shares:
        amount = amounts[share.pk]
        check_ceiling(loan.terms, loan.round_no, share.name, amount)
        if amount > (share.proposed or 0):
            raise RuleViolation(
                f"{share.name}: melebihi usulan petugas"
                f" {format_rupiah(share.proposed or 0)}.",
                code="loan.over_proposal",
            )
        share.approved, share.note = amount, (notes or {}).get(share.pk, "")
        share.save(update_fields=["approved", "note"])
    total = sum(amounts.values())
    if not total:
        raise RuleViolation(
            "Isi jumlah paling sedikit untuk satu anggota, atau tolak permohonan.",
            code="loan.no_amount",
        )
    return total


@transaction.atomic
def decide_loan(
    loan: Loan,
    *,
    on: datetime.date,
    amounts: Mapping[int, int],
    by: User,
    notes: Mapping[int, str] | None = None,
) -> Loan:
    """The manager decides; the loan waits for the koordinator's signature.

    Only where the board's rule `loan_deciders` says officers. Audits `loans.decided`.
    Raises RuleViolation `loan.state`, `loan.decided`, `loan.by_meeting`,
    `loan.not_manager`, `loan.proposer_decides`, or what a decision in a meeting raises.
    """
    loan = lock_loan(loan)
    expect_state(loan, State.CHECKED)
    if loan.decided_by_id:
        words = f"Sudah diputus {loan.decided_name}. Menunggu koordinator."
        raise RuleViolation(words, code="loan.decided")
    rule = deciders_of(loan.board, on=on)
    if rule.value == BY_MEETING:
        raise RuleViolation(
            "Aturan LKM: pinjaman diputus dalam rapat. Pilih keputusan rapat.",
            code="loan.by_meeting",
        )
    if not holds_post(by, loan.board, Post.MANAGER):
        raise RuleViolation("Yang memutus: manajer UPK.", code="loan.not_manager")
    _check_apart(loan, by, "Anda yang memeriksa. Mintalah orang lain memutus.")
    _check_ready(loan, on)
    loan.principal = _note_amounts(loan, amounts, notes)
    loan.decided_on, loan.decided_by, loan.decided_name = on, by, str(by)
    loan.decided_rule = rule.source[:200]
    loan.decision_reason = ""
    loan.revision += 1
    loan.full_clean()
    loan.save()
    says = f"memutus {loan} sebesar {format_rupiah(loan.principal)}"
    record("loans.decided", loan, by=by, says=says, amount=loan.principal)
    return loan


def _check_apart(loan: Loan, by: User, sentence: str) -> None:
    """Proposer and decider are two people, unless the board has too few.

    Raises RuleViolation `loan.proposer_decides`.
    """
    alone = setting_of(loan.board, "one_person_office", on=loan.board.today()).value
    if loan.checked_by_id == by.pk and not alone:
        raise RuleViolation(sentence, code="loan.proposer_decides")


@transaction.atomic
def cosign_loan(loan: Loan, *, by: User) -> Loan:
    """The koordinator signs what the manager decided; now it may be paid out.

    Audits `loans.approved`. Raises RuleViolation `loan.state`, `loan.not_decided`,
    `loan.not_coordinator` or `loan.second_person`.
    """
    loan = lock_loan(loan)
    expect_state(loan, State.CHECKED)
    if not loan.decided_by_id:
        raise RuleViolation("Manajer UPK belum memutus.", code="loan.not_decided")
    if not holds_post(by, loan.board, Post.COORDINATOR):
        raise RuleViolation(
            "Yang menandatangani: koordinator LKM.", code="loan.not_coordinator"
        )
    if loan.decided_by_id == by.pk:
        raise RuleViolation(
            "Anda yang memutus. Penanda tangan kedua harus orang lain.",
            code="loan.second_person",
        )
    loan.cosigned_by, loan.cosigned_name = by, str(by)
    return _approved(loan, by)


def _approved(loan: Loan, by: User) -> Loan:
    loan.state = State.APPROVED
    loan.revision += 1
    loan.full_clean()
    loan.save()
    says = f"menyetujui {loan} sebesar {format_rupiah(loan.principal)}"
    record("loans.approved", loan, by=by, says=says, amount=loan.principal)
    return loan


@transaction.atomic
def approve_by_decision(
    loan: Loan,
    *,
    decision: Decision,
    amounts: Mapping[int, int],
    by: User,
    notes: Mapping[int, str] | None = None,
) -> Loan:
    """Tie a checked application to the decision of a meeting that lends the money.

    Audits `loans.approved`. Raises RuleViolation `loan.state`, `loan.decision`,
    `loan.over_decision`, `loan.decision_day`, `loan.not_fit`, `loan.not_eligible`,
    `loan.amounts`, `loan.over_proposal`, `loan.over_ceiling` or `loan.no_amount`.
    """
    # The decision is locked: two loans at once may not take the same money.
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    loan = lock_loan(loan)
    expect_state(loan, State.CHECKED)
    if not loan_decisions(loan.board).filter(pk=decision.pk).exists():
        raise RuleViolation(
            "Pilih keputusan pinjaman bergulir yang sudah disahkan dan berlaku.",
            code="loan.decision",
        )
    _check_ready(loan, max(decision.held_on, loan.checked_on))
    loan.principal = _note_amounts(loan, amounts, notes)
    check_covers(decision, loan.principal)
    loan.decision, loan.decided_on = decision, decision.held_on
    loan.decided_rule = f"Keputusan {decision.number_text}"[:200]
    loan.decision_reason = ""
    return _approved(loan, by)


@transaction.atomic
def recheck_loan(loan: Loan, *, reason: str, by: User) -> Loan:
    """Send a checked application back to be looked at again.

    Audits `loans.recheck`. Raises RuleViolation `loan.state` or `loan.not_manager`.
    """
    loan = lock_loan(loan)
    expect_state(loan, State.CHECKED)
    if not decides(by, loan.board):
        raise RuleViolation(
            "Yang meminta periksa ulang: manajer UPK atau koordinator.",
            code="loan.not_manager",
        )
    loan.state, loan.decision_reason = State.RECHECK, reason
    loan.decided_by, loan.decided_name, loan.decided_on = None, "", None
    loan.revision += 1
    loan.full_clean()
    loan.save()
    says = f"meminta {loan} diperiksa ulang ({reason})"
    record("loans.recheck", loan, by=by, says=says)
    return loan


@transaction.atomic
def refuse_loan(loan: Loan, *, on: datetime.date, reason: str, by: User) -> Loan:
    """Refuse an application, with the reason that the group is told.

    Audits `loans.refused`. Raises RuleViolation `loan.state` or `loan.not_manager`.
    """
    loan = lock_loan(loan)
    expect_state(loan, State.APPLIED, State.CHECKED, State.RECHECK)
    if not decides(by, loan.board):
        raise RuleViolation(
            "Yang memutus: manajer UPK atau koordinator.", code="loan.not_manager"
        )
    loan.state, loan.decision_reason = State.REFUSED, reason
    loan.decided_on, loan.decided_by, loan.decided_name = on, by, str(by)
    loan.closed_on = on
    loan.revision += 1
    loan.full_clean()
    loan.save()
    record("loans.refused", loan, by=by, says=f"menolak {loan} ({reason})")
    return loan
