"""What the UPK offers."""

from collections.abc import Mapping

from django.db import transaction

from boards.audit import record
from boards.models import Board, User
from common.errors import RuleViolation
from common.figures import BadFigure
from common.words import format_date
from loans.models import Product, ProductTerms, RoundCeiling


@transaction.atomic
def open_product(
    board: Board,
    *,
    name: str,
    terms: ProductTerms,
    ceilings: Mapping[int, int],
    by: User,
) -> Product:
    """Offer a new product with its first terms, a row not yet saved.

    `ceilings` give the most rupiah for one member by round, from 1 without a gap.
    Audits `loans.product_opened`. Raises what `set_terms` raises.
    """
    product = Product(board=board, name=name)
    product.full_clean()
    product.save(force_insert=True)
    record("loans.product_opened", product, by=by, says=f"membuka produk {product}")
    set_terms(product, terms=terms, ceilings=ceilings, by=by)
    return product


@transaction.atomic
def set_terms(
    product: Product, *, terms: ProductTerms, ceilings: Mapping[int, int], by: User
) -> ProductTerms:
    """Give a product terms from a day on; loans already lent keep theirs.

    Audits `loans.terms_set`. Raises RuleViolation `loan.ceilings`, `loan.terms_exist`
    or `loan.terms` when no plan can be made of them.
    """
    if not ceilings or sorted(ceilings) != list(range(1, len(ceilings) + 1)):
        raise RuleViolation(
            "Isi batas pinjaman berurutan mulai pinjaman ke-1.", code="loan.ceilings"
        )
    terms.product, terms.board, terms.created_by = product, product.board, by
    if ProductTerms.objects.filter(product=product, starts_on=terms.starts_on).exists():
        raise RuleViolation(
            f"Ketentuan mulai {format_date(terms.starts_on)} sudah ada.",
            code="loan.terms_exist",
        )
    terms.full_clean()
    _check_reckoned(terms)
    terms.save(force_insert=True)
    RoundCeiling.objects.bulk_create(
        RoundCeiling(
            board=product.board,
            region_code=product.board.region_code,
            terms=terms,
            round_no=round_no,
            amount=amount,
        )
        for round_no, amount in sorted(ceilings.items())
    )
    says = (
        f"menetapkan ketentuan {product} mulai {format_date(terms.starts_on)}"
        f" ({terms.article})"
    )
    record("loans.terms_set", terms, by=by, says=says)
    return terms


def _check_reckoned(terms: ProductTerms) -> None:
    """Can a plan be made of the shortest and the longest loan?"""
    for instalments in (terms.fewest, terms.most):
        try:
            terms.for_loan(instalments)
        except BadFigure as bad:
            raise RuleViolation(str(bad), code="loan.terms") from bad
