"""Acts on the log of trainings."""

from django.db import transaction

from boards.audit import record
from boards.forms import BoardOwnedForm, save_form
from boards.models import User
from common.errors import RuleViolation
from members.models import Person, Training, TrainingParticipant


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
