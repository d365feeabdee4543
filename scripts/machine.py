"""What the machine must have before we run: Python, libraries, a font."""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Library that WeasyPrint loads -> Debian package that brings it.
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
FONT_PACKAGE = "fonts-dejavu-core"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_font() -> bool:
    if any((ROOT / "static" / "fonts").glob("*.*tf")):
        return True
    return any(
        next(Path(folder).rglob("DejaVu*.ttf"), None) is not None
        for folder in FONT_FOLDERS
        if Path(folder).is_dir()
    )


def missing_packages() -> list:
    """Debian packages that bring what is not there."""
    if not sys.platform.startswith("linux"):
        # Other systems name their libraries otherwise; WeasyPrint itself will tell.
        return []
    found = [package for name, package in LIBRARIES.items() if not _loads(name)]
    if not _has_font():
        found.append(FONT_PACKAGE)
    if importlib.util.find_spec("ensurepip") is None:
        found.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    return found


def require_machine() -> None:
    """Install what is missing where we may; else say how, and stop with status 1."""
    # Older Pythons read this file too, up to this sentence.
    if sys.version_info < (3, 11):  # noqa: UP036
        sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0])
    packages = missing_packages()
    if not packages:
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sudo = "" if os.geteuid() == 0 else "sudo "
        print("This machine lacks system packages. Install them, then try again:")
        print(f"  {sudo}{' '.join(install)}")
        sys.exit(1)
    print(f"Installing {' '.join(packages)}", flush=True)
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    subprocess.run(["apt-get", "update", "-qq"], env=environment, check=False)
    quiet = [install[0], "-qq", *install[1:]]
    done = subprocess.run(quiet, env=environment, check=False)
    if done.returncode or missing_packages():
        sys.exit(f"apt-get did not bring {' '.join(packages)}; see its words above.")
