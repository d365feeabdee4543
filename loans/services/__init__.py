"""Acts on loans, from what the UPK offers to the last instalment."""

from loans.services.applications import (
    Application,
    Finding,
    Request,
    apply_for_loan,
    check_loan,
    recheck_loan,
    withdraw_application,
)
from loans.services.decisions import (
    approve_by_decision,
    cosign_loan,
    decide_loan,
    refuse_loan,
)
from loans.services.payout import disburse_loan
from loans.services.products import open_product, set_terms
from loans.services.receipts import Money, receive_payment, take_back_receipt
from loans.services.savings import return_savings, savings_of
from loans.services.standings import recount, sweep_standings

__all__ = [
    "Application",
    "Finding",
    "Money",
    "Request",
    "apply_for_loan",
    "approve_by_decision",
    "check_loan",
    "cosign_loan",
    "decide_loan",
    "disburse_loan",
    "open_product",
    "receive_payment",
    "recheck_loan",
    "recount",
    "refuse_loan",
    "return_savings",
    "savings_of",
    "set_terms",
    "sweep_standings",
    "take_back_receipt",
    "withdraw_application",
]
