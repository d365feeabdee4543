"""Every page of every role: nothing for axe, no console error, no foreign host."""

import pytest

from tests.e2e.scene import set_scene
from tests.e2e.walk import Findings, walk

INSIDE = ("sekretaris", "anggota", "upl", "upk", "ups", "pengawas")
OFFICES = ("kelurahan", "kecamatan", "dinas", "admin", "provinsi", "sistem")


@pytest.mark.parametrize("roles", [INSIDE, OFFICES], ids=["lkm", "offices"])
def test_every_page_of_a_role_is_whole(open_page, roles):
    _office, users = set_scene()
    findings, seen = Findings(), set()

    for role in roles:
        seen |= walk(open_page(users[role]), role, findings)

    assert "\n".join(findings.said) == ""
    assert findings.pages > 60
    assert len(seen) > 30
