"""Every page of every role: nothing for axe, no console error, no foreign host."""

import gzip

import pytest

from tests.e2e.office import open_office
from tests.e2e.pages import press
from tests.e2e.scene import set_scene
from tests.e2e.walk import Findings, look, walk

INSIDE = ("sekretaris", "anggota", "upl", "upk", "ups", "pengawas")
OFFICES = ("kelurahan", "kecamatan", "dinas", "admin", "provinsi", "sistem")
VISITOR = "tamu"
# A form of each kind, sent as it stands: its page with errors is looked at too.
EMPTY_FORMS = (
    ("musyawarah/baru/", "Siapkan rapat"),
    ("kegiatan/baru/", "Simpan kegiatan"),
    ("warga/baru/", "Simpan"),
    ("rencana/baru/", "Simpan"),
)
FIRST_VIEW_BYTES, FIRST_VIEW_REQUESTS = 100 * 1024, 8


@pytest.mark.parametrize("roles", [(VISITOR, *INSIDE), OFFICES], ids=["lkm", "offices"])
def test_every_page_of_a_role_is_whole(open_page, roles):
    _office, users = set_scene()
    findings, seen = Findings(), set()

    for role in roles:
        seen |= walk(open_page(users.get(role)), role, findings)

    assert "\n".join(findings.said) == ""
    assert findings.pages > 60
    assert len(seen) > 30


def test_a_refused_form_is_whole_too_and_says_what_to_mend(open_page):
    office, findings = open_office(), Findings()
    page = open_page(office.secretary)

    for address, button in EMPTY_FORMS:
        page.goto(f"/lkm/{office.board.slug}/{address}")
        press(page, button)
        page.locator("[data-errors]").wait_for()
        look(page, f"{address} with errors", findings)

    assert "\n".join(findings.said) == ""


@pytest.mark.parametrize("who", [None, "secretary", "dinas"], ids=str)
def test_a_first_view_is_light_and_asks_nobody_else(open_page, live_portal, who):
    office = open_office()
    page = open_page(getattr(office, who) if who else None, width=360)
    answers = []
    page.on("response", lambda answer: answers.append(answer))

    page.goto("/" if who else "/akun/masuk/", wait_until="networkidle")

    files = [answer for answer in answers if answer.status == 200]
    assert all(answer.url.startswith(live_portal.url) for answer in answers)
    weights = {answer.url: weight(answer) for answer in files}
    assert len(files) <= FIRST_VIEW_REQUESTS, sorted(weights)
    assert sum(weights.values()) <= FIRST_VIEW_BYTES, weights
    assert page.faults == []


def weight(answer) -> int:
    """Bytes on the line: text squeezed, fonts and pictures as they are."""
    body = answer.body()
    squeezed = answer.headers.get("content-type", "").split("/")[0] in ("font", "image")
    return len(body) if squeezed else len(gzip.compress(body))
