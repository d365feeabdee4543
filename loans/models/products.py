"""What the UPK offers, and on which terms from which day on."""

import datetime
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from boards.models import BoardOwned, User
from common.fields import LineField, RupiahField
from loans.additions import Addition, OffDays
from loans.payments import Order, Settlement
from loans.schedule import (
    MOST_INSTALMENTS,
    Component,
    Frequency,
    LoanTerms,
    Method,
    Mode,
    RateBasis,
    Rounding,
)

_PERCENT = (MinValueValidator(0), MaxValueValidator(100))
_COUNT = (MinValueValidator(1), MaxValueValidator(MOST_INSTALMENTS))


class Product(BoardOwned):
    """One kind of loan under its own name; its terms are rows of ProductTerms."""

    name = LineField("nama produk", max_length=80)
    closed_on = models.DateField("tidak ditawarkan lagi sejak", null=True, blank=True)

    class Meta:
        verbose_name = "produk pinjaman"
        verbose_name_plural = "produk pinjaman"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "name"],
                name="product_name_once_in_board",
                violation_error_message="Produk dengan nama ini sudah ada.",
            )
        ]

    def __str__(self):
        return self.name


class ProductTermsQuerySet(models.QuerySet):
    """Terms as applications ask for them."""

    def in_force(self, day: datetime.date):
        """The terms of each product on a day."""
        newer = ProductTerms.objects.filter(
            product=models.OuterRef("product"),
            starts_on__lte=day,
            starts_on__gt=models.OuterRef("starts_on"),
        )
        offered = Q(product__closed_on=None) | Q(product__closed_on__gt=day)
        return self.filter(
            ~models.Exists(newer), offered, starts_on__lte=day
        ).select_related("product")


class ProductTerms(BoardOwned):
    """The terms of a product from a day on; a loan keeps those it was lent on.

    Fall-back values and their marks: revolving-loans sheet §8.3.
    """

    METHODS = (
        (Method.FLAT.value, "Tetap (flat)"),
        (Method.DECLINING.value, "Menurun (pokok tetap)"),
        (Method.ANNUITY.value, "Anuitas"),
    )
    BASES = (
        (RateBasis.PER_PERIOD.value, "persen setiap angsuran"),
        (RateBasis.PER_TERM.value, "persen seluruh jangka"),
        (RateBasis.PER_YEAR.value, "persen setahun"),
    )
    FREQUENCIES = (
        (Frequency.MONTHLY.value, "bulanan"),
        (Frequency.WEEKLY.value, "mingguan"),
    )
    COMPONENTS = (
        (Component.PRINCIPAL.value, "pokok"),
        (Component.INSTALMENT.value, "angsuran"),
        (Component.EACH.value, "pokok dan jasa masing-masing"),
    )
    MODES = (
        (Mode.NEAREST.value, "terdekat"),
        (Mode.UP.value, "ke atas"),
        (Mode.DOWN.value, "ke bawah"),
    )
    ORDERS = (
        (Order.ROW_CHARGE_FIRST.value, "angsuran tertua dulu: jasa, lalu pokok"),
        (Order.ALL_CHARGE_FIRST.value, "semua jasa tertunggak dulu, lalu pokok"),
    )
    SETTLEMENTS = (
        (Settlement.CURRENT_ROW.value, "sisa pokok dan jasa bulan berjalan"),
        (Settlement.FULL_CHARGE.value, "sisa pokok dan seluruh jasa"),
    )

    OFF_DAYS = (
        (OffDays.NONE.value, "tetap pada harinya"),
        (OffDays.SUNDAY.value, "Minggu: Senin masih tepat waktu"),
        (OffDays.WEEKEND.value, "Sabtu dan Minggu: Senin masih tepat waktu"),
    )

    product = models.ForeignKey(Product, models.PROTECT, related_name="terms")
    starts_on = models.DateField("berlaku mulai")
    # The article or decision that the terms rest on.
    article = LineField("dasar", max_length=200)
    rate = models.DecimalField(
        "jasa (%)",
        max_digits=7,
        decimal_places=4,
        default="1.5",
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    rate_basis = models.CharField(
        "dihitung", max_length=20, choices=BASES, default=RateBasis.PER_PERIOD.value
    )
    method = models.CharField(
        "cara jasa", max_length=20, choices=METHODS, default=Method.FLAT.value
    )
    frequency = models.CharField(
        "angsuran",
        max_length=8,
        choices=FREQUENCIES,
        default=Frequency.MONTHLY.value,
    )
    every = models.PositiveSmallIntegerField("setiap", default=1, validators=_COUNT)
    fewest = models.PositiveSmallIntegerField(
        "angsuran paling sedikit", default=3, validators=_COUNT
    )
    most = models.PositiveSmallIntegerField(
        "angsuran paling banyak", default=12, validators=_COUNT
    )
    grace_principal = models.PositiveSmallIntegerField(
        "tenggang pokok (angsuran)", default=0
    )
    grace_charge = models.PositiveSmallIntegerField(
        "tenggang jasa (angsuran)", default=0
    )
    rounding_component = models.CharField(
        "yang dibulatkan",
        max_length=10,
        choices=COMPONENTS,
        default=Component.PRINCIPAL.value,
    )
    rounding_step = RupiahField("pembulatan", default=100)
    rounding_mode = models.CharField(
        "arah pembulatan", max_length=8, choices=MODES, default=Mode.NEAREST.value
    )
    payment_order = models.CharField(
        "urutan bayar",
        max_length=20,
        choices=ORDERS,
        default=Order.ROW_CHARGE_FIRST.value,
    )
    settlement = models.CharField(
        "pelunasan lebih awal",
        max_length=14,
        choices=SETTLEMENTS,
        default=Settlement.CURRENT_ROW.value,
    )
    # For each instalment that is late, rupiah or a part of it; none by default.
    penalty = RupiahField("denda setiap angsuran terlambat", default=0)
    penalty_percent = models.DecimalField(
        "atau denda (% dari angsuran terlambat)",
        max_digits=5,
        decimal_places=2,
        default=0,
        validators=_PERCENT,
    )
    # Until when a payment is without a fine; the plan and its arrears stay.
    off_days = models.CharField(
        "jatuh tempo di hari tanpa kantor",
        max_length=8,
        choices=OFF_DAYS,
        default=OffDays.NONE.value,
    )
    savings_percent = models.DecimalField(
        "tabungan TR (%)",
        max_digits=5,
        decimal_places=2,
        default=5,
        validators=_PERCENT,
    )
    # Saved with each instalment, by each member; none by default.
    saving_amount = RupiahField("tabungan TR tiap angsuran, tiap anggota", default=0)
    saving_percent = models.DecimalField(
        "atau tabungan TR tiap angsuran (% dari pokoknya)",
        max_digits=5,
        decimal_places=2,
        default=0,
        validators=_PERCENT,
    )
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ProductTermsQuerySet.as_manager()

    class Meta:
        verbose_name = "ketentuan produk"
        verbose_name_plural = "ketentuan produk"
        ordering = ["product", "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "starts_on"],
                name="product_terms_once_a_day",
                violation_error_message="Ketentuan mulai hari itu sudah ada.",
            ),
            models.CheckConstraint(
                condition=Q(fewest__gte=1, most__gte=F("fewest")),
                name="product_terms_span",
                violation_error_message="Paling banyak tidak kurang dari paling"
                " sedikit.",
            ),
            models.CheckConstraint(
                condition=Q(rounding_step__gte=1, every__gte=1, penalty__gte=0),
                name="product_terms_positive",
            ),
            models.CheckConstraint(
                condition=Q(penalty=0) | Q(penalty_percent=0),
                name="product_terms_one_penalty",
                violation_error_message="Pilih denda dalam rupiah atau dalam persen.",
            ),
            models.CheckConstraint(
                condition=Q(saving_amount=0) | Q(saving_percent=0),
                name="product_terms_one_saving",
                violation_error_message="Pilih tabungan dalam rupiah atau dalam"
                " persen.",
            ),
        ]

    def __str__(self):
        return f"{self.product}, mulai {self.starts_on:%d/%m/%Y}"

    def for_loan(self, instalments: int) -> LoanTerms:
        """The terms as the arithmetic takes them. Raises loans.schedule.BadFigure."""
        return LoanTerms(
            instalments=instalments,
            rate=self.rate,
            rate_basis=RateBasis(self.rate_basis),
            method=Method(self.method),
            frequency=Frequency(self.frequency),
            every=self.every,
            rounding=Rounding(
                Component(self.rounding_component),
                self.rounding_step,
                Mode(self.rounding_mode),
            ),
            grace_principal=self.grace_principal,
            grace_charge=self.grace_charge,
        )

    @property
    def penalty_rule(self) -> Addition:
        """What a late instalment costs."""
        return Addition(self.penalty, Decimal(self.penalty_percent))

    @property
    def saving_rule(self) -> Addition:
        """What is saved with an instalment."""
        return Addition(self.saving_amount, Decimal(self.saving_percent))

    @property
    def ceiling_rows(self) -> list[tuple[int, int]]:
        """Round and rupiah, from the first round on."""
        return [(row.round_no, row.amount) for row in self.ceilings.all()]

    def ceiling_of(self, round_no: int) -> int | None:
        """Most rupiah for one member in a round; None after the last round."""
        rows = {row.round_no: row.amount for row in self.ceilings.all()}
        return rows.get(round_no)


class RoundCeiling(BoardOwned):
    """How much one member may borrow in the n-th loan of the group."""

    terms = models.ForeignKey(ProductTerms, models.PROTECT, related_name="ceilings")
    round_no = models.PositiveSmallIntegerField("pinjaman ke", validators=_COUNT)
    amount = RupiahField("paling banyak setiap anggota")

    class Meta:
        verbose_name = "batas pinjaman"
        verbose_name_plural = "batas pinjaman"
        ordering = ["terms", "round_no"]
        constraints = [
            models.UniqueConstraint(
                fields=["terms", "round_no"], name="round_ceiling_once"
            ),
            models.CheckConstraint(
                condition=Q(round_no__gte=1, amount__gte=1),
                name="round_ceiling_above_zero",
            ),
        ]

    def __str__(self):
        return f"ke-{self.round_no}: {self.amount}"
