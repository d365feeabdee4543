"""Pages and paper of the yearly assessment, its evidence and its radar."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from boards.roles import Role
from common.errors import RuleViolation
from members.models import Evaluation, EvaluationScore
from members.services import finish_evaluation
from reports.assessments import read_assessment
from reports.charts import radar, radar_svg
from reports.models import EvaluationEvidence
from reports.pdf_findings import structure_findings
from reports.services import add_evidence, issue_report, remove_evidence
from tests.make import activities as works
from tests.make import boards as make
from tests.make import meetings as meet
from tests.make import members
from tests.reports.pdf_text import page_texts, words_above, words_outside_margins

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("printing")]
ON, NOON = date(2026, 11, 27), datetime(2026, 11, 27, 5, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def house(module_rows):
    """A board that finished 2025 at level 2 and works on 2026; made once."""
    board = make.board(paper_size="a4", head_name="Siti Rohani")
    by = make.user(Role.SECRETARY, board=board)
    meeting = meet.ratified(board, by=by)
    past = members.evaluation(board, 2025, every=2)
    finish_evaluation(past, at=NOON, by=by)
    now = members.evaluation(board, 2026, every=3)
    return {
        "board": board,
        "by": by,
        "client": make.signed_in(by),
        "now": now,
        "past": past,
        "decision": meeting.decisions.get(),
        "area": now.sheet.areas.get(name="Sumber daya manusia"),
    }


def url(name: str, house, *keys) -> str:
    return reverse(f"reports:{name}", args=[house["board"].slug, *keys])


def page(house) -> str:
    answer = house["client"].get(url("evaluation_page", house, house["now"].pk))
    assert answer.status_code == 200
    return answer.text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_result_stands_beside_the_year_before(house):
    text = page(house)

    assert "Nilai 75,00 dari 100" in text
    assert "tingkat 3, mandiri" in text
    assert "naik 1" in text
    assert '<td class="num">50,00</td>' in text
    assert "Tingkat rata-rata tiap bidang dari 4: Statuta organisasi 3,00" in text


def test_missing_aspects_are_named(house):
    EvaluationScore.objects.filter(
        evaluation=house["now"], aspect__name="Kaderisasi"
    ).delete()

    text = page(house)

    assert "1 aspek belum dinilai</b> dan tidak dihitung nol: Kaderisasi." in text
    assert "Nilai 75,00 dari 100, sementara" in text


def test_the_list_begins_a_year(house):
    address = url("evaluation_start", house)

    shown = house["client"].get(url("evaluation_list", house))
    answer = house["client"].post(address, make.once(year="2024"))
    twice = house["client"].post(address, make.once(year="2026"))

    assert "2025" in shown.text
    made = Evaluation.objects.get(year=2024)
    assert answer["Location"] == url("evaluation_page", house, made.pk)
    assert "Penilaian tahun 2026 belum selesai" in twice.text


def area_body(house, level: str, **fields) -> dict:
    aspects = list(house["area"].aspects.all())
    levels = {f"level_{aspect.pk}": level for aspect in aspects}
    notes = {f"note_{aspects[0].pk}": "Sertifikat 2026"}
    return make.once(**{**levels, **notes, **fields})


def test_a_bidang_is_saved_and_leads_to_the_next(house):
    address = url("evaluation_area", house, house["now"].pk, house["area"].pk)

    answer = house["client"].post(
        address, area_body(house, "4", revision="0", next="1")
    )

    following = house["area"].sheet.areas.get(name="Hubungan")
    assert answer["Location"] == url(
        "evaluation_area", house, house["now"].pk, following.pk
    )
    rows = house["now"].scores.filter(aspect__area=house["area"])
    assert set(rows.values_list("level", flat=True)) == {4}
    assert "Sertifikat 2026" in page(house)


def test_a_late_save_shows_both_and_loses_nothing(house):
    address = url("evaluation_area", house, house["now"].pk, house["area"].pk)
    house["client"].post(address, area_body(house, "4", revision="0"))

    late = house["client"].post(address, area_body(house, "2", revision="0"))

    assert late.status_code == 409
    assert "Kaderisasi: tingkat 4" in late.text
    assert "Sertifikat 2026" in late.text
    rows = house["now"].scores.filter(aspect__area=house["area"])
    assert set(rows.values_list("level", flat=True)) == {4}


@pytest.mark.parametrize("level", ["5", "x"])
def test_a_level_that_is_none_is_refused_beside_the_field(house, level):
    address = url("evaluation_area", house, house["now"].pk, house["area"].pk)

    answer = house["client"].post(address, area_body(house, level, revision="0"))

    assert "Pilih salah satu tingkat." in answer.text
    assert "Sertifikat 2026" in answer.text


def test_finishing_locks_it(house):
    house["client"].post(url("evaluation_finish", house, house["now"].pk), make.once())

    assert not Evaluation.objects.get(pk=house["now"].pk).is_open
    text = page(house)
    assert "Terbitkan penilaian" in text
    assert "Ubah nilai" not in text
    area = url("evaluation_area", house, house["now"].pk, house["area"].pk)
    assert house["client"].get(area).status_code == 302


# ---- evidence ---------------------------------------------------------------------


def test_a_decision_is_tied_and_untied(house):
    score = house["now"].scores.first()
    address = url("evidence_add", house, house["now"].pk, score.pk)
    body = make.once(decision=str(house["decision"].pk))

    house["client"].post(address, body)

    made = EvaluationEvidence.objects.get()
    assert (made.score, made.record) == (score, house["decision"])
    assert house["decision"].number_text in page(house)
    away = url("evidence_remove", house, house["now"].pk, made.pk)
    house["client"].post(away, make.once())
    assert not EvaluationEvidence.objects.exists()


def test_one_record_at_a_time(house):
    score = house["now"].scores.first()
    activity = works.running(house["board"])
    address = url("evidence_add", house, house["now"].pk, score.pk)
    both = {"decision": str(house["decision"].pk), "activity": str(activity.pk)}

    for body in ({}, both):
        answer = house["client"].post(address, make.once(**body))
        assert "Pilih satu saja" in answer.text
    assert not EvaluationEvidence.objects.exists()


def test_records_of_another_board_and_finished_years_are_refused(house):
    score, by = house["now"].scores.first(), house["by"]
    stranger = works.running(make.board())
    for target, record, code in (
        (score, stranger, "evidence.other_board"),
        (house["past"].scores.first(), house["decision"], "evaluation.finished"),
    ):
        with pytest.raises(RuleViolation) as told:
            add_evidence(target, record_of=record, by=by)
        assert told.value.code == code
    with pytest.raises(IntegrityError), transaction.atomic():
        EvaluationEvidence.objects.create(score=score, activity=stranger)
    made = add_evidence(score, record_of=house["decision"], by=by)
    with pytest.raises(RuleViolation) as told:
        add_evidence(score, record_of=house["decision"], by=by)
    assert told.value.code == "evidence.twice"
    finish_evaluation(house["now"], at=NOON, by=by)
    with pytest.raises(RuleViolation):
        remove_evidence(made, by=by)


@pytest.mark.parametrize(
    "name", ["evaluation_start", "evaluation_finish", "evaluation_area", "evidence_add"]
)
def test_the_doors(house, name):
    keys = {
        "evaluation_start": [],
        "evaluation_finish": [house["now"].pk],
        "evaluation_area": [house["now"].pk, house["area"].pk],
        "evidence_add": [house["now"].pk, house["now"].scores.first().pk],
    }[name]
    reader = make.signed_in(make.user(Role.MEMBER, board=house["board"]))
    elsewhere = reverse(f"reports:{name}", args=[make.board().slug, *keys])

    assert reader.post(url(name, house, *keys), make.once()).status_code == 403
    assert house["client"].post(elsewhere, make.once()).status_code == 404
    assert house["client"].delete(url(name, house, *keys)).status_code == 405


def test_the_page_costs_the_same_with_much_evidence(
    house, django_assert_max_num_queries
):
    page(house)
    for score in house["now"].scores.all():
        EvaluationEvidence.objects.create(score=score, decision=house["decision"])

    with django_assert_max_num_queries(24):
        page(house)


def test_the_list_costs_the_same_with_many_years(house):
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert house["client"].get(url("evaluation_list", house)).status_code == 200
        return len(asked)

    cost()
    before = cost()
    for year in range(2010, 2018):
        Evaluation.objects.create(
            board=house["board"], year=year, sheet=house["now"].sheet
        )

    assert cost() == before


# ---- paper and drawing ------------------------------------------------------------


@pytest.mark.either
@pytest.mark.parametrize("size", ["a4", pytest.param("f4", marks=pytest.mark.deep)])
def test_the_paper_says_everything_in_both_sizes(house, size):
    board, now = house["board"], Evaluation.objects.get(pk=house["now"].pk)
    now.board.paper_size = size
    now.board.save()
    with pytest.raises(RuleViolation) as told:
        issue_report("penilaian-tahunan", now, on=ON, by=house["by"])
    assert told.value.code == "paper.not_finished"
    done = finish_evaluation(now, at=NOON, by=house["by"])

    report = issue_report("penilaian-tahunan", done, on=ON, by=house["by"])

    with default_storage.open(report.file.path) as file:
        content = file.read()
    text = " ".join(page_texts(content)).replace("\N{NO-BREAK SPACE}", " ")
    assert report.number_text.startswith("001/PEN/")
    assert "75,00 dari 100, tingkat Mandiri" in text
    assert "50,00 dari 100 (2025)" in text
    assert f"Halaman 1 dari {report.pages}" in text
    assert words_outside_margins(content) == []
    assert structure_findings(content) == []
    assert words_above(content, f"Koordinator {board.term}") > 8


def test_a_radar_points_up_first_and_leaves_out_what_is_unknown():
    chart = radar(
        [("Atas", 100, 50), ("Kanan", 50, None), ("Bawah", 0, None), ("Kiri", 100, 50)],
        says="uji",
    )

    # Centre 240, 140; reach 100: up, right at half, the centre, left.
    now, before = chart.shapes[1], chart.shapes[0]
    assert now.path == "M240.0 40.0 290.0 140.0 240.0 140.0 140.0 140.0Z"
    assert before.path == "M240.0 90.0 190.0 140.0"
    assert [label.anchor for label in chart.labels] == [
        "middle",
        "start",
        "middle",
        "end",
    ]
    long = radar([("Sumber daya manusia", 1, None)], says="").labels[0].lines
    # The first axis points up to 28 at its name: both lines stay above the ring at 40.
    assert long == (("Sumber daya", 16.0), ("manusia", 32.0))
    assert b"&lt;b&gt;" in radar_svg(radar([("<b>", 1, None)], says=""))


def test_the_year_before_is_the_last_that_was_finished(house):
    members.evaluation(house["board"], 2024)

    told = read_assessment(Evaluation.objects.get(pk=house["now"].pk))

    assert told.earlier == house["past"]
    assert read_assessment(house["past"]).earlier is None
