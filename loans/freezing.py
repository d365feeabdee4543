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
    " AND i.id = NEW.installment_id AND r.loan_id = NEW.loan_id"
    ' AND r."on" = NEW.paid_on AND i.due_on = NEW.due_on'
    " AND i.principal = NEW.planned)"
)
# A plan is laid before the loan is paid out, in the same transaction.
_PLAN_DIFFERS = (
    "NEW.disbursed_on IS NOT NULL AND ("
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
# The parts of a receipt are written with it; nothing is added to it afterwards.
_MORE_THAN_RECEIVED = (
    "EXISTS (SELECT 1 FROM loans_receipt r WHERE r.id = NEW.receipt_id"
    " AND (r.principal < NEW.principal + (SELECT COALESCE(SUM(p.principal), 0)"
    " FROM loans_{paid} p WHERE p.receipt_id = r.id AND p.id <> COALESCE(NEW.id, -1))"
    " OR r.service_charge < NEW.service_charge"
    " + (SELECT COALESCE(SUM(p.service_charge), 0) FROM loans_{paid} p"
    " WHERE p.receipt_id = r.id AND p.id <> COALESCE(NEW.id, -1))"
    " OR r.forgiven < NEW.forgiven + (SELECT COALESCE(SUM(p.forgiven), 0)"
    " FROM loans_{paid} p WHERE p.receipt_id = r.id"
    " AND p.id <> COALESCE(NEW.id, -1))))"
)
# What is taken back with its voucher, for good.
_TAKES_BACK = (
    "EXISTS (SELECT 1 FROM ledger_voucher v"
    " WHERE v.reverses_id = NEW.voucher_id AND v.posted_at IS NOT NULL{also})"
)
_REVERSED_ALONE = (
    f"(NEW.reversed_on IS NOT NULL) <> {_TAKES_BACK.format(also='')}"
    " OR NEW.reversed_on IS NOT NULL AND NOT "
    + _TAKES_BACK.format(also=" AND v.dated = NEW.reversed_on")
)
_OPEN_ROW = (
    "EXISTS (SELECT 1 FROM loans_installment i"
    " WHERE i.loan_id = NEW.id AND i.principal + i.service_charge >"
    " (SELECT COALESCE(SUM(p.principal + p.service_charge + p.forgiven), 0)"
    " FROM loans_receiptpart p JOIN loans_receipt r ON r.id = p.receipt_id"
    " WHERE p.installment_id = i.id AND r.reversed_on IS NULL))"
)
# The day that a loan ended is that of the act which ended it. One that was paid off
# ended with a receipt, and nothing was paid on its plan after that day.
_ENDED_OTHERWISE = (
    "NEW.disbursed_on IS NOT NULL AND"
    " (NEW.state = 'active') <> (NEW.closed_on IS NULL)"
    " OR NEW.state = 'written_off' AND NOT EXISTS (SELECT 1 FROM loans_writeoff w"
    ' WHERE w.loan_id = NEW.id AND w."on" = NEW.closed_on)'
    " OR NEW.state = 'rescheduled' AND NOT EXISTS (SELECT 1 FROM loans_reschedule s"
    ' WHERE s.old_id = NEW.id AND s."on" = NEW.closed_on)'
    " OR NEW.state = 'taken_back' AND NOT "
    + _TAKES_BACK.format(also=" AND v.dated = NEW.closed_on")
    + " OR NEW.state = 'paid' AND (NOT EXISTS (SELECT 1 FROM loans_receipt r"
    ' WHERE r.loan_id = NEW.id AND r."on" = NEW.closed_on)'
    " OR EXISTS (SELECT 1 FROM loans_receipt r WHERE r.loan_id = NEW.id"
    ' AND r.reversed_on IS NULL AND r."on" > NEW.closed_on'
    " AND r.principal + r.service_charge > 0))"
)
# A line of a savings card is money that its voucher moved on the account of savings.
_OVER_VOUCHER = (
    "NEW.amount {sign} 0 AND ABS(NEW.amount) + (SELECT COALESCE(SUM(ABS(m.amount)), 0)"
    " FROM loans_savingsmove m WHERE m.voucher_id = NEW.voucher_id"
    " AND m.amount {sign} 0 AND m.id <> COALESCE(NEW.id, -1))"
    " > (SELECT COALESCE(SUM(e.{side}), 0) FROM ledger_entry e"
    " JOIN ledger_account a ON a.id = e.account_id"
    " WHERE e.voucher_id = NEW.voucher_id AND a.use = 'savings')"
)
_MORE_THAN_BOOKED = " OR ".join(
    _OVER_VOUCHER.format(sign=sign, side=side)
    for sign, side in ((">", "credit"), ("<", "debit"))
)
# Thousands of them hang on one voucher; each is asked by its own row of the sheet.
_NOT_IN_OLD_BOOK = (
    "NOT EXISTS (SELECT 1 FROM loans_openingloan o WHERE o.group_id = NEW.group_id"
    " AND o.savings = NEW.amount AND EXISTS (SELECT 1 FROM ledger_voucher v"
    " WHERE v.id = NEW.voucher_id AND v.form = 'opening' AND v.book_id = o.book_id))"
    " OR EXISTS (SELECT 1 FROM loans_savingsmove m WHERE m.group_id = NEW.group_id"
    " AND m.kind = 'opening' AND m.id <> COALESCE(NEW.id, -1))"
)
_RATIFIED = (
    "NOT EXISTS (SELECT 1 FROM deliberations_decision d WHERE d.id = NEW.decision_id"
    " AND d.ratified_at IS NOT NULL{also})"
)
_RATIFIED_LOAN = _RATIFIED.format(also=" AND d.kind IN ('loan', 'general')")
_REST_OF_LOAN = (
    "NEW.principal <> (SELECT l.principal - (SELECT COALESCE(SUM(r.principal), 0)"
    " FROM loans_receipt r WHERE r.loan_id = l.id AND r.reversed_on IS NULL)"
    " FROM loans_loan l WHERE l.id = NEW.{loan})"
)
# What was left to collect when the loan left the book.
_CLAIM = (
    "COALESCE((SELECT w.principal - w.from_savings + w.charge FROM loans_writeoff w"
    " WHERE w.loan_id = NEW.loan_id), (SELECT s.charge_claim FROM loans_reschedule s"
    " WHERE s.old_id = NEW.loan_id), 0)"
)
_OVER_CLAIM = (
    "NEW.reversed_on IS NULL AND NEW.amount + (SELECT COALESCE(SUM(c.amount), 0)"
    " FROM loans_recovery c WHERE c.loan_id = NEW.loan_id AND c.reversed_on IS NULL"
    " AND c.id <> COALESCE(NEW.id, -1)) + (SELECT COALESCE(SUM(x.amount), 0)"
    f" FROM loans_claimwaiver x WHERE x.loan_id = NEW.loan_id) > {_CLAIM}"
)
_REST_OF_CLAIM = (
    f"NEW.amount <> {_CLAIM} - (SELECT COALESCE(SUM(c.amount), 0)"
    " FROM loans_recovery c WHERE c.loan_id = NEW.loan_id AND c.reversed_on IS NULL)"
)
_OF_CLOSED_FINDING = "{row}.closed_on IS NOT NULL"

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
    Frozen("loans.ArrearsStep", free=("region_code",)),
    SameBoard("loans.ArrearsStep", "loan"),
    SameBoard("loans.ProductTerms", "product"),
    SameBoard("loans.RoundCeiling", "terms"),
    SameBoard("loans.Loan", "group"),
    SameBoard("loans.Loan", "terms"),
    SameBoard("loans.Loan", "decision"),
    SameBoard("loans.Loan", "voucher"),
    SameBoard("loans.Loan", "replaces"),
    SameBoard("loans.Loan", "resumes"),
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
        _REVERSED_ALONE,
    ),
    Refused("loans.ReceiptPart", "of_loan", _ROW_OF_OTHER_LOAN),
    Refused(
        "loans.ReceiptPart",
        "over_receipt",
        _MORE_THAN_RECEIVED.format(paid="receiptpart"),
    ),
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
        "over_receipt",
        _MORE_THAN_RECEIVED.format(paid="receiptshare"),
    ),
    Refused(
        "loans.ReceiptShare",
        "too_much",
        _PAYS_TOO_MUCH.format(
            plan="shareinstallment", paid="receiptshare", column="row_id"
        ),
    ),
    Frozen("loans.ReserveEntry", free=("reversed_on", "revision", "region_code")),
    Frozen("loans.ReserveClass"),
    Frozen("loans.WriteOff", free=("region_code",)),
    Frozen("loans.Reschedule", free=("region_code",)),
    Frozen("loans.ClaimWaiver", free=("region_code",)),
    Frozen("loans.Recovery", free=("reversed_on", "revision", "region_code")),
    Frozen("loans.ProfitAllocation", free=("region_code",)),
    Frozen("loans.ProfitShare"),
    # The parts are written with the allocation; nothing is added to it afterwards.
    Refused(
        "loans.ProfitShare",
        "over_allocation",
        "EXISTS (SELECT 1 FROM loans_profitallocation a WHERE a.id = NEW.allocation_id"
        " AND a.amount < NEW.amount + (SELECT COALESCE(SUM(s.amount), 0)"
        " FROM loans_profitshare s WHERE s.allocation_id = a.id"
        " AND s.id <> COALESCE(NEW.id, -1)))",
    ),
    Frozen("loans.LoanSample", free=("region_code",)),
    Frozen(
        "loans.SampledLoan",
        free=(
            *("visited_on", "seen", "note", "noted_by", "noted_name"),
            *("revision", "region_code"),
        ),
    ),
    Frozen("loans.CashCount", free=("region_code",)),
    Frozen("loans.CashPieces"),
    Frozen("loans.Finding", when=_OF_CLOSED_FINDING, free=("region_code",)),
    Frozen(
        "loans.OpeningLoan",
        when="({row}.loan_id IS NOT NULL OR {row}.group_id IS NOT NULL)",
        free=("region_code",),
    ),
    SameBoard("loans.ReserveEntry", "book"),
    SameBoard("loans.ReserveEntry", "voucher"),
    SameBoard("loans.WriteOff", "loan"),
    SameBoard("loans.WriteOff", "decision"),
    SameBoard("loans.WriteOff", "voucher"),
    SameBoard("loans.Reschedule", "old"),
    SameBoard("loans.Reschedule", "loan"),
    SameBoard("loans.Reschedule", "decision"),
    SameBoard("loans.ClaimWaiver", "loan"),
    SameBoard("loans.ClaimWaiver", "decision"),
    SameBoard("loans.Recovery", "loan"),
    SameBoard("loans.Recovery", "voucher"),
    SameBoard("loans.ProfitAllocation", "close"),
    SameBoard("loans.ProfitAllocation", "decision"),
    SameBoard("loans.ProfitAllocation", "voucher"),
    SameBoard("loans.SampledLoan", "sample"),
    SameBoard("loans.SampledLoan", "loan"),
    SameBoard("loans.CashCount", "book"),
    SameBoard("loans.Finding", "loan"),
    SameBoard("loans.OpeningLoan", "book"),
    SameBoard("loans.OpeningLoan", "loan"),
    SameBoard("loans.OpeningLoan", "group"),
    # A loan is out of the book by a decision, or by a new plan, and in no other way.
    Refused(
        "loans.Loan",
        "written_off_by_decision",
        "(NEW.state = 'written_off') <> EXISTS (SELECT 1 FROM loans_writeoff w"
        " WHERE w.loan_id = NEW.id)",
    ),
    Refused(
        "loans.Loan",
        "rescheduled_by_decision",
        "(NEW.state = 'rescheduled') <> EXISTS (SELECT 1 FROM loans_reschedule s"
        " WHERE s.old_id = NEW.id)",
    ),
    Refused("loans.Loan", "paid_in_full", f"NEW.state = 'paid' AND {_OPEN_ROW}"),
    Refused("loans.Loan", "running_owes", f"NEW.state = 'active' AND NOT {_OPEN_ROW}"),
    Refused("loans.Loan", "ended_by_act", _ENDED_OTHERWISE),
    Refused(
        "loans.SavingsMove",
        "of_voucher",
        f"NEW.kind <> 'opening' AND ({_MORE_THAN_BOOKED})",
    ),
    Refused(
        "loans.SavingsMove",
        "of_old_book",
        f"NEW.kind = 'opening' AND ({_NOT_IN_OLD_BOOK})",
    ),
    # A payout is undone by the voucher that takes its voucher back, for good, and only
    # while nothing stands paid on it.
    Refused(
        "loans.Loan",
        "taken_back_with_voucher",
        "(NEW.state = 'taken_back') <> EXISTS (SELECT 1 FROM ledger_voucher v"
        " WHERE v.reverses_id = NEW.voucher_id AND v.posted_at IS NOT NULL)",
    ),
    Refused(
        "loans.Loan",
        "taken_back_unpaid",
        "NEW.state = 'taken_back' AND EXISTS (SELECT 1"
        " FROM loans_receipt r WHERE r.loan_id = NEW.id AND r.reversed_on IS NULL)",
    ),
    Refused(
        "loans.Loan",
        "resumes_taken_back",
        "NEW.resumes_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM loans_loan l"
        " WHERE l.id = NEW.resumes_id AND l.state = 'taken_back'"
        " AND l.group_id = NEW.group_id)",
    ),
    Refused(
        "loans.Receipt",
        "of_taken_back",
        "NEW.reversed_on IS NULL AND EXISTS (SELECT 1 FROM loans_loan l"
        " WHERE l.id = NEW.loan_id AND l.state = 'taken_back')",
    ),
    Refused("loans.WriteOff", "decision_ratified", _RATIFIED_LOAN),
    Refused("loans.WriteOff", "rest_of_loan", _REST_OF_LOAN.format(loan="loan_id")),
    Refused("loans.Reschedule", "decision_ratified", _RATIFIED_LOAN),
    Refused("loans.Reschedule", "rest_of_loan", _REST_OF_LOAN.format(loan="old_id")),
    Refused(
        "loans.Reschedule",
        "chain",
        "NOT EXISTS (SELECT 1 FROM loans_loan l WHERE l.id = NEW.loan_id"
        " AND l.replaces_id = NEW.old_id AND l.principal = NEW.principal)",
    ),
    Refused("loans.ClaimWaiver", "decision_ratified", _RATIFIED_LOAN),
    Refused("loans.ClaimWaiver", "rest_of_claim", _REST_OF_CLAIM),
    Refused("loans.Recovery", "over_claim", _OVER_CLAIM),
    Refused("loans.Recovery", "reversed_with_voucher", _REVERSED_ALONE),
    Refused("loans.ReserveEntry", "reversed_with_voucher", _REVERSED_ALONE),
    Refused("loans.ProfitAllocation", "decision_ratified", _RATIFIED.format(also="")),
)
