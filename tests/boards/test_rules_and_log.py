"""The rules of a board and its log, over http."""

import datetime

import pytest

from boards.accounts import create_user
from boards.audit import acting_as, record
from boards.models import Board, BoardSetting
from boards.parameters import set_parameter
from boards.roles import Post, Role
from boards.rulebook import PARAMETERS
from common.errors import RuleViolation
from common.words import format_date
from tests.boards.addresses import at, over
from tests.make import boards as make

pytestmark = pytest.mark.django_db


def test_rules_show_where_they_are_from(secretary, board):
    page = secretary.get(at("setting_list", board)).content.decode()

    assert "Kuorum rapat anggota" in page
    assert "lebih dari 1/2" in page
    assert "anggapan" in page


@pytest.fixture
def kelurahan(board):
    """A client of the officer who reads and reviews here."""
    user = make.user(Role.KELURAHAN, region_code=board.region_code)
    return make.signed_in(user)


@pytest.fixture
def coordinator(board):
    user = make.user(Role.MEMBER, board=board, post=Post.COORDINATOR)
    return make.signed_in(user)


def today_of(board) -> str:
    """Today on the clock of the board, as it is typed."""
    return f"{board.today():%d/%m/%Y}"


def test_a_rule_gets_a_value_from_a_day_with_its_article(coordinator, board):
    response = coordinator.post(
        at("setting_new", board, name="quorum_members"),
        make.once(
            least="from",
            numerator="2",
            denominator="3",
            starts_on=today_of(board),
            article="ART pasal 14 ayat (2)",
        ),
    )

    row = BoardSetting.objects.get()
    assert response["Location"] == at("setting_list", board)
    assert row.value == {"numerator": 2, "denominator": 3, "more_than": False}
    assert row.starts_on == board.today()
    page = coordinator.get(at("setting_list", board)).content.decode()
    assert "paling sedikit 2/3" in page
    assert "ART pasal 14 ayat (2)" in page


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("quorum_members", {"least": "more", "numerator": "3", "denominator": "2"}),
        ("quorum_members", {"least": "more", "numerator": "1", "denominator": "1"}),
        ("quorum_members", {"numerator": "1", "denominator": "2"}),
        ("review_days", {"value": "0"}),
        ("report_due_day", {"value": "31"}),
        ("minimum_wage_share", {"value": "101"}),
        ("minimum_wage_share", {"value": "65,5"}),
        ("one_person_office", {"value": "mungkin"}),
        ("second_call_valid", {"valid": "mungkin"}),
        ("second_call_valid", {"valid": "fraction", "least": "from"}),
        ("second_call_valid", {"valid": "fraction", "numerator": "1"}),
        ("postpone_minutes", {"value": "241"}),
        ("arrears_ladder", {}),
        ("arrears_ladder", {"place_1": "call", "place_4": "call"}),
        ("arrears_ladder", {"place_1": "apa"}),
        ("visit_aims_home", {"value": " \n "}),
        ("visit_aims_home", {"value": "\n".join("abcdefghijk")}),
        ("visit_aims_home", {"value": "a" * 401}),
        ("review_days", {"value": "5", "article": ""}),
        ("review_days", {"value": "5", "starts_on": "31/02/2026"}),
    ],
)
def test_a_value_of_another_shape_is_refused(coordinator, board, name, body):
    facts = {"starts_on": today_of(board), "article": "ART pasal 1"} | body
    url = at("setting_new", board, name=name)

    response = coordinator.post(url, make.once(**facts))

    assert response.status_code == 200
    assert response.context["form"].errors
    assert not BoardSetting.objects.exists()


@pytest.mark.parametrize(
    ("body", "value", "words"),
    [
        ({"valid": "no"}, False, "tidak sah"),
        ({"valid": "present"}, True, "sah, berapa pun yang hadir"),
        (
            {
                "valid": "fraction",
                "least": "from",
                "numerator": "1",
                "denominator": "3",
            },
            {"numerator": 1, "denominator": 3, "more_than": False},
            "sah bila hadir paling sedikit 1/3",
        ),
    ],
)
def test_a_second_call_is_not_valid_or_with_whom(
    coordinator, board, body, value, words
):
    facts = {"starts_on": today_of(board), "article": "ART pasal 15", **body}

    coordinator.post(
        at("setting_new", board, name="second_call_valid"), make.once(**facts)
    )

    assert BoardSetting.objects.get().value == value
    assert words in coordinator.get(at("setting_list", board)).content.decode()


def test_a_rule_of_an_order_is_set_place_by_place(coordinator, board):
    url = at("setting_new", board, name="arrears_ladder")
    assert coordinator.get(url).context["form"].initial["place_2"] == "visit"
    facts = {"starts_on": today_of(board), "article": "Aturan UPK pasal 4"}

    coordinator.post(url, make.once(place_1="call", place_3="meeting", **facts))

    assert BoardSetting.objects.get().value == ["call", "meeting"]
    page = coordinator.get(at("setting_list", board)).content.decode()
    assert "Panggilan LKM, Dibahas di rapat" in page


def test_a_rule_of_words_is_changed_line_by_line(coordinator, board):
    url = at("setting_new", board, name="visit_aims_home")
    assumed = PARAMETERS["visit_aims_home"].default
    assert "\n".join(assumed) in coordinator.get(url).content.decode()

    coordinator.post(
        url,
        make.once(
            value=f" {assumed[0]}\r\n\r\nAnak bersekolah ",
            starts_on=today_of(board),
            article="Aturan UPK pasal 3",
        ),
    )

    assert BoardSetting.objects.get().value == [assumed[0], "Anak bersekolah"]
    page = coordinator.get(at("setting_list", board)).content.decode()
    assert f"{assumed[0]} / Anak bersekolah" in page


def test_a_rule_has_one_value_a_day(secretary, board):
    url = at("setting_new", board, name="review_days")
    body = {"starts_on": today_of(board), "article": "SK Dinas 5/2026"}
    secretary.post(url, make.once(value="5", **body))

    again = secretary.post(url, make.once(value="7", **body))

    said = f"sudah punya nilai mulai {format_date(board.today())}"
    assert said in again.content.decode()
    assert [row.value for row in BoardSetting.objects.all()] == [5]


QUORUM = {"least": "from", "numerator": "1", "denominator": "100"}


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("quorum_members", QUORUM),
        ("quorum_residents", QUORUM),
        ("one_person_office", {"value": "yes"}),
    ],
)
def test_who_writes_does_not_set_the_rule_that_judges(
    secretary, member, board, name, body
):
    facts = {"starts_on": today_of(board), "article": "ART pasal 1"} | body
    url = at("setting_new", board, name=name)

    for client in (secretary, member):
        for answer in (client.get(url), client.post(url, make.once(**facts))):
            assert "ditetapkan koordinator" in answer.text
        assert "Tetapkan aturan" not in client.get(url).text
    assert not BoardSetting.objects.exists()
    page = secretary.get(at("setting_list", board)).content.decode()
    judging = sum(rule.judges for rule in PARAMETERS.values())
    assert page.count("ditetapkan koordinator") == judging
    assert page.count("Tetapkan<") == len(PARAMETERS) - judging


@pytest.mark.parametrize("name", ["quorum_members", "one_person_office"])
def test_no_rule_looks_back_not_even_the_first(coordinator, board, name):
    yesterday = board.today() - datetime.timedelta(days=1)
    body = QUORUM if name == "quorum_members" else {"value": "yes"}
    facts = {"article": "ART pasal 1", **body}

    for day in (yesterday, datetime.date(2020, 1, 1)):
        late = make.once(starts_on=f"{day:%d/%m/%Y}", **facts)
        answer = coordinator.post(at("setting_new", board, name=name), late)
        assert "Aturan berlaku mulai hari ini" in answer.content.decode()
    assert not BoardSetting.objects.exists()


def test_the_admin_of_the_region_sets_every_rule(board):
    user = make.user(Role.DINAS_ADMIN, region_code=board.region_code[:5])
    client, facts = make.signed_in(user), {"article": "ART pasal 1", **QUORUM}

    page = client.get(at("setting_list", board)).content.decode()
    client.post(
        at("setting_new", board, name="quorum_members"),
        make.once(starts_on=today_of(board), **facts),
    )

    assert page.count("Tetapkan<") == len(PARAMETERS)
    assert BoardSetting.objects.get().name == "quorum_members"


def test_on_a_closed_board_nobody_sets_a_rule(coordinator, board):
    admin = make.user(Role.DINAS_ADMIN, region_code=board.region_code[:5])
    head = make.user(Role.MEMBER, board=board, post=Post.COORDINATOR)
    Board.objects.filter(pk=board.pk).update(closed_on=board.today())
    board.refresh_from_db()

    assert (
        "Tetapkan<" not in coordinator.get(at("setting_list", board)).content.decode()
    )
    for by in (admin, head):
        with pytest.raises(RuleViolation) as refused:
            set_parameter(
                board,
                "one_person_office",
                value=True,
                starts_on=board.today(),
                article="ART pasal 1",
                on=board.today(),
                by=by,
            )
        assert refused.value.code == "boards.rule_keeper"


def test_rules_are_set_by_those_who_keep_them(kelurahan, secretary, board):
    url = at("setting_new", board, name="review_days")

    assert kelurahan.post(url, make.once(value="5")).status_code == 403
    assert secretary.get(at("setting_new", board, name="x")).status_code == 404
    assert secretary.delete(url).status_code == 405
    other = make.board()
    assert secretary.get(at("setting_list", other)).status_code == 404


def test_the_log_speaks_in_sentences_with_time_and_role(member, board):
    with acting_as("Sekretaris LKM"):
        record(
            "deliberations.meeting_ratified",
            board,
            by=make.user(Role.SECRETARY, board=board, name="Dewi Anggraini"),
            says="mengesahkan notulen rapat 21 November 2026",
        )

    page = member.get(at("audit_board", board)).content.decode()

    assert "<b>Dewi Anggraini</b> mengesahkan notulen rapat 21 November 2026" in page
    assert "· sebagai Sekretaris LKM" in page


def test_the_log_is_filtered_by_person_kind_and_month(member, board):
    dewi = make.user(Role.SECRETARY, board=board, name="Dewi")
    rina = make.user(Role.LOAN_UNIT, board=board, name="Rina")
    record("deliberations.meeting_added", board, by=dewi, says="membuat rapat")
    record("activities.activity_added", board, by=rina, says="membuat kegiatan")
    month = f"{board.today():%Y-%m}"

    def said(**query):
        rows = member.get(at("audit_board", board), query).context["page"].rows
        return [row.says for row in rows]

    assert said(orang="dewi") == ["membuat rapat"]
    assert said(jenis="activities.") == ["membuat kegiatan"]
    assert len(said(bulan=month)) == 2
    assert said(bulan="2001-01") == []
    assert said(bulan="bukan bulan") == []


def test_the_log_of_another_board_does_not_exist(member, admin, board):
    other = make.board()
    officer = make.signed_in(make.user(Role.KELURAHAN, region_code=board.region_code))

    assert member.get(at("audit_board", other)).status_code == 404
    assert officer.get(at("audit_board", board)).status_code == 403
    assert member.post(at("audit_board", board)).status_code == 405


def test_the_log_costs_the_same_for_many(member, board, django_assert_max_num_queries):
    for number in range(60):
        record("boards.test_done", board, by=None, says=f"mencatat {number}")
    member.get(at("audit_board", board))

    with django_assert_max_num_queries(5):
        page = member.get(at("audit_board", board)).context["page"]

    assert [row.says for row in page.rows[:2]] == ["mencatat 59", "mencatat 58"]


def test_the_log_of_the_offices_is_read_by_the_dinas(admin, board):
    make.region("35.20", "Kabupaten Magetan")
    create_user(
        username="arif",
        name="Arif",
        role=Role.KELURAHAN,
        region_code=board.region_code,
        by=None,
    )
    dinas = make.signed_in(make.user(Role.DINAS, region_code="35.20"))

    page = dinas.get(over("audit_region")).content.decode()

    assert "membuat akun Arif sebagai Staf kelurahan/desa" in page
    assert admin.get(over("audit_region")).status_code == 403
    assert dinas.get(over("audit_region", "33.13")).status_code == 404


def test_a_rule_with_choices_takes_one_of_them_and_says_it_in_words(board):
    chair = make.user(Role.MEMBER, board=board, post="COORDINATOR")
    client = make.signed_in(chair)
    url = at("setting_new", board, name="election_tie")
    starts = board.today().strftime("%d/%m/%Y")
    body = {"starts_on": starts, "article": "Tata tertib pasal 9"}

    refused = client.post(url, make.once(**body, value="oldest"))
    assert refused.status_code == 200
    assert not BoardSetting.objects.filter(board=board).exists()

    client.post(url, make.once(**body, value="draw"))

    assert BoardSetting.objects.get(board=board).value == "draw"
    listed = client.get(at("setting_list", board)).text
    assert "Tata tertib pasal 9" in listed
    assert "undian" in listed
