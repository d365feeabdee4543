"""The pages of rules: five questions for each act, and nothing typed is lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from boards.models import Draft
from boards.roles import Role
from deliberations.models import RuleDocument, RuleVersion
from deliberations.services.citing import cite_decision
from deliberations.services.rules import draft_version
from tests.make import boards as make
from tests.make import deliberations as talks
from tests.make import meetings as meet
from tests.make import rules

pytestmark = pytest.mark.django_db


class Hall:
    """A board with its people signed in, an ART in force and a draft of an AD."""

    def __init__(self) -> None:
        self.board = make.board(code="LKM-GR")
        self.secretary, coordinator = (
            meet.secretary(self.board),
            meet.coordinator(self.board),
        )
        self.art = rules.adopted(self.board)
        self.ad = rules.draft(self.board, by=self.secretary, kind="AD", name="AD kita")
        member = make.user(Role.MEMBER, board=self.board)
        officer = make.user(Role.KELURAHAN, region_code=self.board.region_code)
        self.clients = {
            "secretary": make.signed_in(self.secretary),
            "coordinator": make.signed_in(coordinator),
            "member": make.signed_in(member),
            "officer": make.signed_in(officer),
            "stranger": make.signed_in(meet.secretary(make.board())),
        }

    def url(self, name, *args) -> str:
        return reverse(f"deliberations:{name}", args=[self.board.slug, *args])

    def get(self, who, name, /, *args, **asked):
        return self.clients[who].get(self.url(name, *args), asked)

    def post(self, who, name, /, *args, **body):
        return self.clients[who].post(self.url(name, *args), make.once(**body))


@pytest.fixture(scope="module")
def kept_hall(module_rows):
    return Hall()


@pytest.fixture
def hall(kept_hall):
    return kept_hall


def test_the_list_shows_what_holds_and_drafts_only_inside(hall):
    page = hall.get("secretary", "rule_list").text
    assert "Anggaran Rumah Tangga" in page
    assert "12/05/2016" in page
    assert "AD kita" in page

    outside = hall.get("officer", "rule_list").text
    assert "Anggaran Rumah Tangga" in outside
    assert "AD kita" not in outside
    assert hall.get("officer", "rule_version", hall.ad.pk).status_code == 404


def test_an_empty_list_says_what_to_do_first(hall):
    client = make.signed_in(meet.secretary(board := make.board()))
    page = client.get(reverse("deliberations:rule_list", args=[board.slug])).text
    assert "Mulai dari Anggaran Dasar" in page
    assert "Catat dokumen aturan" in page


def test_a_text_is_looked_at_before_it_is_kept(hall):
    text = f"{rules.TEXT}Pasal 14\nLagi.\n"
    facts = {"kind": "PERATURAN", "name": "Iuran", "source": text}
    page = hall.post("secretary", "rule_new", **facts, then="check")

    assert page.status_code == 200
    assert "Pasal 14 ada dua: baris 7 dan baris 13" in page.text
    assert "Rapat sah bila dihadiri" in page.context["form"]["source"].value()
    assert 'value="save"' not in page.text
    assert not RuleDocument.objects.filter(name="Iuran").exists()


def test_a_text_that_was_looked_at_is_no_restored_one(hall):
    """The page that shows what was sent says so; a fresh one may bring a copy back."""
    body = {"kind": "AD", "name": "AD lain", "source": rules.TEXT}
    assert "data-shown" not in hall.get("secretary", "rule_new").text
    assert "data-shown" in hall.post("secretary", "rule_new", **body, then="check").text
    body["source"] = "tanpa judul"
    refused = hall.post("secretary", "rule_new", **body, then="save").text
    assert "data-shown" not in refused


def test_a_text_without_headings_is_refused_beside_its_field(hall):
    facts = {"kind": "PERATURAN", "name": "Iuran", "source": "Warga sepakat."}
    page = hall.post("secretary", "rule_new", **facts, then="save")

    (error,) = page.context["form"].errors["source"]
    assert error.startswith("Tidak ada judul BAB atau Pasal di tulisan ini.")
    assert "Warga sepakat." in page.text


def test_a_draft_is_kept_once_and_what_was_typed_meanwhile_goes(hall):
    place = f"{hall.board.pk}:aturan-baru"
    form = "deliberations.rule"
    Draft.objects.create(
        user=hall.secretary,
        board=hall.board,
        form=form,
        object_key=place,
        content={"name": "Iuran warga", "source": "Pasal 1\nx"},
    )
    assert "Iuran warga" in hall.get("secretary", "rule_new").text

    facts = {"kind": "PERATURAN", "name": "Iuran", "source": rules.TEXT}
    body = make.once(**facts, then="save")
    for _click in range(2):
        answer = hall.clients["secretary"].post(hall.url("rule_new"), body)
        assert answer.status_code in (302, 303)
    version = RuleVersion.objects.get(document__name="Iuran")
    assert answer.url == hall.url("rule_version", version.pk)
    assert not Draft.objects.filter(form=form).exists()


@pytest.mark.parametrize("code", ["utf-8-sig", "utf-16", "cp1252"])
def test_an_uploaded_text_comes_into_the_box(hall, code):
    data = "Pasal 1\nWarga – “guyub”.".encode(code)
    upload = SimpleUploadedFile("art.txt", data)
    body = {"kind": "PERATURAN", "name": "Iuran", "source": "", "then": "check"}
    page = hall.post("secretary", "rule_new", **body, file=upload)
    assert page.context["form"]["source"].value() == "Pasal 1\nWarga – “guyub”."
    assert 'value="save"' in page.text


@pytest.mark.parametrize("data", [b"PK\3\4...", b"%PDF-1.7", b"a\0b"])
def test_a_file_that_is_no_text_says_what_to_do(hall, data):
    upload = SimpleUploadedFile("art.txt", data)
    body = {"kind": "PERATURAN", "name": "Iuran", "source": "Pasal 1\nx"}
    page = hall.post("secretary", "rule_new", **body, file=upload, then="save")
    (error,) = page.context["form"].errors["file"]
    assert error.startswith("Berkas ini bukan teks biasa (.txt).")
    assert page.context["form"]["source"].value() == "Pasal 1\nx"


def test_a_stale_correction_answers_409_with_both_texts(hall):
    theirs = rules.TEXT.replace("Guyub Rukun", "Sumber Rejeki")
    first = {"source": theirs, "revision": "0", "then": "save"}
    assert hall.post("secretary", "rule_edit", hall.ad.pk, **first).status_code == 302

    mine = rules.TEXT.replace("Guyub Rukun", "Karya Mandiri")
    body = {"source": mine, "revision": "0", "then": "save"}
    page = hall.post("secretary", "rule_edit", hall.ad.pk, **body)
    assert page.status_code == 409
    assert "Sumber Rejeki" in page.text
    assert "Karya Mandiri" in page.context["form"]["source"].value()


def test_the_next_version_begins_with_the_last_text_and_shows_what_changed(hall):
    asked = "rule_next", hall.art.document_id
    assert "Rapat sah bila" in hall.get("secretary", *asked).text
    text = rules.TEXT.replace("separuh", "dua pertiga")
    answer = hall.post("secretary", *asked, source=text, then="save")
    version = RuleVersion.objects.get(document=hall.art.document, number=2)
    assert answer.url == hall.url("rule_version", version.pk)

    page = hall.get("secretary", "rule_compare", version.pk).text
    assert "<del>separuh</del>" in page
    assert "<ins>dua pertiga</ins>" in page
    assert "1 pasal berubah, 1 pasal tetap." in page
    nothing = hall.get("secretary", "rule_compare", hall.ad.pk)
    assert nothing.status_code == 404


ADOPTION = {
    "forum": "Rembug warga",
    "adopted_on": "12/05/2016",
    "in_force_on": "01/06/2016",
}


def test_the_koordinator_adopts_and_the_page_says_so(hall):
    answer = hall.post("coordinator", "rule_adopt", hall.ad.pk, **ADOPTION)
    assert answer.url == hall.url("rule_version", hall.ad.pk)
    page = hall.get("officer", "rule_version", hall.ad.pk).text
    assert "1\N{NO-BREAK SPACE}Juni\N{NO-BREAK SPACE}2016" in page
    assert 'id="pasal-14"' in page
    assert "Ubah naskah" not in page


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"in_force_on": "11/05/2016"}, "in_force_on"),
        ({"forum": ""}, "forum"),
        ({"deed_on": "01/01/2016"}, "deed_on"),
        ({"adopted_on": "40/05/2016"}, "adopted_on"),
    ],
)
def test_a_refused_adoption_says_why_beside_its_field(hall, facts, field):
    page = hall.post("coordinator", "rule_adopt", hall.ad.pk, **ADOPTION | facts)
    assert list(page.context["form"].errors) == [field]
    hall.ad.refresh_from_db()
    assert hall.ad.is_draft


def test_a_rule_is_taken_back_from_the_page(hall):
    body = {"ends_on": "27/11/2026", "reason": "Digabung ke AD"}
    empty = hall.post("coordinator", "rule_revoke", hall.art.pk, ends_on="27/11/2026")
    assert list(empty.context["form"].errors) == ["reason"]
    hall.post("coordinator", "rule_revoke", hall.art.pk, **body)
    hall.art.refresh_from_db()
    assert hall.art.revoke_reason == "Digabung ke AD"


def test_what_is_adopted_or_thrown_away_is_said_first(hall):
    by = hall.secretary
    draft = draft_version(hall.art.document, source=rules.TEXT, by=by)
    page = hall.get("coordinator", "rule_adopt", draft.pk).text
    assert "Anggaran Rumah Tangga versi 2, 2 pasal" in page
    assert "Versi 1, sejak 12\xa0Mei\xa02016" in page
    page = hall.get("secretary", "rule_delete", draft.pk).text
    assert "Anggaran Rumah Tangga versi 2, 2 pasal" in page


def test_a_draft_is_thrown_away_from_the_page(hall):
    hall.post("secretary", "rule_delete", hall.ad.pk)
    assert not RuleVersion.objects.filter(pk=hall.ad.pk).exists()
    page = hall.post("secretary", "rule_delete", hall.art.pk)
    assert "sudah ditetapkan, jadi isinya tetap" in page.text


ACTS = ("rule_edit", "rule_adopt", "rule_delete", "rule_revoke")


@pytest.mark.parametrize("name", ACTS)
def test_who_may_not_and_who_is_elsewhere(hall, name):
    pk = hall.art.pk if name == "rule_revoke" else hall.ad.pk
    for body in (ADOPTION, {"source": rules.TEXT, "then": "save", "reason": "x"}):
        assert hall.post("stranger", name, pk, **body).status_code == 404
        assert hall.post("officer", name, pk, **body).status_code == 403
    assert hall.clients["secretary"].put(hall.url(name, pk)).status_code == 405
    # The door lets a member with the right in; the rule behind it does not.
    body = ADOPTION | {"source": rules.TEXT, "then": "save", "revision": "0"}
    body |= {"ends_on": "27/11/2026", "reason": "x"}
    assert hall.post("member", name, pk, **body).status_code == 200
    hall.ad.refresh_from_db()
    hall.art.refresh_from_db()
    assert (hall.ad.revision, hall.ad.is_draft, hall.art.ends_on) == (0, True, None)


def test_what_rests_on_an_article_stands_below_it(hall):
    meeting = talks.meeting(hall.board, by=hall.secretary)
    decision = talks.decision(talks.item(meeting), title="Menambah anggota")
    cite_decision(decision, ["ART pasal 14 ayat (2)"], number=1)
    url = reverse("boards:setting_new", args=[hall.board.slug, "review_days"])
    body = {"value": "4", "starts_on": "27/11/2126", "article": "ART pasal 14"}
    assert hall.clients["secretary"].post(url, make.once(**body)).status_code == 302

    page = hall.get("secretary", "rule_version", hall.art.pk).text
    assert "Menambah anggota" in page
    assert "Batas pemeriksaan laporan (hari kerja)" in page
    assert "Menambah anggota" not in hall.get("officer", "rule_version", hall.art.pk)
    bases = hall.get("secretary", "setting_bases").text
    assert f"{hall.url('rule_version', hall.art.pk)}#pasal-14" in bases
    assert "tidak berlaku mulai" not in bases

    body = {"value": "5", "starts_on": "28/11/2126", "article": "Keputusan rapat"}
    hall.clients["secretary"].post(url, make.once(**body))
    ended = {"ends_on": "28/11/2126", "reason": "Digabung ke AD"}
    hall.post("coordinator", "rule_revoke", hall.art.pk, **ended)
    bases = hall.get("secretary", "setting_bases").text
    assert "tidak berlaku mulai 28/11/2126" in bases


def test_values_that_rest_on_a_rule_stand_on_the_page_that_takes_it_back(hall):
    url = reverse("boards:setting_new", args=[hall.board.slug, "review_days"])
    body = {"value": "4", "starts_on": "27/11/2126", "article": "ART pasal 14"}
    hall.clients["secretary"].post(url, make.once(**body))
    page = hall.get("coordinator", "rule_revoke", hall.art.pk).text
    assert f'<a href="{url}">Batas pemeriksaan laporan (hari kerja)</a>' in page

    ended = {"ends_on": "27/11/2026", "reason": "Digabung ke AD"}
    page = hall.post("coordinator", "rule_revoke", hall.art.pk, **ended)
    assert "masih ada nilai aturan yang memakai pasal" in page.text
    assert "Digabung ke AD" in page.text
    hall.art.refresh_from_db()
    assert hall.art.ends_on is None


def test_a_wrong_citation_of_a_rule_value_stands_beside_it(hall):
    url = reverse("boards:setting_new", args=[hall.board.slug, "review_days"])
    body = {"value": "4", "starts_on": "27/11/2126", "article": "ART pasal 99"}
    page = hall.clients["secretary"].post(url, make.once(**body))
    (error,) = page.context["form"].errors["article"]
    assert error == "ART yang berlaku tidak punya pasal itu. Periksa nomornya."


def item_url(meeting):
    item = meeting.items.first()
    return reverse(
        "deliberations:item_page", args=[meeting.board.slug, meeting.pk, item.pk]
    )


def item_body(meeting, **more):
    """An item with one decision, as the page sends it."""
    rows = {"poin": "0", "kep": "1", "tindak": "0"}
    counts = {f"{name}-TOTAL_FORMS": total for name, total in rows.items()}
    counts |= {f"{name}-INITIAL_FORMS": "0" for name in rows}
    decision = {
        "kep-0-text": "Menambah dua anggota.",
        "kep-0-kind": "general",
        "kep-0-method": "mufakat",
    }
    revision = str(meeting.items.first().revision)
    body = counts | decision | {"revision": revision, "state": "discussed"}
    return make.once(**body | more)


def test_a_decision_cites_articles_on_the_page_of_its_item(hall):
    meeting = talks.meeting(hall.board, by=hall.secretary)
    talks.item(meeting)
    client = hall.clients["secretary"]
    assert (
        '<option value="ART Pasal 14 ayat (2)">' in client.get(item_url(meeting)).text
    )

    two = {"kep-0-bases": "ART pasal 14 ayat 2; ART pasal 1"}
    assert client.post(item_url(meeting), item_body(meeting, **two)).status_code == 302
    bases = meeting.decisions.get().bases.all()
    assert [str(basis) for basis in bases] == ["ART Pasal 14 ayat (2)", "ART Pasal 1"]
    shown = client.get(item_url(meeting)).text
    assert 'value="ART Pasal 14 ayat (2); ART Pasal 1"' in shown

    wrong = client.post(
        item_url(meeting), item_body(meeting, **{"kep-0-bases": "AD pasal 3"})
    )
    assert "Keputusan 1, dasar: Tidak ada dokumen “AD” yang berlaku" in wrong.text
    assert 'value="AD pasal 3"' in wrong.text
    assert meeting.decisions.get().bases.count() == 2


def test_the_list_and_a_long_rule_cost_the_same(hall, django_assert_max_num_queries):
    long = "\n".join(f"Pasal {n}\n(1) Satu.\n(2) Dua." for n in range(1, 51))
    rules.draft(hall.board, by=hall.secretary, kind="PERATURAN", name="P", source=long)
    for number in range(4):
        rules.draft(
            hall.board, by=hall.secretary, kind="TATA_TERTIB", name=f"T{number}"
        )
    long_one = RuleVersion.objects.get(document__name="P")
    hall.get("secretary", "rule_list")
    with django_assert_max_num_queries(8):
        hall.get("secretary", "rule_list")
    with django_assert_max_num_queries(9):
        hall.get("secretary", "rule_version", long_one.pk)
