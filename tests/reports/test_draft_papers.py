"""What a draft says that it still wants: its minutes, or only its issue."""

import pytest
from django.utils import timezone

from reports.catalogue import KINDS
from reports.services import preview_report
from tests.make import deliberations as rows
from tests.make import sample_meetings as samples
from tests.reports.pdf_text import page_texts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("printing")]


@pytest.mark.parametrize("kind", ["notulen", "keputusan"])
def test_a_draft_of_ratified_minutes_waits_for_its_paper_only(kind):
    meeting = rows.ratify(samples.tiny_meeting(samples.board()))
    of_meeting = KINDS[kind].subject == "deliberations.Meeting"
    subject = meeting if of_meeting else meeting.decisions.first()

    rendered = preview_report(KINDS[kind], subject, now=timezone.now())

    for text in page_texts(rendered.bytes):
        assert "DRAF – belum terbit, bukan bukti" in text
        assert "halaman periksa menjawab: belum terbit" in text
        assert "belum disahkan" not in text


def test_an_invitation_is_never_ratified_only_issued():
    meeting = samples.tiny_meeting(samples.board())

    rendered = preview_report(KINDS["undangan"], meeting, now=timezone.now())

    assert "DRAF – belum terbit, bukan bukti" in page_texts(rendered.bytes)[0]
