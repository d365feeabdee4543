"""What search knows of works."""

from activities.models import Activity
from boards.indexing import Entry, Source, put_entries

ACTIVITY = "activity"


def activity_entry(activity: Activity) -> Entry:
    """A work by its title, code and places."""
    places = (str(place) for place in activity.locations.all())
    return Entry(
        kind=ACTIVITY,
        pk=activity.pk,
        board=activity.board,
        day=activity.starts_on,
        title=activity.title,
        note=activity.code,
        text="; ".join(places),
        more=activity.get_kind_display(),
    )


def index_activity(activity: Activity) -> None:
    """Let a work be found."""
    put_entries([activity_entry(activity)])


def _activities():
    rows = Activity.objects.select_related("board")
    return rows.prefetch_related("locations")


ACTIVITIES = Source(ACTIVITY, _activities, activity_entry)
