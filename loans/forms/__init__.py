"""Forms of loans."""

from loans.forms.receipts import ReceiptForm
from loans.forms.savings import SavingsReturnForm

__all__ = ["ReceiptForm", "SavingsReturnForm"]
