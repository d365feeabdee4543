"""Forms of loans."""

from loans.forms.arrears_steps import ArrearsStepForm
from loans.forms.receipts import ReceiptForm
from loans.forms.savings import SavingsReturnForm

__all__ = ["ArrearsStepForm", "ReceiptForm", "SavingsReturnForm"]
