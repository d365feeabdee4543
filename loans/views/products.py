"""What the UPK offers: products, their terms of today and of before."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view
from boards.models import Board
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from loans.forms.products import TermsForm
from loans.models import Product, ProductTerms
from loans.schedule import Line, loan_schedule
from loans.services import open_product, set_terms
from loans.views.applications import say

FIELD_OF = {"loan.terms_exist": "starts_on", "loan.ceilings": "ceiling_1"}
# The example by which people judge terms before they set them.
EXAMPLE_AMOUNT, EXAMPLE_INSTALMENTS = 1_000_000, 10


def example_of(terms: ProductTerms) -> list[Line]:
    """A plan of Rp1.000.000 in 10 instalments, or as near as the terms allow.

    Raises loans.schedule.BadFigure.
    """
    count = min(max(EXAMPLE_INSTALMENTS, terms.fewest), terms.most)
    return loan_schedule(
        EXAMPLE_AMOUNT, terms.for_loan(count), anchor_on=terms.starts_on
    )


@require_GET
@board_view(Permission.VIEW_LOANS)
def product_list(request, board):
    """Products with the terms in force today."""
    today = board.today()
    rows = ProductTerms.objects.filter(board=board).in_force(today)
    terms = {row.product_id: row for row in rows.prefetch_related("ceilings")}
    products = list(Product.objects.filter(board=board))
    for product in products:
        product.now = terms.get(product.pk)
    context = {"products": products}
    return render(request, "loans/product_list.html", context)


@require_GET
@board_view(Permission.VIEW_LOANS)
def product_page(request, board, pk):
    """One product: all its terms, the newest first."""
    product = get_object_or_404(Product, board=board, pk=pk)
    today = board.today()
    rows = list(product.terms.prefetch_related("ceilings"))
    current = next((row for row in rows if row.starts_on <= today), None)
    for row in rows:
        row.tag = _tag(row, current, today)
    context = {"product": product, "rows": rows}
    return render(request, "loans/product_page.html", context)


def _tag(row: ProductTerms, current: ProductTerms | None, today) -> tuple[str, str]:
    if row == current:
        return "ok", "Berlaku"
    return ("wait", "Akan berlaku") if row.starts_on > today else ("draft", "Lama")


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_LOANS)
@post_once
def product_new(request, board):
    """A new product with its first terms."""
    form = TermsForm(
        request.POST or None,
        board=board,
        named=True,
        instance=ProductTerms(board=board, starts_on=board.today()),
    )
    return _terms(request, board, form, product=None)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_LOANS)
@post_once
def terms_new(request, board, pk):
    """Other terms of a product from a day on; starts from the present ones."""
    product = get_object_or_404(Product, board=board, pk=pk)
    last = product.terms.prefetch_related("ceilings").first()
    row, start = _copy_of(last, board)
    form = TermsForm(
        request.POST or None, board=board, named=False, instance=row, initial=start
    )
    return _terms(request, board, form, product=product)


def _copy_of(last: ProductTerms | None, board: Board) -> tuple[ProductTerms, dict]:
    """A row not saved with the values of the last terms, and their ceilings."""
    row = ProductTerms(board=board, starts_on=board.today())
    if last is None:
        return row, {}
    for name in TermsForm.Meta.fields:
        if name not in ("starts_on", "article"):
            setattr(row, name, getattr(last, name))
    return row, {f"ceiling_{one.round_no}": one.amount for one in last.ceilings.all()}


def _terms(
    request: HttpRequest, board: Board, form: TermsForm, *, product: Product | None
):
    """Type, look at an example, set."""
    step = request.POST.get("step", "")
    if not form.is_valid() or step == "ubah":
        return _form(request, form, product)
    try:
        if step == "catat":
            product = _set(form, board, product, request.user)
            messages.success(request, f"Ketentuan {product} tersimpan.")
            return redirect("loans:product_page", board.slug, product.pk)
        form.instance.full_clean(exclude=("product", "created_by"))
        example = example_of(form.instance)
    except (ValidationError, ValueError) as refused:
        _refuse(form, refused)
        return _form(request, form, product)
    context = {
        "form": form,
        "product": product,
        "terms": form.instance,
        "ceilings": form.ceilings().items(),
        "lines": example,
        "amount": EXAMPLE_AMOUNT,
    }
    return render(request, "loans/terms_check.html", context)


def _set(form: TermsForm, board: Board, product: Product | None, by) -> Product:
    facts = {"terms": form.instance, "ceilings": form.ceilings(), "by": by}
    if product is None:
        return open_product(board, name=form.cleaned_data["name"], **facts)
    set_terms(product, **facts)
    return product


def _refuse(form: TermsForm, refused: Exception) -> None:
    """Beside its field, where the refusal names one."""
    if isinstance(refused, RuleViolation):
        say(form, refused, FIELD_OF)
    elif isinstance(refused, ValidationError) and hasattr(refused, "error_dict"):
        for name, errors in refused.error_dict.items():
            form.add_error(name if name in form.fields else None, errors)
    elif isinstance(refused, ValidationError):
        form.add_error(None, refused)
    else:
        form.add_error(None, str(refused))


def _form(request: HttpRequest, form: TermsForm, product: Product | None):
    context = {"form": form, "product": product}
    return render(request, "loans/terms_form.html", context)
