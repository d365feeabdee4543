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
from boards.files import check_quota, fresh_bytes
from boards.forms import EditConflict
from boards.models import Board
from boards.roles import Permission
from boards.submissions import post_once
from boards.uploads import read_receipt
from boards.views.conflict import conflict_page
from common.errors import RuleViolation
from common.paging import paginate
from common.reading import read_count
from members.forms import ParticipantSearchForm, TrainingFileForm, TrainingForm
from members.models import (
    Appointment,
    Mandate,
    Person,
    Training,
    TrainingFile,
    TrainingParticipant,
)
from members.services import (
    add_participant,
    add_training_file,
    remove_participant,
    remove_training_file,
    save_training,
)

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
        "files": training.files.select_related("file"),
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


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
def training_file(request, board, pk):
    """Add the list of who came, a certificate or a photo."""
    training = get_object_or_404(Training, board=board, pk=pk)
    initial = {"kind": TrainingFile.Kind.ATTENDANCE}
    form = TrainingFileForm(
        request.POST or None, request.FILES or None, initial=initial
    )
    if form.is_valid():
        try:
            return _store_file(request, training, **form.cleaned_data)
        except RuleViolation as refused:
            form.add_error("file", refused)
    context = {"form": form, "training": training}
    return render(request, "members/training_file.html", context)


def _store_file(request, training: Training, *, kind: str, file):
    """Look at the file and write it; then add the row."""
    board = training.board
    read = read_receipt(file, zone=board.time_zone)
    with fresh_bytes() as fresh:
        check_quota([read], board=board, by=request.user)
        digest = fresh.put(read.data)
        return _keep_file(request, training, kind=kind, file=read, digest=digest)


@post_once
def _keep_file(request, training: Training, **how):
    add_training_file(training, **how, by=request.user)
    messages.success(request, "Berkas tersimpan.")
    slug = training.board.slug
    return redirect("members:training_page", board_slug=slug, pk=training.pk)


@require_POST
@board_view(Permission.EDIT_MEMBERS)
@post_once
def training_file_remove(request, board, pk, file_pk):
    """Take a file off a training."""
    rows = TrainingFile.objects.select_related("training")
    row = get_object_or_404(rows, board=board, training=pk, pk=file_pk)
    remove_training_file(row, by=request.user)
    messages.success(request, "Berkas dihapus.")
    return redirect("members:training_page", board_slug=board.slug, pk=pk)
