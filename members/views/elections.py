"""An election: list, its page, committee, delegates, objections, answers, the end."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from boards.access import board_view
from boards.forms import EditConflict
from boards.models import Board
from boards.parameters import setting_of
from boards.roles import Permission
from boards.submissions import post_once
from boards.tenant_forms import add_refusal
from boards.views.conflict import conflict_page
from common.errors import RuleViolation
from common.paging import paginate
from common.words import format_date
from members.forms import (
    AnswerForm,
    CommitteeForm,
    ElectionForm,
    ObjectionForm,
    WillingForm,
)
from members.models import CommitteeMember, Election, Nominee, Objection
from members.services import (
    add_to_committee,
    answer_objection,
    change_election,
    finish_election,
    finish_gaps,
    leave_committee,
    note_willingness,
    open_election,
    raise_objection,
)
from members.standings import delegates_of, line_up, makeup_of


def election_of(board: Board, pk: int) -> Election:
    """An election of this board, or 404."""
    return get_object_or_404(Election, board=board, pk=pk)


@require_GET
@board_view(Permission.VIEW_MEMBERS)
def election_list(request, board):
    """Elections of the board, newest first."""
    closed = Count("areas", filter=~Q(areas__closed_at=None))
    rows = Election.objects.filter(board=board)
    rows = rows.annotate(all_areas=Count("areas"), closed_areas=closed)
    page = paginate(rows, request, by="starts_on")
    return render(request, "members/election_list.html", {"page": page})


def _usual(board: Board) -> dict:
    on = board.today()
    return {
        name: setting_of(board, f"election_{name}", on=on).value
        for name in ("seats", "reserves")
    }


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def election_new(request, board):
    """Begin an election."""
    form = ElectionForm(request.POST or None, board=board, initial=_usual(board))
    if form.is_valid():
        try:
            made = open_election(
                board, facts=form.facts(), on=board.today(), by=request.user
            )
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, "Pemilihan dibuka. Sekarang isi panitianya.")
            return redirect("members:election_page", board.slug, made.pk)
    context = {"form": form, "title": "Pemilihan baru"}
    return render(request, "members/election_form.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def election_edit(request, board, pk):
    """Correct name, days or seats."""
    election = election_of(board, pk)
    form = ElectionForm(request.POST or None, instance=election, board=board)
    if form.is_valid():
        try:
            revision = form.cleaned_data["revision"] or 0
            change_election(
                election, revision=revision, facts=form.facts(), by=request.user
            )
        except EditConflict as clash:
            return conflict_page(request, form, clash, back_url=request.path)
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, "Pemilihan tersimpan.")
            return redirect("members:election_page", board.slug, pk)
    context = {"form": form, "title": "Ubah pemilihan", "election": election}
    return render(request, "members/election_form.html", context)


@require_GET
@board_view(Permission.VIEW_MEMBERS)
def election_page(request, board, pk):
    """One election: areas, committee, result, what still lacks."""
    election = election_of(board, pk)
    areas = list(election.areas.all())
    delegates = list(delegates_of(election))
    second = next((area for area in areas if area.stage == 2), None)
    line = line_up(election)
    context = {
        "election": election,
        "basis": [area for area in areas if area.stage == 1],
        "second": second,
        "delegates": delegates,
        "makeup": makeup_of(delegates, target=election.women_target),
        "line": line if line.taking else None,
        "members": makeup_of(line.taking, target=election.women_target),
        "committee": list(election.committee.select_related("person")),
        "objections": list(election.objections.select_related("area")),
        "gaps": [] if election.finished_at else finish_gaps(election),
    }
    return render(request, "members/election_page.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def committee_add(request, board, pk):
    """Put a resident on the committee."""
    election = election_of(board, pk)
    form = CommitteeForm(request.POST or None, election=election)
    if form.is_valid():
        try:
            add_to_committee(election, **form.cleaned_data, by=request.user)
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return redirect("members:election_page", board.slug, pk)
    context = {"form": form, "election": election}
    return render(request, "members/committee_add.html", context)


@require_POST
@board_view(Permission.EDIT_MEMBERS)
@post_once
def committee_remove(request, board, pk):
    """Take somebody off the committee."""
    rows = CommitteeMember.objects.select_related("election", "person")
    member = get_object_or_404(rows, board=board, pk=pk)
    try:
        leave_committee(member, by=request.user)
    except RuleViolation as refused:
        messages.error(request, str(refused))
    return redirect("members:election_page", board.slug, member.election_id)


@require_GET
@board_view(Permission.VIEW_MEMBERS)
def delegate_list(request, board, pk):
    """The delegates of all areas, with the share of women."""
    election = election_of(board, pk)
    delegates = list(delegates_of(election))
    makeup = makeup_of(delegates, target=election.women_target)
    context = {"election": election, "delegates": delegates, "makeup": makeup}
    return render(request, "members/delegate_list.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def willingness(request, board, pk):
    """Note whether somebody accepts the place."""
    rows = Nominee.objects.select_related("area__election")
    nominee = get_object_or_404(rows, board=board, pk=pk)
    initial = {"on": board.today(), "willing": nominee.willing or None}
    initial["revision"] = nominee.revision
    form, status = WillingForm(request.POST or None, initial=initial), 200
    if form.is_valid():
        facts = dict(form.cleaned_data)
        facts["seen_revision"] = facts.pop("revision")
        try:
            note_willingness(nominee, **facts, today=board.today(), by=request.user)
        except EditConflict as clash:
            form.add_error(None, answered_meanwhile(clash.current))
            status = 409
        except ValidationError as refused:
            add_refusal(form, refused, field=day_field(refused, "on"))
        else:
            messages.success(request, f"Jawaban {nominee} tercatat.")
            election = nominee.area.election_id
            return redirect("members:election_page", board.slug, election)
    context = {"form": form, "nominee": nominee, "election": nominee.area.election}
    return render(request, "members/willingness.html", context, status=status)


def day_field(refused: ValidationError, field: str) -> str | None:
    """The field of the day, when the day is what was refused."""
    code = getattr(refused, "code", None)
    return field if code in ("election.day_future", "election.day_early") else None


def answered_meanwhile(nominee: Nominee) -> str:
    """What a colleague noted while the page was open."""
    said = nominee.get_willing_display().lower()
    on = format_date(nominee.willing_on) if nominee.willing_on else "tanpa tanggal"
    return (
        f"Jawaban {nominee.name} baru saja dicatat rekan Anda: {said}, {on}. Buka"
        " halaman ini sekali lagi bila masih perlu diubah."
    )


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def objection_new(request, board, pk):
    """Write down an objection."""
    election = election_of(board, pk)
    initial = {"raised_on": board.today()}
    form = ObjectionForm(
        request.POST or None, election=election, board=board, initial=initial
    )
    if form.is_valid():
        try:
            raise_objection(
                election, facts=form.facts(), today=board.today(), by=request.user
            )
        except ValidationError as refused:
            add_refusal(form, refused, field=day_field(refused, "raised_on"))
        else:
            messages.success(request, "Keberatan tercatat. Panitia perlu menjawabnya.")
            return redirect("members:election_page", board.slug, pk)
    context = {"form": form, "election": election}
    return render(request, "members/objection_new.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def objection_answer(request, board, pk):
    """Write down the committee's answer."""
    rows = Objection.objects.select_related("election", "area")
    objection = get_object_or_404(rows, board=board, pk=pk)
    form = AnswerForm(request.POST or None, initial={"answered_on": board.today()})
    if form.is_valid():
        try:
            answer_objection(
                objection, **form.cleaned_data, today=board.today(), by=request.user
            )
        except ValidationError as refused:
            add_refusal(form, refused, field=day_field(refused, "answered_on"))
        else:
            messages.success(request, "Jawaban tercatat.")
            return redirect("members:election_page", board.slug, objection.election_id)
    context = {"form": form, "objection": objection, "election": objection.election}
    return render(request, "members/objection_answer.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def election_finish(request, board, pk):
    """See who takes the seats, then end the election."""
    election = election_of(board, pk)
    if request.method == "POST":
        try:
            finish_election(election, by=request.user, at=timezone.now())
        except RuleViolation as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"{election.title} selesai.")
        return redirect("members:election_page", board.slug, pk)
    line = line_up(election)
    context = {
        "election": election,
        "line": line,
        "members": makeup_of(line.taking, target=election.women_target),
        "gaps": finish_gaps(election),
    }
    return render(request, "members/election_finish.html", context)
