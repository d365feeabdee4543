"""Checks at start: every trigger is there, every address is guarded."""

from django.core.checks import Error, Tags, Warning, register
from django.urls import URLPattern, URLResolver, get_resolver

from boards.fulltext import missing_fulltext
from boards.triggers import missing_triggers


@register(Tags.database)
def triggers_are_there(app_configs, databases, **kwargs):
    """Say which frozen rows could be changed.

    A warning, since `migrate` runs this check before it lays the triggers; the start
    commands run it with `--fail-level WARNING`.
    """
    if not databases:
        return []
    return [
        Warning(f"trigger {name} is missing; run migrate", id="boards.W001")
        for name in missing_triggers()
    ]


@register(Tags.database)
def words_are_indexed(app_configs, databases, **kwargs):
    """Say which part of the index of words is not there; a warning, as above."""
    if not databases:
        return []
    return [
        Warning(f"{name} of the search index is missing; run migrate", id="boards.W003")
        for name in missing_fulltext()
    ]


def walk_urls(patterns=None, prefix=""):
    """Every address of the portal with its view."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLResolver):
            yield from walk_urls(entry.url_patterns, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry


@register(Tags.urls)
def every_address_is_guarded(app_configs, **kwargs):
    """Deny by default: an address without a declared door stops the start."""
    return [
        Error(f"/{address} has no door (boards/access.py)", id="boards.E002")
        for address, entry in walk_urls()
        if not hasattr(entry.callback, "guarded_by")
    ]
