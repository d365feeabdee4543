"""Records that stand behind the level of an aspect."""

from django.db import transaction

from activities.models import Activity
from boards.audit import record
from boards.models import User
from common.errors import RuleViolation
from deliberations.models import Decision
from members.models import Evaluation, EvaluationScore
from reports.models import EvaluationEvidence, IssuedReport

Record = Decision | IssuedReport | Activity
COLUMNS = {Decision: "decision", IssuedReport: "paper", Activity: "activity"}


def _lock_open(score: EvaluationScore) -> Evaluation:
    held = Evaluation.objects.select_for_update().get(pk=score.evaluation_id)
    if not held.is_open:
        raise RuleViolation(f"{held} sudah selesai.", code="evaluation.finished")
    return held


@transaction.atomic
def add_evidence(
    score: EvaluationScore, *, record_of: Record, by: User
) -> EvaluationEvidence:
    """Tie a decision, a paper or a work to the level of an aspect.

    Audits `reports.evidence_added`. Raises RuleViolation `evaluation.finished`,
    `evidence.other_board` or `evidence.twice`.
    """
    held = _lock_open(score)
    if record_of.board_id != held.board_id:
        raise RuleViolation("Catatan ini tidak ada.", code="evidence.other_board")
    column = COLUMNS[type(record_of)]
    same = EvaluationEvidence.objects.filter(score=score, **{column: record_of})
    if same.exists():
        raise RuleViolation("Bukti ini sudah dihubungkan.", code="evidence.twice")
    made = EvaluationEvidence.objects.create(score=score, **{column: record_of})
    says = f"menghubungkan bukti {record_of} pada {score.aspect} tahun {held.year}"
    record("reports.evidence_added", made, by=by, says=says, board=held.board)
    return made


@transaction.atomic
def remove_evidence(evidence: EvaluationEvidence, *, by: User) -> None:
    """Untie a record. Audits `reports.evidence_removed`.

    Raises RuleViolation `evaluation.finished`.
    """
    held = _lock_open(evidence.score)
    says = f"melepas bukti {evidence} dari {evidence.score.aspect} tahun {held.year}"
    record("reports.evidence_removed", evidence, by=by, says=says, board=held.board)
    evidence.delete()
