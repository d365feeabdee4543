"""Who is put on the list of a meeting: members, officers, standing guests."""

from collections.abc import Iterator

from boards.models import Assignment, Board
from boards.roles import ROLE_LABELS, Role
from deliberations.agendas import MEMBER_KINDS, MEMBERS
from deliberations.models import Attendance, Meeting
from deliberations.presence import members_count
from deliberations.services.layouts import Layout, layout_of
from members.models import Appointment, Mandate, Person

# Behind everybody who is invited by name or post.
LAST = 1000
UNIT_ROLES = (Role.WORKS_UNIT, Role.LOAN_UNIT, Role.SOCIAL_UNIT, Role.SUPERVISOR)
UNITS = "Unit pengelola"
LONGEST_OFFICE = 80


def invite_mandates(meeting: Meeting) -> None:
    """Put the members of the meeting's day on the list, with a vote where they count.

    Who is no member that day goes, or stays without a vote after coming or excusing.
    """
    mandates = list(
        Mandate.objects.filter(board=meeting.board).held_on(meeting.held_on)
    )
    votes = members_count(meeting)
    holders = {mandate.person_id: mandate for mandate in mandates}
    seats = meeting.attendances.exclude(person=None)
    outside = seats.exclude(person__in=holders).filter(is_entitled=True)
    outside.filter(status=Attendance.Status.INVITED).delete()
    outside.update(is_entitled=False)
    listed = {row.person_id: row for row in seats}
    missing, invited = [], layout_of(meeting.board, meeting.kind).invites_members
    for position, mandate in enumerate(mandates, start=1):
        office = mandate.get_position_display()
        vote = {"office": office, "is_entitled": votes, "position": position}
        row = listed.get(mandate.person_id)
        if row is None and invited:
            vote["element"] = MEMBERS
            missing.append(seat_of(mandate.person, meeting, **vote))
        elif row and row.is_entitled != votes:
            seats.filter(pk=row.pk).update(**vote)
    Attendance.objects.bulk_create(missing)


def list_officers(meeting: Meeting) -> None:
    """Put a chair or note-taker who holds no mandate on the list, without a vote.

    The secretary takes the notes and is no member of the board.
    """
    listed = set(meeting.attendances.values_list("person_id", flat=True))
    for person, office in (
        (meeting.chair, "Pemimpin rapat"),
        (meeting.note_taker, "Notulis"),
    ):
        if person and person.pk not in listed:
            seat_of(person, meeting, office=office, position=LAST).save()


def invite_layout(meeting: Meeting, layout: Layout) -> None:
    """Put on the list whom the layout calls beside the members, each once."""
    people = {row.person_id for row in meeting.attendances.all() if row.person_id}
    rows = []
    if layout.invites_units:
        rows += [row for row in _unit_seats(meeting) if row.person_id not in people]
    rows += [
        Attendance(
            meeting=meeting,
            name=guest.name,
            sex=guest.sex,
            element=guest.element,
            is_entitled=guest.is_entitled and meeting.kind not in MEMBER_KINDS,
        )
        for guest in layout.guests
    ]
    for position, row in enumerate(rows, start=meeting.attendances.count() + 1):
        row.position = position
    Attendance.objects.bulk_create(rows)


def _unit_seats(meeting: Meeting) -> Iterator[Attendance]:
    """Who serves a unit on the day of the meeting, each person once."""
    seen = set()
    for person, office in (*_appointed(meeting), *_with_accounts(meeting.board)):
        if person.pk not in seen:
            seen.add(person.pk)
            yield seat_of(person, meeting, element=UNITS, office=office)


def _appointed(meeting: Meeting) -> Iterator[tuple[Person, str]]:
    rows = Appointment.objects.filter(board=meeting.board).held_on(meeting.held_on)
    for row in rows.select_related("person", "unit").order_by("unit", "pk"):
        yield row.person, (row.title[:1].upper() + row.title[1:])[:LONGEST_OFFICE]


def _with_accounts(board: Board) -> Iterator[tuple[Person, str]]:
    """Boards without recorded appointments have accounts for their units."""
    held = Assignment.objects.filter(board=board, ended_at=None, role__in=UNIT_ROLES)
    roles = dict(held.order_by("-role").values_list("user", "role"))
    for person in Person.objects.filter(board=board, user__in=roles).order_by("pk"):
        yield person, ROLE_LABELS[Role(roles[person.user_id])]


def seat_of(person: Person, meeting: Meeting, **facts) -> Attendance:
    """A line of the list with the person's name and address of today, not saved."""
    return Attendance(
        meeting=meeting,
        person=person,
        name=person.full_name,
        sex=person.sex,
        rt=person.rt,
        rw=person.rw,
        **facts,
    )
