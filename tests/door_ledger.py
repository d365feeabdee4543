"""What the addresses of the books ask for, out of the whole world: the UPK's book."""

from boards.roles import Permission
from tests.world import World

# The right that keeps the book of `LEDGER_OBJECTS`.
BOOK_RIGHT = Permission.KEEP_FUND


def _book(**more):
    """The kind of the book, with keys that stand or are read from a row of it."""

    def kwargs(world: World) -> dict:
        book = world.book
        found = {
            name: getattr(world, value).pk if name == "pk" else value
            for name, value in more.items()
            if value != "account"
        }
        if more.get("pk") == "account":
            found["pk"] = book.accounts.get(code="11021").pk
        return {"kind": book.kind} | found

    return kwargs


LEDGER_OBJECTS = {
    f"ledger:{name}": _book(**more)
    for name, more in {
        "book_home": {},
        "book_open": {},
        "opening": {},
        "entry_new": {"code": "cost"},
        "journal_new": {},
        "voucher_list": {},
        "voucher_sheet": {},
        "voucher_page": {"pk": "voucher"},
        "voucher_done": {"pk": "waiting"},
        "voucher_approve": {"pk": "waiting"},
        "voucher_drop": {"pk": "waiting"},
        "voucher_reverse": {"pk": "voucher"},
        "account_list": {},
        "account_new": {},
        "account_edit": {"pk": "account"},
        "statement_list": {},
        "cash_book": {},
        "account_book": {"pk": "account"},
        "balance": {},
        "income": {},
        "equity": {},
        "day_journal": {"journal": "uang-masuk"},
        "close_list": {},
        "month_close": {},
        "close_page": {"pk": "closed"},
        "month_reopen": {"pk": "closed"},
        "year_close": {"year": 2026},
    }.items()
}
