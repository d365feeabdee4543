"""What the database refuses about loans: change of what was agreed, lent or paid."""

from boards.triggers import Frozen, Refused, SameBoard

_PAID_OUT = "{row}.disbursed_on IS NOT NULL"
_LOAN_PAID_OUT = (
    "EXISTS (SELECT 1 FROM loans_loan l WHERE l.id = {row}.loan_id"
    " AND l.disbursed_on IS NOT NULL)"
)
_ROW_OF_OTHER_LOAN = (
    "NOT EXISTS (SELECT 1 FROM loans_receipt r JOIN loans_installment i"
    " ON i.loan_id = r.loan_id WHERE r.id = NEW.receipt_id"
    " AND i.id = NEW.installment_id)"
)
# A plan is laid before the loan is paid out, in the same transaction.
_PLAN_DIFFERS = (
    "NEW.disbursed_on IS NOT NULL AND NOT NEW.is_opening AND ("
    "NEW.principal <> (SELECT COALESCE(SUM(i.principal), 0)"
    " FROM loans_installment i WHERE i.loan_id = NEW.id)"
    " OR NEW.service_charge <> (SELECT COALESCE(SUM(i.service_charge), 0)"
    " FROM loans_installment i WHERE i.loan_id = NEW.id)"
    " OR NEW.principal <> (SELECT COALESCE(SUM(s.principal), 0)"
    " FROM loans_shareinstallment s JOIN loans_installment i"
    " ON i.id = s.installment_id WHERE i.loan_id = NEW.id))"
)
_PAYS_TOO_MUCH = (
    "EXISTS (SELECT 1 FROM loans_{plan} i WHERE i.id = NEW.{column}"
    " AND (i.principal < NEW.principal + (SELECT COALESCE(SUM(p.principal), 0)"
    " FROM loans_{paid} p JOIN loans_receipt r ON r.id = p.receipt_id"
    " WHERE p.{column} = i.id AND r.reversed_on IS NULL"
    " AND p.id <> COALESCE(NEW.id, -1))"
    " OR i.service_charge < NEW.service_charge + NEW.forgiven"
    " + (SELECT COALESCE(SUM(p.service_charge + p.forgiven), 0)"
    " FROM loans_{paid} p JOIN loans_receipt r ON r.id = p.receipt_id"
    " WHERE p.{column} = i.id AND r.reversed_on IS NULL"
    " AND p.id <> COALESCE(NEW.id, -1))))"
)

RULES = (
    Frozen(
        "loans.ProductTerms",
        when="EXISTS (SELECT 1 FROM loans_loan l WHERE l.terms_id = {row}.id)",
        free=("region_code",),
    ),
    Frozen(
        "loans.RoundCeiling",
        when="EXISTS (SELECT 1 FROM loans_loan l WHERE l.terms_id = {row}.terms_id)",
        inserts=True,
    ),
    Frozen(
        "loans.Loan",
        when=_PAID_OUT,
        free=("state", "closed_on", "revision", "region_code"),
    ),
    Frozen("loans.LoanShare", when=_LOAN_PAID_OUT, inserts=True),
    Frozen("loans.Installment", when=_LOAN_PAID_OUT, inserts=True),
    Frozen(
        "loans.ShareInstallment",
        when="EXISTS (SELECT 1 FROM loans_installment i JOIN loans_loan l"
        " ON l.id = i.loan_id WHERE i.id = {row}.installment_id"
        " AND l.disbursed_on IS NOT NULL)",
        inserts=True,
    ),
    Frozen("loans.Receipt", free=("reversed_on", "revision", "region_code")),
    Frozen("loans.ReceiptPart"),
    Frozen("loans.ReceiptShare"),
    Frozen("loans.SavingsMove", free=("region_code",)),
    SameBoard("loans.ProductTerms", "product"),
    SameBoard("loans.RoundCeiling", "terms"),
    SameBoard("loans.Loan", "group"),
    SameBoard("loans.Loan", "terms"),
    SameBoard("loans.Loan", "decision"),
    SameBoard("loans.Loan", "voucher"),
    SameBoard("loans.Loan", "replaces"),
    SameBoard("loans.LoanShare", "loan"),
    SameBoard("loans.LoanShare", "member"),
    SameBoard("loans.Receipt", "loan"),
    SameBoard("loans.Receipt", "voucher"),
    SameBoard("loans.SavingsMove", "group"),
    SameBoard("loans.SavingsMove", "loan"),
    SameBoard("loans.SavingsMove", "voucher"),
    SameBoard("loans.LoanStanding", "loan"),
    Refused(
        "loans.LoanShare",
        "member_of_group",
        "NOT EXISTS (SELECT 1 FROM loans_loan l JOIN members_groupmember m"
        " ON m.group_id = l.group_id WHERE l.id = NEW.loan_id"
        " AND m.id = NEW.member_id)",
    ),
    Refused("loans.Loan", "plan_agrees", _PLAN_DIFFERS),
    Refused(
        "loans.Loan",
        "decision_ratified",
        "NEW.decision_id IS NOT NULL AND NOT EXISTS (SELECT 1"
        " FROM deliberations_decision d WHERE d.id = NEW.decision_id"
        " AND d.ratified_at IS NOT NULL)",
    ),
    Refused(
        "loans.Receipt",
        "before_payout",
        "NOT EXISTS (SELECT 1 FROM loans_loan l WHERE l.id = NEW.loan_id"
        ' AND l.disbursed_on <= NEW."on")',
    ),
    # A receipt is taken back by the voucher that takes its voucher back, for good.
    Refused(
        "loans.Receipt",
        "reversed_with_voucher",
        "(NEW.reversed_on IS NOT NULL) <> EXISTS (SELECT 1 FROM ledger_voucher v"
        " WHERE v.reverses_id = NEW.voucher_id AND v.posted_at IS NOT NULL)",
    ),
    Refused("loans.ReceiptPart", "of_loan", _ROW_OF_OTHER_LOAN),
    Refused(
        "loans.ReceiptPart",
        "too_much",
        _PAYS_TOO_MUCH.format(
            plan="installment", paid="receiptpart", column="installment_id"
        ),
    ),
    Refused(
        "loans.ReceiptShare",
        "of_loan",
        "NOT EXISTS (SELECT 1 FROM loans_receipt r JOIN loans_loanshare s"
        " ON s.loan_id = r.loan_id JOIN loans_shareinstallment i ON i.share_id = s.id"
        " WHERE r.id = NEW.receipt_id AND i.id = NEW.row_id)",
    ),
    Refused(
        "loans.ReceiptShare",
        "too_much",
        _PAYS_TOO_MUCH.format(
            plan="shareinstallment", paid="receiptshare", column="row_id"
        ),
    ),
)
