"""A reader that ends as the file tells it: for the tests of what follows."""

import os
import signal
import time

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 1


def answer(data: bytes, argument: str) -> str:
    """Die; or say what this process knows and may take. A photo is never read."""
    match "asleep" if argument == "photo" else data.decode():
        case "memory":
            try:
                return "x" * 600_000_000
            except MemoryError:
                return '{"refused": "too_heavy", "place": ""}'
        case "slow":
            while True:
                pass
        case "asleep":
            time.sleep(60)
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "environment":
            return repr(sorted(os.environ)).replace("'", '"')
    raise KeyError("sheet")
