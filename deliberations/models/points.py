"""What was said about an agenda item."""

from django.db import models

from deliberations.models.meeting import AgendaItem


class MinutePoint(models.Model):
    """One thing somebody said about an agenda item."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="points")
    position = models.PositiveSmallIntegerField()
    speaker = models.CharField("pembicara", max_length=160, blank=True)
    text = models.TextField("isi", max_length=4000)

    class Meta:
        verbose_name = "poin pembahasan"
        verbose_name_plural = "poin pembahasan"
        ordering = ["position"]

    def __str__(self):
        return self.text[:60]
