"""What the addresses of loans ask for, out of the whole world."""

from tests.world import World


def _loan(world: World) -> dict:
    return {"pk": world.running.pk}


def _group(world: World) -> dict:
    return {"pk": world.running.group_id}


def _receipt(world: World) -> dict:
    return {"pk": world.running.receipts.first().pk}


LOAN_OBJECTS = {
    "loans:loan_card": _loan,
    "loans:receipt_new": _loan,
    "loans:loan_moves": _loan,
    "loans:step_new": _loan,
    "loans:receipt_page": _receipt,
    "loans:savings_card": _group,
    "loans:savings_return": _group,
}
