"""Who signs in, and over which board or region."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from boards.roles import (
    BOARD_ROLES,
    POST_LABELS,
    ROLE_LABELS,
    Post,
    Role,
)


class User(AbstractUser):
    """A person who signs in. The name is one field: many people have one word."""

    first_name = None
    last_name = None
    email = models.EmailField("surel", blank=True)
    name = models.CharField("nama", max_length=120)
    title = models.CharField(
        "jabatan di kantor", max_length=120, blank=True, help_text="Misalnya: Kasi PMD."
    )
    civil_id = models.CharField("NIP", max_length=25, blank=True)
    # Set while only a one-time code opens the account.
    code_hash = models.CharField(max_length=128, blank=True, editable=False)
    code_expires_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"

    def __str__(self):
        return self.name or self.username

    def get_full_name(self):
        """The name; Django and allauth ask for it under this word."""
        return str(self)

    def get_short_name(self):
        """The name; it is never split."""
        return str(self)

    def reach(self) -> list["Assignment"]:
        """Assignments that hold now, read once per request object."""
        if not hasattr(self, "_reach"):
            self._reach = list(
                self.assignments.filter(ended_at=None).select_related("board")
            )
        return self._reach


class Assignment(models.Model):
    """One role of one user over one board, or over a region code and all below it."""

    user = models.ForeignKey(User, models.PROTECT, related_name="assignments")
    role = models.CharField("peran", max_length=20, choices=list(ROLE_LABELS.items()))
    post = models.CharField(
        "tugas", max_length=20, blank=True, choices=list(POST_LABELS.items())
    )
    board = models.ForeignKey(
        "boards.Board",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
    )
    region_code = models.CharField("kode wilayah", max_length=13, blank=True)
    started_at = models.DateTimeField("mulai", auto_now_add=True)
    started_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField("berakhir", null=True, blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "penugasan"
        verbose_name_plural = "penugasan"
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=sorted(BOARD_ROLES), board__isnull=False)
                | (~Q(role__in=sorted(BOARD_ROLES)) & Q(board=None)),
                name="assignment_board_goes_with_role",
                violation_error_message="Peran ini perlu LKM, bukan wilayah.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="assignment_ended_at_and_by_together",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "board"],
                condition=Q(ended_at=None, board__isnull=False),
                name="assignment_held_once_in_board",
                violation_error_message="Pengguna ini sudah memegang peran itu.",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "region_code"],
                condition=Q(ended_at=None, board=None),
                name="assignment_held_once_in_region",
                violation_error_message="Pengguna ini sudah memegang peran itu.",
            ),
        ]
        indexes = [models.Index(fields=["region_code", "role"])]

    def __str__(self):
        return f"{self.user} · {self.label}"

    @property
    def label(self) -> str:
        """The words for role and post, as the page head shows them."""
        if self.role == Role.MEMBER and self.post == Post.COORDINATOR:
            return "Koordinator LKM"
        post = POST_LABELS[self.post]
        role = ROLE_LABELS[self.role]
        return f"{role}, {post.lower()}" if post else role
