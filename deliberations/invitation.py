"""The invitation as people send it on: a short text, and an entry in a calendar."""

from urllib.parse import urlsplit

from common.words import format_date, format_time, weekday_name
from deliberations.ics import Event
from deliberations.models import Meeting


def invitation_text(meeting: Meeting) -> str:
    """A text for WhatsApp: what, when, where, the agenda; no names, no numbers."""
    board = meeting.board
    day = f"{weekday_name(meeting.held_on)}, {format_date(meeting.held_on)}"
    until = "selesai"
    if meeting.ends_at:
        until = f"{meeting.ends_at:%H.%M}"
    lines = [
        f"*Undangan {meeting.title}*",
        str(board),
        "",
        f"Hari: {day}",
        f"Pukul: {format_time(meeting.starts_at, board.time_zone)} sampai {until}",
        f"Tempat: {meeting.place}",
    ]
    if titles := _agenda(meeting):
        lines += ["", "Acara:", *titles]
    lines += ["", "Kami harap Bapak/Ibu hadir tepat waktu."]
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")


def invitation_event(meeting: Meeting, *, url: str) -> Event:
    """The meeting as a calendar entry; `url` is its page in the portal.

    The key within the portal makes the UID; every change of the meeting raises its
    revision, and with it the sequence.
    """
    board = meeting.board
    return Event(
        uid=f"rapat-{meeting.pk}@{urlsplit(url).hostname}",
        sequence=meeting.revision,
        title=f"{meeting.title} – {board}",
        day=meeting.held_on,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        zone=str(board.time_zone),
        zone_word=board.get_time_zone_display(),
        place=meeting.place,
        text="\n".join(_agenda(meeting)),
        url=url,
        cancelled=meeting.is_postponed,
    )


def _agenda(meeting: Meeting) -> list[str]:
    return [f"{item.position}. {item.title}" for item in meeting.items.all()]
