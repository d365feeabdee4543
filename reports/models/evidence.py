"""What the level of an aspect rests on: a decision, a paper or a work."""

from django.db import models
from django.db.models import Q

from activities.models import Activity
from deliberations.models import Decision
from members.models import EvaluationScore
from reports.models.papers import IssuedReport


class EvaluationEvidence(models.Model):
    """One record behind a level; exactly one of the three. Words are in the score."""

    score = models.ForeignKey(EvaluationScore, models.PROTECT, related_name="evidence")
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="+"
    )
    paper = models.ForeignKey(
        IssuedReport, models.PROTECT, null=True, blank=True, related_name="+"
    )
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "bukti penilaian"
        verbose_name_plural = "bukti penilaian"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__isnull=False, paper=None, activity=None)
                | Q(decision=None, paper__isnull=False, activity=None)
                | Q(decision=None, paper=None, activity__isnull=False),
                name="evaluation_evidence_is_one_record",
                violation_error_message="Pilih satu keputusan, surat, atau kegiatan.",
            ),
            models.UniqueConstraint(
                fields=["score", "decision"], name="evaluation_evidence_decision_once"
            ),
            models.UniqueConstraint(
                fields=["score", "paper"], name="evaluation_evidence_paper_once"
            ),
            models.UniqueConstraint(
                fields=["score", "activity"], name="evaluation_evidence_activity_once"
            ),
        ]

    def __str__(self):
        return str(self.record)

    @property
    def record(self) -> Decision | IssuedReport | Activity:
        """The record itself."""
        return self.decision or self.paper or self.activity
