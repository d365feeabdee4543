"""Rows of the revolving loans, split by noun."""

from loans.models.loans import Loan, LoanShare
from loans.models.plan import Installment, ShareInstallment
from loans.models.products import Product, ProductTerms, RoundCeiling
from loans.models.receipts import Receipt, ReceiptPart, ReceiptShare, SavingsMove
from loans.models.standing import LoanStanding

__all__ = [
    "Installment",
    "Loan",
    "LoanShare",
    "LoanStanding",
    "Product",
    "ProductTerms",
    "Receipt",
    "ReceiptPart",
    "ReceiptShare",
    "RoundCeiling",
    "SavingsMove",
    "ShareInstallment",
]
