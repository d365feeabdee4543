"""Forms of loans."""

from loans.forms.arrears_steps import ArrearsStepForm
from loans.forms.collection import CollectionForm
from loans.forms.receipts import ReceiptForm
from loans.forms.savings import SavingsReturnForm

__all__ = ["ArrearsStepForm", "CollectionForm", "ReceiptForm", "SavingsReturnForm"]
