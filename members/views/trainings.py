"""The log of trainings: list, one training, its participants."""

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from boards.access import board_view
from boards.forms import EditConflict
from boards.models import Board
from boards.roles import Permission
from boards.submissions import post_once
from boards.views.conflict import conflict_page
from common.errors import RuleViolation
from common.paging import paginate
from common.reading import read_count
from members.forms import ParticipantSearchForm, TrainingForm
from members.models import (
    Appointment,
    Mandate,
    Person,
    Training,
    TrainingParticipant,
)
from members.services import add_participant, remove_participant, save_training

FOUND_SHOWN = 20


def _counted(board: Board):
    """Trainings with the number of men and women who took part."""
    sex = "participants__person__sex"
    return Training.objects.filter(board=board).annotate(
        men=Count("participants", filter=Q(**{sex: "L"})),
        women=Count("participants", filter=Q(**{sex: "P"})),
    )


@require_GET
@board_view(Permission.VIEW_MEMBERS)
def training_list(request, board):
    """Trainings, the newest first, with totals by sex."""
    people = TrainingParticipant.objects.filter(board=board)
    totals = people.aggregate(
        men=Count("person", distinct=True, filter=Q(person__sex="L")),
        women=Count("person", distinct=True, filter=Q(person__sex="P")),
        places=Count("pk"),
    )
    page = paginate(_counted(board), request, by="held_on")
    context = {"page": page, "totals": totals}
    return render(request, "members/training_list.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def training_new(request, board):
    """Record a training."""
    form = TrainingForm(request.POST or None, board=board)
    if form.is_valid():
        made = save_training(form, by=request.user, is_new=True)
        messages.success(request, "Pelatihan tercatat. Sekarang isi pesertanya.")
        return redirect("members:training_page", board_slug=board.slug, pk=made.pk)
    context = {"form": form, "title": "Pelatihan baru"}
    return render(request, "members/training_form.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def training_edit(request, board, pk):
    """Correct what is recorded about a training."""
    training = get_object_or_404(Training, board=board, pk=pk)
    form = TrainingForm(request.POST or None, instance=training, board=board)
    if form.is_valid():
        try:
            save_training(form, by=request.user, is_new=False)
        except EditConflict as clash:
            return conflict_page(request, form, clash, back_url=request.path)
        messages.success(request, "Pelatihan tersimpan.")
        return redirect("members:training_page", board_slug=board.slug, pk=pk)
    context = {"form": form, "title": "Ubah pelatihan", "training": training}
    return render(request, "members/training_form.html", context)


@require_GET
@board_view(Permission.VIEW_MEMBERS)
def training_page(request, board, pk):
    """One training, who took part, and people to add."""
    training = get_object_or_404(_counted(board), pk=pk)
    form = ParticipantSearchForm(request.GET)
    wanted = form.cleaned_data["q"] if form.is_valid() else ""
    rows = training.participants.select_related("person").order_by("person__name")
    context = {
        "training": training,
        "rows": rows,
        "wanted": wanted,
        "found": _candidates(board, training, wanted)[:FOUND_SHOWN],
    }
    return render(request, "members/training_page.html", context)


def _candidates(board: Board, training: Training, wanted: str):
    """Residents by name; without a name those in office today."""
    people = Person.objects.filter(board=board).exclude(
        pk__in=training.participants.values("person")
    )
    if wanted:
        return people.named(wanted)
    own, today = {"person": OuterRef("pk")}, board.today()
    seated = Mandate.objects.filter(**own).held_on(today).order_by()
    works = Appointment.objects.filter(**own).held_on(today).order_by()
    return people.filter(Exists(seated) | Exists(works))


@require_POST
@board_view(Permission.EDIT_MEMBERS)
@post_once
def participant_add(request, board, pk):
    """Put somebody on the list of a training."""
    training = get_object_or_404(Training, board=board, pk=pk)
    key = read_count(request.POST.get("person", ""))
    person = Person.objects.filter(board=board, pk=key).first()
    try:
        if person is None:
            raise RuleViolation("Pilih warga dari daftar.", code="training.nobody")
        add_participant(training, person, by=request.user)
    except RuleViolation as violation:
        messages.info(request, str(violation))
    else:
        messages.success(request, f"{person} tercatat sebagai peserta.")
    return redirect("members:training_page", board_slug=board.slug, pk=pk)


@require_POST
@board_view(Permission.EDIT_MEMBERS)
@post_once
def participant_remove(request, board, pk, participant_pk):
    """Take somebody off the list."""
    rows = TrainingParticipant.objects.select_related("person", "training")
    row = get_object_or_404(rows, board=board, training=pk, pk=participant_pk)
    name = row.person.full_name
    remove_participant(row, by=request.user)
    messages.success(request, f"{name} dicoret dari daftar peserta.")
    return redirect("members:training_page", board_slug=board.slug, pk=pk)
