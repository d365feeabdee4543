"""Acts on the log of trainings."""

from django.db import transaction

from boards.audit import record
from boards.files import keep_file
from boards.forms import BoardOwnedForm, save_form
from boards.models import StoredFile, User
from boards.uploads import ReadFile
from common.errors import RuleViolation
from members.models import Person, Training, TrainingFile, TrainingParticipant

MOST_FILES = 12


@transaction.atomic
def save_training(form: BoardOwnedForm, *, by: User, is_new: bool) -> Training:
    """Save a training from a checked form. Raises EditConflict.

    Audits `members.training_added` or `members.training_changed`.
    """
    act, verb = ("added", "mencatat") if is_new else ("changed", "mengubah")
    says = f"{verb} pelatihan {form.cleaned_data['title']}"
    return save_form(form, f"members.training_{act}", by=by, says=says)


@transaction.atomic
def add_participant(
    training: Training, person: Person, *, by: User
) -> TrainingParticipant:
    """Record that a resident took part. Audits `members.participant_added`.

    Raises RuleViolation `training.other_board` or `training.twice`.
    """
    held = Training.objects.select_for_update().get(pk=training.pk)
    if person.board_id != held.board_id:
        raise RuleViolation("Warga ini tidak ada.", code="training.other_board")
    if held.participants.filter(person=person).exists():
        raise RuleViolation(
            f"{person} sudah tercatat sebagai peserta.", code="training.twice"
        )
    made = TrainingParticipant.objects.create(
        board=held.board, training=held, person=person
    )
    says = f"mencatat {person} sebagai peserta pelatihan {held}"
    record("members.participant_added", made, by=by, says=says)
    return made


@transaction.atomic
def remove_participant(participant: TrainingParticipant, *, by: User) -> None:
    """Take somebody off the list who was not there.

    Audits `members.participant_removed`.
    """
    says = f"mencoret {participant.person} dari pelatihan {participant.training}"
    record("members.participant_removed", participant, by=by, says=says)
    participant.delete()


@transaction.atomic
def add_training_file(
    training: Training, *, kind: str, file: ReadFile, digest: str, by: User
) -> TrainingFile:
    """Add a paper or photo whose bytes are on the disk already.

    Audits `members.training_file_added`. Raises RuleViolation `training.many_files`
    or `training.same_file`.
    """
    held = (
        Training.objects.select_for_update().select_related("board").get(pk=training.pk)
    )
    digests = list(held.files.values_list("file__sha256", flat=True))
    if len(digests) >= MOST_FILES:
        raise RuleViolation(
            f"Satu pelatihan memuat paling banyak {MOST_FILES} berkas. Hapus dulu yang"
            " tidak perlu.",
            code="training.many_files",
        )
    if digest in digests:
        raise RuleViolation(
            "Berkas ini sudah ada di pelatihan ini.", code="training.same_file"
        )
    made = TrainingFile(
        board=held.board,
        training=held,
        kind=kind,
        file=keep_file(file, digest, board=held.board, by=by),
        added_by=by,
    )
    made.full_clean()
    made.save()
    says = f"menambah {made.get_kind_display().lower()} pada pelatihan {held}"
    record("members.training_file_added", made, by=by, says=says)
    return made


@transaction.atomic
def remove_training_file(row: TrainingFile, *, by: User) -> None:
    """Take a file off a training; its bytes are swept later.

    Audits `members.training_file_removed`.
    """
    kind, stored = row.get_kind_display().lower(), row.file_id
    says = f"menghapus {kind} dari pelatihan {row.training}"
    record("members.training_file_removed", row, by=by, says=says)
    row.delete()
    StoredFile.objects.filter(pk=stored).delete()
