"""Juklak: what the Dinas records, what each board says, and how it is counted."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from boards.forms import EditConflict
from boards.guide_lines import Line, read_lines
from boards.guides import replace_clauses, set_clause_state, shares_of
from boards.models import AuditEvent, Guide, GuideState
from boards.roles import Role
from common.errors import RuleViolation
from tests.make import boards as make
from tests.make.rules import TODAY

REGENCY = "35.20"


def test_lines_keep_their_numbers_or_get_the_next():
    assert read_lines("1. Punya AD\n\n 2.1 Rapat\nPapan info\n(a) Laporan") == [
        Line("1", "Punya AD"),
        Line("2.1", "Rapat"),
        Line("3", "Papan info"),
        Line("a", "Laporan"),
    ]


def test_a_number_longer_than_is_kept_belongs_to_the_words():
    assert read_lines("123.12.12.12 Rapat\n1.2.3.4.5.6.7.8 Papan") == [
        Line("123.12.12.12", "Rapat"),
        Line("2", "1.2.3.4.5.6.7.8 Papan"),
    ]


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        (" \n", "Tulis butir juklak"),
        ("1. A\n1. B", "Butir 1 ada dua"),
        ("x" * 601, "Butir 1 lebih dari 600"),
        ("\n".join("ab" for _ in range(201)), "Paling banyak 200"),
    ],
)
def test_lines_that_are_no_checklist(text, begins):
    with pytest.raises(ValueError, match=begins):
        read_lines(text)


class Hall:
    """A board, a juklak of its kabupaten, and people signed in."""

    def __init__(self) -> None:
        self.board = make.board("35.20.06.1010", name="Guyub")
        self.secretary = make.user(Role.SECRETARY, board=self.board)
        self.admin = make.user(Role.DINAS_ADMIN, region_code=REGENCY)
        self.guide = make.guide(REGENCY, by=self.admin)
        self.first, self.second, self.third = self.guide.clauses.all()
        dinas = make.user(Role.DINAS, region_code=REGENCY)
        other = make.board("33.13.01.2001")
        self.other = make.user(Role.SECRETARY, board=other)
        self.other_board = other
        province = make.user(Role.PROVINCE, region_code=REGENCY[:2])
        people = {
            "province": province,
            "secretary": self.secretary,
            "admin": self.admin,
            "dinas": dinas,
            "member": make.user(Role.MEMBER, board=self.board),
            "stranger": self.other,
        }
        self.clients = {name: make.signed_in(who) for name, who in people.items()}

    def say(self, clause, state, seen=0, **facts):
        values = {"evidence": "", "note": "", "on": TODAY, "by": self.secretary}
        values |= {"state": state, "seen_revision": seen} | facts
        return set_clause_state(self.board, clause, **values)

    def clause_url(self, clause, board=None):
        slug = (board or self.board).slug
        return reverse("boards:checklist_clause", args=[slug, self.guide.pk, clause.pk])


@pytest.fixture(scope="module")
def kept_hall(module_rows):
    return Hall()


@pytest.fixture
def hall(db, kept_hall):
    return kept_hall


def test_the_share_counts_what_applies(hall):
    hall.say(hall.first, "sudah", evidence="KEP 001/2026")
    hall.say(hall.second, "tidak_berlaku", note="Tidak ada UPK")

    share = shares_of(hall.guide, [hall.board])[hall.board.pk]
    assert (share.done, share.applicable, share.told, share.percent) == (1, 2, 2, 50)
    said = AuditEvent.objects.order_by("-pk").first().says
    assert said == f"mengisi {hall.guide} butir 2: tidak berlaku di sini"


def test_a_board_for_which_nothing_applies_has_no_share(hall):
    for clause in (hall.first, hall.second, hall.third):
        hall.say(clause, "tidak_berlaku", note="x")
    assert shares_of(hall.guide, [hall.board])[hall.board.pk].percent is None


@pytest.mark.parametrize("state", ["sudah", "tidak_berlaku"])
def test_done_needs_evidence_and_outside_a_reason(hall, state):
    with pytest.raises(ValidationError):
        hall.say(hall.first, state)
    with pytest.raises(IntegrityError), transaction.atomic():
        GuideState.objects.create(
            board=hall.board,
            clause=hall.first,
            state=state,
            changed_on=TODAY,
            changed_by=hall.secretary,
        )


def test_a_stale_answer_is_a_conflict(hall):
    hall.say(hall.first, "sebagian")
    with pytest.raises(EditConflict):
        hall.say(hall.first, "belum")
    assert hall.say(hall.first, "belum", seen=1).revision == 2


def test_clauses_are_written_anew_until_a_board_answers(hall):
    replace_clauses(hall.guide, clauses=[Line("1", "Baru")], by=hall.admin)
    clause = hall.guide.clauses.get()
    hall.say(clause, "belum")
    with pytest.raises(RuleViolation) as refused:
        replace_clauses(hall.guide, clauses=[Line("1", "Lagi")], by=hall.admin)
    assert refused.value.code == "boards.guide_in_use"
    for act in (
        lambda: hall.guide.clauses.update(text="x"),
        lambda: hall.guide.clauses.create(position=9, number="9", text="x"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_clauses_written_anew_while_a_board_types_are_told_and_nothing_is_lost(hall):
    url = hall.clause_url(hall.first)
    replace_clauses(hall.guide, clauses=[Line("1", "Baru")], by=hall.admin)
    with pytest.raises(RuleViolation) as refused:
        hall.say(hall.first, "sudah", evidence="KEP 7")
    assert refused.value.code == "boards.clause_gone"

    body = make.once(state="sudah", evidence="KEP 7", note="arsip", revision="0")
    page = hall.clients["secretary"].post(url, body)
    assert page.status_code == 409
    assert "Dinas baru saja menulis ulang butir juklak ini" in page.text
    assert 'value="KEP 7"' in page.text
    assert "Simpan keadaan" not in page.text
    assert hall.clients["secretary"].get(url).status_code == 404
    assert not GuideState.objects.exists()


def test_a_clause_of_another_juklak_is_not_found(hall):
    other = make.guide(REGENCY, by=hall.admin)
    slug, clause = hall.board.slug, other.clauses.first()
    url = reverse("boards:checklist_clause", args=[slug, hall.guide.pk, clause.pk])
    body = make.once(state="belum", revision="0")
    assert hall.clients["secretary"].post(url, body).status_code == 404


def test_the_admin_of_the_dinas_does_not_answer_for_a_board(hall):
    page = reverse("boards:checklist_page", args=[hall.board.slug, hall.guide.pk])
    url = hall.clause_url(hall.first)
    assert url in hall.clients["secretary"].get(page).text
    assert url not in hall.clients["admin"].get(page).text
    assert "diisi sekretaris LKM" in hall.clients["admin"].get(url).text
    body = make.once(state="belum", revision="0")
    assert "diisi sekretaris LKM" in hall.clients["admin"].post(url, body).text
    assert not GuideState.objects.exists()


def test_a_juklak_of_another_kabupaten_is_not_answered(hall):
    with pytest.raises(RuleViolation) as refused:
        set_clause_state(
            hall.other_board,
            hall.first,
            state="belum",
            evidence="",
            note="",
            seen_revision=0,
            on=TODAY,
            by=hall.other,
        )
    assert refused.value.code == "boards.other_guide"
    with pytest.raises(IntegrityError), transaction.atomic():
        GuideState.objects.create(
            board=hall.other_board,
            clause=hall.first,
            state="belum",
            changed_on=TODAY,
            changed_by=hall.other,
        )


FACTS = {
    "title": "Juklak penanganan kumuh",
    "letter_number": "600/1/2026",
    "letter_on": "01/02/2026",
    "in_force_on": "01/03/2026",
    "clauses": "1. Punya AD\n2. Rapat tiap bulan",
}


def post_guide(hall, who, monkeypatch, **facts):
    monkeypatch.setattr("boards.uploads._ask_worker", lambda *_: {"pages": 1})
    file = SimpleUploadedFile("juklak.pdf", b"%PDF-1.7 isi")
    url = reverse("boards:guide_new", args=[REGENCY])
    return hall.clients[who].post(url, make.once(**FACTS | facts) | {"file": file})


def test_the_admin_records_a_juklak_and_everybody_in_reach_reads_it(
    hall, monkeypatch, on_disk
):
    answer = post_guide(hall, "admin", monkeypatch)
    guide = Guide.objects.get(letter_number="600/1/2026")
    assert answer.url == reverse("boards:guide_page", args=[REGENCY, guide.pk])

    page = hall.clients["dinas"].get(answer.url).text
    assert "Rapat tiap bulan" in page
    assert "0 dari 2" in page
    own = reverse("boards:checklist_page", args=[hall.board.slug, guide.pk])
    assert "Belum diisi" in hall.clients["member"].get(own).text
    file = reverse("boards:checklist_file", args=[hall.board.slug, guide.pk])
    assert hall.clients["member"].get(file).getvalue() == b"%PDF-1.7 isi"
    theirs = reverse("boards:checklist_page", args=[hall.other_board.slug, guide.pk])
    assert hall.clients["stranger"].get(theirs).status_code == 404


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"in_force_on": "01/01/2026"}, "__all__"),
        ({"clauses": "1. A\n1. B"}, "clauses"),
        ({"title": ""}, "title"),
    ],
)
def test_a_refused_juklak_says_why_and_keeps_what_was_typed(
    hall, monkeypatch, on_disk, facts, field
):
    page = post_guide(hall, "admin", monkeypatch, **facts)
    assert list(page.context["form"].errors) == [field]
    assert page.context["form"]["letter_number"].value() == "600/1/2026"
    assert not Guide.objects.filter(letter_number="600/1/2026").exists()
    assert on_disk() == set()


def test_only_the_admin_records_and_only_those_who_keep_the_board_answer(
    hall, monkeypatch
):
    assert post_guide(hall, "dinas", monkeypatch).status_code == 403
    url = hall.clause_url(hall.first)
    body = {"state": "belum", "revision": "0"}
    for who, status in (("member", 403), ("stranger", 404), ("dinas", 403)):
        assert hall.clients[who].post(url, make.once(**body)).status_code == status
    assert hall.clients["secretary"].put(url).status_code == 405
    assert not GuideState.objects.exists()


def test_the_secretary_answers_on_the_page(hall):
    url, client = hall.clause_url(hall.first), hall.clients["secretary"]
    bare = client.post(url, make.once(state="sudah", revision="0"))
    assert bare.context["form"].errors["evidence"] == [
        "Tulis buktinya, misalnya nomor keputusan atau surat."
    ]
    body = {"state": "sudah", "evidence": "KEP 001/2026", "revision": "0"}
    assert client.post(url, make.once(**body)).status_code == 302
    assert client.post(url, make.once(**body)).status_code == 409
    page = reverse("boards:checklist_page", args=[hall.board.slug, hall.guide.pk])
    assert "KEP 001/2026" in client.get(page).text


def test_a_province_reads_what_all_boards_come_to_and_names_none(hall):
    """Guyub: 1 done, 1 outside of 3; another of the kabupaten said nothing yet."""
    make.board("35.20.06.1004", name="Sumber")
    make.board("35.01.06.1004", name="Jauh")
    hall.say(hall.first, "sudah", evidence="KEP 001/2026")
    hall.say(hall.second, "tidak_berlaku", note="Tidak ada UPK")
    url = reverse("boards:guide_page", args=["35", hall.guide.pk])
    page = hall.clients["province"].get(url)
    seen = page.context["standing"]
    counts = (seen.boards, seen.complete, seen.begun, seen.silent)
    assert counts == (2, 0, 1, 1)
    assert "1 dari 5 butir yang berlaku" in page.text
    assert "Guyub" not in page.text
    hall.say(hall.third, "sebagian")
    assert hall.clients["province"].get(url).context["standing"].complete == 1


def test_the_table_costs_the_same_with_more_boards(hall, django_assert_max_num_queries):
    for _ in range(5):
        make.board("35.20.06.1010")
    url = reverse("boards:guide_page", args=[REGENCY, hall.guide.pk])
    hall.clients["dinas"].get(url)
    with django_assert_max_num_queries(11):
        assert "Guyub" in hall.clients["dinas"].get(url).text
