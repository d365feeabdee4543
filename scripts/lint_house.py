"""Rules of the house that no general linter knows; prints each break, ends 1."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = (
    "activities boards common deliberations ledger lkm_portal loans members"
    " participation planning reports transparency"
).split()
PYTHON_FOLDERS = (*APPS, "scripts", "tests")

MODULE_LINES, FUNCTION_LINES, VIEW_LINES, TEMPLATE_LINES = 400, 40, 25, 120
SCRIPT_LINES = 150
CLASS_BASES = 2
BANNED_NAMES = {"utils", "helpers", "mixins", "constants"}

# Each list is short on purpose: a new line here is a decision, reviewed as one.
# Raw SQL: where the database must say what the ORM cannot.
RAW_SQL = {
    "boards/triggers.py",
    # The index of words: an FTS5 table, a tsvector column.
    "boards/fulltext.py",
    "boards/access.py",
    "boards/management/commands/prepare.py",
    # A number taken in one statement, lock and all.
    "boards/numbers.py",
    # Where every loan stood on any day, in one statement.
    "loans/portfolio.py",
    # Sequences after a bulk copy; the statements are Django's own.
    "reports/demo/copies.py",
    "scripts/bench.py",
}
SAFE_MARKS = {"common/templatetags/portal.py"}
# Modules that handle request code and may only start from a board or `visible_to`.
UNSCOPED = set()
# Places on the earth, points on paper, seconds: measures, not amounts.
FLOATS = {
    "boards/clock.py",
    "boards/photo_worker.py",
    "boards/files.py",
    "reports/pdf_pages.py",
    "reports/pdf_findings.py",
}
DIVISION = {"common/money.py"}
MONEY = re.compile(
    r"amount|rupiah|ceiling|budget|price|cost|spent|principal|balance|total_money|wage"
)


def tell(path: Path, line: int, words: str) -> str:
    """One break as file:line: words."""
    return f"{path.relative_to(ROOT)}:{line}: {words}"


def whole_length(node: ast.AST) -> int:
    """Lines of a function as a reader meets them: from `def` to its last line."""
    return node.end_lineno - node.lineno + 1


def body_length(node: ast.AST) -> int:
    """Lines of a function that do something: without signature and docstring."""
    first = node.body[0]
    said = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return node.end_lineno - (first.end_lineno if said else first.lineno - 1)


def is_view(path: Path, node: ast.AST) -> bool:
    """A function in views that is an address: takes a request, has a public name."""
    in_views = path.name == "views.py" or path.parent.name == "views"
    arguments = node.args.args
    asked = bool(arguments) and arguments[0].arg == "request"
    return in_views and asked and not node.name.startswith("_")


def check_function(path: Path, node: ast.AST) -> Iterator[str]:
    """Length (every function whole, a view by its body too), and imports inside."""
    lengths = [(whole_length(node), FUNCTION_LINES)]
    if is_view(path, node):
        lengths = [(body_length(node), VIEW_LINES), *lengths]
    over = [(lines, limit) for lines, limit in lengths if lines > limit]
    # Sample data is long and has no logic.
    if over and "make" not in path.parts:
        lines, limit = over[0]
        yield tell(path, node.lineno, f"{node.name} has {lines} lines, limit {limit}")
    for inner in ast.walk(node):
        if isinstance(inner, ast.Import | ast.ImportFrom):
            yield tell(path, inner.lineno, f"import inside {node.name}")


def check_class(path: Path, node: ast.ClassDef) -> Iterator[str]:
    """Bases, and forms that take every field."""
    if len(node.bases) > CLASS_BASES:
        yield tell(path, node.lineno, f"{node.name} has {len(node.bases)} bases")
    for inner in node.body:
        if not isinstance(inner, ast.Assign):
            continue
        names = [target.id for target in inner.targets if isinstance(target, ast.Name)]
        value = inner.value
        if "exclude" in names and node.name == "Meta" and path.name.startswith("form"):
            yield tell(path, inner.lineno, "a form names its fields; no exclude")
        if "fields" in names and getattr(value, "value", None) == "__all__":
            yield tell(path, inner.lineno, 'fields = "__all__"')


def _name(node: ast.AST) -> str:
    """The last word of a name or attribute, "" for anything else."""
    return getattr(node, "attr", getattr(node, "id", ""))


def _taken(node: ast.Call) -> list[str]:
    """What a call takes by place or by `**`, as source; named arguments are fine."""
    spread = [word.value for word in node.keywords if word.arg is None]
    return [ast.unparse(words) for words in (*node.args, *spread)]


def check_call(path: Path, node: ast.Call, where: str) -> Iterator[str]:
    """Floats, safe marks, raw SQL, and what a request may not choose."""
    name = _name(node.func)
    ours = not where.startswith(("tests/", "scripts/"))
    if name == "float" and ours and where not in FLOATS:
        yield tell(path, node.lineno, "float(): money is int, measures are Decimal")
    if name in ("mark_safe", "SafeString") and where not in SAFE_MARKS:
        yield tell(path, node.lineno, f"{name} outside the tag library")
    raw = name in ("execute", "executemany", "RawSQL", "raw", "extra")
    if raw and ours and where not in RAW_SQL:
        yield tell(path, node.lineno, f"raw SQL ({name}) outside the list")
    if name in ("filter", "exclude", "order_by") and any(
        re.match(r"\**request\.(GET|POST)", words) for words in _taken(node)
    ):
        yield tell(path, node.lineno, "a request may not choose columns")
    if name == "setattr" and "POST" in ast.unparse(node):
        yield tell(path, node.lineno, "setattr from POST")


def check_scope(path: Path, node: ast.Call, where: str) -> Iterator[str]:
    """Views start from a board or from `visible_to`, never from all rows."""
    in_views = "views" in Path(where).parts or where.endswith("views.py")
    if not in_views or where in UNSCOPED or not isinstance(node.func, ast.Attribute):
        return
    if node.func.attr == "all" and _name(node.func.value) == "objects":
        yield tell(path, node.lineno, f"unscoped {ast.unparse(node)}")


def check_division(path: Path, node: ast.BinOp, where: str) -> Iterator[str]:
    """A slash beside money makes a float; `//`, round_rupiah or Decimal do not."""
    if not isinstance(node.op, ast.Div) or where in DIVISION:
        return
    text = ast.unparse(node)
    if MONEY.search(text) and "Decimal" not in text:
        yield tell(path, node.lineno, f"/ near money: {text[:50]}")


def check_node(path: Path, node: ast.AST, where: str) -> Iterator[str]:
    """All rules that look at one node."""
    if isinstance(node, ast.FunctionDef):
        yield from check_function(path, node)
    elif isinstance(node, ast.ClassDef):
        yield from check_class(path, node)
    elif isinstance(node, ast.Call):
        yield from check_call(path, node, where)
        yield from check_scope(path, node, where)
    elif isinstance(node, ast.BinOp) and not where.startswith(("tests/", "scripts/")):
        yield from check_division(path, node, where)


def check_python(path: Path) -> Iterator[str]:
    """One module."""
    where = str(path.relative_to(ROOT))
    text = path.read_text()
    lines = text.count("\n")
    tree = ast.parse(text)
    if "migrations" in path.parts:
        return
    if lines > MODULE_LINES:
        yield tell(path, 1, f"{lines} lines, limit {MODULE_LINES}")
    if path.stem in BANNED_NAMES:
        yield tell(path, 1, "name the module after its subject")
    if text.strip() and not ast.get_docstring(tree):
        yield tell(path, 1, "a module says in one line what it is about")
    for node in ast.walk(tree):
        yield from check_node(path, node, where)
    yield from check_words(path, text)


# The lint and its own test have to spell what they look for.
SAY_THE_WORDS = {"lint_house.py", "test_lint_house.py"}
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b(?!.*#\d)|NotImplementedError")


def check_words(path: Path, text: str) -> Iterator[str]:
    """Nothing is left for later without an issue number."""
    if path.name in SAY_THE_WORDS:
        return
    for number, line in enumerate(text.splitlines(), 1):
        if found := UNFINISHED.search(line):
            yield tell(path, number, f"unfinished: {found[0]}")


TEMPLATE_RULES = (
    (re.compile(r"\|\s*safe\b"), "|safe"),
    (re.compile(r"{%\s*autoescape off"), "autoescape off"),
    (re.compile(r"<[a-zA-Z][^>]*\son[a-z]+\s*=", re.S), "inline handler"),
    (re.compile(r"<[a-zA-Z][^>]*\sstyle\s*=", re.S), "inline style"),
    (re.compile(r"javascript:", re.I), "javascript: address"),
    (re.compile(r"<style\b", re.I), "style element"),
    (re.compile(r"(?:src|href)=[\"'](?:https?:)?//", re.I), "foreign host"),
    (re.compile(r"\b(TODO|FIXME)\b"), "unfinished"),
)
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.S | re.I)


def check_template(path: Path) -> Iterator[str]:
    """One template."""
    text = path.read_text()
    lines = text.count("\n")
    if lines > TEMPLATE_LINES:
        yield tell(path, 1, f"{lines} lines, limit {TEMPLATE_LINES}")
    for rule, words in TEMPLATE_RULES:
        if words.startswith("inline"):
            # Tags of Django stand inside tags of HTML: `<option{% if one == year %}`.
            text = re.sub(r"{%.*?%}", lambda tag: " " * len(tag[0]), text)
        for found in rule.finditer(text):
            yield tell(path, text.count("\n", 0, found.start()) + 1, words)
    for found in SCRIPT.finditer(text):
        data = "application/json" in found[1]
        if found[2].strip() and not data:
            yield tell(path, text.count("\n", 0, found.start()) + 1, "inline script")


def check_script(path: Path) -> Iterator[str]:
    """One ES module of ours."""
    text = path.read_text()
    lines = text.count("\n")
    if lines >= SCRIPT_LINES:
        yield tell(path, 1, f"{lines} lines, limit {SCRIPT_LINES}")
    for words in ("eval(", "new Function(", "document.write(", "http://", "https://"):
        if words in text:
            yield tell(path, 1, f"{words} in a script")


def breaks() -> Iterator[str]:
    """Every break in the tree."""
    for folder in PYTHON_FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield from check_python(path)
    for path in sorted((ROOT / "templates").rglob("*.html")):
        yield from check_template(path)
    for path in sorted((ROOT / "static" / "js").rglob("*.js")):
        yield from check_script(path)


def main() -> int:
    """Print what is wrong; 1 when anything is."""
    found = list(breaks())
    print("\n".join(found) or "no breaks")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
