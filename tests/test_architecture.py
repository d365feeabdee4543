"""The house stands as drawn: floors, triggers, vendored files, templates, tests."""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from boards.triggers import missing_triggers, triggers

ROOT = Path(settings.BASE_DIR)
VENDOR = ROOT / "static" / "vendor"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# Templates that Django, allauth or crispy look up by a name of their own.
FOUND_BY_NAME = re.compile(
    r"^(4\d\d|5\d\d|account/|mfa/|allauth/|socialaccount/|bootstrap5/|django/|import_export/)"
)


def sources() -> str:
    """All our Python and templates in one text."""
    python = [
        path
        for path in ROOT.glob("*/**/*.py")
        if path.relative_to(ROOT).parts[0] not in (".venv", "build", "data")
    ]
    return "\n".join(path.read_text() for path in [*python, *TEMPLATES])


def test_every_import_goes_down():
    # A process of its own: the command switches off every logger of the one it is in.
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    told = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert told.returncode == 0, told.stdout


@pytest.mark.django_db
def test_every_trigger_is_laid_by_migrate():
    assert triggers()
    assert missing_triggers() == []


def test_vendored_files_are_the_ones_that_were_checked():
    listed = (VENDOR / "VENDORED.md").read_text()
    files = [
        path
        for path in VENDOR.rglob("*")
        if path.is_file() and path.suffix in (".js", ".css")
    ]

    unlisted = [
        path.name
        for path in files
        if hashlib.sha256(path.read_bytes()).hexdigest() not in listed
    ]

    assert files
    assert unlisted == []


def test_every_template_is_used():
    text = sources()
    names = [str(path.relative_to(ROOT / "templates")) for path in TEMPLATES]

    unused = [
        name for name in names if not FOUND_BY_NAME.match(name) and name not in text
    ]

    assert unused == []


def test_every_posting_form_carries_its_token():
    posting = re.compile(r"<form\b[^>]*method=[\"']?post.*?</form>", re.S | re.I)

    bare = [
        str(path.relative_to(ROOT))
        for path in TEMPLATES
        for form in posting.findall(path.read_text())
        if "csrf_token" not in form and "{% include" not in form
    ]

    assert bare == []


def test_a_part_with_a_form_is_handed_the_token():
    """A part included with `only` sees no token of its page; a post would be 403."""
    names = {path.relative_to(ROOT / "templates").as_posix() for path in TEMPLATES}
    posting = {
        name
        for name in names
        if "{% csrf_token %}" in (ROOT / "templates" / name).read_text()
    }
    include = re.compile(r'{% include "([^"]+)"([^%]*)%}')

    bare = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in TEMPLATES
        for name, handed in include.findall(path.read_text())
        if name in posting and " only" in handed
        # A grid without buttons posts nothing.
        if not {"csrf_token=csrf_token", "remove=False"} & set(handed.split())
    ]

    assert bare == []


def test_no_test_is_skipped_or_expected_to_fail():
    excuse = re.compile(r"pytest\.(skip|xfail|importorskip)|mark\.(skip|skipif|xfail)")

    excused = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("*.py")
        if path != Path(__file__) and excuse.search(path.read_text())
    ]

    assert excused == []
