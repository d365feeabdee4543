"""From a decided proposal to a row of Renja or RKP Desa."""

from typing import Any

from django.db import transaction

from boards.forms import save_form
from boards.models import User
from common.errors import RuleViolation
from deliberations.models import Decision, ProposedItem
from planning.forms import PlanItemForm
from planning.models import PlanItem


def proposal_fault(decision: Decision) -> str:
    """Why no plan item can be made of a decision, as a sentence; "" when it can."""
    if decision.kind != Decision.Kind.PROPOSAL:
        return "Hanya keputusan tentang usulan yang masuk rencana."
    if not decision.ratified_at or not decision.is_carried:
        return "Usulan masuk rencana sesudah disepakati dan notulennya disahkan."
    if not Decision.objects.in_force().filter(pk=decision.pk).exists():
        return "Keputusan ini sudah diubah atau gugur. Pakai yang masih berlaku."
    return ""


def plan_facts(decision: Decision, *, year: int) -> dict[str, Any]:
    """What the minutes say already, as the form of a plan item asks for it."""
    return {
        "year": year,
        "title": decision.title,
        "location": decision.neighbourhood,
        "target": decision.volume,
        "unit": decision.unit,
        "ceiling": decision.amount,
        "priority_note": f"Keputusan {decision.number_text}",
    }


@transaction.atomic
def propose_item(decision: Decision, form: PlanItemForm, *, by: User) -> PlanItem:
    """Make a plan item of a decided proposal, from a checked form.

    One decision may hold several proposals, each its own item. Audits
    `deliberations.item_proposed`. Raises RuleViolation `proposal.not_ready`.
    """
    current = Decision.objects.select_for_update().get(pk=decision.pk)
    if fault := proposal_fault(current):
        raise RuleViolation(fault, code="proposal.not_ready")
    item = save_form(
        form,
        "deliberations.item_proposed",
        by=by,
        says=f"memasukkan usulan {current.number_text} ke rencana: {form.instance}",
    )
    ProposedItem.objects.create(decision=current, plan_item=item, noted_by=by)
    return item
