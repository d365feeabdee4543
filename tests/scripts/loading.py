"""Scripts are no package: load one by its path."""

import importlib.util
import sys

from django.conf import settings


def load(name: str):
    """The module scripts/<name>.py under a name that shadows nothing."""
    path = settings.BASE_DIR / "scripts" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"portal_script_{name}", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
