"""Boards copied in bulk: each copy keeps a chain of its own, with its end."""

import pytest

from activities.models import ReportWriter
from boards.models import Board, ChainHead, ChainLink
from boards.verification import broken_chains
from reports.demo.copies import copy_boards
from tests.make import activities as works
from tests.make import boards as make
from tests.make import meetings as meet

pytestmark = pytest.mark.django_db


def test_every_copy_has_a_whole_chain_that_ends_where_its_head_says():
    board = make.board()
    meet.ratified(board)
    works.approved(works.running(board))
    links = ChainLink.objects.count()

    assert copy_boards([board], total=3) == 2

    assert list(broken_chains()) == []
    assert ChainLink.objects.count() == 3 * links
    assert ReportWriter.objects.values("report__board").distinct().count() == 3
    ends = ChainHead.objects.order_by("pk").values_list("owner", "position")
    assert dict(ends) == {f"b{row.pk}": links for row in Board.objects.all()}
