"""Every field about a person has its line in docs/personal-data.md; none is gone."""

import re
from pathlib import Path

from django.apps import apps
from django.conf import settings

DOCUMENT = (Path(settings.BASE_DIR) / "docs" / "personal-data.md").read_text()
OURS = (
    "boards",
    "members",
    "planning",
    "ledger",
    "loans",
    "deliberations",
    "activities",
    "reports",
    "transparency",
)
PERSONAL = re.compile(
    r"(^|_)(name|nickname|username|nik|phone|address|email|birth|civil|speaker|holder"
    r"|notary|sex|rt|rw|latitude|longitude)(_|$)"
)


def fields() -> set[str]:
    """`app.Model.field` of every column of ours."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in OURS
        for field in model._meta.local_fields
    }


def test_every_field_about_a_person_has_a_line():
    listed = set(re.findall(r"^\| `([\w.]+)` \|", DOCUMENT, re.M))

    personal = {name for name in fields() if PERSONAL.search(name.rpartition(".")[2])}

    assert personal - listed == set()


def test_no_line_names_a_field_that_is_gone():
    listed = set(re.findall(r"^\| `([\w.]+)` \|", DOCUMENT, re.M))

    assert listed - fields() == set()


def test_a_line_says_all_six_things():
    lines = re.findall(r"^\| `[\w.]+` \|.*K[0-3].*$", DOCUMENT, re.M)

    assert len(lines) > 30
    assert [line for line in lines if line.count("|") != 7] == []
