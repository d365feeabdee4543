"""What the database refuses about books: change of what is posted, locked months."""

from boards.triggers import Frozen, Refused, SameBoard

_OF_SETTLED = (
    "EXISTS (SELECT 1 FROM ledger_voucher v WHERE v.id = {row}.voucher_id"
    " AND (v.posted_at IS NOT NULL OR v.dropped_at IS NOT NULL))"
)
_SUMS = (
    "SELECT COALESCE(SUM(e.debit), 0) FROM ledger_entry e WHERE e.voucher_id = NEW.id"
)
_CREDITS = _SUMS.replace("e.debit", "e.credit")
# The voucher that closes a year is dated in a month that is locked already.
_IN_CLOSED_MONTH = (
    "NEW.posted_at IS NOT NULL AND NEW.form <> 'year_close' AND EXISTS ("
    "SELECT 1 FROM ledger_periodclose c WHERE c.book_id = NEW.book_id"
    " AND c.reopened_at IS NULL AND c.last_day >= NEW.dated)"
)

RULES = (
    Frozen("ledger.Book", free=("region_code",)),
    Frozen(
        "ledger.Account",
        when="EXISTS (SELECT 1 FROM ledger_entry e WHERE e.account_id = {row}.id)",
        free=("name", "is_active", "revision", "region_code"),
    ),
    Frozen(
        "ledger.Voucher",
        when="({row}.posted_at IS NOT NULL OR {row}.dropped_at IS NOT NULL)",
        free=("region_code",),
    ),
    Frozen("ledger.Entry", when=_OF_SETTLED, inserts=True),
    Frozen(
        "ledger.PeriodClose",
        free=("reopened_at", "reopened_by", "reopen_reason", "revision", "region_code"),
    ),
    # A month is opened again once; closing it anew is a new row.
    Refused(
        "ledger.PeriodClose",
        "not_between",
        "NEW.reopened_at IS NULL AND EXISTS (SELECT 1 FROM ledger_periodclose c"
        " WHERE c.book_id = NEW.book_id AND c.reopened_at IS NULL"
        " AND c.id <> COALESCE(NEW.id, -1) AND c.last_day >= NEW.first_day)",
    ),
    Refused(
        "ledger.PeriodClose",
        "year_stays_closed",
        "NEW.reopened_at IS NOT NULL AND EXISTS (SELECT 1 FROM ledger_yearclose y"
        " WHERE y.book_id = NEW.book_id AND y.last_day >= NEW.last_day)",
    ),
    # A month is opened again only when none after it is closed.
    Refused(
        "ledger.PeriodClose",
        "last_first",
        "NEW.reopened_at IS NOT NULL AND EXISTS (SELECT 1 FROM ledger_periodclose c"
        " WHERE c.book_id = NEW.book_id AND c.reopened_at IS NULL"
        " AND c.id <> NEW.id AND c.last_day > NEW.last_day)",
    ),
    Frozen("ledger.MoneyCheck"),
    Frozen("ledger.YearClose", free=("region_code",)),
    Frozen(
        "ledger.YearNote",
        when="EXISTS (SELECT 1 FROM ledger_yearclose y"
        " WHERE y.book_id = {row}.book_id AND y.year >= {row}.year)",
        free=("region_code",),
        inserts=True,
    ),
    SameBoard("ledger.Account", "book"),
    SameBoard("ledger.Voucher", "book"),
    SameBoard("ledger.Voucher", "reverses"),
    SameBoard("ledger.PeriodClose", "book"),
    SameBoard("ledger.YearClose", "book"),
    SameBoard("ledger.YearNote", "book"),
    SameBoard("ledger.YearClose", "closing"),
    SameBoard("ledger.YearClose", "carrying"),
    Refused(
        "ledger.Entry",
        "account_of_book",
        "NOT EXISTS (SELECT 1 FROM ledger_voucher v JOIN ledger_account a"
        " ON a.book_id = v.book_id WHERE v.id = NEW.voucher_id"
        " AND a.id = NEW.account_id)",
    ),
    Refused(
        "ledger.Voucher",
        "balanced",
        f"NEW.posted_at IS NOT NULL AND (({_SUMS}) <> ({_CREDITS})"
        f" OR ({_SUMS}) <> NEW.amount)",
    ),
    Refused("ledger.Voucher", "month_open", _IN_CLOSED_MONTH),
    Refused(
        "ledger.Voucher",
        "year_close_after_months",
        "NEW.form = 'year_close' AND NOT EXISTS (SELECT 1 FROM ledger_periodclose c"
        " WHERE c.book_id = NEW.book_id AND c.reopened_at IS NULL"
        " AND c.last_day = NEW.dated)",
    ),
    Refused(
        "ledger.Voucher",
        "after_opening",
        "EXISTS (SELECT 1 FROM ledger_book b WHERE b.id = NEW.book_id"
        " AND NEW.dated < b.opened_on)",
    ),
    # A voucher is taken back once, and what takes back is not taken back itself.
    Refused(
        "ledger.Voucher",
        "reverses_posted",
        "NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ledger_voucher v"
        " WHERE v.id = NEW.reverses_id AND v.posted_at IS NOT NULL"
        " AND v.reverses_id IS NULL AND v.book_id = NEW.book_id)",
    ),
    Refused(
        "ledger.Voucher",
        "second_person",
        "NEW.approved_by_id = NEW.made_by_id AND NOT NEW.alone",
    ),
    # Each cash and bank account is counted once a close, so nothing can be added.
    Refused(
        "ledger.MoneyCheck",
        "account_of_book",
        "NOT EXISTS (SELECT 1 FROM ledger_periodclose c JOIN ledger_account a"
        " ON a.book_id = c.book_id WHERE c.id = NEW.close_id"
        " AND a.id = NEW.account_id AND a.use IN ('cash', 'bank', 'savings_bank'))",
    ),
)
