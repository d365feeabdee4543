"""A decided proposal that became a row of a plan."""

from django.db import models

from boards.models import User
from deliberations.models.decision import Decision
from planning.models import PlanItem


class ProposedItem(models.Model):
    """The plan item that a decision asked for: both keys, so the thread holds."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="proposed")
    plan_item = models.OneToOneField(
        PlanItem, models.PROTECT, related_name="proposed_by"
    )
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "usulan masuk rencana"
        verbose_name_plural = "usulan masuk rencana"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.decision}: {self.plan_item}"
