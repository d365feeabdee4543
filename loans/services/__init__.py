"""Acts on loans, from what the UPK offers to the last instalment."""

from loans.services.applications import (
    Application,
    Finding,
    Request,
    apply_for_loan,
    check_loan,
    round_of,
    withdraw_application,
)
from loans.services.arrears_steps import note_step
from loans.services.collections import Collected, RowRefused, receive_collection
from loans.services.decision_money import money_left, spent_by_decision
from loans.services.decisions import (
    approve_by_decision,
    cosign_loan,
    decide_loan,
    decides,
    loan_decisions,
    recheck_loan,
    refuse_loan,
)
from loans.services.groups import dissolve_group, release_member
from loans.services.payout import disburse_loan, fund_book, preview_payout
from loans.services.payout_reversal import check_payout_undone, take_back_payout
from loans.services.problem_decisions import problem_decisions
from loans.services.products import open_product, set_terms
from loans.services.profit import (
    allocate_profit,
    rwt_decisions,
    sharing_of,
    unshared_years,
)
from loans.services.receipt_reversal import check_receipt_undone, take_back_receipt
from loans.services.receipts import receive_payment
from loans.services.recoveries import (
    claim_left,
    claim_of,
    receive_recovery,
    recovered_of,
    take_back_recovery,
    waived_of,
)
from loans.services.reschedules import preview_reschedule, reschedule_loan
from loans.services.reserve import (
    book_reserve,
    reserve_missing,
    reserve_of,
    take_back_reserve,
)
from loans.services.savings import return_savings, savings_of
from loans.services.spreading import Money, Spread, payoff_of, spread_money
from loans.services.standings import recount, sweep_standings
from loans.services.supervision import (
    answer_finding,
    close_finding,
    count_cash,
    draw_sample,
    note_finding,
    note_visit,
)
from loans.services.waivers import waive_claim
from loans.services.write_offs import funds_for, preview_write_off, write_off_loan

__all__ = [
    "Application",
    "Collected",
    "Finding",
    "Money",
    "Request",
    "RowRefused",
    "Spread",
    "allocate_profit",
    "answer_finding",
    "apply_for_loan",
    "approve_by_decision",
    "book_reserve",
    "check_loan",
    "check_payout_undone",
    "check_receipt_undone",
    "claim_left",
    "claim_of",
    "close_finding",
    "cosign_loan",
    "count_cash",
    "decide_loan",
    "decides",
    "disburse_loan",
    "dissolve_group",
    "draw_sample",
    "fund_book",
    "funds_for",
    "loan_decisions",
    "money_left",
    "note_finding",
    "note_step",
    "note_visit",
    "open_product",
    "payoff_of",
    "preview_payout",
    "preview_reschedule",
    "preview_write_off",
    "problem_decisions",
    "receive_collection",
    "receive_payment",
    "receive_recovery",
    "recheck_loan",
    "recount",
    "recovered_of",
    "refuse_loan",
    "release_member",
    "reschedule_loan",
    "reserve_missing",
    "reserve_of",
    "return_savings",
    "round_of",
    "rwt_decisions",
    "savings_of",
    "set_terms",
    "sharing_of",
    "spent_by_decision",
    "spread_money",
    "sweep_standings",
    "take_back_payout",
    "take_back_receipt",
    "take_back_recovery",
    "take_back_reserve",
    "unshared_years",
    "waive_claim",
    "waived_of",
    "withdraw_application",
    "write_off_loan",
]
