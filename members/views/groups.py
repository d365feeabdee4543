"""Groups of residents (KSM): forming one, its people, savings and trainings.

The page of a group, with what it may borrow, is one of `loans`.
"""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from boards.access import board_view
from boards.drafts import draft_of, drop_draft, typed_in
from boards.forms import EditConflict
from boards.models import Board, Draft
from boards.roles import Permission
from boards.submissions import post_once
from boards.views.conflict import conflict_page
from common.errors import RuleViolation
from members.forms import (
    GroupForm,
    GroupMemberForm,
    GroupPersonForm,
    GroupSavingForm,
    GroupTrainingForm,
    ParticipantSearchForm,
)
from members.models import (
    CommunityGroup,
    GroupMember,
    GroupSaving,
    GroupTraining,
    Person,
)
from members.services import (
    note_saving,
    place_of,
    save_group,
    save_group_member,
    save_group_training,
    save_person,
    strike_saving,
)

FORM = "members.group"
FOUND_SHOWN = 20
# The field beside which a refusal of a service is shown.
FIELD_OF = {
    "members.office_taken": "role",
    "members.before_formed": "joined_on",
    "members.month_noted": "month",
    "members.month_out": "month",
}


def _group(board: Board, pk: int) -> CommunityGroup:
    rows = CommunityGroup.objects.select_related("board")
    return get_object_or_404(rows, board=board, pk=pk)


def _say(form, violation: RuleViolation, *, future: str) -> None:
    """A refusal beside the field it speaks of; `future` is the day of this form."""
    field = FIELD_OF.get(violation.code)
    field = future if violation.code == "members.future" else field
    form.add_error(field if field in form.fields else None, violation)


def _page_of(board: Board, group_pk: int):
    return redirect("loans:group_page", board_slug=board.slug, pk=group_pk)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_LOANS)
@post_once
def group_new(request, board):
    """Record a group; its members come next."""
    form = GroupForm(request.POST or None, board=board)
    if form.is_valid():
        try:
            made = save_group(form, by=request.user, is_new=True)
        except RuleViolation as violation:
            _say(form, violation, future="formed_on")
        else:
            messages.success(request, f"{made} tercatat. Sekarang isi anggotanya.")
            return _page_of(board, made.pk)
    context = {"form": form, "title": "KSM baru", "group": None, "draft_time": None}
    return render(request, "members/group_form.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_LOANS)
@post_once
def group_edit(request, board, pk):
    """Correct a group, write down its house rules."""
    group = _group(board, pk)
    title, place = f"Ubah {group}", f"{board.pk}:ksm-{pk}"
    draft = draft_of(request.user, FORM, place) if request.method == "GET" else None
    draft = draft if draft and draft.base_revision == group.revision else None
    typed = typed_in(draft) if draft else {}
    typed.pop("revision", None)
    form = GroupForm(request.POST or None, instance=group, board=board, initial=typed)
    if form.is_valid():
        try:
            save_group(form, by=request.user, is_new=False)
        except EditConflict as clash:
            return conflict_page(request, form, clash, back_url=request.path)
        except RuleViolation as violation:
            _say(form, violation, future="formed_on")
        else:
            drop_draft(request.user, FORM, place)
            return _page_of(board, pk)
    context = {"form": form, "title": title, **_kept(group, draft)}
    return render(request, "members/group_form.html", context)


def _kept(group: CommunityGroup, draft: Draft | None) -> dict:
    """What the page needs to keep what is typed into it."""
    at = draft.updated_at if draft else None
    return {
        "group": group,
        "draft_object": f"ksm-{group.pk}",
        "draft_time": group.board.local(at) if at else None,
        "draft_ms": int(at.timestamp() * 1000) if at else 0,
    }


@require_GET
@board_view(Permission.EDIT_LOANS)
def group_people(request, board, pk):
    """Look for a resident who joins the group."""
    group = _group(board, pk)
    form = ParticipantSearchForm(request.GET)
    wanted = form.cleaned_data["q"] if form.is_valid() else ""
    people = Person.objects.filter(board=board)
    people = people.named(wanted) if wanted else people.filter(group_places=None)
    found = list(people.prefetch_related("group_places__group")[:FOUND_SHOWN])
    for person in found:
        places = [row for row in person.group_places.all() if row.left_on is None]
        person.held_group = places[0].group if places else None
    context = {"group": group, "found": found, "wanted": wanted}
    return render(request, "members/group_people.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_LOANS)
@post_once
def group_person_new(request, board, pk):
    """Record a resident who is not on the list, then the place in the group."""
    group = _group(board, pk)
    form = GroupPersonForm(request.POST or None, board=board)
    if form.is_valid():
        says = f"mencatat warga {form.instance.full_name}"
        try:
            act = "members.person_added"
            person = save_person(form, act, by=request.user, says=says)
        except RuleViolation as violation:
            form.add_error("nik", _with_group(form, violation))
        else:
            return redirect("members:group_member_new", board.slug, pk, person.pk)
    context = {"form": form, "group": group}
    return render(request, "members/group_person.html", context)


def _with_group(form: GroupPersonForm, violation: RuleViolation) -> RuleViolation:
    """Whose NIK it is, and in which group that resident is already."""
    same = Person.objects.filter(board=form.board, nik_hmac=form.instance.nik_hmac)
    holder = same.first()
    held = place_of(holder) if holder else None
    if held is None:
        return violation
    return RuleViolation(
        f"NIK ini sudah tercatat pada {holder}, anggota {held.group}.",
        code="members.in_a_group",
    )


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_LOANS)
@post_once
def group_member_new(request, board, pk, person_pk):
    """Give a resident a place in the group."""
    group = _group(board, pk)
    person = get_object_or_404(Person, board=board, pk=person_pk)
    start = {"joined_on": board.today(), "role": GroupMember.Role.MEMBER}
    place = GroupMember(group=group, person=person)
    form = GroupMemberForm(
        request.POST or None, board=board, instance=place, initial=start
    )
    if form.is_valid():
        try:
            save_group_member(form, by=request.user, is_new=True)
        except RuleViolation as violation:
            _say(form, violation, future="joined_on")
        else:
            messages.success(request, f"{person} masuk {group}.")
            return _page_of(board, pk)
    return _member_page(request, form, group, person)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_LOANS)
@post_once
def group_member_edit(request, board, pk):
    """Correct a place in a group: office, business, consent."""
    rows = GroupMember.objects.select_related("group__board", "person")
    member = get_object_or_404(rows, board=board, pk=pk, left_on=None)
    form = GroupMemberForm(request.POST or None, board=board, instance=member)
    if form.is_valid():
        try:
            save_group_member(form, by=request.user, is_new=False)
        except EditConflict as clash:
            return conflict_page(request, form, clash, back_url=request.path)
        except RuleViolation as violation:
            _say(form, violation, future="joined_on")
        else:
            messages.success(request, "Catatan anggota KSM tersimpan.")
            return _page_of(board, member.group_id)
    return _member_page(request, form, member.group, member.person, member=member)


def _member_page(request: HttpRequest, form, group, person, *, member=None):
    context = {"form": form, "group": group, "person": person, "member": member}
    return render(request, "members/group_member.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_LOANS)
@post_once
def group_saving(request, board, pk):
    """Note what the group saved together in a month; all months below."""
    group = _group(board, pk)
    form = GroupSavingForm(request.POST or None, group=group)
    if form.is_valid():
        try:
            note_saving(group, **form.cleaned_data, by=request.user)
        except RuleViolation as violation:
            _say(form, violation, future="month")
        else:
            messages.success(request, "Tabungan bersama tercatat.")
            return redirect("members:group_saving", board.slug, pk)
    context = {"form": form, "group": group, "savings": group.savings.all()}
    return render(request, "members/group_saving.html", context)


@require_POST
@board_view(Permission.EDIT_LOANS)
@post_once
def group_saving_strike(request, board, pk):
    """Take back a month that was noted by mistake."""
    rows = GroupSaving.objects.select_related("group__board")
    saving = get_object_or_404(rows, board=board, pk=pk)
    try:
        strike_saving(saving, by=request.user)
    except RuleViolation as violation:
        messages.info(request, str(violation))
    else:
        messages.success(request, "Tabungan bulan itu dicoret.")
    return redirect("members:group_saving", board.slug, saving.group_id)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_LOANS)
@post_once
def group_training_new(request, board, pk):
    """Note a training of the group with those who took part."""
    group = _group(board, pk)
    topic = read_topic(request.GET.get("bahan", ""))
    form = GroupTrainingForm(
        request.POST or None,
        board=board,
        instance=GroupTraining(group=group),
        initial={"topic": topic},
    )
    return _training(request, form, group, is_new=True)


def read_topic(text: str) -> str:
    """A topic from the address; "" for anything else."""
    return text if text in GroupTraining.Topic.values else ""


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_LOANS)
@post_once
def group_training_edit(request, board, pk):
    """Correct a training of the group."""
    rows = GroupTraining.objects.select_related("group__board")
    training = get_object_or_404(rows, board=board, pk=pk)
    form = GroupTrainingForm(request.POST or None, board=board, instance=training)
    return _training(request, form, training.group, is_new=False)


def _training(request: HttpRequest, form, group: CommunityGroup, *, is_new: bool):
    if form.is_valid():
        try:
            save_group_training(form, by=request.user, is_new=is_new)
        except EditConflict as clash:
            return conflict_page(request, form, clash, back_url=request.path)
        except RuleViolation as violation:
            _say(form, violation, future="held_on")
        else:
            messages.success(request, "Pelatihan KSM tercatat.")
            return _page_of(group.board, group.pk)
    context = {"form": form, "group": group, "is_new": is_new}
    return render(request, "members/group_training.html", context)
