"""The lint of the house finds what it is there for, and nothing else."""

import pytest
from django.conf import settings

from tests.scripts.loading import load

lint = load("lint_house")


@pytest.fixture
def found_in(tmp_path, monkeypatch):
    """`found_in(name, text)`: the breaks in one file of a tree of its own."""
    monkeypatch.setattr(lint, "ROOT", tmp_path)

    def look(name, text):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        checks = {".py": lint.check_python, ".html": lint.check_template}
        return list(checks.get(path.suffix, lint.check_script)(path))

    return look


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("loans/forms.py", 'class F:\n    fields = "__all__"', "__all__"),
        ("loans/services.py", "x = float(y)", "float()"),
        ("loans/services.py", "x = amount / 3", "/ near money"),
        ("loans/services.py", "x = mark_safe(y)", "mark_safe"),
        ("loans/services.py", "cursor.execute(y)", "raw SQL"),
        ("loans/views.py", "x = Loan.objects.all()", "unscoped"),
        ("loans/views.py", "x = rows.filter(**request.GET)", "choose columns"),
        ("loans/services.py", "def f():\n    import os", "import inside f"),
        ("loans/services.py", "x = 1  # TODO later", "unfinished"),
        ("loans/services.py", "x = 1\n" * 398, "401 lines, limit 400"),
        ("loans/utils.py", "x = 1", "name the module after its subject"),
        ("templates/a.html", "<p>{{ text|safe }}</p>", "|safe"),
        ("templates/a.html", '<p style="color:red">', "inline style"),
        ("templates/a.html", '<a\n  onclick="x()">', "inline handler"),
        ("templates/a.html", "<script>x()</script>", "inline script"),
        ("templates/a.html", '<img src="https://x.id/a.png">', "foreign host"),
        ("templates/a.html", "<p></p>\n" * 121, "121 lines, limit 120"),
        ("static/js/a.js", "eval(x)\n", "eval("),
    ],
)
def test_a_break_is_named_with_its_place(found_in, name, text, words):
    if name.endswith(".py"):
        text = f'"""A module."""\n\n{text}\n'

    said = found_in(name, text)

    assert len(said) == 1
    assert said[0].startswith(f"{name}:")
    assert words in said[0]


# Two lines of signature and docstring: a view is counted without, the others with.
HEAD = '"""A module."""\n\n\ndef page(request):\n    """Say why."""\n'


@pytest.mark.parametrize(
    ("name", "most", "limit"),
    [("loans/views.py", 25, 25), ("loans/services.py", 38, 40)],
)
def test_a_view_is_counted_by_its_body_and_a_function_whole(
    found_in, name, most, limit
):
    fits = found_in(name, HEAD + "    x = 1\n" * most)
    over = found_in(name, HEAD + "    x = 1\n" * (most + 1))

    assert fits == []
    assert len(over) == 1
    assert f"page has {limit + 1} lines, limit {limit}" in over[0]


def test_a_long_signature_counts(found_in):
    arguments = "".join(f"    part_{number},\n" for number in range(38))
    head = f'"""A module."""\n\n\ndef keep(\n{arguments}):\n'

    assert (
        "keep has 41 lines, limit 40"
        in found_in("loans/services.py", head + "    x = 1\n")[0]
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("loans/services.py", "x = amount // 3\ny = Decimal(amount) / 3"),
        ("loans/views.py", "x = Loan.objects.filter(board=board)"),
        ("templates/a.html", "<option{% if one == year %} selected{% endif %}>"),
        ("templates/a.html", '<script type="module" src="/static/a.js"></script>'),
        ("templates/a.html", '<script type="application/json">{}</script>'),
    ],
)
def test_what_is_allowed_stays_quiet(found_in, name, text):
    if name.endswith(".py"):
        text = f'"""A module."""\n\n{text}\n'

    assert found_in(name, text) == []


def test_the_lists_of_exceptions_name_files_that_exist():
    listed = lint.RAW_SQL | lint.SAFE_MARKS | lint.FLOATS | lint.DIVISION

    gone = [name for name in listed if not (settings.BASE_DIR / name).exists()]

    assert gone == []
