"""AD and ART of a board of the demo, adopted, changed once, and cited."""

import datetime

from boards.parameters import set_parameter
from deliberations.models import RuleDocument, RuleVersion
from deliberations.services.adoption import Adoption, adopt_version
from deliberations.services.rules import draft_rule, draft_version
from reports.demo.clock import clock_at, moment
from reports.demo.life import Office
from reports.demo.rule_texts import BYLAWS, NEW_BYLAWS, STATUTES
from reports.demo.topics import Topic

CHANGE = Topic(
    "Perubahan Anggaran Rumah Tangga",
    (
        "Undangan tiga hari sering terlambat sampai; lima hari lebih pasti.",
        "Bangunan tanpa kelompok pemelihara cepat rusak.",
    ),
    "Menyetujui perubahan Anggaran Rumah Tangga tentang undangan rapat dan"
    " pemeliharaan.\nPerubahan berlaku mulai tanggal satu bulan berikutnya.",
    kind="rule",
    subject_name="Anggaran Rumah Tangga",
)
MORE_THAN_HALF = {"numerator": 1, "denominator": 2, "more_than": True}


def record_rules(office: Office, *, on: datetime.date) -> None:
    """AD of the founding and the first ART, as texts from before the portal."""
    with clock_at(moment(on, 10)):
        _adopted(
            office,
            STATUTES,
            ("AD", "Anggaran Dasar"),
            Adoption(
                datetime.date(2008, 5, 17),
                datetime.date(2008, 5, 17),
                forum="Rembug warga kelurahan",
                deed_number=office.board.deed_number,
                deed_on=datetime.date(2008, 6, 9),
                deed_notary="Siti Aminah, S.H., M.Kn.",
            ),
            on=on,
        )
        _adopted(
            office,
            BYLAWS,
            ("ART", "Anggaran Rumah Tangga"),
            Adoption(
                datetime.date(2012, 3, 10),
                datetime.date(2012, 4, 1),
                forum="Rembug khusus utusan warga",
            ),
            on=on,
        )
        _set_values(office, on=on)


def _adopted(
    office: Office, text: str, names: tuple[str, str], how: Adoption, *, on
) -> RuleVersion:
    board, (kind, name) = office.board, names
    source = text.format(board=str(board), village=board.village)
    draft = draft_rule(board, kind=kind, name=name, source=source, by=office.secretary)
    return adopt_version(draft, how=how, on=on, by=office.coordinator)


def _set_values(office: Office, *, on: datetime.date) -> None:
    """Rule values of the board, each with its article."""
    for name, value, article in (
        ("quorum_members", MORE_THAN_HALF, "AD Pasal 10 ayat (1)"),
        ("quorum_residents", MORE_THAN_HALF, "AD Pasal 10 ayat (2)"),
        ("minimum_wage_share", 65, "ART Pasal 7"),
    ):
        set_parameter(
            office.board,
            name,
            value=value,
            starts_on=on,
            article=article,
            on=on,
            by=office.coordinator,
        )


def change_bylaws(office: Office) -> None:
    """The second ART, adopted by the decision of a rembug khusus."""
    decision = office.decisions[CHANGE.title]
    document = RuleDocument.objects.get(board=office.board, kind="ART")
    source = NEW_BYLAWS.format(board=str(office.board), village=office.board.village)
    day = decision.held_on + datetime.timedelta(3)
    with clock_at(moment(day, 9)):
        draft = draft_version(document, source=source, by=office.secretary)
        starts_on = (decision.held_on.replace(day=1) + datetime.timedelta(32)).replace(
            day=1
        )
        how = Adoption(decision.held_on, starts_on, decision=decision)
        adopt_version(draft, how=how, on=day, by=office.coordinator)
