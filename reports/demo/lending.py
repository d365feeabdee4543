"""Groups (KSM) of the first board: loans of a year, and one at every stage today."""

import datetime
import random

from boards.models import User
from common.periods import Period, add_months
from loans import services
from loans.models import Loan, LoanStanding, ProductTerms
from members.forms import GroupForm, GroupMemberForm, GroupTrainingForm
from members.models import (
    CommunityGroup,
    GroupMember,
    GroupTraining,
    Person,
    Sex,
)
from members.services import (
    note_saving,
    save_group,
    save_group_member,
    save_group_training,
)
from reports.demo.clock import clock_at, moment
from reports.demo.life import Office

SEED = 20261128
PAY_DAY = 8
CEILINGS = {1: 1_000_000, 2: 2_000_000, 3: 3_000_000, 4: 3_000_000}
RULES = (
    "Bertemu setiap Senin pertama di rumah ketua.\n"
    "Simpanan bersama Rp10.000 sebulan setiap anggota.\n"
    "Yang tidak dapat membayar ditanggung bersama, lalu diganti paling lambat"
    " sebulan."
)
# Name, people by name (women but for those marked L), the month of the book in which
# it borrows, and how many instalments it has paid; the rest was never paid.
BORROWERS = (
    ("Kenanga", "Mursiyah Sakinem Painah Tukinah Sarwono/L", 1, 10),
    ("Sedap Malam", "Rubiyem Sutarti Marini Yatmi Paiman/L", 3, 5),
    ("Flamboyan", "Sulasmi Wartini Samirah Kasinem Darmo/L Ngadinem", 6, 10),
    ("Sakura", "Suwarni Juminten Sariyem Katemi Mujiono/L", 8, 3),
)
# And those whose loan is under way: how far it has come.
APPLICANTS = (
    ("Melati", "Sumiyati Ngatini Parti Wakinem Suparmi Tukiran/L", "lent"),
    ("Anggrek", "Jumiati Rukmini Sumarni Painem Suroto/L", "approved"),
    ("Dahlia", "Sutinah Kartini Murni Poniyem Sarno/L Warsiti", "checked"),
    ("Cempaka", "Lasmi Tuminah Yatini Sriyatun Karjo/L", "applied"),
    ("Mawar", "Supinah Marsih Kasiyem Ginem Wakidi/L", "refused"),
    ("Teratai", "Tarmini Giyem Samiyem Lagiman/L", ""),
)
# What was done about loans that are behind: kind, days after the due day, result.
CHASED = (
    ("reminder", 7, ""),
    ("visit", 24, "Dagangan sepi; sanggup membayar satu angsuran setiap bulan."),
)
TRADES = (
    *("Warung sayur", "Jahit", "Kerupuk", "Ternak ayam", "Jamu gendong", "Tempe"),
)


class Lending:
    """Who lends; `month` follows the book, `now` brings today's applications."""

    def __init__(self, office: Office, *, today: datetime.date) -> None:
        self.office, self.board, self.today = office, office.board, today
        self.manager, self.cashier = (
            User.objects.get(username=name) for name in ("upk", "upk2")
        )
        self.dice = random.Random(SEED)
        self.terms: ProductTerms | None = None
        self.loans: dict[str, Loan] = {}
        self.months = 0

    def month(self, month: Period) -> None:
        """Loans and instalments of one month of the book, before it is closed."""
        place, self.months = self.months, self.months + 1
        day = month.start.replace(day=PAY_DAY)
        if day > self.today:
            return
        with clock_at(moment(day, 10)):
            self.terms = self.terms or self._offer(month.start)
            for name, people, begins, pays in BORROWERS:
                if place == begins:
                    group = self.form(name, people, add_months(month.start, -5))
                    self.prepare(group)
                    self.loans[name] = self.lend(group, day)
                elif begins < place <= begins + pays:
                    self._pay(self.loans[name], place - begins, day)

    def _pay(self, loan: Loan, no: int, on: datetime.date) -> None:
        """One instalment, paid on its day by the treasurer."""
        row = loan.plan.get(no=no)
        money = services.Money(
            on=on,
            amount=row.principal + row.service_charge,
            source="bank",
            payer=f"Bendahara {loan.group}",
        )
        services.receive_payment(loan, money=money, by=self.cashier)

    def _offer(self, on: datetime.date) -> ProductTerms:
        terms = ProductTerms(
            board=self.board, starts_on=on, article="AD pasal 12 ayat 2"
        )
        facts = {"terms": terms, "ceilings": CEILINGS, "by": self.manager}
        product = services.open_product(self.board, name="Pinjaman KSM", **facts)
        return product.terms.get()

    def lend(self, group: CommunityGroup, on: datetime.date) -> Loan:
        """All stages, ending with the payout on a day."""
        before = on - datetime.timedelta(5)
        loan = self.apply(group, before)
        self.check(loan, before)
        self.approve(loan, on)
        chair = group.members.select_related("person").get(role="CHAIR")
        return services.disburse_loan(
            loan, on=on, source="bank", received_by=str(chair), by=self.cashier
        )

    def now(self) -> None:
        """Six groups of today, each further or nearer; the last is not ready."""
        formed_on = add_months(self.today.replace(day=1), -6)
        with clock_at(moment(self.today, 7)):
            for name, people, far in APPLICANTS:
                group = self.form(name, people, formed_on)
                if far:
                    self.prepare(group)
                    self._bring(group, far)
            services.sweep_standings()
            self._chase()

    def _chase(self) -> None:
        """What the officer did about the loans that are behind."""
        behind = LoanStanding.objects.filter(board=self.board, principal_arrears__gt=0)
        for row in behind.select_related("loan").order_by("loan_id"):
            for kind, days, note in CHASED:
                on = row.arrears_since + datetime.timedelta(days)
                facts = {"kind": kind, "on": on, "note": note, "by": self.manager}
                if on <= self.today:
                    services.note_step(row.loan, **facts)

    def _bring(self, group: CommunityGroup, far: str) -> None:
        """One application, as far as it has come."""
        if far == "lent":
            # The two months that the book leaves open.
            since = add_months(self.today.replace(day=1), -1)
            self.lend(group, max(self.today - datetime.timedelta(35), since))
            return
        begun = self.today - datetime.timedelta(9)
        loan = self.apply(group, begun)
        if far == "refused":
            why = "Dana bulan ini sudah terpakai"
            services.refuse_loan(loan, on=begun, reason=why, by=self.manager)
        if far in ("checked", "approved"):
            self.check(loan, begun + datetime.timedelta(2))
        if far == "approved":
            self.approve(loan, begun + datetime.timedelta(3))

    def form(self, name: str, people: str, formed_on: datetime.date) -> CommunityGroup:
        """A group with its people and its house rules."""
        by, day = self.cashier, f"{formed_on:%d/%m/%Y}"
        facts = {"name": name, "formed_on": day, "rt": "003", "rw": "002"}
        if name != "Teratai":
            facts |= {"house_rules": RULES, "rules_agreed_on": day, "has_books": "on"}
        form = GroupForm(facts, board=self.board)
        form.is_valid()
        group = save_group(form, by=by, is_new=True)
        roles = [*GroupMember.OFFICERS, *["MEMBER"] * 9]
        for role, who in zip(roles, people.split(), strict=False):
            self._join(group, role, *who.partition("/")[::2])
        return group

    def _join(self, group: CommunityGroup, role: str, name: str, sex: str) -> None:
        person = Person.objects.create(
            board=self.board, name=name, sex=sex or Sex.FEMALE, rt="003", rw="002"
        )
        facts = {
            "role": str(role),
            "joined_on": f"{group.formed_on:%d/%m/%Y}",
            "business": self.dice.choice(TRADES),
            "listed_poor": "on",
            "family_consents": "on",
        }
        place = GroupMember(group=group, person=person)
        form = GroupMemberForm(facts, board=self.board, instance=place)
        form.is_valid()
        save_group_member(form, by=self.cashier, is_new=True)

    def prepare(self, group: CommunityGroup) -> None:
        """Five months of savings and the three trainings, before today's clock."""
        members = list(group.members.values_list("pk", flat=True))
        for back in range(5, 0, -1):
            month = add_months(self.board.today().replace(day=1), -back)
            amount = 10_000 * len(members)
            note_saving(group, month=month, amount=amount, by=self.cashier)
        held = f"{group.formed_on + datetime.timedelta(9):%d/%m/%Y}"
        for topic in GroupTraining.Topic.values:
            facts = {"topic": topic, "held_on": held, "members": members}
            row = GroupTraining(group=group)
            form = GroupTrainingForm(facts, board=self.board, instance=row)
            form.is_valid()
            save_group_training(form, by=self.cashier, is_new=True)

    def apply(self, group: CommunityGroup, on: datetime.date) -> Loan:
        """Every member asks for something round."""
        asked = services.Application(
            terms=self.terms,
            applied_on=on,
            instalments=10,
            purpose="Tambahan modal usaha anggota",
            requests=[
                services.Request(
                    member,
                    self.dice.choice((600_000, 800_000, 1_000_000)),
                    member.business,
                )
                for member in group.members.select_related("person")
            ],
        )
        return services.apply_for_loan(group, application=asked, by=self.cashier)

    def check(self, loan: Loan, on: datetime.date) -> None:
        """Everybody can pay what they ask for."""
        findings = [
            services.Finding(
                share=share,
                visited_on=on,
                income=self.dice.randint(18, 30) * 100_000,
                cost=self.dice.randint(9, 15) * 100_000,
                proposed=share.requested,
                character="Rajin, dikenal baik tetangga.",
                has_id_copy=True,
                signed_joint=True,
            )
            for share in loan.shares.all()
        ]
        note = "Usaha berjalan, buku KSM rapi."
        services.check_loan(
            loan, on=on, findings=findings, fit=True, note=note, by=self.cashier
        )

    def approve(self, loan: Loan, on: datetime.date) -> None:
        """The manager decides, the koordinator signs."""
        amounts = {share.pk: share.proposed for share in loan.shares.all()}
        services.decide_loan(loan, on=on, amounts=amounts, by=self.manager)
        services.cosign_loan(loan, by=self.office.coordinator)
