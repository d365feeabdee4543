"""What must happen once happens once: ratifying, and a summary whose worker died."""

import datetime
import time

from django.utils import timezone

from boards.models import Job, LetterNumber, Submission
from common.periods import Period
from deliberations.models import Meeting
from reports.models import IssuedReport
from tests.e2e import paper_pages as papers
from tests.e2e import summary_pages as summaries
from tests.e2e.office import KABUPATEN, open_office
from tests.e2e.pages import heading
from tests.make import meetings as meet
from tests.make.summaries import regency

# Sends the form of the page four times at once, past the guard of the browser.
FOUR_AT_ONCE = """async (selector) => {
    const form = document.querySelector(selector);
    const body = new URLSearchParams(new FormData(form));
    const send = () => fetch(form.action, {method: "POST", body});
    const answers = await Promise.all([send(), send(), send(), send()]);
    return answers.map((answer) => [answer.status, new URL(answer.url).pathname]);
}"""


def test_a_double_click_ratifies_once_and_gives_one_number(open_page):
    office = open_office()
    clicked, raced = (
        meet.sent(office.board, by=office.secretary, people=office.people)
        for _ in range(2)
    )
    page = open_page(office.coordinator)
    base = f"/lkm/{office.board.slug}/musyawarah"

    page.goto(f"{base}/{clicked.pk}/periksa/")
    page.get_by_role("button", name="Sahkan 1 keputusan").dblclick()
    heading(page, "1 keputusan disahkan")
    page.goto(f"{base}/{raced.pk}/periksa/")
    answers = page.evaluate(FOUR_AT_ONCE, "form[action$='/sahkan/']")

    done = f"{base}/{raced.pk}/disahkan/"
    assert answers == [[200, done]] * 4
    assert Meeting.objects.ratified().count() == 2
    numbers = LetterNumber.objects.filter(board=office.board).order_by("pk")
    kinds = [number.text.split("/")[:2] for number in numbers]
    assert sorted(kinds) == [
        ["001", "BA"],
        ["001", "KEP"],
        ["001", "NOT"],
        ["002", "BA"],
        ["002", "KEP"],
        ["002", "NOT"],
    ]
    ratified = Submission.objects.filter(action="deliberations:meeting_ratify")
    assert ratified.count() == 2
    assert page.faults == []


def test_a_summary_survives_the_death_of_its_worker(open_page, live_portal):
    regency()
    office = open_office()
    page = open_page(office.dinas)

    summaries.ask_for_summary(page, KABUPATEN, Period.year(2026))
    kill_at_work(live_portal)
    job = Job.objects.get()
    assert (job.state, job.attempts) == (Job.State.RUNNING, 1)
    assert not IssuedReport.objects.exists()
    live_portal.start_worker()
    let_lease_run_out(job)
    summaries.wait_for_summary(page)
    words = papers.words_in(summaries.download_summary(page))

    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.DONE, 2)
    assert IssuedReport.objects.count() == 1
    sums = summaries.totals(
        KABUPATEN, datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)
    )
    assert sums["spent"] == 55_000_009
    assert "Jumlah semua sumber 192.000.000 55.000.009 " in words
    assert page.faults == []


def kill_at_work(portal) -> None:
    """Wait until the worker has the job in hand, then end it as a power cut does."""
    deadline = time.monotonic() + 30
    while not Job.objects.filter(state=Job.State.RUNNING).exists():
        assert time.monotonic() < deadline, "no worker took the job"
        time.sleep(0.01)
    portal.kill_worker()


def let_lease_run_out(job: Job) -> None:
    """Two minutes pass without a sign of life."""
    Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(
        heartbeat_at=timezone.now() - datetime.timedelta(minutes=2)
    )
