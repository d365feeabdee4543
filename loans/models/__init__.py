"""Rows of the revolving loans, split by noun."""

from loans.models.arrears_steps import ArrearsStep
from loans.models.loans import Loan, LoanShare
from loans.models.opening import OpeningLoan
from loans.models.plan import Installment, ShareInstallment
from loans.models.problems import (
    ClaimWaiver,
    Recovery,
    Reschedule,
    ReserveClass,
    ReserveEntry,
    WriteOff,
)
from loans.models.products import Product, ProductTerms, RoundCeiling
from loans.models.profit import ProfitAllocation, ProfitShare
from loans.models.receipts import Receipt, ReceiptPart, ReceiptShare, SavingsMove
from loans.models.standing import LoanStanding
from loans.models.supervision import (
    CashCount,
    CashPieces,
    Finding,
    LoanSample,
    SampledLoan,
)

__all__ = [
    "ArrearsStep",
    "CashCount",
    "CashPieces",
    "ClaimWaiver",
    "Finding",
    "Installment",
    "Loan",
    "LoanSample",
    "LoanShare",
    "LoanStanding",
    "OpeningLoan",
    "Product",
    "ProductTerms",
    "ProfitAllocation",
    "ProfitShare",
    "Receipt",
    "ReceiptPart",
    "ReceiptShare",
    "Recovery",
    "Reschedule",
    "ReserveClass",
    "ReserveEntry",
    "RoundCeiling",
    "SampledLoan",
    "SavingsMove",
    "ShareInstallment",
    "WriteOff",
]
