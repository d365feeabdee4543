"""Acts on the books."""

from ledger.services.books import change_account, open_account, open_book
from ledger.services.closing import (
    close_month,
    close_year,
    money_accounts,
    month_after,
    next_month,
    reminders_of,
    reopen_month,
    troubles_of,
    year_to_close,
)
from ledger.services.holding import HeldBook, hold_book
from ledger.services.notes import write_note
from ledger.services.plain import (
    accounts_for,
    check_money,
    journal_draft,
    opening_voucher,
    plain_draft,
    write_journal,
    write_opening,
    write_plain,
)
from ledger.services.vouchers import (
    Draft,
    Line,
    approve_voucher,
    check_day,
    drop_voucher,
    may_post_alone,
    may_take_back,
    reverse_voucher,
    write_held,
    write_voucher,
)

__all__ = [
    "Draft",
    "HeldBook",
    "Line",
    "accounts_for",
    "approve_voucher",
    "change_account",
    "check_day",
    "check_money",
    "close_month",
    "close_year",
    "drop_voucher",
    "hold_book",
    "journal_draft",
    "may_post_alone",
    "may_take_back",
    "money_accounts",
    "month_after",
    "next_month",
    "open_account",
    "open_book",
    "opening_voucher",
    "plain_draft",
    "reminders_of",
    "reopen_month",
    "reverse_voucher",
    "troubles_of",
    "write_held",
    "write_journal",
    "write_note",
    "write_opening",
    "write_plain",
    "write_voucher",
    "year_to_close",
]
