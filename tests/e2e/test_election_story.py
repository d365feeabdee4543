"""An election from three RT to a seated board, then a seat filled again (PAW)."""

import datetime
import sys
import time

from boards.models import Board, User
from boards.roles import Role
from common.words import format_date_short
from deliberations.models import Replacement, SeatedElection
from members.models import BallotBatch, Election, ElectionArea, Mandate, Nominee
from tests.e2e.office import KELURAHAN, account
from tests.e2e.pages import follow, heading, press, see
from tests.make import boards as make
from tests.make import seats

# Two seats of delegates an RT; in RT 003 Gito and Hani have the same votes.
TALLIES = {
    "001": "Ani 9\nBudi 8\nCici 4",
    "002": "Dodi 9\nEdi 8\nFani 4",
    "003": "Lilik 9\nGito 6\nHani 6",
}
WOMEN = {"Ani", "Cici", "Fani", "Hani", "Lilik"}
# Six delegates; three seats, two reserves; the last seat is a tie of Edi and Lilik.
SECOND = "Ani 6\nDodi 5\nEdi 4\nLilik 4\nBudi 3"


class Story:
    """The people of one board, and a page for each of the two who count."""

    def __init__(self, open_page) -> None:
        self.board: Board = make.board(
            KELURAHAN, name="Tirta Kencana", slug="tirta", code="LKM-TK"
        )
        self.secretary: User = account(Role.SECRETARY, "Dewi A", board=self.board)
        self.counter: User = account(Role.WORKS_UNIT, "Hadi S", board=self.board)
        self.page = open_page(self.secretary)
        self.second = open_page(self.counter)

    def at(self, path: str) -> str:
        """A page of the board."""
        return f"/lkm/{self.board.slug}/{path}"

    def today(self, days: int = 0) -> str:
        """A day as it is typed, counted from today."""
        return format_date_short(self.board.today() + datetime.timedelta(days))


def open_election(story: Story) -> Election:
    """The secretary opens it with three seats and two reserves."""
    page = story.page
    page.goto(story.at("pemilihan/"))
    follow(page, "Pemilihan baru")
    page.get_by_label("Nama pemilihan").fill("Pemilihan anggota")
    page.get_by_label("Masa bakti mulai").fill(story.today(-300))
    page.get_by_label("Masa bakti berakhir").fill(story.today(700))
    page.get_by_label("Jumlah anggota").fill("3")
    page.get_by_label("Jumlah cadangan").fill("2")
    press(page, "Simpan pemilihan")
    see(page, "Belum ada basis")
    return Election.objects.get()


def add_basis(story: Story, election: Election, rt: str) -> ElectionArea:
    """One RT with forty voters of whom twenty came."""
    page = story.page
    page.goto(story.at(f"pemilihan/{election.pk}/basis/"))
    for name, value in (
        ("rt", rt),
        ("rw", "001"),
        ("held_on", story.today(-310)),
        ("eligible_men", "20"),
        ("eligible_women", "20"),
        ("voters_men", "9"),
        ("voters_women", "11"),
        ("winners", "2"),
    ):
        page.locator(f'[name="{name}"]').fill(value)
    press(page, "Simpan pemilih")
    return ElectionArea.objects.get(election=election, rt=rt)


def count(story: Story, area: ElectionArea, tally: str, valid: int) -> None:
    """Both count the same bundle, each in an account of their own."""
    page = story.page
    page.goto(story.at(f"pemilihan/wilayah/{area.pk}/"))
    press(page, "Hitung bundel baru")
    batch = BallotBatch.objects.get(area=area)
    for counter in (page, story.second):
        counter.goto(story.at(f"pemilihan/bundel/{batch.pk}/hitung/?cara=turus"))
        counter.get_by_label("Turus, satu baris satu nama").fill(tally)
        counter.get_by_label("Surat suara sah").fill(str(valid))
        press(counter, "Periksa hitungan")
        see(counter, f"{valid} surat suara: {valid} sah, 0 tidak sah.")
        press(counter, "Simpan hitungan")
    see(story.second, "Cocok")


def match(story: Story, area: ElectionArea) -> None:
    """Each name is somebody new, or the delegate of that name."""
    page = story.page
    page.goto(story.at(f"pemilihan/wilayah/{area.pk}/nama/"))
    for name in area.names.filter(nominee=None):
        field = page.locator(f'[name="name{name.pk}"]')
        if not field.input_value():
            field.select_option("new-P" if name.written in WOMEN else "new-L")
    press(page, "Simpan kecocokan")
    see(page, "Semua nama sudah dicocokkan")


def settle(story: Story, area: ElectionArea, figures: dict[str, str], act: str) -> None:
    """Part those with equal votes."""
    page = story.page
    page.goto(story.at(f"pemilihan/wilayah/{area.pk}/"))
    follow(page, "Suara sama")
    for name, figure in figures.items():
        page.get_by_label(name, exact=True).fill(figure)
    page.get_by_label("Disaksikan oleh").fill("Lurah dan dua saksi")
    press(page, act)


def close(story: Story, area: ElectionArea) -> None:
    """The second counter agrees with names and ties; then the result is fixed."""
    page, second = story.page, story.second
    second.goto(story.at(f"pemilihan/wilayah/{area.pk}/periksa/"))
    press(second, "Periksa dan setujui")
    see(second, "Isian diperiksa dan disetujui.")
    page.goto(story.at(f"pemilihan/wilayah/{area.pk}/"))
    press(page, f"Tetapkan hasil {area.name}")
    see(page, "Ditetapkan")


def elect(story: Story) -> Election:
    """Three RT, a tie, the delegates, a tie on the last seat, one who declines."""
    election = open_election(story)
    for rt, tally in TALLIES.items():
        area = add_basis(story, election, rt)
        count(story, area, tally, 10)
        match(story, area)
        if rt == "003":
            equal = {"Gito": "7", "Hani": "12"}
            settle(story, area, equal, "Catat suara kedua")
        close(story, area)
    page = story.page
    page.goto(story.at(f"pemilihan/{election.pk}/"))
    see(page, "6 utusan")
    follow(page, "Buka tahap 2")
    page.locator("[name=held_on]").fill(story.today(-305))
    press(page, "Buka tahap 2")
    second = ElectionArea.objects.get(election=election, stage=2)
    page.goto(story.at(f"pemilihan/wilayah/{second.pk}/ubah/"))
    page.locator("[name=voters_men]").fill(str(second.eligible_men))
    page.locator("[name=voters_women]").fill(str(second.eligible_women))
    press(page, "Simpan pemilih")
    count(story, second, SECOND, 6)
    match(story, second)
    settle(story, second, {"Edi": "3", "Lilik": "3"}, "Catat suara kedua")
    settle(story, second, {"Edi": "1", "Lilik": "2"}, "Catat undian")
    close(story, second)
    return election


def answer(story: Story, name: str, willing: str) -> None:
    """The letter of one person."""
    nominee = Nominee.objects.get(name=name, area__stage=2)
    page = story.page
    page.goto(story.at(f"pemilihan/kesediaan/{nominee.pk}/"))
    page.get_by_label(willing, exact=True).check()
    page.get_by_label("Tanggal surat pernyataan").fill(story.today(-304))
    press(page, "Catat jawaban")


def replace(story: Story, name: str) -> float:
    """The PAW, from the list to the new member; the seconds it took."""
    page, began = story.page, time.monotonic()
    page.goto(story.at("antarwaktu/"))
    row = page.locator("li", has_text=name)
    row.get_by_role("link", name="Ganti").click()
    page.get_by_label("Hari terakhir").fill(story.today(-1))
    page.get_by_label("Sebab").select_option("RESIGNED")
    page.get_by_label("Tanggal surat kesediaan").fill(story.today(-1))
    page.get_by_label("Keputusan").select_option(index=1)
    page.get_by_label("Pengganti mulai").fill(story.today())
    press(page, f"Ganti {name}")
    see(page, f"menggantikan {name}")
    return time.monotonic() - began


def test_from_the_ballots_of_three_rt_to_a_seat_filled_again(open_page):
    story = Story(open_page)
    election = elect(story)
    # Edi was drawn first but declines: Lilik moves up.
    for name, willing in (
        ("Ani", "Bersedia"),
        ("Dodi", "Bersedia"),
        ("Edi", "Tidak bersedia"),
        ("Lilik", "Bersedia"),
    ):
        answer(story, name, willing)
    page = story.page
    follow(page, "Selesaikan pemilihan")
    press(page, "Selesaikan pemilihan")
    held_on = story.board.today() - datetime.timedelta(days=301)
    seats.decision(story.board, by=story.counter, held_on=held_on)
    follow(page, "Tetapkan pengurus dengan keputusan")
    page.get_by_label("Keputusan").select_option(index=1)
    press(page, "Tetapkan 3 anggota")
    heading(page, "3 anggota ditetapkan")

    seated = SeatedElection.objects.get(election=election)
    names = seated.term.mandates.values_list("person__name", flat=True)
    assert sorted(names) == ["Ani", "Dodi", "Lilik"]

    yesterday = story.board.today() - datetime.timedelta(days=1)
    seats.decision(story.board, by=story.counter, held_on=yesterday)
    took = replace(story, "Dodi")

    sys.stdout.write(f"PAW: {took:.1f} s\n")
    assert took < 120
    made = Replacement.objects.get()
    assert made.mandate.person.name == "Budi"
    assert made.mandate.last_day == seated.term.ends_on
    assert Mandate.objects.get(person__name="Dodi").end_reason == "RESIGNED"
    assert page.faults == []
    assert story.second.faults == []
