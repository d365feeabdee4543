"""`make lock`: resolve requirements/*.in anew into locked files with hashes."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPTIONS = (
    "--universal --python-version 3.11 --generate-hashes --upgrade --quiet"
    " --no-header --no-annotate --no-emit-index-url --no-emit-find-links"
).split()


def main() -> None:
    """Write base.txt, then dev.txt held to the same versions."""
    uv = Path(sys.executable).with_name("uv")
    environment = os.environ | {"UV_NO_CONFIG": "1"}
    for name in ("base", "dev"):
        subprocess.run(
            [uv, "pip", "compile", f"{name}.in", "-o", f"{name}.txt", *OPTIONS],
            cwd=ROOT / "requirements",
            env=environment,
            check=True,
        )


if __name__ == "__main__":
    main()
